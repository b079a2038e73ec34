import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checksum, rowChecksum } from './checksum.ts'

describe('checksum', () => {
  it('finds every single flipped bit of a record', () => {
    const record = Uint8Array.from({ length: 300 }, (_, i) => (i * 37) % 256)
    const whole = checksum(record)
    for (let bit = 0; bit < record.length * 8; bit += 1) {
      const flipped = record.slice()
      flipped[bit >> 3] = (flipped[bit >> 3] ?? 0) ^ (1 << (bit & 7))
      expect(checksum(flipped)).not.toBe(whole)
    }
  })

  it('finds every truncation', () => {
    const record = new Uint8Array(64)
    const sums = Array.from({ length: 65 }, (_, length) => checksum(record.subarray(0, length)))
    expect(new Set(sums).size).toBe(65)
  })

  it('is exact as a JavaScript number, whatever the seed', () => {
    fc.assert(
      fc.property(fc.uint8Array(), fc.maxSafeNat(), (bytes, seed) => Number.isSafeInteger(checksum(bytes, seed))),
    )
  })
})

describe('checksum of a row', () => {
  it('LO2 differs in every later row once two logs differed', () => {
    const update = new Uint8Array([1, 2, 3])
    const one = rowChecksum(0, 1, 'a', update)
    const other = rowChecksum(0, 1, 'a', new Uint8Array([1, 2, 4]))
    expect(rowChecksum(one, 2, 'a', update)).not.toBe(rowChecksum(other, 2, 'a', update))
  })

  it('LO2 depends on the number of the row and on its document', () => {
    const update = new Uint8Array([1])
    const sums = [rowChecksum(0, 1, 'a', update), rowChecksum(0, 2, 'a', update), rowChecksum(0, 1, 'b', update)]
    expect(new Set(sums).size).toBe(3)
  })
})
