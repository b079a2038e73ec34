import fc from 'fast-check'
import { encodeUtf8 } from 'lib0/string'
import { describe, expect, it } from 'vitest'
import { checksum } from '../checksum.ts'
import { mintId, type DeviceId, type DocumentId, type LogId, type SpaceId } from '../ids.ts'
import { decodeClientMessage, decodeServerMessage, encodeClientMessage, encodeServerMessage } from './codec.ts'
import { MalformedFrame } from './fields.ts'
import { clientMessage, serverMessage, type ClientMessage } from './messages.ts'
import { protocolVersion } from './version.ts'

let next = 0
const fill = (bytes: Uint8Array) => bytes.fill((next += 1))
const documentId = mintId<DocumentId>(fill)
const spaceId = mintId<SpaceId>(fill)

const push: ClientMessage = {
  type: 'push',
  rows: [
    {
      row: 7,
      checksum: 2 ** 53 - 1,
      documentId,
      schema: 1,
      restored: false,
      registration: { spaceId, kind: 'page', pageKind: 'wiki' },
      update: new Uint8Array([1, 2, 3]),
    },
  ],
}

describe('protocol codec', () => {
  it('PR1 gives back each message as it was', () => {
    const hello: ClientMessage = {
      type: 'hello',
      protocol: protocolVersion,
      schema: 1,
      appVersion: '0.1.0',
      organisationId: null,
      deviceId: mintId<DeviceId>(fill),
      generation: null,
      people: null,
      control: null,
      logId: mintId<LogId>(fill),
      lastRow: 0,
      spaces: [{ spaceId, cursor: null, keep: 'everything' }],
    }
    for (const message of [hello, push]) expect(decodeClientMessage(encodeClientMessage(message))).toEqual(message)
    const pong = { type: 'pong', n: 12 } as const
    expect(decodeServerMessage(encodeServerMessage(pong))).toEqual(pong)
  })

  it('PR2 refuses every truncation and every byte too many', () => {
    const frame = encodeClientMessage(push)
    for (let length = 0; length < frame.length; length += 1) {
      expect(() => decodeClientMessage(frame.subarray(0, length))).toThrow(MalformedFrame)
    }
    expect(() => decodeClientMessage(new Uint8Array([...frame, 0]))).toThrow(MalformedFrame)
  })

  it('PR2 throws nothing but MalformedFrame on random bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (frame) => {
        try {
          decodeClientMessage(frame)
          decodeServerMessage(frame)
          return true
        } catch (error) {
          return error instanceof MalformedFrame
        }
      }),
      { numRuns: 2000 },
    )
  })

  it('PR3 changes no message shape without a new protocol version', () => {
    const shape = encodeUtf8(`${clientMessage.shape}\n${serverMessage.shape}`)
    const fingerprints: Readonly<Record<number, number>> = { 1: 8199849591838723 }
    expect(checksum(shape)).toBe(fingerprints[protocolVersion])
  })
})
