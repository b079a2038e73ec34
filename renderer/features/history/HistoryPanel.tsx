import { useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { PageId } from '../../../model/ids.ts'
import type { VersionKey } from '../../documents/history.ts'
import { useVersions } from '../../documents/use-history.ts'
import { usePage } from '../../documents/use-page.ts'
import { Panel } from '../../ui/Panel.tsx'
import { KeepVersion } from './KeepVersion.tsx'
import { VersionRows } from './VersionRows.tsx'

/** The versions of a page, beside the page or beside one of them. */
export function HistoryPanel({ pageId, chosen = null }: { pageId: PageId; chosen?: VersionKey | null }) {
  const { t } = useTranslation()
  const list = useVersions(pageId)
  const page = usePage(pageId)
  const navigate = useNavigate()
  const mayKeep = page?.ok === true && page.value.mayEdit && list.state !== 'no-server'
  return (
    <Panel
      title={t('history.title')}
      onClose={() => void navigate({ to: '/page/$pageId', params: { pageId } })}
      {...(mayKeep ? { foot: <KeepVersion pageId={pageId} /> } : {})}
    >
      <VersionRows pageId={pageId} list={list} chosen={chosen} />
    </Panel>
  )
}
