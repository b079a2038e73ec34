import { useEffect } from 'react'
import type { PageId } from '../../../model/ids.ts'
import { useInbox } from '../../documents/use-inbox.ts'
import { usePlein } from '../../documents/use-plein.tsx'

/** Who has the page in front of them has seen who names them in it. */
export function useReadMentions(page: PageId, glanceMs: number): void {
  const { inbox } = usePlein()
  const items = useInbox()
  useEffect(() => {
    const unread = (items ?? []).filter((item) => item.page === page && item.why === 'page' && !item.isRead)
    if (unread.length === 0) return undefined
    const timer = setTimeout(() => {
      const refs = unread.map(({ ref }) => ref)
      if (document.visibilityState === 'visible') inbox.setRead(refs, true)
    }, glanceMs)
    return () => {
      clearTimeout(timer)
    }
  }, [inbox, items, page, glanceMs])
}
