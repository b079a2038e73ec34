import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { mintId, type PageId } from './ids.ts'
import { openSpace, type TreeNode } from './space.ts'

let counter = 0
const pageIds = Array.from({ length: 8 }, () => mintId<PageId>((bytes) => bytes.fill((counter += 1))))
const page = (n: number): PageId => pageIds[n % pageIds.length] ?? mintId<PageId>((bytes) => bytes.fill(99))

function flatten(nodes: readonly TreeNode[]): PageId[] {
  return nodes.flatMap((node) => [node.id, ...flatten(node.children)])
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

  it('TR1 never loses, doubles or circles a page, whatever two devices move at the same time', () => {
    const moves = fc.array(
      fc.record({ who: fc.nat(1), id: fc.nat(7), parent: fc.option(fc.nat(7)), before: fc.option(fc.nat(7)) }),
      { maxLength: 40 },
    )
    fc.assert(
      fc.property(moves, (steps) => {
        const docs = [new Y.Doc(), new Y.Doc()] as const
        const spaces = [openSpace(docs[0]), openSpace(docs[1])] as const
        for (const id of pageIds) spaces[0].add(id, null)
        Y.applyUpdate(docs[1], Y.encodeStateAsUpdate(docs[0]))
        for (const step of steps) {
          const space = step.who === 0 ? spaces[0] : spaces[1]
          space.move(page(step.id), {
            parent: step.parent === null ? null : page(step.parent),
            before: step.before === null ? null : page(step.before),
          })
        }
        Y.applyUpdate(docs[1], Y.encodeStateAsUpdate(docs[0]))
        Y.applyUpdate(docs[0], Y.encodeStateAsUpdate(docs[1]))
        expect(spaces[0].snapshot()).toEqual(spaces[1].snapshot())
        expect(flatten(spaces[0].snapshot().roots).toSorted()).toEqual(pageIds.toSorted())
      }),
    )
  })

  it('ignores places that are no places', () => {
    const doc = new Y.Doc()
    doc.getMap('place').set('../../etc', { parent: null, order: 'a0' })
    doc.getMap('place').set(page(0), 'nonsense')
    doc.getMap('place').set(page(1), { parent: page(7), order: '' })
    expect(flatten(openSpace(doc).snapshot().roots)).toEqual([page(1)])
  })
})
