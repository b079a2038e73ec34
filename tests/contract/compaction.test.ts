import { documentIdOf } from '../../model/protocol/messages.ts'
import { describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import type { DocumentId } from '../../model/ids.ts'
import { openSpace } from '../../model/space.ts'
import { seedOf } from '../../model/seeds.ts'
import { compactDocument, inlineCompactor } from '../../sync-server/compact-document.ts'
import { compactInThread } from '../../sync-server/compaction-thread.ts'
import { textOf, Writer } from './fake-device.ts'
import { mint, type FakeWorld } from './fake-world.ts'
import { openPageWorld } from './page-world.ts'

const limits = { compactAfterRows: 20, compactIdleMs: 5000 }

/** Pieces of a page with deleted text, formats, elements and three writers. */
function somePieces(): readonly Uint8Array[] {
  const pieces: Uint8Array[] = [seedOf('page', 'wiki')]
  const writers = [new Writer(5), new Writer(6), new Writer(7)]
  for (let round = 0; round < 30; round += 1) {
    for (const writer of writers) {
      const update = writer.change((doc) => {
        const prose = doc.getText('prose')
        prose.insert(prose.length, `word ${round} `, round % 3 === 0 ? { bold: true } : {})
        if (round % 4 === 1) prose.delete(0, 5)
        doc.getXmlFragment('body').insert(0, [new Y.XmlElement('paragraph')])
        if (round % 5 === 2) doc.getXmlFragment('body').delete(0, 1)
        doc.getMap('meta').set('title', `Title ${round}`)
      })
      pieces.push(update)
      for (const other of writers.filter((each) => each !== writer)) other.hear(update)
    }
  }
  return pieces
}

describe('compaction', () => {
  it('CO4 says the same in fewer bytes, for text, formats, elements and deletions', () => {
    const pieces = somePieces()
    const { update, quarantined, title } = compactDocument({ pieces })
    const [before, after] = [new Y.Doc(), new Y.Doc()]
    for (const piece of pieces) Y.applyUpdate(before, piece)
    Y.applyUpdate(after, update)
    expect(after.getText('prose').toDelta()).toEqual(before.getText('prose').toDelta())
    expect(after.getXmlFragment('body').toString()).toBe(before.getXmlFragment('body').toString())
    expect(Y.encodeStateVector(after)).toEqual(Y.encodeStateVector(before))
    expect([quarantined, title]).toEqual([null, 'Title 29'])
    expect(update.length).toBeLessThan(pieces.reduce((sum, piece) => sum + piece.length, 0))
  })

  it('CO4 leaves later updates, written on the uncompacted page, as they were', () => {
    const pieces = somePieces()
    const late = new Writer(9)
    for (const piece of pieces) late.hear(piece)
    const update = late.change((doc) => {
      doc.getText('prose').insert(10, 'late')
      doc.getText('prose').delete(0, 3)
    })
    const [onPieces, onSnapshot] = [new Y.Doc(), new Y.Doc()]
    for (const piece of [...pieces, update]) Y.applyUpdate(onPieces, piece)
    for (const piece of [compactDocument({ pieces }).update, update]) Y.applyUpdate(onSnapshot, piece)
    expect(onSnapshot.getText('prose').toDelta()).toEqual(onPieces.getText('prose').toDelta())
  })

  it('CO5 sets aside what waits for something that never came, and loses nothing of the rest', () => {
    const writer = new Writer(8)
    writer.write('lost')
    const waiting = writer.write(' waiting')
    const { update, quarantined, stateVector } = compactDocument({ pieces: [...somePieces(), waiting] })
    expect(Y.decodeStateVector(stateVector).has(8)).toBe(false)
    expect(Y.parseUpdateMeta(quarantined ?? new Uint8Array()).from).toEqual(new Map([[8, 4]]))
    expect(textOf(update)).toBe(textOf(compactDocument({ pieces: somePieces() }).update))
  })

  it('runs in a thread with the same outcome, and fails a job without ending', async () => {
    const compactor = compactInThread()
    const pieces = somePieces()
    expect(await compactor.compact({ pieces })).toEqual(compactDocument({ pieces }))
    await expect(compactor.compact({ pieces: [new Uint8Array([9, 9])] })).rejects.toThrow(/RangeError|Error/)
    expect(await compactor.derive({ pieces })).toEqual({ title: 'Title 29', icon: null, archived: false })
    await compactor.close()
  })

  it('CO4 comes when a page has grown and been quiet, deletes the rows, and the page reads as before', async () => {
    const { world, store, spaceId, documentId, device, read } = await openPageWorld({ limits })
    const writer = new Writer(7)
    for (let i = 0; i < 30; i += 1) device.push(documentId, writer.write(`${i} `))
    await world.clock.advance(3000)
    device.push(documentId, writer.write('end'))
    await world.clock.advance(3000)
    expect(world.server.metrics.compactions).toBe(0)
    await world.clock.advance(3000)
    expect(world.server.metrics.compactions).toBe(1)
    expect(store.rowsOf(spaceId).filter((row) => row.documentId === documentId).length).toBe(1)
    const expected = writer.text
    expect(await read()).toBe(expected)
    await world.restart()
    expect(await read()).toBe(expected)
    expect(await world.server.document(documentId)).toMatchObject({ compactedTo: 33, tailRows: 0 })
  })

  it('CO4 keeps accepting, and knows gaps and client ids, after a restart on a snapshot alone', async () => {
    const { world, ann, bob, documentId, device, read } = await openPageWorld({ limits })
    const writer = new Writer(7)
    device.push(documentId, writer.write('before'))
    await world.settle()
    await world.done(world.server.compact(documentId))
    await world.restart()
    const [again, other] = [await world.device(ann), await world.device(bob)]
    again.push(documentId, writer.write(' after'))
    const stranger = new Writer(9)
    stranger.write('x')
    again.push(documentId, stranger.write('gap'))
    const forged = new Writer(7)
    for (const text of ['before', ' after']) forged.write(text)
    other.push(documentId, forged.write('forged'))
    await world.settle()
    expect([...again.refusals().values(), ...other.refusals().values()]).toEqual(['gap', 'foreign-client-id'])
    expect(await read()).toBe('before after')
  })

  it('leaves the rows where compaction fails, and says so', async () => {
    const failing = { ...inlineCompactor, compact: () => Promise.reject(new Error('no')) }
    const { world, documentId, device, read } = await openPageWorld({ limits, compactor: failing })
    const writer = new Writer(7)
    for (let i = 0; i < 30; i += 1) device.push(documentId, writer.write('x'))
    await world.clock.advance(10_000)
    expect(world.server.metrics.compactionFailures).toBe(1)
    expect(await read()).toBe('x'.repeat(30))
  })
})

describe('damage', () => {
  async function damage(world: FakeWorld, documentId: DocumentId): Promise<void> {
    const load = world.store.loadDocuments.bind(world.store)
    world.store.loadDocuments = async (ids) =>
      (await load(ids)).map((loaded) =>
        loaded.record.documentId === documentId
          ? { ...loaded, tail: loaded.tail.map((row, i) => (i === 1 ? { ...row, update: 'damaged' as const } : row)) }
          : loaded,
      )
    await world.restart()
  }

  it('FE5 answers a document with a damaged record as damaged, with no text, and never compacts it', async () => {
    const { world, bob, documentId, device } = await openPageWorld()
    const writer = new Writer(7)
    device.push(documentId, writer.write('ab'))
    device.push(documentId, writer.write('cd'))
    await world.settle()
    await damage(world, documentId)
    const other = await world.device(bob)
    other.send({ type: 'fetch', key: 1, documents: [{ documentId, stateVector: new Uint8Array([0]) }] })
    other.open(1, documentId)
    other.stepOne(1)
    await world.settle()
    expect(other.last('documents').documents[0]).toMatchObject({ state: 'damaged', update: new Uint8Array() })
    expect(other.all('channel')).toEqual([])
    await world.server.compact(documentId)
    expect(world.server.metrics.compactions).toBe(0)
    expect(await world.server.readDocument(documentId)).toBe('damaged')
  })
})

describe('rows for lists', () => {
  it('carry the title within the second in which the feed brings the change', async () => {
    const { world, documentId, device, bob } = await openPageWorld()
    const other = await world.device(bob)
    const writer = new Writer(7)
    device.push(documentId, writer.rename('  Verbouwing\nHal '))
    await world.clock.advance(1000)
    expect(await world.server.document(documentId)).toMatchObject({
      title: 'Verbouwing Hal',
      icon: null,
      archived: false,
    })
    expect(other.last('feed').records).toMatchObject([{ row: { title: 'Verbouwing Hal' } }])
    await world.restart()
    expect((await world.server.document(documentId))?.title).toBe('Verbouwing Hal')
  })

  it('follow to devices that had the change before its title was read', async () => {
    const { world, documentId, spaceId, device, bob } = await openPageWorld()
    device.push(documentId, new Writer(7).rename('Verbouwing'))
    await world.settle()
    const other = await world.device(bob, { spaces: [{ spaceId, cursor: 2, keep: 'rows' }] })
    expect(other.last('feed').records).toMatchObject([{ row: { title: null } }])
    await world.clock.advance(1000)
    expect(other.last('feed')).toMatchObject({ to: 3, records: [{ type: 'stale', row: { title: 'Verbouwing' } }] })
  })
})

describe('documents that the server makes', () => {
  it('are seeded, filled under a client id of the server, and fed like any other', async () => {
    const { world, ann, bob, spaceId } = await openPageWorld()
    const other = await world.device(bob)
    const writer = new Writer(4242)
    writer.write('imported')
    const update = Y.encodeStateAsUpdate(writer.doc, Y.encodeStateVector(new Writer(1).doc))
    const id = await world.done(
      world.server.createDocument({ spaceId, kind: 'page', pageKind: 'note', ownerId: ann.personId, update }),
    )
    await world.clock.advance(1000)
    expect(await world.server.document(id)).toMatchObject({
      kind: 'page',
      pageKind: 'note',
      writers: 'authors',
      ownerId: ann.personId,
    })
    expect(other.last('feed').records.map(documentIdOf)).toEqual([id])
    const thief = await world.device(ann)
    thief.push(
      id,
      new Writer(4242, seedOf('page', 'note')).change((doc) => doc.getText('x').insert(0, 'y')),
    )
    await world.settle()
    expect([...thief.refusals().values()]).toEqual(['foreign-client-id'])
  })

  it('can be changed by the server, which writes nothing where nothing changes', async () => {
    const { world, store, spaceId, documentId } = await openPageWorld()
    const treeId = spaceId as string as DocumentId
    const add = () =>
      world.done(
        world.server.updateDocument(treeId, (doc) => {
          openSpace(doc).add(documentId, null)
        }),
      )
    await add()
    const rows = store.rowsOf(spaceId).length
    await add()
    expect(store.rowsOf(spaceId).length).toBe(rows)
    const update = await world.server.readDocument(treeId)
    const doc = new Y.Doc()
    if (update instanceof Uint8Array) Y.applyUpdate(doc, update)
    expect(
      openSpace(doc)
        .snapshot()
        .roots.map((node) => node.id),
    ).toEqual([documentId])
  })

  it('are refused, with the reason, where the rules do not allow them', async () => {
    const { world, ann } = await openPageWorld()
    const creating = world.server.createDocument({
      spaceId: mint(),
      kind: 'page',
      pageKind: 'wiki',
      ownerId: ann.personId,
      update: null,
    })
    await expect(world.done(creating)).rejects.toMatchObject({ reason: 'unknown-space' })
    await expect(world.server.updateDocument(mint(), () => undefined)).rejects.toMatchObject({
      reason: 'unknown-document',
    })
  })

  it('include the document of each space, under the id of the space', async () => {
    const { world, spaceId } = await openPageWorld()
    expect(await world.server.document(spaceId as string as DocumentId)).toMatchObject({
      kind: 'space',
      writers: 'editors',
      spaceId,
    })
  })
})
