import { describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import type { DocumentId } from '../../model/ids.ts'
import { heldGapBytes, heldGapMs } from '../../model/protocol/limits.ts'
import { encodePresence, parsePresence } from '../../sync-server/presence.ts'
import type { Identity } from '../../sync-server/sync-options.ts'
import {
  awarenessFrame,
  parseStockFrame,
  stepOneFrame,
  stepTwoFrame,
  updateFrame,
} from '../../sync-server/y-websocket-frames.ts'
import { textOf, Writer } from './fake-device.ts'
import { mint, person, type FakeWorld } from './fake-world.ts'
import { MemorySocket } from './memory-socket.ts'
import { openPageWorld } from './page-world.ts'

/** A stock socket with its frames parsed as the stock client would: anything that it would not understand throws here. */
async function stock(world: FakeWorld, identity: Identity, documentId: DocumentId, schema = 1) {
  const socket = new MemorySocket()
  const session = world.server.acceptStock(socket, identity, { documentId, schema })
  await world.settle()
  const frames = () => socket.frames.map(parseStockFrame)
  const ofType = <T extends 'step-1' | 'step-2' | 'update' | 'awareness'>(type: T) =>
    frames().filter((frame): frame is Extract<typeof frame, { type: T }> => frame.type === type)
  return { socket, session, frames, ofType }
}

const everything = (writer: Writer) => Y.encodeStateAsUpdate(writer.doc)
const ownOf = (writer: Writer) => Y.encodeStateAsUpdate(writer.doc, Y.encodeStateVector(new Writer(1).doc))

describe('stock clients', () => {
  it('ST1 get the text by step 2, and write through the same commit as everybody', async () => {
    const { world, bob, documentId, device, read } = await openPageWorld()
    device.push(documentId, new Writer(7).write('from the app'))
    device.open(1, documentId)
    await world.settle()
    const client = await stock(world, bob, documentId)
    client.session.receive(stepOneFrame(new Uint8Array([0])))
    await world.settle()
    expect(client.frames().map((frame) => frame.type)).toEqual(['step-1', 'step-2'])
    expect(textOf(client.ofType('step-2')[0]?.update ?? new Uint8Array())).toBe('from the app')
    const writer = new Writer(8)
    client.session.receive(updateFrame(writer.write(' and back')))
    expect(device.all('live')).toEqual([])
    await world.settle()
    expect(device.all('live').length).toBe(1)
    expect((await read())?.length).toBe(21)
    device.push(documentId, new Writer(9).write('!'))
    await world.settle()
    expect(client.ofType('update').length).toBe(1)
  })

  it('ST1 shares presence with the app, under the name of the session', async () => {
    const { world, bob, documentId, device } = await openPageWorld()
    device.open(1, documentId)
    await world.settle()
    device.present(1, { clientId: 70, clock: 1, json: '{"cursor":1}' })
    const client = await stock(world, bob, documentId)
    client.session.receive(
      awarenessFrame(encodePresence([{ clientId: 80, clock: 1, json: '{"user":{"name":"Eve"}}' }])),
    )
    await world.settle()
    expect(
      client
        .ofType('awareness')
        .flatMap(({ bytes }) => parsePresence(bytes))
        .map(({ clientId }) => clientId),
    ).toEqual([70])
    const shown = device
      .all('channel')
      .map(({ bytes }) => parseStockFrame(bytes))
      .flatMap((frame) => (frame.type === 'awareness' ? parsePresence(frame.bytes) : []))
    expect(shown.map(({ clientId, json }) => [clientId, JSON.parse(json).user.name])).toEqual([[80, 'Bob']])
  })

  it.each([
    ['step 2', stepTwoFrame],
    ['update', updateFrame],
  ])('ST2 drops and counts a write by %s without the right, and stays open and reading', async (_name, frameOf) => {
    const { world, spaceId, documentId, device, read } = await openPageWorld()
    const reader = person('Reader')
    await world.server.grantSpace(reader.personId, spaceId, 'reader')
    const client = await stock(world, reader, documentId)
    client.session.receive(frameOf(new Writer(8).write('no right')))
    await world.settle()
    expect(await read()).toBe('')
    expect(world.server.metrics.droppedStockWrites).toBe(1)
    expect(client.socket.closedWith).toBeNull()
    device.push(documentId, new Writer(7).write('a'))
    await world.settle()
    expect(client.ofType('update').length).toBe(1)
  })

  it('ST2 drops a write below the schema of the page', async () => {
    const { world, bob, documentId, read } = await openPageWorld()
    const client = await stock(world, bob, documentId, 0)
    client.session.receive(updateFrame(new Writer(8).write('old')))
    await world.settle()
    expect([await read(), world.server.metrics.droppedStockWrites, client.socket.closedWith]).toEqual(['', 1, null])
  })

  it('ST3 hear something at least every ten seconds', async () => {
    const { world, bob, documentId } = await openPageWorld()
    const client = await stock(world, bob, documentId)
    let heard = client.socket.frames.length
    for (let i = 0; i < 6; i += 1) {
      await world.clock.advance(10_000)
      expect(client.socket.frames.length).toBeGreaterThan(heard)
      heard = client.socket.frames.length
    }
    expect(client.ofType('awareness').every(({ bytes }) => parsePresence(bytes).length === 0)).toBe(true)
  })

  it('ST4 get step 1, step 2, update and awareness, and no goodbye when they are closed', async () => {
    const { world, bob, spaceId, documentId, device } = await openPageWorld()
    const client = await stock(world, bob, documentId)
    device.push(documentId, new Writer(7).write('a'))
    await world.clock.advance(20_000)
    await world.done(world.server.revokeSpace(bob.personId, spaceId))
    expect(client.socket.closedWith?.code).toBe(4401)
    expect(client.frames().length).toBe(client.socket.frames.length)
  })

  it('CH3 hold what leans on something that has not come, ask for it by step 1, and take both when it comes', async () => {
    const { world, bob, documentId, read } = await openPageWorld()
    const client = await stock(world, bob, documentId)
    const writer = new Writer(8)
    const [first, second] = [writer.write('first'), writer.write(' second')]
    client.session.receive(updateFrame(second))
    await world.settle()
    expect([await read(), client.ofType('step-1').length]).toEqual(['', 2])
    client.session.receive(updateFrame(first))
    await world.settle()
    expect(await read()).toBe('first second')
    expect(world.server.metrics.droppedStockWrites).toBe(0)
  })

  it('CH3 hold at most 64 KiB, for ten seconds', async () => {
    const { world, bob, documentId, read } = await openPageWorld()
    const client = await stock(world, bob, documentId)
    const writer = new Writer(8)
    const first = writer.write('first')
    client.session.receive(updateFrame(writer.write('x'.repeat(heldGapBytes))))
    await world.settle()
    expect(world.server.metrics.droppedStockWrites).toBe(1)
    client.session.receive(updateFrame(writer.write('y')))
    await world.clock.advance(heldGapMs)
    expect(world.server.metrics.droppedStockWrites).toBe(2)
    client.session.receive(updateFrame(first))
    await world.settle()
    expect(await read()).toBe('first')
  })

  it('store nothing when a reconnected client repeats what is known, deletions included', async () => {
    const { world, store, bob, spaceId, documentId } = await openPageWorld()
    const writer = new Writer(8)
    writer.write('some text')
    writer.change((doc) => {
      doc.getText('prose').delete(0, 5)
    })
    const client = await stock(world, bob, documentId)
    client.session.receive(stepTwoFrame(ownOf(writer)))
    await world.settle()
    const rows = store.rowsOf(spaceId).length
    const again = await stock(world, bob, documentId)
    again.session.receive(stepTwoFrame(everything(writer)))
    again.session.receive(stepTwoFrame(Y.encodeStateAsUpdate(writer.doc, Y.encodeStateVector(writer.doc))))
    await world.settle()
    expect(store.rowsOf(spaceId).length).toBe(rows)
    writer.change((doc) => {
      doc.getText('prose').delete(0, 1)
    })
    again.session.receive(stepTwoFrame(Y.encodeStateAsUpdate(writer.doc, Y.encodeStateVector(writer.doc))))
    await world.settle()
    expect(store.rowsOf(spaceId).length).toBe(rows + 1)
  })

  it('CH4 cannot write under the client id of another person', async () => {
    const { world, bob, documentId, device, read } = await openPageWorld()
    device.push(documentId, new Writer(7).write('mine'))
    await world.settle()
    const client = await stock(world, bob, documentId)
    const forged = new Writer(7)
    forged.write('mine')
    client.session.receive(updateFrame(forged.write(' theirs')))
    await world.settle()
    expect([await read(), world.server.metrics.droppedStockWrites]).toEqual(['mine', 1])
  })

  it.each([
    ['text', '99999999999999999'],
    ['nothing', new Uint8Array()],
    ['an unknown type', new Uint8Array([99])],
    ['a claimed length of 2^40', new Uint8Array([0, 2, 0x80, 0x80, 0x80, 0x80, 0x80, 0x20])],
    ['a state vector of 32 million clients', new Uint8Array([0, 0, 4, 0x80, 0x90, 0xa1, 0x0f])],
  ])('are closed with 4400 for a frame of %s, and the server goes on', async (_name, frame) => {
    const { world, bob, documentId, device } = await openPageWorld()
    const client = await stock(world, bob, documentId)
    client.session.receive(frame)
    await world.settle()
    expect(client.socket.closedWith?.code).toBe(4400)
    device.push(documentId, new Writer(7).write('a'))
    await world.settle()
    expect(device.last('acknowledged').row).toBe(2)
    expect(world.server.metrics.handlerErrors).toBe(0)
  })

  it('are not let into what they may not read, or what is not there', async () => {
    const { world, ann, documentId } = await openPageWorld()
    const stranger = person('Stranger')
    expect(await world.server.stockAccess(stranger, documentId)).toBe('forbidden')
    expect(await world.server.stockAccess(ann, mint<DocumentId>())).toBe('unknown')
    expect(await world.server.stockAccess(ann, documentId)).toBe('allowed')
    const client = await stock(world, stranger, documentId)
    expect([client.socket.frames.length, client.socket.closedWith?.code]).toEqual([0, 4401])
  })
})
