import { parseFileHash, type FileHash } from './ids.ts'

/** `@` is 64: how the bytes of an update say that a string of 64 letters follows. */
const lengthByte = 64

/**
 * Every file that an update of a page names, found in its bytes alone, in microseconds. Names of nodes that were deleted lately, and
 * hashes in running text, may be among them.
 */
export function fileHashesIn(update: Uint8Array): readonly FileHash[] {
  const found = new Set<FileHash>()
  for (let at = update.indexOf(lengthByte); at !== -1; at = update.indexOf(lengthByte, at + 1)) {
    const letters = update.subarray(at + 1, at + 1 + lengthByte)
    if (letters.length < lengthByte || !letters.every(isHexadecimal)) continue
    const hash = parseFileHash(String.fromCharCode(...letters))
    if (hash !== undefined) found.add(hash)
  }
  return [...found]
}

function isHexadecimal(byte: number): boolean {
  return (byte >= 48 && byte <= 57) || (byte >= 97 && byte <= 102)
}
