/**
 * Ids are opaque: 128 random bits as 26 lower-case base32 characters, so that they are safe in file names,
 * command lines and links, and carry nobody's name. Branded, so that one kind is never passed for another.
 */
declare const brand: unique symbol
type Id<Name extends string> = string & { readonly [brand]: Name }

export type OrganisationId = Id<'organisation'>
export type SpaceId = Id<'space'>
export type DocumentId = Id<'document'>
/** A page's id is the id of its document. */
export type PageId = DocumentId
export type PersonId = Id<'person'>
/** One local storage: minted when it is created, never copied on purpose. */
export type LogId = Id<'log'>
export type DeviceId = Id<'device'>
/** Of one act, within the document that it stands in. */
export type ActId = Id<'act'>
/** What one person asked of the server; minted on the laptop, so that asking twice is one request. */
export type RequestId = Id<'request'>
export type InvitationId = Id<'invitation'>
/** A state of a page that the server keeps. */
export type VersionId = Id<'version'>
/** SHA-256 of a file's bytes, 64 lower-case hexadecimal digits. */
export type FileHash = Id<'file'>

export const idLength = 26
const idPattern = /^[a-z2-7]{26}$/
const hashPattern = /^[0-9a-f]{64}$/
const alphabet = 'abcdefghijklmnopqrstuvwxyz234567'

/** Whether a value from outside has the form of an id (any kind). */
export function isId(value: unknown): value is string {
  return typeof value === 'string' && idPattern.test(value)
}

/** Parses an id from outside; undefined where it has not the form. */
export function parseId<T extends Id<string>>(value: unknown): T | undefined {
  return isId(value) ? (value as T) : undefined
}

/** Parses an id that must have the form; throws a RangeError that never repeats the value. */
export function mustParseId<T extends Id<string>>(value: unknown): T {
  if (isId(value)) return value as T
  throw new RangeError('Not an id: expected 26 characters of a-z and 2-7')
}

/** Parses the SHA-256 name of a file; undefined where it has not the form. */
export function parseFileHash(value: unknown): FileHash | undefined {
  return typeof value === 'string' && hashPattern.test(value) ? (value as FileHash) : undefined
}

/** Fills the array with random bytes: `crypto.getRandomValues`, or a seeded source in the simulation. */
export type FillRandom = (bytes: Uint8Array<ArrayBuffer>) => unknown

/** Mints an id from 16 random bytes. */
export function mintId<T extends Id<string>>(fillRandom: FillRandom): T {
  const bytes = new Uint8Array(16)
  fillRandom(bytes)
  return encodeId(bytes) as T
}

/** 16 bytes as 26 characters; used for random ids and for ids derived from a digest. */
export function encodeId(bytes: Uint8Array): string {
  let text = ''
  let bits = 0
  let value = 0
  for (const byte of bytes.subarray(0, 16)) {
    value = (value << 8) | byte
    bits += 8
    while (bits >= 5) {
      bits -= 5
      text += alphabet.charAt((value >>> bits) & 31)
    }
  }
  return text + alphabet.charAt((value << (5 - bits)) & 31)
}
