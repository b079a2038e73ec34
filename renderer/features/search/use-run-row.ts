import { useNavigate } from '@tanstack/react-router'
import { openInNewTab } from '../../ui/new-tab.ts'
import type { RunRow } from './Palette.tsx'

/** Opens or does what a row stands for, and closes the palette first: what is done may open a dialog of its own. */
export function useRunRow(onClose: () => void): RunRow {
  const navigate = useNavigate()
  return (row, inNewTab) => {
    onClose()
    if (row.type === 'command') row.command.run()
    else if (row.type === 'person') void navigate({ to: '/search', search: { person: row.person.id } })
    else if (row.type === 'file') {
      const { spaceId, hash } = row.file
      if (inNewTab) openInNewTab(`/space/${spaceId}/files/${hash}`)
      else void navigate({ to: '/space/$spaceId/files/$hash', params: { spaceId, hash } })
    } else if (inNewTab) openInNewTab(`/page/${row.listed.page.id}`)
    else {
      const thread = row.type === 'comment' ? { state: { thread: row.hit.id } } : {}
      void navigate({ to: '/page/$pageId', params: { pageId: row.listed.page.id }, ...thread })
    }
  }
}
