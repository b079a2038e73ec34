import { generateKeyBetween } from 'fractional-indexing'
import type * as Y from 'yjs'
import { isId, type PageId } from './ids.ts'
import { origins } from './origins.ts'

/** Where a page stands. One plain value per page, so that parent and order always change together. */
export interface Place {
  readonly parent: PageId | null
  /** Fractional index among its siblings; equal ones are told apart by id. */
  readonly order: string
}

export interface Destination {
  readonly parent: PageId | null
  /** The sibling that it comes before; null is the end. */
  readonly before: PageId | null
}

export interface TreeNode {
  readonly id: PageId
  readonly children: readonly TreeNode[]
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

/** What a move to another space does to the two trees. */
function movingVerbs(
  places: Y.Map<unknown>,
  archived: Y.Map<unknown>,
  write: (change: () => void) => void,
): Pick<SpaceDocument, 'subtree' | 'takeOut' | 'putIn'> {
  return {
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

const orderPattern = /^[0-9A-Za-z]{1,200}$/

function readPlace(value: unknown): Place | null {
  if (typeof value !== 'object' || value === null) return null
  const parent: unknown = Reflect.get(value, 'parent')
  const order: unknown = Reflect.get(value, 'order')
  return {
    parent: isId(parent) ? (parent as PageId) : null,
    order: typeof order === 'string' && orderPattern.test(order) ? order : 'a0',
  }
}

/** All places, sorted as siblings are: by order, then by id. */
function sortedPlaces(places: Y.Map<unknown>): ReadonlyMap<PageId, Place> {
  const entries: [PageId, Place][] = []
  for (const [id, value] of places) {
    const place = isId(id) ? readPlace(value) : null
    if (place !== null) entries.push([id as PageId, place])
  }
  return new Map(entries.sort(compareSiblings))
}

/** The pages that name this parent, sorted. Only these are parsed and sorted: an import adds thousands of pages to one tree, one by one. */
function sortedSiblings(places: Y.Map<unknown>, parent: PageId | null): readonly (readonly [PageId, Place])[] {
  const siblings: [PageId, Place][] = []
  for (const [id, value] of places) {
    if (parent !== null && parentIn(value) !== parent) continue
    const place = isId(id) ? readPlace(value) : null
    if (place?.parent === parent) siblings.push([id as PageId, place])
  }
  return siblings.sort(compareSiblings)
}

function parentIn(value: unknown): unknown {
  return typeof value === 'object' && value !== null && 'parent' in value ? value.parent : null
}

function compareSiblings([a, placeA]: readonly [PageId, Place], [b, placeB]: readonly [PageId, Place]): number {
  return compareText(placeA.order, placeB.order) || compareText(a, b)
}

function compareText(a: string, b: string): number {
  if (a === b) return 0
  return a < b ? -1 : 1
}

function readTree(places: Y.Map<unknown>, archivedMap: Y.Map<unknown>): SpaceTree {
  const sorted = sortedPlaces(places)
  const archived = [...sorted.keys()].filter((id) => archivedMap.get(id) === true)
  const children = childrenByParent(sorted)
  const hidden = withDescendants(archived, children)
  return { roots: growTree(children, hidden), archived, hidden }
}

function childrenByParent(sorted: ReadonlyMap<PageId, Place>): ReadonlyMap<PageId | null, readonly PageId[]> {
  const parents = parentsWithoutCycles(sorted)
  const children = new Map<PageId | null, PageId[]>()
  for (const id of sorted.keys()) {
    const parent = parents.get(id) ?? null
    const list = children.get(parent)
    if (list === undefined) children.set(parent, [id])
    else list.push(id)
  }
  return children
}

function withDescendants(
  ids: readonly PageId[],
  children: ReadonlyMap<PageId | null, readonly PageId[]>,
): ReadonlySet<PageId> {
  const all = new Set(ids)
  for (const id of all) for (const child of children.get(id) ?? []) all.add(child) // a Set goes on with what is added
  return all
}

/**
 * Builds nodes bottom-up without recursion: a tree as deep as its number of pages must not end the stack.
 */
function growTree(
  children: ReadonlyMap<PageId | null, readonly PageId[]>,
  hidden: ReadonlySet<PageId>,
): readonly TreeNode[] {
  interface Growing {
    readonly id: PageId
    readonly children: Growing[]
  }
  const roots: Growing[] = []
  const pending: { readonly parent: PageId | null; readonly into: Growing[] }[] = [{ parent: null, into: roots }]
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    for (const id of children.get(next.parent) ?? []) {
      if (hidden.has(id)) continue
      const node: Growing = { id, children: [] }
      next.into.push(node)
      pending.push({ parent: id, into: node.children })
    }
  }
  return roots
}

/**
 * Concurrent moves can make a circle of parents. Every replica breaks it at the same place, by reading alone: the page
 * with the smallest id in the circle stands at the root until somebody moves it. A parent that does not exist counts as
 * the root, so a page whose parent never arrived is still seen.
 */
function parentsWithoutCycles(places: ReadonlyMap<PageId, Place>): ReadonlyMap<PageId, PageId | null> {
  const parents = new Map<PageId, PageId | null>()
  for (const [id, place] of places) {
    parents.set(id, place.parent !== null && places.has(place.parent) ? place.parent : null)
  }
  const safe = new Set<PageId>()
  for (const start of places.keys()) {
    const path: PageId[] = []
    const onPath = new Set<PageId>()
    let id: PageId | null = start
    while (id !== null && !safe.has(id) && !onPath.has(id)) {
      path.push(id)
      onPath.add(id)
      id = parents.get(id) ?? null
    }
    if (id !== null && onPath.has(id)) {
      const circle = path.slice(path.indexOf(id))
      parents.set(
        circle.reduce((least, each) => (each < least ? each : least)),
        null,
      )
    }
    for (const each of path) safe.add(each)
  }
  return parents
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

/** The ancestors of a page, nearest first. */
function above(parents: ReadonlyMap<PageId, PageId | null>, id: PageId): readonly PageId[] {
  const ids: PageId[] = []
  for (let at = parents.get(id) ?? null; at !== null; at = parents.get(at) ?? null) ids.push(at)
  return ids
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
