import { describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import type { NewAct } from '../../model/act.ts'
import { writeAct } from '../../model/acts.ts'
import { parseFileHash, type DocumentId, type PageId, type PersonId, type SpaceId } from '../../model/ids.ts'
import { MemoryIndex } from '../../model/search/memory-index.ts'
import { seedOf } from '../../model/seeds.ts'
import { idOf, organisationId } from '../storage/contract-case.ts'
import { organisationRecord } from '../storage/laptop-storage-contract.ts'
import { MemoryLaptopStorage } from '../storage/memory-storage.ts'
import { fillRandom as seededRandom } from '../storage/test-random.ts'
import { Indexer } from './indexer.ts'

const sem = idOf<PersonId>('sem')
const spaceId = idOf<SpaceId>('space')
const page = idOf<PageId>('page')
const theirs = idOf<DocumentId>('theirs')

const fillRandom = seededRandom(1)

async function openIndexed() {
  const laptop = new MemoryLaptopStorage({ fillRandom })
  await laptop.putOrganisation(organisationRecord(organisationId))
  const storage = laptop.organisation(organisationId)
  await storage.updateDocuments([{ id: page, spaceId, kind: 'page', pageKind: 'wiki', title: 'Draaiboek' }])
  const index = new MemoryIndex()
  const told: PageId[] = []
  const indexer = new Indexer({
    storage,
    index,
    schedule: () => () => undefined,
    nowMs: () => 0,
    progress: () => undefined,
    folded: (pages) => told.push(...pages),
    failed: (error) => {
      throw error
    },
  })
  const doc = new Y.Doc()
  Y.applyUpdate(doc, seedOf('acts', null))
  /** As sync stores what another said. */
  const hear = async (act: NewAct) => {
    const said = writeAct(doc, theirs, { act, nowMs: 1, counter: 0, fillRandom })
    const document = { id: theirs, spaceId, kind: 'acts', pageKind: null, ownerId: sem, held: true } as const
    const changes = [{ documentId: theirs, update: Y.encodeStateAsUpdate(doc) }]
    await storage.storeRemote({ changes, documents: [document], cursors: [] })
    await indexer.catchUp()
    return said.ref
  }
  const find = (text: string) => index.find({ text, filter: {}, limit: 9, nowMs: 1 })
  return { storage, indexer, hear, find, told }
}

describe('the indexer', () => {
  it('takes in what is stored while it runs, for whoever asks then', async () => {
    const { storage, indexer, find } = await openIndexed()
    const running = indexer.catchUp()
    await storage.updateDocuments([
      { id: idOf<PageId>('late'), spaceId, kind: 'page', pageKind: 'wiki', title: 'Ijsvrij' },
    ])
    await indexer.catchUp()
    expect(find('ijsvrij')).toHaveLength(1)
    await running
  })

  it('tells of what it folded: nobody else finds it to fold any more', async () => {
    const { hear, storage, told } = await openIndexed()
    await hear({ kind: 'comment', page, anchor: null, text: ['Is strooien nodig?'] })
    expect(await storage.acts.fold()).toEqual([])
    expect(told).toEqual([page])
  })

  it('finds what was said about a page and in answer to it, as it reads now', async () => {
    const { hear, find } = await openIndexed()
    const thread = await hear({ kind: 'comment', page, anchor: null, text: ['Is strooien nodig?'] })
    const reply = await hear({ kind: 'reply', page, thread, text: ['Elke nacht.'] })
    expect(find('nacht').map(({ id, type, pageId, ownerId }) => [id, type, pageId, ownerId])).toEqual([
      [thread, 'comment', page, sem],
    ])
    await hear({ kind: 'edit', page, target: reply, text: ['Elke ochtend.'] })
    expect(find('nacht')).toEqual([])
    expect(find('ochtend')).toHaveLength(1)
  })

  it('finds no comments that were taken back, and none of a page that is here no more', async () => {
    const { storage, indexer, hear, find } = await openIndexed()
    const thread = await hear({ kind: 'comment', page, anchor: null, text: ['Vergissing'] })
    await hear({ kind: 'comment', page, anchor: null, text: ['Blijft'] })
    await hear({ kind: 'delete', page, target: thread, thread: null, anchor: null })
    expect(find('vergissing')).toEqual([])
    expect(find('blijft')).toHaveLength(1)
    await storage.drop(page, { forget: true })
    await indexer.catchUp()
    expect(find('blijft')).toEqual([])
  })

  it('finds files of spaces by their names, as long as they are listed', async () => {
    const { storage, indexer, find } = await openIndexed()
    const hash = parseFileHash('0a'.repeat(32))
    if (hash === undefined) throw new Error('no hash')
    const bytes = { blob: new Blob(['x']) }
    const file = { spaceId, hash, name: 'Strooiroutes 2026.pdf', type: 'application/pdf', addedBy: sem, addedAtMs: 1 }
    await storage.files.put({ ...file, onServer: true, bytes })
    await indexer.catchUp()
    expect(find('strooiroutes').map(({ id, type }) => [id, type])).toEqual([[`${spaceId}/${hash}`, 'file']])
    await storage.files.change(spaceId, hash, { listed: false })
    indexer.wakeForFiles()
    await indexer.catchUp()
    expect(find('strooiroutes')).toEqual([])
  })
})
