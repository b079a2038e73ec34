import { afterAll, beforeAll, expect, it } from 'vitest'
import { apiPaths } from '../../model/api.ts'
import { stepOneFrame } from '../../sync-server/y-websocket-frames.ts'
import { Writer } from '../contract/fake-device.ts'
import { openAttackedServer, type AttackedServer } from './attacked-server.ts'
import { collected, deletionOf, deletionsOf, nestedBlocks } from './hostile-updates.ts'
import { largePage } from './large-page.ts'
import { WireDevice } from './wire-device.ts'

let attacked: AttackedServer
let mallory: WireDevice
beforeAll(async () => {
  attacked = await openAttackedServer()
  mallory = await WireDevice.open(attacked.url, attacked.mallory.token)
})
afterAll(async () => {
  console.info(`hostile large pages: ${attacked.figures()}`)
  mallory.close()
  await attacked[Symbol.asyncDispose]()
})

it('goes on when a page holds blocks 20,000 deep, whoever asks for it as text, and when they are deleted again', async () => {
  const page = await mallory.register(attacked.spaceId, 'page', 'wiki')
  const { clientId, update } = nestedBlocks(20_000)
  expect(await mallory.push(page, update)).toBe('acknowledged')
  expect(await mallory.push(page, new Writer(900).rename('Diep'))).toBe('acknowledged')
  const statuses = async () => {
    const answers = ['markdown', 'html', 'json'].map((format) =>
      fetch(`${attacked.url}${apiPaths.page(page)}?format=${format}`, {
        headers: { authorization: `Bearer ${attacked.sofie.token}` },
      }),
    )
    return (await Promise.all(answers)).map(({ status }) => status)
  }
  // Too deep to be written as text: that request fails, and nothing else does.
  expect((await statuses()).every((status) => status === 200 || status === 500)).toBe(true)
  await attacked.check()
  expect(await mallory.push(page, deletionOf(clientId, 20_000))).toBe('acknowledged')
  expect((await statuses()).every((status) => status === 200 || status === 500)).toBe(true)
  await attacked.check()
})

it.each([
  ['structs', collected(904, 5_000_000)],
  ['deletions', deletionsOf(905, 3_000_000)],
])('refuses millions of %s in one update, which would keep everybody waiting', async (_name, update) => {
  expect(await mallory.push(attacked.openPage, update)).toBe('malformed')
  await attacked.check()
})

it('answers others while pages of half a million structs are pushed', async () => {
  const page = await mallory.register(attacked.spaceId, 'page', 'wiki')
  for (let client = 910; client < 914; client += 1)
    expect(await mallory.push(page, collected(client, 499_999))).toBe('acknowledged')
  expect(await mallory.push(page, deletionsOf(910, 250_000))).toBe('acknowledged')
  await attacked.check()
})

it('answers others while a large page is asked for again and again by who reads all of it', async () => {
  const page = await largePage(mallory, attacked.spaceId, { mebibytes: 10, clientId: 906 })
  const device = await WireDevice.open(attacked.url, attacked.mallory.token)
  let heard = 0
  device.hear((message) => (heard += message.type === 'channel' ? 1 : 0))
  device.send({ type: 'open', channel: 1, documentId: page, schema: 1 })
  const bytes = new Uint8Array(stepOneFrame(new Uint8Array([0])))
  for (let i = 0; i < 200; i += 1) device.send({ type: 'channel', channel: 1, bytes })
  await device.caughtUp()
  expect(heard).toBeGreaterThan(0)
  device.close()
  await attacked.check()
})

it('answers others while the same words of a large page are pushed again and again', async () => {
  const page = await mallory.register(attacked.spaceId, 'page', 'wiki')
  const writer = new Writer(907)
  const first = writer.write('first')
  expect(await mallory.push(page, first)).toBe('acknowledged')
  for (let i = 0; i < 8; i += 1)
    expect(await mallory.push(page, writer.write('z'.repeat(1024 * 1024)))).toBe('acknowledged')
  const ends = await mallory.pushRows(Array.from({ length: 200 }, () => mallory.makeRow(page, first)))
  expect(new Set(ends)).toEqual(new Set(['acknowledged']))
  await attacked.check()
})

it('takes 15 MiB of words that it knows for a repeat, and lives', async () => {
  const page = await mallory.register(attacked.spaceId, 'page', 'wiki')
  const update = new Writer(908).write('w'.repeat(15 * 1024 * 1024))
  expect(await mallory.push(page, update)).toBe('acknowledged')
  expect(await mallory.push(page, update)).toBe('acknowledged')
  await attacked.check()
})
