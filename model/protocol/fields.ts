import * as decoding from 'lib0/decoding'
import * as encoding from 'lib0/encoding'
import { isId, parseFileHash, type FileHash } from '../ids.ts'

/** A frame that does not parse. Never holds the frame's content. */
export class MalformedFrame extends Error {
  override readonly name = 'MalformedFrame'
}

/** One field on the wire. `shape` names it in the fingerprint that forces a version bump. */
export interface Field<T> {
  readonly shape: string
  write(encoder: encoding.Encoder, value: T): void
  /** Throws MalformedFrame on anything that is not this field. */
  read(decoder: decoding.Decoder): T
}

export type ValueOf<F> = F extends Field<infer T> ? T : never

/** A whole number from 0 to `max`. */
export function uint(max: number = Number.MAX_SAFE_INTEGER): Field<number> {
  return {
    shape: `uint<=${max}`,
    write: (encoder, value) => {
      encoding.writeVarUint(encoder, value)
    },
    read(decoder) {
      const value = decoding.readVarUint(decoder)
      if (value > max) throw new MalformedFrame('number too large')
      return value
    },
  }
}

export const boolean: Field<boolean> = {
  shape: 'boolean',
  write: (encoder, value) => {
    encoding.writeUint8(encoder, value ? 1 : 0)
  },
  read(decoder) {
    const value = decoding.readUint8(decoder)
    if (value > 1) throw new MalformedFrame('not a boolean')
    return value === 1
  },
}

/** Text of at most `maxBytes` bytes of UTF-8. */
export function text(maxBytes: number): Field<string> {
  return {
    shape: `text<=${maxBytes}`,
    write: (encoder, value) => {
      encoding.writeVarString(encoder, value)
    },
    read(decoder) {
      const length = decoding.peekVarUint(decoder)
      if (length > maxBytes) throw new MalformedFrame('text too long')
      return decoding.readVarString(decoder)
    },
  }
}

/** Bytes, copied out of the frame so that a small part never keeps a large frame in memory. */
export function bytes(maxBytes: number): Field<Uint8Array<ArrayBuffer>> {
  return {
    shape: `bytes<=${maxBytes}`,
    write: (encoder, value) => {
      encoding.writeVarUint8Array(encoder, value)
    },
    read(decoder) {
      const length = decoding.peekVarUint(decoder)
      if (length > maxBytes) throw new MalformedFrame('bytes too long')
      return new Uint8Array(decoding.readVarUint8Array(decoder))
    },
  }
}

export function id<T extends string>(): Field<T> {
  return {
    shape: 'id',
    write: (encoder, value) => {
      encoding.writeVarString(encoder, value)
    },
    read(decoder) {
      if (decoding.peekVarUint(decoder) !== 26) throw new MalformedFrame('not an id')
      const value = decoding.readVarString(decoder)
      if (!isId(value)) throw new MalformedFrame('not an id')
      return value as T
    },
  }
}

/** The SHA-256 that names a file. */
export const fileHash: Field<FileHash> = {
  shape: 'file hash',
  write: (encoder, value) => {
    encoding.writeVarString(encoder, value)
  },
  read(decoder) {
    const hash = parseFileHash(text(64).read(decoder))
    if (hash === undefined) throw new MalformedFrame('not a file hash')
    return hash
  },
}

/** One of a closed set of words, as its place in the list. New words go at the end only. */
export function oneOf<const T extends string>(words: readonly T[]): Field<T> {
  return {
    shape: `one of ${words.join('|')}`,
    write: (encoder, value) => {
      encoding.writeVarUint(encoder, words.indexOf(value))
    },
    read(decoder) {
      const word = words[decoding.readVarUint(decoder)]
      if (word === undefined) throw new MalformedFrame('unknown word')
      return word
    },
  }
}

export function optional<T>(field: Field<T>): Field<T | null> {
  return {
    shape: `optional ${field.shape}`,
    write(encoder, value) {
      boolean.write(encoder, value !== null)
      if (value !== null) field.write(encoder, value)
    },
    read: (decoder) => (boolean.read(decoder) ? field.read(decoder) : null),
  }
}

export function list<T>(field: Field<T>, maxLength: number): Field<readonly T[]> {
  return {
    shape: `list<=${maxLength} of (${field.shape})`,
    write(encoder, values) {
      encoding.writeVarUint(encoder, values.length)
      for (const value of values) field.write(encoder, value)
    },
    read(decoder) {
      const length = decoding.readVarUint(decoder)
      // Every element takes a byte at least, so a claimed length beyond the frame is refused before any allocation.
      if (length > maxLength || length > decoder.arr.length - decoder.pos) throw new MalformedFrame('list too long')
      const values: T[] = []
      for (let i = 0; i < length; i += 1) values.push(field.read(decoder))
      return values
    },
  }
}

type Fields = Readonly<Record<string, Field<never>>>
type StructOf<F> = { readonly [K in keyof F]: ValueOf<F[K]> }

/** Fields one after another, in the order in which they are written here. */
export function struct<F extends Readonly<Record<string, Field<never> | Field<unknown>>>>(
  fields: F,
): Field<StructOf<F>> {
  const entries = Object.entries(fields as unknown as Fields)
  return {
    shape: `{${entries.map(([name, field]) => `${name}: ${field.shape}`).join(', ')}}`,
    write(encoder, value) {
      for (const [name, field] of entries) field.write(encoder, Reflect.get(value, name) as never)
    },
    read(decoder) {
      const value: Record<string, unknown> = {}
      for (const [name, field] of entries) value[name] = field.read(decoder)
      return value as StructOf<F>
    },
  }
}

type Variants = Readonly<Record<string, Field<never> | Field<unknown>>>
export type UnionOf<V extends Variants> = { [K in keyof V]: { readonly type: K } & ValueOf<V[K]> }[keyof V]

/** A tagged union: one byte for the place in the list, then the variant's fields. New variants go at the end only. */
export function union<V extends Variants>(variants: V): Field<UnionOf<V>> {
  const entries = Object.entries(variants as unknown as Fields)
  const places = new Map(entries.map(([name], place) => [name, place]))
  return {
    shape: entries.map(([name, field]) => `${name} ${field.shape}`).join('\n'),
    write(encoder, value) {
      const place = places.get(String(value.type))
      const entry = place === undefined ? undefined : entries[place]
      if (place === undefined || entry === undefined) throw new Error('Unknown message type')
      encoding.writeUint8(encoder, place)
      entry[1].write(encoder, value as never)
    },
    read(decoder) {
      const entry = entries[decoding.readUint8(decoder)]
      if (entry === undefined) throw new MalformedFrame('unknown type')
      const value: unknown = entry[1].read(decoder)
      return { type: entry[0], ...(value as object) } as UnionOf<V>
    },
  }
}
