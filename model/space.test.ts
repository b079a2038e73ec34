import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { mintId, type PageId } from './ids.ts'
import { openSpace, type SpaceDocument, type SpaceTree } from './space.ts'
import type { TreeNode } from './tree-places.ts'

let counter = 0
const pageIds = Array.from({ length: 8 }, () => mintId<PageId>((bytes) => bytes.fill((counter += 1))))
const page = (n: number): PageId => pageIds[n % pageIds.length] ?? mintId<PageId>((bytes) => bytes.fill(99))

function flatten(nodes: readonly TreeNode[]): PageId[] {
  return nodes.flatMap((node) => [node.id, ...flatten(node.children)])
}

/** Every page once: shown or hidden. */
function allOf({ roots, hidden }: SpaceTree): readonly PageId[] {
  return [...flatten(roots), ...hidden].toSorted()
}

function mustGet<K, V>(map: ReadonlyMap<K, V>, key: K): V {
  const value = map.get(key)
  if (value === undefined) throw new Error('It is not there')
  return value
}

const at = (n: number | null): PageId | null => (n === null ? null : page(n))

function take(
  space: SpaceDocument,
  verb: 'move' | 'archive' | 'restore',
  ids: readonly PageId[],
  to: { readonly parent: PageId | null; readonly before: PageId | null },
): void {
  if (verb === 'move') space.moveAll(ids, to)
  else if (verb === 'archive') for (const id of ids) space.setArchived(id, true)
  else for (const id of ids) space.restore(id)
}

/** Every one of these documents hears what the others say. */
function meet(docs: readonly Y.Doc[]): void {
  for (const from of docs) for (const to of docs) if (from !== to) Y.applyUpdate(to, Y.encodeStateAsUpdate(from))
}

describe('page tree', () => {
  it('refuses to move a page under its own descendant', () => {
    const space = openSpace(new Y.Doc())
    space.add(page(0), null)
    space.add(page(1), page(0))
    expect(space.move(page(0), { parent: page(1), before: null })).toBe(false)
    expect(space.snapshot().roots.map((node) => node.id)).toEqual([page(0)])
  })

  it('places a page before the named sibling', () => {
    const space = openSpace(new Y.Doc())
    for (const n of [0, 1, 2]) space.add(page(n), null)
    space.move(page(2), { parent: null, before: page(1) })
    expect(space.snapshot().roots.map((node) => node.id)).toEqual([page(0), page(2), page(1)])
  })

  it('takes a move back to where it was, but not over what others moved since, nor into a circle', () => {
    const space = openSpace(new Y.Doc())
    for (const n of [0, 1, 2, 3]) space.add(page(n), null)
    const move = (ids: readonly PageId[], to: Parameters<SpaceDocument['move']>[1]) => {
      const before = space.placesOf(ids)
      space.moveAll(ids, to)
      const after = space.placesOf(ids)
      return ids.map((id) => ({ id, from: mustGet(before, id), to: mustGet(after, id) }))
    }
    const shown = () => flatten(space.snapshot().roots)
    const both = move([page(1), page(2)], { parent: page(3), before: null })
    expect(shown()).toEqual([page(0), page(3), page(1), page(2)])
    space.move(page(2), { parent: page(0), before: null })
    expect(space.takeBack(both)).toBe(true)
    expect(shown()).toEqual([page(0), page(2), page(1), page(3)])
    expect(space.takeBack(both)).toBe(false)
    const out = move([page(2)], { parent: null, before: null })
    space.move(page(0), { parent: page(2), before: null })
    expect(space.takeBack(out)).toBe(false)
  })

  it('hides the children of an archived page and shows them again', () => {
    const space = openSpace(new Y.Doc())
    space.add(page(0), null)
    space.add(page(1), page(0))
    space.setArchived(page(0), true)
    expect(space.snapshot()).toEqual({ roots: [], archived: [page(0)], hidden: new Set([page(0), page(1)]) })
    space.setArchived(page(0), false)
    expect(flatten(space.snapshot().roots)).toEqual([page(0), page(1)])
  })

  it('gives the same object until something changes', () => {
    const space = openSpace(new Y.Doc())
    space.add(page(0), null)
    const before = space.snapshot()
    expect(space.snapshot()).toBe(before)
    space.add(page(1), null)
    expect(space.snapshot()).not.toBe(before)
  })

  it('TR1 never loses, doubles or circles a page, whatever three devices move, archive and restore at the same time', () => {
    const step = fc.record({
      who: fc.nat(2),
      verb: fc.constantFrom('move', 'move', 'move', 'archive', 'restore', 'meet'),
      ids: fc.uniqueArray(fc.nat(7), { minLength: 1, maxLength: 4 }),
      parent: fc.option(fc.nat(7)),
      before: fc.option(fc.nat(7)),
    })
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const docs = [new Y.Doc(), new Y.Doc(), new Y.Doc()]
        const spaces = docs.map((doc) => openSpace(doc))
        for (const id of pageIds) spaces[0]?.add(id, null)
        meet(docs)
        for (const { who, verb, ids, parent, before } of steps) {
          const space = spaces[who]
          if (verb === 'meet') meet([docs[who], docs[(who + 1) % 3]].filter((doc) => doc !== undefined))
          else if (space !== undefined) take(space, verb, ids.map(page), { parent: at(parent), before: at(before) })
          for (const each of spaces) expect(allOf(each.snapshot())).toEqual(pageIds.toSorted())
        }
        meet(docs)
        meet(docs)
        const [first, ...others] = spaces.map((space) => space.snapshot())
        for (const other of others) expect(other).toEqual(first)
        for (const { roots, hidden } of others) expect(flatten(roots).length + hidden.size).toBe(pageIds.length)
      }),
      { numRuns: 200 },
    )
  })

  it('moves several in one transaction, in the order given, and leaves pages with the ancestor that brings them', () => {
    const doc = new Y.Doc()
    const space = openSpace(doc)
    for (const n of [0, 1, 2, 3]) space.add(page(n), null)
    space.add(page(4), page(1))
    let transactions = 0
    doc.on('afterTransaction', () => (transactions += 1))
    expect(space.moveAll([page(1), page(4), page(3)], { parent: null, before: page(0) })).toBe(true)
    expect(transactions).toBe(1)
    expect(flatten(space.snapshot().roots)).toEqual([1, 4, 3, 0, 2].map(page))
  })

  it('takes a place before one of the moving pages for the place before the next that stays', () => {
    const space = openSpace(new Y.Doc())
    for (const n of [0, 1, 2, 3]) space.add(page(n), null)
    space.moveAll([page(3), page(1)], { parent: null, before: page(1) })
    expect(flatten(space.snapshot().roots)).toEqual([0, 3, 1, 2].map(page))
  })

  it('moves none of several where one would come under itself', () => {
    const space = openSpace(new Y.Doc())
    for (const n of [0, 1]) space.add(page(n), null)
    space.add(page(2), page(1))
    const before = space.snapshot()
    expect(space.moveAll([page(0), page(1)], { parent: page(2), before: null })).toBe(false)
    expect(space.snapshot()).toBe(before)
  })

  it('puts a page in sight that is restored from under another archived one', () => {
    const space = openSpace(new Y.Doc())
    space.add(page(0), null)
    space.add(page(1), page(0))
    space.add(page(2), page(1))
    space.setArchived(page(1), true)
    space.setArchived(page(0), true)
    space.restore(page(1))
    expect(flatten(space.snapshot().roots)).toEqual([page(1), page(2)])
    expect(space.snapshot().hidden).toEqual(new Set([page(0)]))
  })

  it('ignores places that are no places', () => {
    const doc = new Y.Doc()
    doc.getMap('place').set('../../etc', { parent: null, order: 'a0' })
    doc.getMap('place').set(page(0), 'nonsense')
    doc.getMap('place').set(page(1), { parent: page(7), order: '' })
    expect(flatten(openSpace(doc).snapshot().roots)).toEqual([page(1)])
  })
})
