import { useMemo } from 'react'
import type { PageId } from '../../model/ids.ts'
import { pagesOf } from './page-tree.ts'
import type { Live, PageSummary, Plein, SpaceSnapshot } from './plein.ts'
import { useLive } from './use-live.ts'
import { useStableIds } from './use-stable-ids.ts'
import { usePlein } from './use-plein.tsx'

/** An index per snapshot: a space that did not change is never walked again. */
const indexes = new WeakMap<SpaceSnapshot, ReadonlyMap<PageId, PageSummary>>()

function indexOf(space: SpaceSnapshot): ReadonlyMap<PageId, PageSummary> {
  const known = indexes.get(space)
  if (known !== undefined) return known
  const index = new Map<PageId, PageSummary>()
  for (const page of [...space.archived, ...space.notes, ...pagesOf(space.tree)]) index.set(page.id, page)
  indexes.set(space, index)
  return index
}

/** The rows of a few pages, wherever they are; draws again only when one of these rows changes. */
export function usePageRows(ids: readonly PageId[]): readonly PageSummary[] {
  const plein = usePlein()
  const stable = useStableIds(ids)
  return useLive(useMemo(() => rowsOf(plein, stable), [plein, stable]))
}

export function usePageRow(id: PageId | undefined): PageSummary | undefined {
  return usePageRows(id === undefined ? [] : [id])[0]
}

function rowsOf(plein: Plein, ids: readonly PageId[]): Live<readonly PageSummary[]> {
  let cached: readonly PageSummary[] = []
  return {
    snapshot() {
      const next = ids.flatMap((id) => findPageRow(plein, id) ?? [])
      const isSame = next.length === cached.length && next.every((row, index) => row === cached[index])
      if (!isSame) cached = next
      return cached
    },
    subscribe: (onChange) => subscribeToRows(plein, onChange),
  }
}

/** The row of a page, wherever it is; undefined where this laptop lists no such page. */
export function findPageRow(plein: Plein, id: PageId): PageSummary | undefined {
  for (const { id: spaceId } of plein.spaces.snapshot()) {
    const space = plein.space(spaceId).snapshot()
    const row = space === null ? undefined : indexOf(space).get(id)
    if (row !== undefined) return row
  }
  return undefined
}

/** Follows every space, those that come later too. */
export function subscribeToRows(plein: Plein, onChange: () => void): () => void {
  let stops: readonly (() => void)[] = []
  const follow = () => {
    for (const stop of stops) stop()
    stops = plein.spaces.snapshot().map((space) => plein.space(space.id).subscribe(onChange))
  }
  const stopSpaces = plein.spaces.subscribe(() => {
    follow()
    onChange()
  })
  follow()
  return () => {
    stopSpaces()
    for (const stop of stops) stop()
  }
}
