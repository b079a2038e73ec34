import { describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import type { DocumentId, LogId, SpaceId } from '../../model/ids.ts'
import { seedOf } from '../../model/seeds.ts'
import { StoreTrouble } from '../../sync-server/store/store.ts'
import { textOf, Writer } from './fake-device.ts'
import { mint, person } from './fake-world.ts'
import { openPageWorld } from './page-world.ts'
import { currentSchema } from '../../model/schema-version.ts'

describe('rows and logs', () => {
  it('LO2 answers a row whose chained checksum differs with row-reused, and does not pass it', async () => {
    const { world, documentId, device, read } = await openPageWorld()
    device.push(documentId, new Writer(7).write('forged'), { checksum: 12345 })
    await world.settle()
    expect(device.refusals()).toEqual(new Map([[2, 'row-reused']]))
    expect(device.last('acknowledged').row).toBe(1)
    expect(await read()).toBe('')
  })

  it('LO3 gives a repeated row no second feed number, and acknowledges it', async () => {
    const { world, store, spaceId, documentId, device } = await openPageWorld()
    const row = device.push(documentId, new Writer(7).write('once'))
    await world.settle()
    const before = store.rowsOf(spaceId).length
    device.send({ type: 'push', rows: [row, row] })
    await world.settle()
    expect(store.rowsOf(spaceId).length).toBe(before)
    expect(device.all('acknowledged').map((each) => each.row)).toEqual([1, 2, 2])
    expect(device.refusals().size).toBe(0)
  })

  it('LO3 takes an older row for a repeat while it can compare, with the same checksum only', async () => {
    const { world, documentId, device } = await openPageWorld()
    const writer = new Writer(7)
    const first = device.push(documentId, writer.write('a'))
    device.push(documentId, writer.write('b'))
    await world.settle()
    device.send({ type: 'push', rows: [first] })
    await world.settle()
    expect(device.refusals().size).toBe(0)
    device.send({ type: 'push', rows: [{ ...first, checksum: 5 }] })
    await world.settle()
    expect(device.refusals()).toEqual(new Map([[2, 'row-reused']]))
  })

  it('LO3 stores the mark of a refused row too', async () => {
    const { world, store, device } = await openPageWorld()
    device.push(mint<DocumentId>(), new Writer(7).write('nowhere'))
    await world.settle()
    expect(device.refusals()).toEqual(new Map([[2, 'unknown-document']]))
    expect(await store.logMark(device.logId)).toMatchObject({ row: 2, checksum: device.checksum })
    expect(device.last('acknowledged').row).toBe(2)
  })

  it('LO4 names the highest row of the log and its checksum in the welcome', async () => {
    const { world, ann, documentId, device } = await openPageWorld()
    device.push(documentId, new Writer(7).write('a'))
    await world.settle()
    device.session.closed()
    const again = await world.device(ann, {}, device.logId)
    expect(again.last('welcome')).toMatchObject({ acknowledgedRow: 2, acknowledgedChecksum: device.checksum })
    const fresh = await world.device(ann)
    expect(fresh.last('welcome')).toMatchObject({ acknowledgedRow: 0, acknowledgedChecksum: 0 })
  })

  it('LO4 waits for rows of an older socket of the log, ends that socket, and counts its rows once', async () => {
    const { world, store, spaceId, ann, documentId, device } = await openPageWorld()
    const row = device.push(documentId, new Writer(7).write('a'))
    const again = await world.device(ann, {}, device.logId)
    expect(device.socket.closedWith?.code).toBe(4500)
    expect(again.last('welcome').acknowledgedRow).toBe(2)
    again.send({ type: 'push', rows: [row] })
    await world.settle()
    expect(store.rowsOf(spaceId).filter((each) => each.documentId === documentId).length).toBe(2)
  })

  it("LO4 makes a device mint a new log where the log is another person's, and takes no row of it", async () => {
    const { world, bob, documentId, device, read } = await openPageWorld()
    device.session.closed()
    const thief = await world.device(bob, {}, device.logId)
    expect(thief.last('welcome').acknowledgedRow).toBe(Number.MAX_SAFE_INTEGER)
    thief.push(documentId, new Writer(8).write('as Ann'))
    await world.settle()
    expect([...thief.refusals().values()]).toEqual(['row-reused'])
    expect(await read()).toBe('')
  })

  it('LO5 acknowledges only after the commit, and after the refusals that it passes', async () => {
    const { world, documentId, device } = await openPageWorld()
    const writer = new Writer(7)
    const rows = [
      device.makeRow(documentId, writer.write('a')),
      device.makeRow(mint<DocumentId>(), writer.write('b')),
      device.makeRow(documentId, new Writer(9).write('c')),
    ]
    device.heard()
    device.send({ type: 'push', rows })
    expect(device.heard()).toEqual([])
    await world.settle()
    expect(device.heard().map((message) => message.type)).toEqual(['refused', 'acknowledged'])
    expect(device.last('acknowledged').row).toBe(4)
  })

  it('LO6 goes on with the rows after a refused one', async () => {
    const { world, documentId, device, read } = await openPageWorld()
    const [gone, writer] = [new Writer(6), new Writer(7)]
    gone.write('lost')
    device.push(documentId, gone.write(' gap'))
    device.push(documentId, writer.write('kept'))
    await world.settle()
    expect(device.refusals()).toEqual(new Map([[2, 'gap']]))
    expect(await read()).toBe('kept')
  })

  it('LO7 tries the rows of a failed batch one by one, and refuses the one that the store will not have', async () => {
    const { world, store, documentId, device, read } = await openPageWorld()
    const writer = new Writer(7)
    const bad = device.makeRow(documentId, new Writer(8).write('bad'))
    const rows = [device.makeRow(documentId, writer.write('a')), device.makeRow(documentId, writer.write('b'))]
    store.failCommits((batch) =>
      batch.rows.some(({ row }) => row === bad.row) ? new StoreTrouble('rejected', 'no') : null,
    )
    device.send({ type: 'push', rows: [bad, ...rows] })
    await world.settle()
    expect(device.refusals()).toEqual(new Map([[2, 'malformed']]))
    expect(device.last('acknowledged').row).toBe(4)
    expect(await read()).toBe('ab')
  })

  it('LO7 holds rows while the store is full, acknowledges nothing, and commits them when there is room', async () => {
    const { world, store, documentId, device, bob, spaceId, read } = await openPageWorld()
    const reader = await world.device(bob)
    reader.open(1, documentId)
    await world.settle()
    store.failCommits(() => new StoreTrouble('full', 'full'))
    const writer = new Writer(7)
    device.push(documentId, writer.write('waits'))
    await world.clock.advance(3000)
    expect(device.last('held').holding).toBe(true)
    expect(device.last('acknowledged').row).toBe(1)
    expect(reader.all('live')).toEqual([])
    expect(world.server.metrics.holding).toBe(1)
    const late = await world.device(bob)
    expect(late.last('welcome').spaces.map((space) => space.spaceId)).toEqual([spaceId])
    device.push(documentId, writer.write(' more'))
    store.failCommits(null)
    await world.clock.advance(1000)
    expect(device.last('held').holding).toBe(false)
    expect(device.last('acknowledged').row).toBe(3)
    expect(await read()).toBe('waits more')
    expect(world.server.metrics.rowsWaiting).toBe(0)
  })

  it('LO8 registers with exactly the seed of the kind, and nothing else', async () => {
    const { world, spaceId, device } = await openPageWorld()
    const registration = { spaceId, kind: 'page', pageKind: 'wiki' } as const
    device.push(mint<DocumentId>(), seedOf('page', 'note'), { registration })
    device.push(mint<DocumentId>(), new Writer(7).write('a'), { registration })
    device.push(mint<DocumentId>(), seedOf('page', 'wiki'), { registration: { ...registration, pageKind: null } })
    device.push(mint<DocumentId>(), seedOf('page', 'wiki'), {
      registration: { ...registration, spaceId: mint<SpaceId>() },
    })
    device.push(mint<DocumentId>(), seedOf('page', 'wiki'))
    await world.settle()
    expect([...device.refusals().values()]).toEqual([
      'malformed',
      'malformed',
      'malformed',
      'unknown-space',
      'unknown-document',
    ])
  })

  it('LO8 takes the same registration for a repeat and another one for taken', async () => {
    const { world, store, bob, spaceId, documentId } = await openPageWorld()
    const before = store.rowsOf(spaceId).length
    const other = await world.device(bob)
    other.register(documentId, spaceId)
    other.register(documentId, spaceId, 'page', 'document')
    await world.settle()
    expect(other.refusals()).toEqual(new Map([[2, 'document-taken']]))
    expect(other.last('acknowledged').row).toBe(2)
    expect(store.rowsOf(spaceId).length).toBe(before)
  })

  it("LO8 keeps an authored page its author's, whoever registers the id again", async () => {
    const { world, bob, spaceId, device } = await openPageWorld()
    const noteId = mint<DocumentId>()
    device.register(noteId, spaceId, 'page', 'note')
    await world.settle()
    const other = await world.device(bob)
    other.register(noteId, spaceId, 'page', 'note')
    await world.settle()
    expect(other.refusals()).toEqual(new Map([[1, 'document-taken']]))
    expect((await world.server.document(noteId))?.writers).toBe('authors')
  })
})

describe('checks before anything is applied', () => {
  it('CH1 refuses a row below the schema of the document, which no row lowers', async () => {
    const { world, documentId, device, read } = await openPageWorld()
    const writer = new Writer(7)
    device.push(documentId, writer.write('new'), { schema: 9 })
    await world.settle()
    expect((await world.server.document(documentId))?.minSchema).toBe(currentSchema)
    device.push(documentId, writer.write(' old'), { schema: 0 })
    await world.settle()
    expect(device.refusals()).toEqual(new Map([[3, 'schema-too-old']]))
    expect(await read()).toBe('new')
  })

  it('CH2 refuses bytes that are no update', async () => {
    const { world, documentId, device } = await openPageWorld()
    device.push(documentId, new Uint8Array([1, 2, 3, 4]))
    device.push(documentId, new Uint8Array([1, 0x80, 0x90, 0xa1, 0x0f, 7, 0]))
    await world.settle()
    expect([...device.refusals().values()]).toEqual(['malformed', 'malformed'])
    expect(device.socket.closedWith).toBeNull()
  })

  it('CH3 refuses what leans on changes that the server does not have, also those of others', async () => {
    const { world, documentId, device, bob, read } = await openPageWorld()
    const [unknown, writer] = [new Writer(6), new Writer(7)]
    unknown.write('unseen')
    writer.hear(Y.encodeStateAsUpdate(unknown.doc))
    const other = await world.device(bob)
    other.push(documentId, writer.write(' seen'))
    device.push(documentId, new Uint8Array(Y.encodeStateAsUpdate(unknown.doc, Y.encodeStateVector(new Writer(1).doc))))
    await world.settle()
    expect(other.refusals()).toEqual(new Map([[1, 'gap']]))
    expect(await read()).toBe('unseen')
  })

  it("CH4 refuses another person's client id, from the first row that used it on, also after a restart", async () => {
    const { world, documentId, device, bob, read } = await openPageWorld()
    const writer = new Writer(7)
    device.push(documentId, writer.write('mine'))
    await world.settle()
    await world.restart()
    const other = await world.device(bob)
    const forged = new Writer(7)
    forged.hear(Y.encodeStateAsUpdate(writer.doc))
    other.push(documentId, forged.write(' theirs'))
    await world.settle()
    expect(other.refusals()).toEqual(new Map([[1, 'foreign-client-id']]))
    expect(await read()).toBe('mine')
  })

  it("CH4 refuses the seed's client id in anything but the seed", async () => {
    const { world, documentId, device } = await openPageWorld()
    device.push(documentId, new Writer(1).write('as the seed'))
    device.push(documentId, seedOf('page', 'wiki'))
    await world.settle()
    expect(device.refusals()).toEqual(new Map([[2, 'foreign-client-id']]))
  })

  it('CH4 stores only what is new of an update that repeats known structs', async () => {
    const { world, documentId, device, bob, read } = await openPageWorld()
    const writer = new Writer(7)
    const first = writer.write('first')
    device.push(documentId, first)
    const reader = await world.device(bob)
    reader.open(1, documentId)
    await world.settle()
    device.push(documentId, Y.mergeUpdates([first, writer.write(' second')]))
    await world.settle()
    expect(textOf(reader.last('live').update)).toBe('')
    expect(textOf(seedOf('page', 'wiki'), first, reader.last('live').update)).toBe('first second')
    expect(await read()).toBe('first second')
  })

  it('CH4 refuses a copy of known structs that says something else, and takes nothing of it', async () => {
    const { world, documentId, device, read } = await openPageWorld()
    device.push(documentId, new Writer(7).write('first'))
    await world.settle()
    const liar = new Writer(7)
    const lies = Y.mergeUpdates([liar.write('FIRST'), liar.write(' second')])
    const { row } = device.push(documentId, lies)
    await world.settle()
    expect(device.refusals().get(row)).toBe('foreign-client-id')
    expect(await read()).toBe('first')
  })

  it('CH5 takes restored rows with the structs of others, from those who may write', async () => {
    const { world, documentId, bob, spaceId, read } = await openPageWorld()
    const reader = person('Reader')
    await world.server.grantSpace(reader.personId, spaceId, 'reader')
    const lost = new Writer(7)
    lost.write('of Ann')
    const difference = new Uint8Array(Y.encodeStateAsUpdate(lost.doc, Y.encodeStateVector(new Writer(1).doc)))
    const readerDevice = await world.device(reader)
    readerDevice.push(documentId, difference, { restored: true })
    await world.settle()
    expect(readerDevice.refusals()).toEqual(new Map([[1, 'forbidden']]))
    const device = await world.device(bob)
    device.push(documentId, difference, { restored: true })
    await world.settle()
    expect(device.refusals().size).toBe(0)
    expect(await read()).toBe('of Ann')
  })

  it('CH5 never takes a restored ledger or space from a device, and notes of others from nobody else', async () => {
    const { world, spaceId, device, bob } = await openPageWorld()
    const noteId = mint<DocumentId>()
    device.register(noteId, spaceId, 'page', 'note')
    device.register(mint<DocumentId>(), spaceId, 'ledger', null)
    await world.settle()
    const other = await world.device(bob)
    other.push(noteId, new Writer(8, seedOf('page', 'note')).write('x'), { restored: true })
    await world.settle()
    expect([...device.refusals().values()]).toEqual(['forbidden'])
    expect([...other.refusals().values()]).toEqual(['forbidden'])
  })

  it('asks may() for each row: reader, commenter and contributor write no shared page', async () => {
    const { world, spaceId, documentId } = await openPageWorld()
    for (const role of ['reader', 'commenter', 'contributor'] as const) {
      const identity = person(role)
      await world.server.grantSpace(identity.personId, spaceId, role)
      const device = await world.device(identity)
      device.push(documentId, new Writer(50).write('x'))
      device.register(mint<DocumentId>(), spaceId, 'page', 'note')
      await world.settle()
      expect(device.refusals().get(1)).toBe('forbidden')
      expect(device.refusals().get(2)).toBe(role === 'contributor' ? undefined : 'forbidden')
    }
  })

  it('refuses what would make a document too large, and says so', async () => {
    const { world, documentId, device } = await openPageWorld({ limits: { documentBytes: 1000 } })
    device.push(documentId, new Writer(7).write('x'.repeat(2000)))
    await world.settle()
    expect(device.refusals()).toEqual(new Map([[2, 'too-large']]))
  })
})

describe('commit', () => {
  it('CO2 numbers rows without gaps over restarts and refusals', async () => {
    const { world, store, spaceId, documentId, ann, device } = await openPageWorld()
    const writer = new Writer(7)
    for (const letter of 'abc') {
      device.push(documentId, writer.write(letter))
      device.push(mint<DocumentId>(), new Uint8Array([0, 1]))
    }
    await world.settle()
    await world.restart()
    const again = await world.device(ann, {}, mint<LogId>())
    again.push(documentId, new Writer(8).write('d'))
    await world.settle()
    expect(store.rowsOf(spaceId).map(({ n }) => n)).toEqual([1, 2, 3, 4, 5, 6])
  })

  it('commits rows of several sockets that came together in one transaction', async () => {
    const { world, documentId, device, bob } = await openPageWorld()
    const other = await world.device(bob)
    const before = world.server.metrics.commits
    device.push(documentId, new Writer(7).write('a'))
    other.push(documentId, new Writer(8).write('b'))
    await world.settle()
    expect(world.server.metrics.commits).toBe(before + 1)
    expect(device.last('acknowledged').row).toBe(2)
    expect(other.last('acknowledged').row).toBe(1)
  })

  it('CO3 has every acknowledged row after a restart', async () => {
    const { world, documentId, device } = await openPageWorld()
    const writer = new Writer(7)
    for (const letter of 'abcdef') device.push(documentId, writer.write(letter))
    await world.settle()
    expect(device.last('acknowledged').row).toBe(7)
    await world.restart()
    const update = await world.server.readDocument(documentId)
    expect(update instanceof Uint8Array && textOf(update)).toBe('abcdef')
  })
})
