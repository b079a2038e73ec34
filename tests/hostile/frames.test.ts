import { afterAll, beforeAll, expect, it } from 'vitest'
import { encodeClientMessage } from '../../model/protocol/codec.ts'
import { SeededRandom } from '../simulation/seeded-random.ts'
import { openAttackedServer, type AttackedServer } from './attacked-server.ts'
import { frameBytes, opcodes, RawSocket, type FrameShape } from './raw-socket.ts'

let attacked: AttackedServer
beforeAll(async () => {
  attacked = await openAttackedServer()
})
afterAll(async () => {
  console.info(`hostile frames: ${attacked.figures()}`)
  await attacked[Symbol.asyncDispose]()
})

const addresses = ['/connect', 'a page'] as const
const pathOf = (address: (typeof addresses)[number]) =>
  address === '/connect' ? '/connect' : `/ws/${attacked.openPage}?schema=2`

async function knock(address: (typeof addresses)[number]): Promise<RawSocket> {
  return RawSocket.open({ url: attacked.url, path: pathOf(address), token: attacked.mallory.token })
}

const bytes = (...values: readonly number[]) => new Uint8Array(values)

it('takes 100,000 malformed frames on 1,000 lines', async () => {
  const random = new SeededRandom(4680)
  const chance = (length: number) => Uint8Array.from({ length }, () => random.below(256))
  const valid = encodeClientMessage({ type: 'ping', n: 1, nextWithinMs: 60_000 })
  const malformedBefore = await attacked.metric('plein_malformed_frames_total')
  for (let round = 0; round < 100; round += 1) {
    const lines = await Promise.all(Array.from({ length: 10 }, (_, i) => knock(addresses[i % 2] ?? '/connect')))
    for (const line of lines) {
      // The first one is surely none; what the others are is chance, and the server has stopped listening by then.
      const frames: Uint8Array[] = [bytes(255, 255, 255, round)]
      for (let i = 1; i < 100; i += 1) frames.push(i % 3 === 0 ? valid.subarray(0, i % 4) : chance(1 + (i % 60)))
      line.line.write(Buffer.concat(frames.map((payload) => frameBytes({ opcode: opcodes.binary, payload }))))
    }
    expect(new Set(await Promise.all(lines.map((line) => line.ended)))).toEqual(new Set([4400]))
    for (const line of lines) line.cut()
  }
  expect((await attacked.metric('plein_malformed_frames_total')) - malformedBefore).toBe(1000)
  await attacked.check()
})

it.each(addresses)('closes a line of %s for a text frame', async (address) => {
  for (const text of ['99999999999999999', '{"type":"hello"}', '']) {
    const line = await knock(address)
    line.send({ opcode: opcodes.text, payload: Buffer.from(text) })
    expect(await line.ended).toBe(4400)
    line.cut()
  }
  await attacked.check()
})

const ill: Readonly<Record<string, readonly FrameShape[]>> = {
  'the first reserved bit': [{ opcode: opcodes.binary, reserved: 4, payload: bytes(1) }],
  'the second reserved bit': [{ opcode: opcodes.binary, reserved: 2, payload: bytes(1) }],
  'all reserved bits': [{ opcode: opcodes.ping, reserved: 7 }],
  'an unknown opcode': [{ opcode: 3, payload: bytes(1) }],
  'an unknown control opcode': [{ opcode: 15 }],
  'no mask': [{ opcode: opcodes.binary, isMasked: false, payload: bytes(1) }],
  'text that is no UTF-8': [{ opcode: opcodes.text, payload: bytes(0xff, 0xfe) }],
  'a fragmented ping': [{ opcode: opcodes.ping, isLast: false }],
  'a fragmented close': [{ opcode: opcodes.close, isLast: false, payload: bytes(3, 232) }],
  'a ping of 126 bytes': [{ opcode: opcodes.ping, payload: new Uint8Array(126) }],
  'a close of one byte': [{ opcode: opcodes.close, payload: bytes(3) }],
  'a close with a code that nobody may send': [{ opcode: opcodes.close, payload: bytes(3, 237) }],
  'a continuation of nothing': [{ opcode: opcodes.continuation, payload: bytes(1) }],
  'a message inside a message': [
    { opcode: opcodes.binary, isLast: false, payload: bytes(1) },
    { opcode: opcodes.binary, payload: bytes(1) },
  ],
  'a claim of 17 MiB': [{ opcode: opcodes.binary, claimedLength: 17n * 1024n * 1024n }],
  'a claim of 2^40 bytes': [{ opcode: opcodes.binary, claimedLength: 1n << 40n }],
  'a claim of 2^63 bytes': [{ opcode: opcodes.binary, claimedLength: 1n << 63n }],
  'twenty thousand fragments of nothing': Array.from({ length: 20_000 }, (_, i) => ({
    opcode: i === 0 ? opcodes.binary : opcodes.continuation,
    isLast: false,
  })),
}

it.each(Object.keys(ill))('cuts a line of either address for %s', async (name) => {
  const frames = Buffer.concat((ill[name] ?? []).map(frameBytes))
  for (const address of addresses) {
    const line = await knock(address)
    line.line.write(frames)
    expect(await line.ended).not.toBe(1000)
    line.cut()
  }
  await attacked.check()
})

it('takes a frame of the largest size byte by byte no better, and one that says less than it holds', async () => {
  const tooLong = await knock('/connect')
  // A frame of one byte that is followed by what was meant to be in it: the rest is read as frames that are none.
  tooLong.line.write(frameBytes({ opcode: opcodes.binary, payload: new Uint8Array(60).fill(0x7f), claimedLength: 1n }))
  expect(await tooLong.ended).not.toBe(1000)
  const cut = await knock('/connect')
  cut.send({ opcode: opcodes.binary, payload: new Uint8Array(1000), claimedLength: 16n * 1024n * 1024n })
  cut.line.resetAndDestroy()
  expect(await cut.ended).toBe(null)
  const large = await Promise.all(addresses.map(knock))
  for (const line of large) line.sendBinary(new Uint8Array(16 * 1024 * 1024).fill(0xff))
  expect(await Promise.all(large.map((line) => line.ended))).toEqual([4400, 4400])
  for (const line of [tooLong, ...large]) line.cut()
  await attacked.check()
})
