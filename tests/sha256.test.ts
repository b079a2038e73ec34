import { createHash } from 'node:crypto'
import { expect, it } from 'vitest'
import { Sha256 } from '../model/sha256.ts'

const expected = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')
const bytesOf = (length: number) => Uint8Array.from({ length }, (_, i) => (i * 31 + (i >> 8)) & 255)

it.each([0, 1, 55, 56, 63, 64, 65, 119, 120, 128, 1000, 100_000])(
  '%d bytes have the digest of the standard',
  (length) => {
    const bytes = bytesOf(length)
    expect(new Sha256().update(bytes).digest()).toBe(expected(bytes))
  },
)

it('pieces of any size make the same digest as the whole', () => {
  const bytes = bytesOf(10_000)
  for (const size of [1, 7, 63, 64, 65, 4096]) {
    const digest = new Sha256()
    for (let at = 0; at < bytes.length; at += size) digest.update(bytes.subarray(at, at + size))
    expect(digest.sizeBytes).toBe(bytes.length)
    expect(digest.digest()).toBe(expected(bytes))
  }
})
