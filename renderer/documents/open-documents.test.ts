import { describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { mintId, type DocumentId, type OrganisationId, type SpaceId } from '../../model/ids.ts'
import { origins } from '../../model/origins.ts'
import { seedOf } from '../../model/seeds.ts'
import { MemoryLaptopStorage } from '../storage/memory-storage.ts'
import { OpenDocuments, type OpenDocument } from './open-documents.ts'
import { UpdateBatch } from './update-batch.ts'

let counter = 0
const fillRandom = (bytes: Uint8Array) => bytes.fill((counter += 1))
const registration = { spaceId: mintId<SpaceId>(fillRandom), kind: 'page', pageKind: 'wiki' } as const

function setUp() {
  const storage = new MemoryLaptopStorage({ fillRandom }).organisation(mintId<OrganisationId>(fillRandom))
  const batch = new UpdateBatch({
    storage,
    clock: { schedule: () => () => undefined },
    onCommitted: () => undefined,
    onTrouble: () => undefined,
  })
  const joined: DocumentId[] = []
  const left: DocumentId[] = []
  const firstChanges: (readonly Uint8Array[])[] = []
  const documents = new OpenDocuments({
    onFirstChange: (_id, before) => firstChanges.push(before),
    storage,
    batch,
    join: (id) => {
      joined.push(id)
      return () => left.push(id)
    },
  })
  const create = (): OpenDocument => {
    const id = mintId<DocumentId>(fillRandom)
    const seed = seedOf('page', 'wiki')
    return documents.create(id, seed, () => {
      batch.register(id, registration, seed)
    })
  }
  return { storage, batch, documents, create, joined, left, firstChanges }
}

const rowsOf = async ({ storage }: ReturnType<typeof setUp>) => (await storage.waitingRows(0, 1_000_000)).length

describe('open documents', () => {
  it('are one live Y.Doc per id, closed by the last user', async () => {
    const world = setUp()
    const first = world.create()
    await world.batch.flush()
    const [second, third] = await Promise.all([
      world.documents.open(first.id, { live: true }),
      world.documents.open(first.id, { live: true }),
    ])
    expect(second?.doc).toBe(first.doc)
    expect(third?.doc).toBe(first.doc)
    first.release()
    first.release()
    second?.release()
    expect(world.left).toEqual([])
    third?.release()
    expect(world.left).toEqual([first.id])
  })

  it('load what was typed a moment ago and is not on the disk yet', async () => {
    const world = setUp()
    const page = world.create()
    page.doc.getText('t').insert(0, 'just now')
    page.release()
    const again = await world.documents.open(page.id, { live: false })
    expect(again?.doc.getText('t').toString()).toBe('just now')
  })

  it('answer nothing for a page that is not on this laptop', async () => {
    expect(await setUp().documents.open(mintId<DocumentId>(fillRandom), { live: true })).toBeNull()
  })

  it('join the live channel when somebody looks, not when a list reads', async () => {
    const world = setUp()
    const page = world.create()
    await world.batch.flush()
    page.release()
    world.joined.length = 0
    const read = await world.documents.open(page.id, { live: false })
    expect(read?.awareness).toBeNull()
    const shown = await world.documents.open(page.id, { live: true })
    expect(shown?.awareness).not.toBeNull()
    expect(world.joined).toEqual([page.id])
  })

  it('declare the lowest schema that shows the page: raised by the first node of schema 2, and not lowered by its removal', async () => {
    const world = setUp()
    const [page, other] = [world.create(), world.create()]
    await world.batch.flush()
    const schemas = async () => {
      await world.batch.flush()
      return (await world.storage.waitingRows(0, 1_000_000)).map((row) => [row.documentId, row.schema])
    }
    const before = (await schemas()).length
    const body = page.doc.getXmlFragment('body')
    body.insert(0, [new Y.XmlElement('paragraph')])
    await world.batch.flush()
    body.insert(0, [new Y.XmlElement('callout')])
    await world.batch.flush()
    body.delete(0, 1)
    other.doc.getXmlFragment('body').insert(0, [new Y.XmlElement('paragraph')])
    expect((await schemas()).slice(before).toSorted()).toEqual(
      [
        [page.id, 1],
        [page.id, 2],
        [page.id, 2],
        [other.id, 1],
      ].toSorted(),
    )
  })

  it.each([origins.remote, origins.window])('write nothing again that came with origin %s', async (origin) => {
    const world = setUp()
    const page = world.create()
    await world.batch.flush()
    const before = await rowsOf(world)
    const other = new Y.Doc()
    other.getText('t').insert(0, 'theirs')
    world.documents.apply([{ documentId: page.id, update: Y.encodeStateAsUpdate(other) }], origin)
    await world.batch.flush()
    expect(page.doc.getText('t').toString()).toBe('theirs')
    expect(await rowsOf(world)).toBe(before)
  })

  it('write nothing again that a trusted provider applies, and everything that others do', async () => {
    const world = setUp()
    const page = world.create()
    await world.batch.flush()
    const before = await rowsOf(world)
    const provider = {}
    world.documents.trustProvider(provider)
    page.doc.transact(() => page.doc.getText('t').insert(0, 'x'), provider)
    await world.batch.flush()
    expect(await rowsOf(world)).toBe(before)
    page.doc.transact(() => page.doc.getText('t').insert(0, 'y'), { some: 'undo manager' })
    await world.batch.flush()
    expect(await rowsOf(world)).toBe(before + 1)
  })

  it('take in what arrives while they load', async () => {
    const world = setUp()
    const page = world.create()
    await world.batch.flush()
    page.release()
    const opening = world.documents.open(page.id, { live: false })
    const other = new Y.Doc()
    other.getText('t').insert(0, 'in between')
    world.documents.apply([{ documentId: page.id, update: Y.encodeStateAsUpdate(other) }], origins.remote)
    expect((await opening)?.doc.getText('t').toString()).toBe('in between')
  })

  it('tell at the first change that is written here what was there before it, with what others wrote', async () => {
    const world = setUp()
    const page = world.create()
    page.doc.getText('t').insert(0, 'before')
    page.release()
    const open = await world.documents.open(page.id, { live: false })
    const theirs = new Y.Doc()
    theirs.getMap('m').set('theirs', 1)
    world.documents.apply([{ documentId: page.id, update: Y.encodeStateAsUpdate(theirs) }], origins.remote)
    expect(world.firstChanges).toEqual([])
    open?.doc.getText('t').insert(6, ' mine')
    open?.doc.getText('t').insert(11, ' too')
    expect(world.firstChanges).toHaveLength(1)
    const before = new Y.Doc()
    for (const update of world.firstChanges[0] ?? []) Y.applyUpdate(before, update)
    expect([before.getText('t').toString(), before.getMap('m').get('theirs')]).toEqual(['before', 1])
  })

  it('are loaded anew after they were set back', async () => {
    const world = setUp()
    const page = world.create()
    await world.batch.flush()
    world.documents.forget(page.id)
    const again = await world.documents.open(page.id, { live: false })
    expect(again?.doc).not.toBe(page.doc)
  })
})
