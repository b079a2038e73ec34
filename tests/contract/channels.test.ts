import { describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import type { DocumentId } from '../../model/ids.ts'
import { maxChannels } from '../../model/protocol/limits.ts'
import { encodePresence, parsePresence, type PresenceEntry } from '../../sync-server/presence.ts'
import { awarenessFrame, parseStockFrame, stepTwoFrame, updateFrame } from '../../sync-server/y-websocket-frames.ts'
import { textOf, Writer, type FakeDevice } from './fake-device.ts'
import { mint, person } from './fake-world.ts'
import { openPageWorld } from './page-world.ts'

function framesOn(device: FakeDevice, channel: number) {
  return device
    .all('channel')
    .filter((frame) => frame.channel === channel)
    .map((frame) => parseStockFrame(frame.bytes))
}

/** Who the device was told is there, by client id; those who left are `null`. */
function presenceOn(device: FakeDevice, channel: number): ReadonlyMap<number, unknown> {
  const seen = new Map<number, unknown>()
  for (const frame of framesOn(device, channel)) {
    if (frame.type !== 'awareness') continue
    for (const { clientId, json } of parsePresence(frame.bytes)) seen.set(clientId, JSON.parse(json))
  }
  return seen
}

const caret = (clientId: number, clock: number, state: unknown): PresenceEntry => ({
  clientId,
  clock,
  json: JSON.stringify(state),
})

async function twoOnOnePage() {
  const opened = await openPageWorld()
  const other = await opened.world.device(opened.bob)
  opened.device.open(1, opened.documentId)
  other.open(5, opened.documentId)
  await opened.world.settle()
  return { ...opened, other }
}

describe('channels', () => {
  it('CN1 ignores updates and step 2: rows are the one write path', async () => {
    const { world, documentId, device, read } = await twoOnOnePage()
    const update = new Writer(7).write('by channel')
    for (const bytes of [stepTwoFrame(update), updateFrame(update)])
      device.send({ type: 'channel', channel: 1, bytes: new Uint8Array(bytes) })
    await world.settle()
    expect(await read(documentId)).toBe('')
    expect(device.socket.closedWith).toBeNull()
  })

  it('CN2 answers step 1 with what is missing and with its own step 1', async () => {
    const { world, documentId, device } = await twoOnOnePage()
    device.push(documentId, new Writer(7).write('text'))
    await world.settle()
    device.stepOne(1)
    await world.settle()
    const [two, one] = framesOn(device, 1)
    expect(textOf(two?.type === 'step-2' ? two.update : new Uint8Array())).toBe('text')
    expect(one?.type === 'step-1' ? Y.decodeStateVector(one.stateVector) : null).toEqual(
      new Map([
        [1, 1],
        [7, 4],
      ]),
    )
  })

  it('CN2 brings committed updates of others with their number, on every channel of the page, and not to their writer', async () => {
    const { world, documentId, device, other, spaceId } = await twoOnOnePage()
    other.open(6, documentId)
    await world.settle()
    const update = new Writer(7).write('a')
    device.push(documentId, update)
    await world.settle()
    const live = { type: 'live', spaceId, n: 3, minSchema: 1, update }
    expect(other.all('live')).toEqual([
      { ...live, channel: 5 },
      { ...live, channel: 6 },
    ])
    expect(device.all('live')).toEqual([])
    other.send({ type: 'close', channel: 5 })
    other.send({ type: 'close', channel: 6 })
    device.push(documentId, new Writer(8).write('b'))
    await world.settle()
    expect(other.all('live').length).toBe(2)
  })

  it('CO1 shows nobody anything before it is committed', async () => {
    const { world, documentId, device, other } = await twoOnOnePage()
    device.push(documentId, new Writer(7).write('a'))
    expect([other.all('live').length, device.all('acknowledged').length]).toEqual([0, 1])
    await world.settle()
    expect([other.all('live').length, device.all('acknowledged').length]).toEqual([1, 2])
  })

  it('opens a page whose first row is on its way', async () => {
    const { world, spaceId, device } = await openPageWorld()
    const id = mint<DocumentId>()
    device.register(id, spaceId)
    device.open(1, id)
    await world.settle()
    expect(device.all('channel-closed')).toEqual([])
    device.stepOne(1)
    await world.settle()
    expect(framesOn(device, 1).length).toBe(2)
  })

  it('says why a channel is not opened', async () => {
    const { world, documentId, device } = await openPageWorld()
    const stranger = await world.device(person('Stranger'))
    stranger.open(1, documentId)
    device.open(1, mint<DocumentId>())
    device.open(2, documentId)
    await world.settle()
    device.send({ type: 'channel', channel: 2, bytes: new Uint8Array([9, 9, 9]) })
    await world.settle()
    expect(stranger.last('channel-closed').reason).toBe('forbidden')
    expect(device.all('channel-closed').map(({ channel, reason }) => [channel, reason])).toEqual([
      [1, 'unknown-document'],
      [2, 'malformed'],
    ])
    expect(device.socket.closedWith).toBeNull()
    for (let channel = 0; channel <= maxChannels; channel += 1) device.open(channel, documentId)
    await world.settle()
    expect(device.last('channel-closed')).toEqual({ type: 'channel-closed', channel: maxChannels, reason: 'too-many' })
  })
})

describe('presence', () => {
  it('CN3 is sent to whoever joins', async () => {
    const { world, ann, documentId, device } = await openPageWorld()
    device.open(1, documentId)
    await world.settle()
    device.present(1, caret(70, 1, { cursor: 4 }))
    await world.settle()
    const late = await world.device(person('Bob'))
    expect(late.all('channel')).toEqual([])
    const reader = await world.device(ann)
    reader.open(3, documentId)
    await world.settle()
    expect(presenceOn(reader, 3)).toEqual(new Map([[70, expect.objectContaining({ cursor: 4 })]]))
  })

  it('CN5 carries the name of the session, whatever the client says', async () => {
    const { world, ann, device, other } = await twoOnOnePage()
    device.present(1, caret(70, 1, { cursor: 4, user: { name: 'The mayor', color: 'red' } }))
    await world.settle()
    const user = {
      name: 'Ann',
      personId: ann.personId,
      colour: expect.any(String),
      color: expect.stringMatching(/^#[0-9a-f]{6}$/i),
    }
    expect(presenceOn(other, 5)).toEqual(new Map([[70, { cursor: 4, user }]]))
  })

  it('CN5 drops foreign, forged, oversized and unreadable entries without a word', async () => {
    const { world, documentId, device, other } = await twoOnOnePage()
    device.push(documentId, new Writer(71).write('a'))
    device.present(1, caret(70, 1, { cursor: 4 }))
    await world.settle()
    other.present(5, caret(70, 9, { cursor: 9 }), caret(71, 1, { cursor: 9 }), caret(70, 10, null))
    other.present(
      5,
      caret(80, 1, { text: 'x'.repeat(3000) }),
      { clientId: 81, clock: 1, json: '{' },
      { clientId: 82, clock: 1, json: '"text"' },
    )
    await world.settle()
    expect(presenceOn(device, 1)).toEqual(new Map())
    expect(other.socket.closedWith).toBeNull()
    expect(world.server.metrics.droppedPresence).toBe(6)
  })

  it('CN5 lets nobody invent a crowd', async () => {
    const { world, device, other } = await twoOnOnePage()
    for (let i = 0; i < 100; i += 1) other.present(5, caret(1000 + i, 1, { cursor: 1 }))
    await world.settle()
    expect(presenceOn(device, 1).size).toBe(4)
    for (let i = 0; i < 100; i += 1) other.present(5, caret(1000, 2 + i, { cursor: i }))
    await world.settle()
    expect(framesOn(device, 1).length).toBeLessThanOrEqual(60)
  })

  it("CN5 binds the client id: another person's row under it is refused", async () => {
    const { world, documentId, device, other, read } = await twoOnOnePage()
    device.present(1, caret(70, 1, { cursor: 4 }))
    await world.settle()
    other.push(documentId, new Writer(70).write('as Ann'))
    await world.settle()
    expect([...other.refusals().values()]).toEqual(['foreign-client-id'])
    device.push(documentId, new Writer(70).write('really Ann'))
    await world.settle()
    expect(await read()).toBe('really Ann')
  })

  it('CN5 ends for the others when the socket ends', async () => {
    const { world, device, other } = await twoOnOnePage()
    device.present(1, caret(70, 1, { cursor: 4 }))
    await world.settle()
    device.session.closed()
    await world.settle()
    expect(presenceOn(other, 5)).toEqual(new Map([[70, null]]))
    expect(world.server.metrics.channels).toBe(1)
  })

  it('reads and writes the encoding of y-protocols', () => {
    const entries = [caret(2 ** 32 - 1, 7, { a: 1 }), caret(1, 0, null)]
    expect(parsePresence(encodePresence(entries))).toEqual(entries)
    expect(parseStockFrame(awarenessFrame(encodePresence(entries)))).toEqual({
      type: 'awareness',
      bytes: encodePresence(entries),
    })
  })
})
