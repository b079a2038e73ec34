import { beforeEach, describe, expect, it } from 'vitest'
import { mustParseId, type DocumentId, type PageId, type SpaceId } from '../../model/ids.ts'
import type { SpaceTree } from '../../model/space.ts'
import type { DocumentRecord, OrganisationStorage, SpaceRecord } from '../storage/laptop-storage.ts'
import { Lists } from './lists.ts'
import { pagesOf } from './page-tree.ts'
import type { SpaceSnapshot } from './plein.ts'

const idOf = <T extends DocumentId | SpaceId>(letter: string) => mustParseId<T>(letter.repeat(26))
const node = (letter: string, ...children: SpaceTree['roots']) => ({ id: idOf<PageId>(letter), children })

const space: SpaceRecord = {
  id: idOf<SpaceId>('s'),
  kind: 'team',
  name: 'Openbare ruimte',
  role: 'editor',
  archived: false,
  keep: 'everything',
  cursor: null,
}
const tree: SpaceTree = {
  roots: [node('a', node('b'), node('c')), node('d')],
  archived: [],
  hidden: new Set(),
}

/** A storage that answers from a list that the test changes. */
class FewRecords {
  readonly records = new Map<DocumentId, DocumentRecord>()

  put(letter: string, change: Partial<DocumentRecord> = {}): DocumentId {
    const id = idOf<DocumentId>(letter)
    const fresh = { id, spaceId: space.id, kind: 'page', pageKind: 'wiki', title: letter, icon: null } as const
    const rest = { ownerId: null, archived: false, minSchema: 1, held: true, waiting: 0, changedAtMs: 1 } as const
    const known = this.records.get(id) ?? { ...fresh, ...rest, compare: false }
    this.records.set(id, { ...known, ...change })
    return id
  }

  documents(ids?: readonly DocumentId[]): Promise<readonly DocumentRecord[]> {
    const all = [...this.records.values()]
    return Promise.resolve(ids === undefined ? all : all.filter((record) => ids.includes(record.id)))
  }

  spaces(): Promise<readonly SpaceRecord[]> {
    return Promise.resolve([space])
  }
}

let storage: FewRecords
let lists: Lists
const show = (shown = tree): SpaceSnapshot => lists.snapshotOf(space, shown, 'me')
const titles = (snapshot: SpaceSnapshot) => pagesOf(snapshot.tree).map((page) => page.title)

beforeEach(async () => {
  storage = new FewRecords()
  for (const letter of 'abcd') storage.put(letter)
  lists = new Lists(storage as unknown as OrganisationStorage)
  await lists.load()
})

describe('the snapshot of a space', () => {
  it('is the same object while nothing in the space changes', async () => {
    const before = show()
    await lists.refresh([idOf('b')], false)
    expect(show()).toBe(before)
  })

  it('changes a row in its place and leaves what is beside it the same object', async () => {
    const before = show()
    await lists.refresh([storage.put('c', { title: 'C anders', waiting: 2 })], false)
    const after = show()
    expect(titles(after)).toEqual(['a', 'b', 'C anders', 'd'])
    expect(after.tree[0]?.children[1]?.waitingChanges).toBe(2)
    expect(after.tree[1]).toBe(before.tree[1])
    expect(after.tree[0]?.children[0]).toBe(before.tree[0]?.children[0])
    expect(titles(before)).toEqual(['a', 'b', 'c', 'd'])
  })

  it('is what a fresh list would show, whatever was changed, added, archived or removed in between', async () => {
    show()
    const changed = [storage.put('a', { title: 'A' }), storage.put('e'), storage.put('f', { pageKind: 'note' })]
    storage.records.delete(idOf('b'))
    await lists.refresh([...changed, idOf('b')], false)
    const shown = {
      ...tree,
      archived: [idOf<PageId>('d')],
      hidden: new Set([idOf<PageId>('d')]),
      roots: tree.roots.slice(0, 1),
    }
    const fresh = new Lists(storage as unknown as OrganisationStorage)
    await fresh.load()
    expect(show(shown)).toEqual(fresh.snapshotOf(space, shown, 'me'))
    await lists.refresh([storage.put('d', { title: 'D' })], false)
    expect(show(shown).archived.map((page) => page.title)).toEqual(['D'])
  })
})
