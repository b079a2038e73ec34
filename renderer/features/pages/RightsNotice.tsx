import { useTranslation } from 'react-i18next'
import { isSharedPage } from '../../../model/kinds.ts'
import type { PageSnapshot } from '../../documents/plein.ts'
import { useRights } from '../../documents/use-rights.ts'
import { AskForRole } from '../../ui/AskForRole.tsx'
import { Notice } from '../../ui/Notice.tsx'

/** Why one cannot write on this page, where one would write, and whom to ask. */
export function RightsNotice({ page }: { page: PageSnapshot }) {
  const { t } = useTranslation()
  const { role, owners, asked, ask } = useRights(page.spaceId)
  if (!isSharedPage(page.kind)) return <Notice tone="calm">{t('rights.author')}</Notice>
  if (role === null) return null
  return <AskForRole role={role} owners={owners} asked={asked} onAsk={() => ask('editor')} />
}
