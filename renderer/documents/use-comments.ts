import { useMemo, useSyncExternalStore } from 'react'
import type { PageId } from '../../model/ids.ts'
import type { PageComments } from './comments.ts'
import type { Live } from './plein.ts'
import { bound, useLive } from './use-live.ts'
import { usePlein } from './use-plein.tsx'

/** What is said about a page; null while it is read. */
export function usePageComments(id: PageId): PageComments | null {
  const { comments } = usePlein()
  return useLive(useMemo(() => bound(comments.page(id)), [comments, id]))
}

/** A live value whose methods stand on their own, such as those of an anchor board. */
export function useBoard<T>(live: Live<T>): T {
  return useSyncExternalStore(live.subscribe, live.snapshot)
}
