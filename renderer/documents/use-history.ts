import { useMemo } from 'react'
import type { PageId } from '../../model/ids.ts'
import type { CompareWith, Comparison, VersionKey, VersionList } from './history.ts'
import { bound, useLive } from './use-live.ts'
import { usePlein } from './use-plein.tsx'

/** The earlier states of a page, asked for while this is shown. */
export function useVersions(pageId: PageId): VersionList {
  const { history } = usePlein()
  return useLive(useMemo(() => bound(history.versions(pageId)), [history, pageId]))
}

/** What became of a page since a version, or what made that version. */
export function useComparison(pageId: PageId, key: VersionKey, compareWith: CompareWith): Comparison {
  const { history } = usePlein()
  return useLive(
    useMemo(() => bound(history.comparison(pageId, key, compareWith)), [history, pageId, key, compareWith]),
  )
}

/** Whether the last restore of this page can be taken back. */
export function useIsRestored(pageId: PageId): boolean {
  const { history } = usePlein()
  return useLive(useMemo(() => bound(history.restored), [history])) === pageId
}
