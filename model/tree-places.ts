import type * as Y from 'yjs'
import { isId, type PageId } from './ids.ts'

/** Where a page stands. One plain value per page, so that parent and order always change together. */
export interface Place {
  readonly parent: PageId | null
  /** Fractional index among its siblings; equal ones are told apart by id. */
  readonly order: string
}

export interface TreeNode {
  readonly id: PageId
  readonly children: readonly TreeNode[]
}

const orderPattern = /^[0-9A-Za-z]{1,200}$/

/** Stored and remote values are untrusted: null where it is no place. */
export function readPlace(value: unknown): Place | null {
  if (typeof value !== 'object' || value === null) return null
  const parent: unknown = Reflect.get(value, 'parent')
  const order: unknown = Reflect.get(value, 'order')
  return {
    parent: isId(parent) ? (parent as PageId) : null,
    order: typeof order === 'string' && orderPattern.test(order) ? order : 'a0',
  }
}

/** All places, sorted as siblings are: by order, then by id. */
export function sortedPlaces(places: Y.Map<unknown>): ReadonlyMap<PageId, Place> {
  const entries: [PageId, Place][] = []
  for (const [id, value] of places) {
    const place = isId(id) ? readPlace(value) : null
    if (place !== null) entries.push([id as PageId, place])
  }
  return new Map(entries.sort(compareSiblings))
}

/** The pages that name this parent, sorted. Only these are parsed and sorted: an import adds thousands of pages to one tree, one by one. */
export function sortedSiblings(places: Y.Map<unknown>, parent: PageId | null): readonly (readonly [PageId, Place])[] {
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

/** Children in their order, by parent; null is the top. */
export function childrenByParent(sorted: ReadonlyMap<PageId, Place>): ReadonlyMap<PageId | null, readonly PageId[]> {
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

/** These and all that stands under them. */
export function withDescendants(
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
export function growTree(
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
export function parentsWithoutCycles(places: ReadonlyMap<PageId, Place>): ReadonlyMap<PageId, PageId | null> {
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

/** The ancestors of a page, nearest first. */
export function above(parents: ReadonlyMap<PageId, PageId | null>, id: PageId): readonly PageId[] {
  const ids: PageId[] = []
  for (let at = parents.get(id) ?? null; at !== null; at = parents.get(at) ?? null) ids.push(at)
  return ids
}

/** Where some pages stand; without those that have no place. */
export function placesIn(places: Y.Map<unknown>, ids: readonly PageId[]): ReadonlyMap<PageId, Place> {
  const found = ids.map((id) => [id, readPlace(places.get(id))] as const)
  return new Map(found.flatMap(([id, place]) => (place === null ? [] : [[id, place] as const])))
}
