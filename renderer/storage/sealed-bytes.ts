import { encodeUtf8 } from 'lib0/string'
import { checksum } from '../../model/checksum.ts'

/** Bytes on disk with what finds an accident to them: one flipped bit in an update is otherwise silently wrong text. */
export interface SealedBytes {
  readonly bytes: Uint8Array
  readonly length: number
  readonly sum: number
}

/** @param label what the bytes belong to, so that a record that landed under another name is found too */
export function seal(bytes: Uint8Array, label: string): SealedBytes {
  return { bytes, length: bytes.length, sum: sumOf(bytes, label) }
}

export function isIntact(value: SealedBytes, label: string): boolean {
  const { bytes } = value
  return bytes instanceof Uint8Array && bytes.length === value.length && sumOf(bytes, label) === value.sum
}

function sumOf(bytes: Uint8Array, label: string): number {
  return checksum(bytes, checksum(encodeUtf8(label)))
}
