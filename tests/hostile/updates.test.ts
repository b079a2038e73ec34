import { afterAll, beforeAll, expect, it } from 'vitest'
import * as Y from 'yjs'
import type { DocumentId } from '../../model/ids.ts'
import { Writer } from '../contract/fake-device.ts'
import { openAttackedServer, type AttackedServer } from './attacked-server.ts'
import { behindNothing, claimingLength, claimingStructs, nestedJson, nestedValue, textAt } from './hostile-updates.ts'
import { RawSocket } from './raw-socket.ts'
import { WireDevice } from './wire-device.ts'

let attacked: AttackedServer
let mallory: WireDevice
let sofie: WireDevice
beforeAll(async () => {
  attacked = await openAttackedServer()
  mallory = await WireDevice.open(attacked.url, attacked.mallory.token)
  sofie = await WireDevice.open(attacked.url, attacked.sofie.token)
})
afterAll(async () => {
  console.info(`hostile updates: ${attacked.figures()}`)
  mallory.close()
  sofie.close()
  await attacked[Symbol.asyncDispose]()
})

/** The clients that stand in a page which Mallory may write. */
async function clientsOf(documentId: DocumentId): Promise<readonly number[]> {
  const doc = new Y.Doc()
  Y.applyUpdate(doc, (await sofie.fetch(documentId)) ?? new Uint8Array([0, 0]))
  return [...doc.store.clients.keys()]
}

const refused = [
  ['32 million structs in twelve bytes', 'malformed', claimingStructs(666)],
  ['a clock of 2^50', 'malformed', textAt(666, 2 ** 50)],
  ['a length of 2^50', 'malformed', claimingLength(666)],
  ['clocks that nobody wrote before', 'gap', textAt(666, 5)],
  ['a neighbour that nobody wrote', 'gap', behindNothing(666)],
  ['the client id of the seed', 'foreign-client-id', textAt(1, 1)],
  ['values 20,000 deep', 'malformed', nestedValue(666, 20_000)],
  ['JSON 20,000 deep', 'malformed', nestedJson(666, 20_000)],
  ['a megabyte of nothing', 'malformed', new Uint8Array(1024 * 1024)],
  ['more than an update may hold', 'line-ended', new Uint8Array(16 * 1024 * 1024 + 1)],
] as const

it.each(refused)('refuses an update of %s as %s, a hundred times over', async (_name, reason, update) => {
  const device = await WireDevice.open(attacked.url, attacked.mallory.token)
  const times = reason === 'line-ended' ? 1 : 100
  const ends = new Set<string>()
  for (let i = 0; i < times; i += 1) ends.add(await device.push(attacked.openPage, update))
  device.close()
  expect([...ends]).toEqual([reason])
  expect(await clientsOf(attacked.openPage)).not.toContain(666)
  await attacked.check()
})

it('never takes words under the client id of another person, who loses none of theirs', async () => {
  const page = await sofie.register(attacked.spaceId, 'page', 'wiki')
  const writer = new Writer(501)
  expect(await sofie.push(page, writer.write('mine'))).toBe('acknowledged')
  expect(await mallory.push(page, textAt(501, 4, 'forged'))).toBe('foreign-client-id')
  expect(await mallory.push(page, textAt(501, 0, 'fake'))).toBe('foreign-client-id')
  expect(await sofie.push(page, writer.write(' still'))).toBe('acknowledged')
  const doc = new Y.Doc()
  Y.applyUpdate(doc, (await mallory.fetch(page)) ?? new Uint8Array([0, 0]))
  expect(doc.getText('prose').toString()).toBe('mine still')
  await attacked.check()
})

it('lets nobody speak for the log of another device, nor end its line', async () => {
  const thief = await WireDevice.open(attacked.url, attacked.mallory.token, attacked.honestLog)
  const ends = await thief.pushRows(
    [2, 3, 100, Number.MAX_SAFE_INTEGER].map((row) => ({
      ...thief.makeRow(attacked.openPage, new Writer(667).write('stolen')),
      row,
    })),
  )
  thief.close()
  expect(new Set(ends)).toEqual(new Set(['row-reused']))
  expect(await clientsOf(attacked.openPage)).not.toContain(667)
  await attacked.check()
})

it('takes no row whose number or checksum is not the next of its log', async () => {
  const device = await WireDevice.open(attacked.url, attacked.mallory.token)
  const update = new Writer(668).write('x')
  expect(await device.push(attacked.openPage, update, { checksum: 1 })).toBe('row-reused')
  expect(await device.push(attacked.openPage, update, { row: 7 })).toBe('row-reused')
  device.close()
  expect(await clientsOf(attacked.openPage)).not.toContain(668)
  await attacked.check()
})

it('closes a line that names a schema of 2^31, at whichever door', async () => {
  const device = await WireDevice.open(attacked.url, attacked.mallory.token)
  expect(await device.push(attacked.openPage, new Writer(669).write('x'), { schema: 2 ** 31 })).toBe('line-ended')
  expect(await device.ended).toBe(4400)
  const opening = await WireDevice.open(attacked.url, attacked.mallory.token)
  opening.send({ type: 'open', channel: 1, documentId: attacked.openPage, schema: 2 ** 31 })
  expect(await opening.ended).toBe(4400)
  for (const schema of ['2147483648', '-1', '1e9', 'NaN', '0x10000000']) {
    const path = `/ws/${attacked.openPage}?schema=${schema}`
    expect(await new RawSocket({ url: attacked.url, path, token: attacked.mallory.token }).status).toBe(404)
  }
  expect(await sofie.push(attacked.openPage, new Writer(502).write('open'), { schema: 1 })).toBe('acknowledged')
  await attacked.check()
})
