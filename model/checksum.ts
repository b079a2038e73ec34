import { encodeUtf8 } from 'lib0/string'

/**
 * A 53-bit checksum for finding accidents (a flipped bit, a truncated record, a cloned disk); no defence against intent.
 * Two multiplicative lanes over 32-bit words: one pass, no table, about 1 GB/s in V8, exact as a JavaScript number.
 */
export function checksum(bytes: Uint8Array, seed = 0): number {
  let high = 0xdeadbeef ^ (seed >>> 0)
  let low = 0x41c6ce57 ^ Math.floor(seed / 0x100000000)
  const { length } = bytes
  // Counted, not iterated: the list of 10,000 pages is checked at each start, by code that is not optimised yet.
  for (let place = 0; place < length; place += 1) {
    const byte = bytes[place] ?? 0
    high = Math.imul(high ^ byte, 2654435761)
    low = Math.imul(low ^ byte, 1597334677)
  }
  high = Math.imul(high ^ bytes.length, 2246822507) ^ Math.imul(low ^ (low >>> 13), 3266489909)
  low = Math.imul(low ^ (low >>> 16), 2246822507) ^ Math.imul(high ^ (high >>> 13), 3266489909)
  high ^= high >>> 16
  return 4294967296 * (2097151 & low) + (high >>> 0)
}

/**
 * The checksum of one row of a log. A log is a hash chain: the checksum of the row before is the seed, so two logs that
 * agree at one row agree in all rows before it, and a cloned disk is noticed however alike its rows look.
 * @param previous checksum of the row before, 0 for the first row of a log
 */
export function rowChecksum(previous: number, row: number, documentId: string, update: Uint8Array): number {
  return checksum(update, checksum(encodeUtf8(`${row} ${documentId}`), previous))
}
