import { Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { type Result } from '../../../model/result.ts'
import type { OpenPageError } from '../../documents/plein.ts'
import { usePlein } from '../../documents/use-plein.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { Screen } from '../../ui/Screen.tsx'

export type PageFailure = Extract<Result<never, OpenPageError>, { ok: false }>['error']

const texts = {
  'unknown-page': ['page.unknownTitle', 'page.unknownText'],
  forbidden: ['page.forbiddenTitle', 'page.forbiddenText'],
  'not-on-this-laptop': ['page.notHeldTitle', 'page.notHeldText'],
  damaged: ['page.damagedTitle', 'page.damagedText'],
} as const satisfies Record<OpenPageError, readonly [string, string]>

/** Why a page cannot be shown, and what one can do. Reveals no title. */
export function PageTrouble({ error }: { error: PageFailure }) {
  const { t } = useTranslation()
  const plein = usePlein()
  const [title, text] = texts[error]
  const action =
    error === 'not-on-this-laptop' || error === 'damaged' ? (
      <Button variant="filled" onClick={() => plein.retryNow()}>
        {t('common.tryAgain')}
      </Button>
    ) : (
      <Button variant="filled" renderRoot={(props) => <Link to="/" {...props} />}>
        {t('common.toStart')}
      </Button>
    )
  return (
    <Screen title={t(title)}>
      <EmptyState text={t(text)} action={action} />
    </Screen>
  )
}
