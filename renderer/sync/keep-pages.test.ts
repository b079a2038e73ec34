import { expect, it } from 'vitest'
import type { DocumentId, SpaceId } from '../../model/ids.ts'
import { recentMs } from '../../model/keep.ts'
import { idOf, organisationId } from '../storage/contract-case.ts'
import type { DocumentChange } from '../storage/laptop-storage.ts'
import { MemoryLaptopStorage } from '../storage/memory-storage.ts'
import { fillRandom } from '../storage/test-random.ts'
import { DocumentIndex } from './document-index.ts'
import { droppedPages, keptDocuments } from './feed.ts'

const spaceId = idOf<SpaceId>('space')
const nowMs = 10 * recentMs

function indexOf(changes: readonly (Partial<DocumentChange> & { readonly name: string })[]): DocumentIndex {
  const index = new DocumentIndex(new MemoryLaptopStorage({ fillRandom: fillRandom(1) }).organisation(organisationId))
  index.apply(
    changes.map(({ name, ...change }) => ({
      ...{ id: idOf<DocumentId>(name), spaceId, kind: 'page', pageKind: 'wiki', changedAtMs: 0 },
      ...change,
    })),
  )
  return index
}

const idsOf = (documents: readonly { readonly id: DocumentId }[]) => documents.map(({ id }) => id)

it('under every policy the tree, acts and the ledger come, and pages as it says', () => {
  const index = indexOf([
    { name: 'tree', kind: 'space', pageKind: null },
    { name: 'old' },
    { name: 'fresh', changedAtMs: nowMs - 1 },
  ])
  const kept = (choice: 'everything' | 'recent' | 'none') =>
    idsOf(keptDocuments(index, spaceId, { keepPages: 10, choice, nowMs }))
  expect(kept('everything')).toEqual([idOf('tree'), idOf('fresh'), idOf('old')])
  expect(kept('recent')).toEqual([idOf('tree'), idOf('fresh')])
  expect(kept('none')).toEqual([idOf('tree')])
})

it('nothing is dropped that waits for the server, is to be compared, or is no page', () => {
  const index = indexOf([
    { name: 'sent', held: true },
    { name: 'unsent', held: true },
    { name: 'compare', held: true, compare: true },
    { name: 'acts', held: true, kind: 'acts', pageKind: null },
    { name: 'absent' },
  ])
  index.rowsAppended([idOf<DocumentId>('unsent')])
  expect(idsOf(droppedPages(index, spaceId, { choice: 'none', nowMs }))).toEqual([idOf('sent')])
  expect(droppedPages(index, spaceId, { choice: 'everything', nowMs })).toEqual([])
})
