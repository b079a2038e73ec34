import { afterAll, beforeAll, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import * as Y from 'yjs'
import { apiPaths, type SignedIn, type TicketAnswer } from '../../model/api.ts'
import type { DocumentId } from '../../model/ids.ts'
import { seedOf } from '../../model/seeds.ts'
import { encodePresence, parsePresence, type PresenceEntry } from '../../sync-server/presence.ts'
import {
  awarenessFrame,
  parseStockFrame,
  stepOneFrame,
  stepTwoFrame,
  updateFrame,
} from '../../sync-server/y-websocket-frames.ts'
import { Writer } from '../contract/fake-device.ts'
import { openAttackedServer, type AttackedServer } from './attacked-server.ts'
import { RawSocket } from './raw-socket.ts'
import { WireDevice } from './wire-device.ts'

let attacked: AttackedServer
let sofie: WireDevice
beforeAll(async () => {
  attacked = await openAttackedServer()
  sofie = await WireDevice.open(attacked.url, attacked.sofie.token)
})
afterAll(async () => {
  console.info(`hostile rights and presence: ${attacked.figures()}`)
  sofie.close()
  await attacked[Symbol.asyncDispose]()
})

async function textIn(documentId: DocumentId): Promise<string> {
  const doc = new Y.Doc()
  Y.applyUpdate(doc, (await sofie.fetch(documentId)) ?? new Uint8Array([0, 0]))
  return doc.getText('prose').toString()
}

/** Sends frames on a stock socket and waits until the server has heard all of them. */
async function sayOnStock(who: SignedIn, documentId: DocumentId, frames: readonly Uint8Array[]): Promise<WebSocket> {
  const socket = new WebSocket(`${attacked.url.replace('http', 'ws')}/ws/${documentId}?schema=2`, ['plein'], {
    headers: { authorization: `Bearer ${who.token}` },
  })
  await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject))
  for (const frame of frames) socket.send(frame)
  await new Promise((resolve) => {
    socket.on('message', (data: Buffer) => {
      if (parseStockFrame(data).type === 'step-2') resolve(undefined)
    })
    socket.send(stepOneFrame(new Uint8Array([0])))
  })
  return socket
}

const people = [
  ['a reader', 'reader'],
  ['a commenter', 'commenter'],
] as const

it.each(people)('drops what %s writes on a stock socket, by both sync messages', async (_name, who) => {
  const before = await attacked.metric('plein_dropped_stock_writes_total')
  const frames = [stepTwoFrame, updateFrame].flatMap((frameOf, i) => [
    frameOf(new Writer(700 + i).write('no right')),
    frameOf(Y.encodeStateAsUpdate(new Writer(710 + i).doc)),
  ])
  const many = Array.from({ length: 500 }, () => frames).flat()
  const socket = await sayOnStock(attacked[who], attacked.openPage, many)
  await sofie.push(attacked.openPage, new Writer(720).write(''))
  expect(socket.readyState).toBe(WebSocket.OPEN)
  socket.terminate()
  expect(await textIn(attacked.openPage)).toBe('')
  expect((await attacked.metric('plein_dropped_stock_writes_total')) - before).toBeGreaterThanOrEqual(1000)
  await attacked.check()
})

it.each(people)('refuses rows of %s, and swallows what they send on a channel', async (_name, who) => {
  const device = await WireDevice.open(attacked.url, attacked[who].token)
  const update = new Writer(701).write('no right')
  expect(await device.push(attacked.openPage, update)).toBe('forbidden')
  expect(await device.push(attacked.openPage, update, { restored: true })).toBe('forbidden')
  expect(await device.push(attacked.note, update)).toBe('forbidden')
  expect(await device.push(attacked.closedPage, update)).toBe('forbidden')
  device.send({ type: 'open', channel: 1, documentId: attacked.openPage, schema: 1 })
  for (const bytes of [stepTwoFrame(update), updateFrame(update)])
    device.send({ type: 'channel', channel: 1, bytes: new Uint8Array(bytes) })
  await device.caughtUp()
  device.close()
  expect(await textIn(attacked.openPage)).toBe('')
  await attacked.check()
})

it('lets an editor write neither in a note of somebody else nor where they are no member', async () => {
  const device = await WireDevice.open(attacked.url, attacked.mallory.token)
  for (const restored of [false, true]) {
    expect(await device.push(attacked.note, new Writer(702).write('x'), { restored })).toBe('forbidden')
    expect(await device.push(attacked.closedPage, new Writer(702).write('x'), { restored })).toBe('forbidden')
  }
  const registration = { spaceId: attacked.spaceId, kind: 'page', pageKind: 'wiki' } as const
  expect(await device.push(attacked.note, seedOf('page', 'wiki'), { registration })).toBe('document-taken')
  expect(await device.fetch(attacked.closedPage)).toBe(undefined)
  device.close()
  const socket = await sayOnStock(attacked.mallory, attacked.note, [updateFrame(new Writer(703).write('x'))])
  socket.terminate()
  const path = `/ws/${attacked.closedPage}`
  expect(await new RawSocket({ url: attacked.url, path, token: attacked.mallory.token }).status).toBe(403)
  await attacked.check()
})

/** A second device of Sofie that has the page open: what it sees of others. */
async function openWatcher(): Promise<{ readonly device: WireDevice; readonly seen: PresenceEntry[] }> {
  const device = await WireDevice.open(attacked.url, attacked.sofie.token)
  const seen: PresenceEntry[] = []
  device.hear((message) => {
    if (message.type !== 'channel') return
    const frame = parseStockFrame(message.bytes)
    if (frame.type === 'awareness') seen.push(...parsePresence(frame.bytes))
  })
  device.send({ type: 'open', channel: 1, documentId: attacked.openPage, schema: 1 })
  await device.caughtUp()
  return { device, seen }
}

const presence = (entries: readonly PresenceEntry[]) => new Uint8Array(awarenessFrame(encodePresence(entries)))

it('shows forged presence under the true name, and none that is oversized or of another', async () => {
  const watcher = await openWatcher()
  const owned = new Writer(505)
  await sofie.push(attacked.openPage, owned.write(''))
  expect(await sofie.push(attacked.openPage, owned.write('s'))).toBe('acknowledged')
  const mallory = await WireDevice.open(attacked.url, attacked.mallory.token)
  mallory.send({ type: 'open', channel: 9, documentId: attacked.openPage, schema: 1 })
  const user = { name: 'Sofie', personId: attacked.sofie.person.id }
  for (const entry of [
    { clientId: 801, clock: 1, json: JSON.stringify({ user }) },
    { clientId: 802, clock: 1, json: JSON.stringify({ filler: 'x'.repeat(5000) }) },
    { clientId: 803, clock: 1, json: '['.repeat(20_000) },
    { clientId: 505, clock: 9, json: JSON.stringify({ user }) },
  ])
    mallory.send({ type: 'channel', channel: 9, bytes: presence([entry]) })
  await mallory.caughtUp()
  await watcher.device.caughtUp()
  mallory.close()
  watcher.device.close()
  expect(watcher.seen.map(({ clientId }) => clientId)).toEqual([801])
  expect(JSON.parse(watcher.seen[0]?.json ?? '{}')).toMatchObject({
    user: { name: 'Mallory', personId: attacked.mallory.person.id },
  })
  await attacked.check()
})

it('passes on a handful of 100,000 invented presences', async () => {
  const watcher = await openWatcher()
  const mallory = await WireDevice.open(attacked.url, attacked.mallory.token)
  mallory.send({ type: 'open', channel: 9, documentId: attacked.openPage, schema: 1 })
  const before = await attacked.metric('plein_dropped_presence_total')
  for (let batch = 0; batch < 1000; batch += 1) {
    const entries = Array.from({ length: 100 }, (_, i) => ({
      clientId: 10_000 + batch * 100 + i,
      clock: 1,
      json: '{}',
    }))
    mallory.send({ type: 'channel', channel: 9, bytes: presence(entries) })
  }
  await mallory.caughtUp()
  await watcher.device.caughtUp()
  mallory.close()
  watcher.device.close()
  expect(new Set(watcher.seen.map(({ clientId }) => clientId)).size).toBeLessThanOrEqual(4)
  expect((await attacked.metric('plein_dropped_presence_total')) - before).toBeGreaterThanOrEqual(99_996)
  await attacked.check()
})

it('drops 100,000 messages of presence beyond those of a second, one by one', async () => {
  const watcher = await openWatcher()
  const mallory = await WireDevice.open(attacked.url, attacked.mallory.token)
  mallory.send({ type: 'open', channel: 9, documentId: attacked.openPage, schema: 1 })
  const begunMs = Date.now()
  for (let clock = 1; clock <= 100_000; clock += 1)
    mallory.send({ type: 'channel', channel: 9, bytes: presence([{ clientId: 77_000, clock, json: '{}' }]) })
  await mallory.caughtUp()
  await watcher.device.caughtUp()
  const seconds = Math.ceil((Date.now() - begunMs) / 1000) + 1
  mallory.close()
  watcher.device.close()
  expect(watcher.seen.length).toBeLessThanOrEqual(60 * seconds)
  await attacked.check()
})

it('takes no presence for a page that one may not read', async () => {
  const device = await WireDevice.open(attacked.url, attacked.mallory.token)
  const closed = device.next('channel-closed')
  device.send({ type: 'open', channel: 3, documentId: attacked.closedPage, schema: 1 })
  for (let clock = 1; clock < 1000; clock += 1)
    device.send({ type: 'channel', channel: 3, bytes: presence([{ clientId: 78_000, clock, json: '{}' }]) })
  expect((await closed).reason).toBe('forbidden')
  await device.caughtUp()
  device.close()
  await attacked.check()
})

it('opens a document ticket for that document only, and for nobody who may not read it', async () => {
  const body = { documentId: attacked.openPage, reusable: true }
  const { ticket } = await attacked.call<TicketAnswer>('POST', apiPaths.tickets, { token: attacked.reader.token, body })
  const headers = { 'Sec-WebSocket-Protocol': `plein.ticket.${ticket}` }
  const statusAt = (path: string) => new RawSocket({ url: attacked.url, path, headers }).status
  expect(await statusAt(`/ws/${attacked.note}`)).toBe(403)
  expect(await statusAt('/connect')).toBe(403)
  const closed = { token: attacked.mallory.token, body: { documentId: attacked.closedPage, reusable: true } }
  await expect(attacked.call('POST', apiPaths.tickets, closed)).rejects.toThrow(/answered 40[34]/)
  await attacked.check()
})
