import { Button } from '@mantine/core'
import { Component, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { EmptyState } from './EmptyState.tsx'

/** Catches what should never happen while drawing, so that one broken screen leaves the window standing. */
export class ScreenCatch extends Component<{ readonly children: ReactNode }, { readonly isBroken: boolean }> {
  override state = { isBroken: false }

  static getDerivedStateFromError(): { isBroken: boolean } {
    return { isBroken: true }
  }

  override componentDidCatch(error: unknown): void {
    console.error(error)
  }

  override render(): ReactNode {
    if (!this.state.isBroken) return this.props.children
    return <Broken onRetry={() => this.setState({ isBroken: false })} />
  }
}

function Broken({ onRetry }: { onRetry: () => void }) {
  const { t } = useTranslation()
  return (
    <div role="alert" style={{ paddingInline: 'var(--space-7)' }}>
      <EmptyState
        title={t('trouble.crashTitle')}
        text={t('trouble.crashText')}
        action={
          <Button variant="filled" onClick={onRetry}>
            {t('trouble.reload')}
          </Button>
        }
      />
    </div>
  )
}
