import { randomFillSync } from 'node:crypto'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { mintId, type DocumentId, type LogId } from '../../model/ids.ts'
import { encodeClientMessage } from '../../model/protocol/codec.ts'
import { maxChannels } from '../../model/protocol/limits.ts'
import { seedOf } from '../../model/seeds.ts'
import { stepOneFrame } from '../../sync-server/y-websocket-frames.ts'
import { Writer } from '../contract/fake-device.ts'
import { largePage } from './large-page.ts'
import { openAttackedServer, type AttackedServer } from './attacked-server.ts'
import { RawSocket } from './raw-socket.ts'
import { helloOf, WireDevice } from './wire-device.ts'

let attacked: AttackedServer
let mallory: WireDevice
beforeAll(async () => {
  attacked = await openAttackedServer()
  mallory = await WireDevice.open(attacked.url, attacked.mallory.token)
})
afterAll(async () => {
  console.info(`hostile crowds: ${attacked.figures()}`)
  mallory.close()
  await attacked[Symbol.asyncDispose]()
})

const mebibyte = 1024 * 1024

it('keeps nothing of 5,000 documents that were opened and left', async () => {
  const registration = { spaceId: attacked.spaceId, kind: 'page', pageKind: 'note' } as const
  const ids = Array.from({ length: 5000 }, () => mintId<DocumentId>(randomFillSync))
  for (let from = 0; from < ids.length; from += 500) {
    const rows = ids.slice(from, from + 500).map((id) => mallory.makeRow(id, seedOf('page', 'note'), { registration }))
    expect(new Set(await mallory.pushRows(rows))).toEqual(new Set(['acknowledged']))
  }
  const channelsBefore = await attacked.metric('plein_channels')
  for (const [i, documentId] of ids.entries()) {
    const channel = i % maxChannels
    mallory.send({ type: 'open', channel, documentId, schema: 1 })
    mallory.send({ type: 'channel', channel, bytes: new Uint8Array(stepOneFrame(new Uint8Array([0]))) })
    mallory.send({ type: 'close', channel })
  }
  await mallory.caughtUp()
  expect(await attacked.metric('plein_channels')).toBe(channelsBefore)
  await attacked.check()
})

it('closes 1,000 sockets that never say who they are, and serves others meanwhile', async () => {
  const silentBefore = await attacked.metric('plein_silent_sessions_total')
  const lines: RawSocket[] = []
  for (let batch = 0; batch < 10; batch += 1) {
    const knocks = Array.from({ length: 100 }, () =>
      RawSocket.open({ url: attacked.url, token: attacked.mallory.token }),
    )
    lines.push(...(await Promise.all(knocks)))
  }
  await attacked.check()
  const codes = new Set(await Promise.all(lines.map((line) => line.ended)))
  expect([...codes].every((code) => code !== null && code > 4400)).toBe(true)
  for (const line of lines) line.cut()
  expect((await attacked.metric('plein_silent_sessions_total')) - silentBefore).toBe(1000)
  await attacked.check()
})

/** A line on which much is asked for and nothing is read, until the server has ended it; then what had been kept for it. */
async function neverReading(send: (line: RawSocket) => void, overflow: () => Promise<void>): Promise<number> {
  const line = await RawSocket.open({ url: attacked.url, token: attacked.mallory.token })
  line.line.pause()
  line.sendBinary(encodeClientMessage(helloOf(mintId<LogId>(randomFillSync))))
  send(line)
  await overflow()
  line.line.resume()
  await line.ended
  line.cut()
  return line.bytesRead
}

it('keeps at most 16 MiB for a reader that never reads', async () => {
  const page = await largePage(mallory, attacked.spaceId, { mebibytes: 1, clientId: 901 })
  const open = encodeClientMessage({ type: 'open', channel: 1, documentId: page, schema: 1 })
  const writer = new Writer(902)
  const slowReaders = () => attacked.metric('plein_slow_readers_total')
  const kept: number[] = []
  const before = await slowReaders()
  const live = async () => {
    for (let i = 0; i < 16; i += 1) await mallory.push(page, writer.write('y'.repeat(mebibyte)))
  }
  kept.push(await neverReading((line) => line.sendBinary(open), live))
  expect(await slowReaders()).toBe(before + 1)
  const large = await largePage(mallory, attacked.spaceId, { mebibytes: 5, clientId: 903 })
  const steps = (line: RawSocket) => {
    line.sendBinary(encodeClientMessage({ type: 'open', channel: 1, documentId: large, schema: 1 }))
    const bytes = new Uint8Array(stepOneFrame(new Uint8Array([0])))
    for (let i = 0; i < 500; i += 1) line.sendBinary(encodeClientMessage({ type: 'channel', channel: 1, bytes }))
  }
  const settled = async () => {
    while ((await slowReaders()) === before + 1);
  }
  kept.push(await neverReading(steps, settled))
  console.info(
    `kept for a reader that never reads: ${kept.map((bytes) => (bytes / mebibyte).toFixed(1)).join(', ')} MiB`,
  )
  expect(Math.max(...kept)).toBeLessThan(16 * mebibyte)
  await attacked.check()
})
