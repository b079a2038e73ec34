import { useCallback, useEffect, useEffectEvent, useMemo } from 'react'
import type { PageId, SpaceId } from '../../../model/ids.ts'
import { pathTo } from '../../documents/page-tree.ts'
import type { SpaceSnapshot } from '../../documents/plein.ts'
import { bound, combineLives, useLive } from '../../documents/use-live.ts'
import { usePlein } from '../../documents/use-plein.tsx'
import { useOpenSession } from '../../documents/use-session.ts'
import { useManySpaces, useSpaces } from '../../documents/use-spaces.ts'
import { useStableIds } from '../../documents/use-stable-ids.ts'
import { useStored } from '../../ui/use-stored.ts'
import { type SpaceFacts, type TreeRow, treeRows } from './tree-rows.ts'

/** The rows of the tree and which branches are open, remembered on this laptop; a page that is opened is always shown. */
export function useTree(current: PageId | undefined): {
  readonly rows: readonly TreeRow[]
  readonly spaces: readonly SpaceSnapshot[]
  readonly setExpanded: (keys: readonly string[], isExpanded: boolean) => void
} {
  const { organisation } = useOpenSession()
  const spaces = useKnownSpaces()
  const [stored, store] = useStored(`plein.tree.${organisation.id}`, 'first')
  const firstSpace = spaces.find(({ tree }) => tree.length > 0)?.space.id
  const expanded = useMemo(
    () =>
      stored === 'first' ? new Set<string>(firstSpace === undefined ? [] : [firstSpace]) : new Set(stored.split(' ')),
    [stored, firstSpace],
  )
  const setExpanded = useCallback(
    (keys: readonly string[], isExpanded: boolean) => {
      const others = [...expanded].filter((key) => !keys.includes(key))
      const next = new Set(isExpanded ? [...others, ...keys] : others)
      if (next.size !== expanded.size) store([...next].join(' '))
    },
    [expanded, store],
  )
  useReveal(spaces, current, setExpanded)
  const facts = useSpaceFacts(spaces)
  const rows = useMemo(() => treeRows(spaces, expanded, (id) => facts.get(id) ?? null), [spaces, expanded, facts])
  return { rows, spaces, setExpanded }
}

function useSpaceFacts(spaces: readonly SpaceSnapshot[]): ReadonlyMap<SpaceId, SpaceFacts> {
  const { spaceAdmin } = usePlein()
  const ids = useStableIds(spaces.map(({ space }) => space.id))
  const details = useLive(
    useMemo(() => combineLives(ids.map((id) => bound(spaceAdmin.details(id)))), [spaceAdmin, ids]),
  )
  return useMemo(() => new Map(details.flatMap((each) => (each === null ? [] : [[each.id, each]]))), [details])
}

function useKnownSpaces(): readonly SpaceSnapshot[] {
  const summaries = useSpaces()
  const ids = useMemo(() => summaries.map((space) => space.id), [summaries])
  const snapshots = useManySpaces(ids)
  return useMemo(() => snapshots.filter((space) => space !== null), [snapshots])
}

/** Opens the branches above the page that the address leads to: once per page, so that one can close them again. */
function useReveal(
  spaces: readonly SpaceSnapshot[],
  current: PageId | undefined,
  setExpanded: (keys: readonly string[], isExpanded: boolean) => void,
): void {
  const branches = useMemo(
    () => (current === undefined ? '' : branchesAbove(spaces, current).join(' ')),
    [spaces, current],
  )
  const reveal = useEffectEvent(() => {
    if (branches !== '') setExpanded(branches.split(' '), true)
  })
  useEffect(() => {
    reveal()
  }, [branches, current])
}

function branchesAbove(spaces: readonly SpaceSnapshot[], id: PageId): readonly string[] {
  for (const { space, tree } of spaces) {
    const path = pathTo(tree, id)
    if (path.length > 0) return [space.id, ...path.slice(0, -1).map((page) => page.id)]
  }
  return []
}
