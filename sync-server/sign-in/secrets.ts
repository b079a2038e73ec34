import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import { encodeId } from '../../model/ids.ts'

/** A device token or ticket: 256 random bits, safe in a header and as a WebSocket subprotocol. */
export function mintToken(): string {
  return randomBytes(32).toString('base64url')
}

/** An invitation or setup code: 128 random bits in letters that can be read aloud. */
export function mintCode(): string {
  return encodeId(randomBytes(16))
}

/** What is stored of a secret with so many random bits that nobody can try them all: no salt, no slow hash needed. */
export function digestOf(secret: string): Uint8Array {
  return createHash('sha256').update(secret, 'utf8').digest()
}

/** Compares in a time that tells nothing about where two secrets differ. */
export function isSameSecret(a: string, b: string): boolean {
  return timingSafeEqual(digestOf(a), digestOf(b))
}
