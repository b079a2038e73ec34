import { useMemo } from 'react'
import type { InboxItem } from './inbox.ts'
import { bound, useLive } from './use-live.ts'
import { usePlein } from './use-plein.tsx'

/** What others said to this person, newest first; null while it is read. */
export function useInbox(): readonly InboxItem[] | null {
  const { inbox } = usePlein()
  return useLive(useMemo(() => bound(inbox.items), [inbox]))
}

export function useUnread(): number {
  const { inbox } = usePlein()
  return useLive(useMemo(() => bound(inbox.unread), [inbox]))
}
