import { generateKeyBetween } from 'fractional-indexing'
import type * as Y from 'yjs'
import type { PageId } from './ids.ts'
import { origins } from './origins.ts'
import {
  above,
  childrenByParent,
  growTree,
  parentsWithoutCycles,
  placesIn,
  readPlace,
  sortedPlaces,
  sortedSiblings,
  withDescendants,
  type Place,
  type TreeNode,
} from './tree-places.ts'

export interface Destination {
  readonly parent: PageId | null
  /** The sibling that it comes before; null is the end. */
  readonly before: PageId | null
}

/** The page tree as everybody sees it: no page twice, none lost, no cycle, whatever was moved at the same time. */
export interface SpaceTree {
  readonly roots: readonly TreeNode[]
  readonly archived: readonly PageId[]
  /** Archived pages and all that stands under them: in the document, out of the tree. */
  readonly hidden: ReadonlySet<PageId>
}

export interface SpaceDocument {
  snapshot(): SpaceTree
  subscribe(onChange: () => void): () => void
  has(id: PageId): boolean
  isArchived(id: PageId): boolean
  /** Adds a page before a sibling, or at the end of its parent's children; nothing happens where it is in the tree already. */
  add(id: PageId, parent: PageId | null, before?: PageId | null): void
  /** Moves before a sibling, or to the end. Under itself or its own descendant: nothing happens, answers false. */
  move(id: PageId, to: Destination): boolean
  /**
   * Moves several in one transaction, in the order given; each brings what stands under it, so a page whose ancestor moves
   * too stays with that one. All or none: false where one of them would come under itself.
   */
  moveAll(ids: readonly PageId[], to: Destination): boolean
  /** Where pages stand now; without those that have no place. */
  placesOf(ids: readonly PageId[]): ReadonlyMap<PageId, Place>
  /** Back to where they stood, those that nobody has moved since and that would not come under themselves; false where none is left. */
  takeBack(moved: readonly MovedPage[]): boolean
  setArchived(id: PageId, isArchived: boolean): void
  /** Out of the archive with all under it, in sight: from under another archived page it moves up to the nearest that is shown. */
  restore(id: PageId): void
  /** A page and everything under it, archived ones too, parents first; empty where it has no place. */
  subtree(id: PageId): readonly PlacedPage[]
  /** Pages that went to another space; what stood under them and stays is at the top from then on. */
  takeOut(ids: readonly PageId[]): void
  /** Pages that came from another space, as they stood to one another: the first at the end of `under`'s children. */
  putIn(pages: readonly PlacedPage[], under: PageId | null): void
}

/** A page that was moved within its tree. */
export interface MovedPage {
  readonly id: PageId
  readonly from: Place
  readonly to: Place
}

/** A page as it stands in a tree, to be put into another. */
export interface PlacedPage extends Place {
  readonly id: PageId
  readonly archived: boolean
}

/** Opens the Yjs layout of a `space` document: maps `place` (page id -> Place) and `archived` (page id -> true). */
export function openSpace(doc: Y.Doc): SpaceDocument {
  const places = doc.getMap<unknown>('place')
  const archived = doc.getMap<unknown>('archived')
  let cached: SpaceTree | null = null
  const forget = () => {
    cached = null
  }
  places.observe(forget)
  archived.observe(forget)

  const write = (change: () => void) => {
    doc.transact(change, origins.user)
  }

  const moveAll = (ids: readonly PageId[], to: Destination): boolean => {
    const moves = planMoves(places, ids, to)
    if (moves.length > 0) write(() => moves.forEach(([id, place]) => places.set(id, place)))
    return moves.length > 0
  }

  return {
    snapshot: () => (cached ??= readTree(places, archived)),
    subscribe(onChange) {
      places.observe(onChange)
      archived.observe(onChange)
      return () => {
        places.unobserve(onChange)
        archived.unobserve(onChange)
      }
    },
    has: (id) => readPlace(places.get(id)) !== null,
    isArchived: (id) => archived.get(id) === true,
    add(id, parent, before = null) {
      if (readPlace(places.get(id)) !== null) return
      write(() => places.set(id, { parent, order: orderBefore(places, parent, before, new Set([id])) }))
    },
    move: (id, to) => moveAll([id], to),
    moveAll,
    setArchived(id, isArchived) {
      write(() => {
        if (isArchived) archived.set(id, true)
        else archived.delete(id)
      })
    },
    restore(id) {
      const { hidden } = readTree(places, archived)
      write(() => {
        archived.delete(id)
        const parent = nearestShown(places, id, hidden)
        if (parent !== undefined) places.set(id, { parent, order: orderBefore(places, parent, null, new Set([id])) })
      })
    },
    ...movingVerbs(places, archived, write),
  }
}

/** Taking moves back, and what a move to another space does to the two trees. */
function movingVerbs(
  places: Y.Map<unknown>,
  archived: Y.Map<unknown>,
  write: (change: () => void) => void,
): Pick<SpaceDocument, 'placesOf' | 'takeBack' | 'subtree' | 'takeOut' | 'putIn'> {
  return {
    placesOf: (ids) => placesIn(places, ids),
    takeBack(moved) {
      const back = planBack(places, moved)
      if (back.length > 0) write(() => back.forEach(({ id, from }) => places.set(id, from)))
      return back.length > 0
    },
    subtree: (id) => readSubtree(places, archived, id),
    takeOut(ids) {
      write(() => {
        for (const id of ids) {
          places.delete(id)
          archived.delete(id)
        }
      })
    },
    putIn(pages, under) {
      const parent = under !== null && readPlace(places.get(under)) !== null ? under : null
      write(() => {
        for (const [place, page] of pages.entries()) {
          const order = place === 0 ? orderBefore(places, parent, null, new Set([page.id])) : page.order
          places.set(page.id, { parent: place === 0 ? parent : page.parent, order })
          if (page.archived) archived.set(page.id, true)
          else archived.delete(page.id)
        }
      })
    },
  }
}

function readSubtree(places: Y.Map<unknown>, archived: Y.Map<unknown>, top: PageId): readonly PlacedPage[] {
  const sorted = sortedPlaces(places)
  if (!sorted.has(top)) return []
  const children = Map.groupBy([...parentsWithoutCycles(sorted)], ([, parent]) => parent)
  const pages: PlacedPage[] = []
  const pending: (readonly [PageId, PageId | null])[] = [[top, null]]
  for (let next = pending.shift(); next !== undefined; next = pending.shift()) {
    const [id, parent] = next
    pages.push({ id, parent, order: sorted.get(id)?.order ?? 'a0', archived: archived.get(id) === true })
    for (const [child] of children.get(id) ?? []) pending.push([child, id])
  }
  return pages
}

/** Every page of the tree, archived ones too: parents before their children, siblings in order. For whoever copies a tree. */
export function listPlaces(
  doc: Y.Doc,
): readonly { readonly id: PageId; readonly parent: PageId | null; readonly archived: boolean }[] {
  const sorted = sortedPlaces(doc.getMap<unknown>('place'))
  const archived = doc.getMap<unknown>('archived')
  const children = childrenByParent(sorted)
  const listed = (children.get(null) ?? []).map((id) => ({ id, parent: null as PageId | null }))
  // An array goes on with what is added.
  for (const { id } of listed) listed.push(...(children.get(id) ?? []).map((child) => ({ id: child, parent: id })))
  return listed.map((place) => ({ ...place, archived: archived.get(place.id) === true }))
}

function readTree(places: Y.Map<unknown>, archivedMap: Y.Map<unknown>): SpaceTree {
  const sorted = sortedPlaces(places)
  const archived = [...sorted.keys()].filter((id) => archivedMap.get(id) === true)
  const children = childrenByParent(sorted)
  const hidden = withDescendants(archived, children)
  return { roots: growTree(children, hidden), archived, hidden }
}

/** The places that a move of several gives; none where one of them would come under itself, or is not in the tree. */
function planMoves(
  places: Y.Map<unknown>,
  ids: readonly PageId[],
  { parent, before }: Destination,
): readonly (readonly [PageId, Place])[] {
  const parents = parentsWithoutCycles(sortedPlaces(places))
  const asked = new Set(ids)
  const moving = [...asked].filter((id) => parents.has(id) && !above(parents, id).some((each) => asked.has(each)))
  if (parent !== null && [parent, ...above(parents, parent)].some((each) => asked.has(each))) return []
  // A place before one of the moving pages is the place before the first after it that stays.
  const siblings = sortedSiblings(places, parent).map(([id]) => id)
  const at = before === null ? -1 : siblings.indexOf(before)
  const anchor = at === -1 ? undefined : siblings.slice(at).find((id) => !asked.has(id))
  const moves: [PageId, Place][] = []
  let lower: string | null = null
  const upper = anchor === undefined ? null : (readPlace(places.get(anchor))?.order ?? null)
  for (const id of moving) {
    const order: string =
      lower === null ? orderBefore(places, parent, anchor ?? null, new Set(moving)) : safeKeyBetween(lower, upper)
    moves.push([id, { parent, order }])
    lower = order
  }
  return moves
}

function planBack(places: Y.Map<unknown>, moved: readonly MovedPage[]): readonly MovedPage[] {
  const parents = parentsWithoutCycles(sortedPlaces(places))
  return moved.filter(({ id, from, to }) => {
    const now = readPlace(places.get(id))
    const isMine = now !== null && now.parent === to.parent && now.order === to.order
    return isMine && (from.parent === null || ![from.parent, ...above(parents, from.parent)].includes(id))
  })
}

/** The nearest ancestor that is not hidden, null for the top; undefined where the page may stay where it is. */
function nearestShown(places: Y.Map<unknown>, id: PageId, hidden: ReadonlySet<PageId>): PageId | null | undefined {
  const [parent, ...further] = above(parentsWithoutCycles(sortedPlaces(places)), id)
  if (parent === undefined || !hidden.has(parent)) return undefined
  return further.find((each) => !hidden.has(each)) ?? null
}

function orderBefore(
  places: Y.Map<unknown>,
  parent: PageId | null,
  before: PageId | null,
  moving: ReadonlySet<PageId>,
): string {
  const siblings = sortedSiblings(places, parent).filter(([id]) => !moving.has(id))
  const index = before === null ? -1 : siblings.findIndex(([id]) => id === before)
  const upper = index === -1 ? null : (siblings[index]?.[1].order ?? null)
  const below = index === -1 ? siblings : siblings.slice(0, index)
  // Two siblings may hold one order (placed at the same moment elsewhere): take the nearest that is really lower.
  const lower = below.findLast(([, place]) => upper === null || place.order < upper)?.[1].order ?? null
  return safeKeyBetween(lower, upper)
}

/** Orders come from other people's devices: one that the library refuses must not keep a page from being placed. */
function safeKeyBetween(lower: string | null, upper: string | null): string {
  for (const bounds of [[lower, upper] as const, [lower, null] as const, [null, upper] as const]) {
    try {
      return generateKeyBetween(bounds[0], bounds[1])
    } catch {
      continue
    }
  }
  return generateKeyBetween(null, null)
}
