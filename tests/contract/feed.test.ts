import { describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import type { DocumentId, SpaceId } from '../../model/ids.ts'
import { feedWindowBytes } from '../../model/protocol/limits.ts'
import { documentIdOf, type FeedRecord } from '../../model/protocol/messages.ts'
import { seedOf } from '../../model/seeds.ts'
import { textOf, Writer, type FakeDevice } from './fake-device.ts'
import { mint, person } from './fake-world.ts'
import { openPageWorld } from './page-world.ts'

const at = (spaceId: SpaceId, cursor: number | null, keep: 'everything' | 'rows' = 'everything') => ({
  spaces: [{ spaceId, cursor, keep }],
})

function bytesOf(record: FeedRecord | undefined): Uint8Array {
  if (record?.type !== 'update') throw new Error('An update record expected')
  return record.update
}

function feedOf(device: FakeDevice) {
  return device.all('feed').map(({ to, records }) => ({ to, documents: records.map(documentIdOf) }))
}

describe('feed', () => {
  it('FE1 brings everything after the cursor, merged per document, and says up to where', async () => {
    const { world, bob, spaceId, documentId, device } = await openPageWorld()
    const writer = new Writer(7)
    for (const letter of 'abc') device.push(documentId, writer.write(letter))
    await world.settle()
    const other = await world.device(bob, at(spaceId, 1))
    expect(other.all('feed').length).toBe(1)
    const { to, head, records } = other.last('feed')
    expect([to, head, records.length]).toEqual([5, 5, 1])
    expect(records[0]).toMatchObject({ n: 5, row: { documentId, kind: 'page', pageKind: 'wiki', minSchema: 1 } })
    expect(textOf(bytesOf(records[0]))).toBe('abc')
  })

  it("FE1 moves the cursor without the log's own rows and without what came by channel on this socket", async () => {
    const { world, bob, spaceId, documentId, device } = await openPageWorld()
    const other = await world.device(bob, at(spaceId, 2))
    other.open(1, documentId)
    await world.settle()
    device.push(documentId, new Writer(7).write('a'))
    await world.clock.advance(1000)
    expect(other.all('live').map(({ n }) => n)).toEqual([3])
    expect(feedOf(other)).toEqual([{ to: 3, documents: [] }])
    expect(feedOf(device).at(-1)).toEqual({ to: 3, documents: [] })
  })

  it('FE1 brings again by feed what came by channel on an earlier socket', async () => {
    const { world, bob, spaceId, documentId, device } = await openPageWorld()
    const other = await world.device(bob, at(spaceId, 2))
    other.open(1, documentId)
    await world.settle()
    device.push(documentId, new Writer(7).write('a'))
    await world.settle()
    other.session.closed()
    const again = await world.device(bob, at(spaceId, 2), other.logId)
    expect(feedOf(again)).toEqual([{ to: 3, documents: [documentId] }])
  })

  it('FE2 comes within a second, changes of that second merged into one record per document', async () => {
    const { world, bob, spaceId, documentId, device } = await openPageWorld()
    const other = await world.device(bob, at(spaceId, 2))
    const writer = new Writer(7)
    for (const letter of 'abc') {
      device.push(documentId, writer.write(letter))
      await world.clock.advance(200)
    }
    expect(other.all('feed')).toEqual([])
    await world.clock.advance(400)
    expect(feedOf(other)).toEqual([{ to: 5, documents: [documentId] }])
    expect(textOf(seedOf('page', 'wiki'), bytesOf(other.last('feed').records[0]))).toBe('abc')
  })

  it('FE2 brings the rows of somebody who comes back without waiting for the merge window, the last few included', async () => {
    const { world, bob, spaceId, device } = await openPageWorld()
    const other = await world.device(bob, at(spaceId, 2))
    for (let i = 0; i < 64; i += 1) device.register(mint<DocumentId>(), spaceId)
    await world.clock.advance(50)
    expect(other.last('feed').to).toBe(66)
    device.register(mint<DocumentId>(), spaceId)
    await world.clock.advance(50)
    expect(other.last('feed').to).toBe(67)
  })

  it('FE2 waits for the whole merge window again once nobody comes back any more', async () => {
    const { world, bob, spaceId, documentId, device } = await openPageWorld()
    const other = await world.device(bob, at(spaceId, 2))
    for (let i = 0; i < 64; i += 1) device.register(mint<DocumentId>(), spaceId)
    await world.clock.advance(1500)
    device.push(documentId, new Writer(7).write('a'))
    await world.clock.advance(900)
    expect(other.last('feed').to).toBe(66)
    await world.clock.advance(100)
    expect(other.last('feed').to).toBe(67)
  })

  it('FE2 takes five seconds in a space of more than 200 members', async () => {
    const { world, bob, spaceId, documentId, device } = await openPageWorld()
    for (let i = 0; i < 200; i += 1) await world.server.grantSpace(person(`p${i}`).personId, spaceId, 'reader')
    const other = await world.device(bob, at(spaceId, 2))
    await world.clock.advance(1000)
    device.push(documentId, new Writer(7).write('a'))
    await world.clock.advance(4900)
    expect(other.all('feed')).toEqual([])
    await world.clock.advance(200)
    expect(other.all('feed').length).toBe(1)
  })

  it('FE2 cuts frames near 1 MiB and waits for taken with 4 MiB on their way', async () => {
    const { world, bob, spaceId, device } = await openPageWorld()
    for (let i = 0; i < 12; i += 1) {
      const id = mint<DocumentId>()
      device.register(id, spaceId)
      device.push(id, new Writer(100 + i).write('x'.repeat(700_000)))
      await world.settle()
    }
    const other = await world.device(bob, at(spaceId, 2))
    const before = other.socket.frames.slice(1)
    const sizes = before.map((frame) => frame.length)
    expect(Math.max(...sizes)).toBeLessThan(2.2 * 1024 * 1024)
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(feedWindowBytes + 2.2 * 1024 * 1024)
    expect(other.last('feed').to).toBeLessThan(26)
    for (let guard = 0; guard < 20 && other.last('feed').to < 26; guard += 1) {
      other.send({ type: 'taken', spaceId, n: other.last('feed').to })
      await world.settle()
    }
    expect(other.last('feed').to).toBe(26)
    expect(new Set(other.all('feed').flatMap(({ records }) => records.map(documentIdOf))).size).toBe(12)
  })

  it('FE3 begins without a cursor with the list, then goes on after it', async () => {
    const { world, bob, documentId, device } = await openPageWorld()
    const other = await world.device(bob)
    expect(other.heard().map((message) => message.type)).toEqual(['welcome', 'people', 'open-asks', 'joinable', 'rows'])
    const { rows, at: number, isLast } = other.last('rows')
    expect([number, isLast, rows.map((row) => row.kind).toSorted()]).toEqual([2, true, ['page', 'space']])
    device.push(documentId, new Writer(7).write('a'))
    await world.clock.advance(1000)
    expect(feedOf(other)).toEqual([{ to: 3, documents: [documentId] }])
  })

  it('FE3 sends a long list in several frames, the last of them marked', async () => {
    const { world, bob, spaceId, device } = await openPageWorld()
    const rows = Array.from({ length: 1600 }, () => {
      const id = mint<DocumentId>()
      return device.makeRow(id, seedOf('page', 'wiki'), { registration: { spaceId, kind: 'page', pageKind: 'wiki' } })
    })
    device.send({ type: 'push', rows })
    await world.settle()
    const other = await world.device(bob)
    expect(other.all('rows').map((frame) => frame.isLast)).toEqual([false, true])
    expect(other.all('rows').flatMap((frame) => frame.rows).length).toBe(1602)
    expect(other.all('feed')).toEqual([])
  })

  it('FE4 says stale where the rows behind the cursor were compacted', async () => {
    const { world, bob, spaceId, documentId, device } = await openPageWorld()
    device.push(documentId, new Writer(7).write('a'))
    await world.settle()
    await world.done(world.server.compact(documentId))
    await world.restart()
    const other = await world.device(bob, at(spaceId, 1))
    expect(other.last('feed')).toMatchObject({ to: 3, records: [{ type: 'stale', n: 3, row: { documentId } }] })
    other.send({ type: 'fetch', key: 7, documents: [{ documentId, stateVector: new Uint8Array([0]) }] })
    await world.settle()
    expect(textOf(other.last('documents').documents[0]?.update ?? new Uint8Array())).toBe('a')
  })

  it('FE5 answers a fetch with the difference, the own state vector and the number', async () => {
    const { world, bob, documentId, device } = await openPageWorld()
    const writer = new Writer(7)
    device.push(documentId, writer.write('known'))
    await world.settle()
    const stateVector = new Uint8Array(Y.encodeStateVector(writer.doc))
    device.push(documentId, writer.write(' new'))
    await world.settle()
    const other = await world.device(bob)
    other.send({
      type: 'fetch',
      key: 3,
      documents: [
        { documentId, stateVector },
        { documentId: mint<DocumentId>(), stateVector },
      ],
    })
    await world.settle()
    const { key, isLast, documents } = other.last('documents')
    expect([key, isLast, documents.map(({ state }) => state)]).toEqual([3, true, ['found', 'unknown']])
    const [found] = documents
    expect(found?.n).toBe(4)
    expect(Y.decodeStateVector(found?.stateVector ?? new Uint8Array())).toEqual(
      Y.decodeStateVector(Y.encodeStateVector(writer.doc)),
    )
    expect(Y.parseUpdateMeta(found?.update ?? new Uint8Array()).from).toEqual(new Map([[7, 5]]))
  })

  it('FE5 answers a large fetch in frames of about 1 MiB, and a wrong state vector with malformed', async () => {
    const { world, bob, spaceId, device } = await openPageWorld()
    const ids = Array.from({ length: 8 }, () => mint<DocumentId>())
    for (const [i, id] of ids.entries()) {
      device.register(id, spaceId)
      device.push(id, new Writer(100 + i).write('x'.repeat(400_000)))
      await world.settle()
    }
    const other = await world.device(bob)
    other.send({
      type: 'fetch',
      key: 1,
      documents: ids.map((documentId) => ({ documentId, stateVector: new Uint8Array([0]) })),
    })
    await world.settle()
    expect(other.all('documents').map(({ isLast }) => isLast)).toEqual([false, false, true])
    expect(other.all('documents').flatMap(({ documents }) => documents.map((each) => each.documentId))).toEqual(ids)
    other.send({
      type: 'fetch',
      key: 2,
      documents: [{ documentId: ids[0] ?? mint(), stateVector: new Uint8Array([9, 9]) }],
    })
    await world.settle()
    expect(other.socket.closedWith?.code).toBe(4400)
  })

  it('FE6 costs the number of changed documents: one frame for one change among a thousand pages', async () => {
    const { world, bob, spaceId, documentId, device } = await openPageWorld()
    const rows = Array.from({ length: 1000 }, () =>
      device.makeRow(mint<DocumentId>(), seedOf('page', 'wiki'), {
        registration: { spaceId, kind: 'page', pageKind: 'wiki' },
      }),
    )
    device.send({ type: 'push', rows })
    await world.settle()
    const other = await world.device(bob, at(spaceId, 1002))
    device.push(documentId, new Writer(7).write('a'))
    await world.clock.advance(1000)
    expect(feedOf(other)).toEqual([{ to: 1003, documents: [documentId] }])
  })

  it('FE7 sends records without bytes in a space kept as rows', async () => {
    const { world, bob, spaceId, documentId, device } = await openPageWorld()
    const other = await world.device(bob, at(spaceId, 2, 'rows'))
    device.push(documentId, new Writer(7).rename('Verbouwing'))
    await world.clock.advance(1000)
    expect(other.last('feed').records).toEqual([
      expect.objectContaining({
        type: 'stale',
        n: 3,
        row: expect.objectContaining({ documentId, title: 'Verbouwing' }),
      }),
    ])
  })

  it('GE1 begins anew with the list where the device knows another generation, or numbers that are not here', async () => {
    const { world, bob, spaceId } = await openPageWorld()
    const other = await world.device(bob, { generation: 'before the restore', ...at(spaceId, 1) })
    expect(other.all('rows').length).toBe(1)
    const ahead = await world.device(bob, at(spaceId, 99))
    expect(ahead.all('rows').length).toBe(1)
  })

  it('gives private documents to their owner only', async () => {
    const { world, ann, bob, spaceId } = await openPageWorld()
    const creating = world.server.createSpace({ kind: 'personal', name: 'Ann', ownerId: ann.personId })
    const personal = await world.done(creating)
    await world.server.grantSpace(bob.personId, personal, 'owner')
    const device = await world.device(ann)
    const privateId = mint<DocumentId>()
    device.register(privateId, personal, 'private', null)
    device.register(mint<DocumentId>(), spaceId, 'private', null)
    await world.settle()
    expect(device.refusals()).toEqual(new Map([[2, 'forbidden']]))
    const snooper = await world.device(bob, { spaces: [{ spaceId: personal, cursor: 1, keep: 'everything' }] })
    const lister = await world.device(bob)
    for (const each of [snooper, lister])
      each.send({ type: 'fetch', key: 1, documents: [{ documentId: privateId, stateVector: new Uint8Array([0]) }] })
    await world.clock.advance(1000)
    expect(feedOf(snooper).flatMap(({ documents }) => documents)).toEqual([])
    expect(lister.all('rows').flatMap(({ rows }) => rows.map((row) => row.kind))).not.toContain('private')
    expect(snooper.last('documents').documents[0]?.state).toBe('forbidden')
  })
})
