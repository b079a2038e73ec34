import { Navigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useAway } from '../../documents/use-away.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { Screen } from '../../ui/Screen.tsx'
import { firstPage } from './questions.ts'

/** Leads to the page with the first question; where there is nothing left, it says so. */
export function AwayScreen() {
  const { t } = useTranslation()
  const pageId = firstPage(useAway())
  if (pageId !== null) return <Navigate to="/page/$pageId" params={{ pageId }} search={{ panel: 'away' }} replace />
  return (
    <Screen title={t('away.title')}>
      <EmptyState title={t('away.end')} text={t('away.endText')} />
    </Screen>
  )
}
