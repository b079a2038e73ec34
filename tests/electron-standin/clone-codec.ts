// Structured clone as text, for messages between the worlds of a page and the main process. These functions also travel into the page as
// source text, so they use nothing from outside but each other and what both Node and Chromium have.

/** Functions and promises cross between the two worlds of one page (contextBridge), and nowhere else. */
export interface LivePort {
  keepFunction(shared: (...args: unknown[]) => unknown): number
  keepPromise(shared: Promise<unknown>): number
  takeFunction(id: number): (...args: unknown[]) => unknown
  takePromise(id: number): Promise<unknown>
}

/** Encodes as Electron would clone; throws Electron's words for what it cannot. */
export function encodeClone(value: unknown, live: LivePort | null, seen: Map<object, number> = new Map()): unknown {
  if (isPrimitive(value)) return encodePrimitive(value)
  if (typeof value === 'function' && live !== null)
    return ['function', live.keepFunction((...args) => Reflect.apply(value, undefined, args))]
  if (typeof value !== 'object') throw new Error('An object could not be cloned.')
  const known = seen.get(value)
  if (known !== undefined) return ['again', known]
  seen.set(value, seen.size)
  if (value instanceof Promise && live !== null) return ['promise', live.keepPromise(value)]
  return encodeObject(value, (part) => encodeClone(part, live, seen))
}

export function isPrimitive(value: unknown): value is string | number | bigint | boolean | symbol | null | undefined {
  return value === null || (typeof value !== 'object' && typeof value !== 'function')
}

export function encodePrimitive(value: string | number | bigint | boolean | symbol | null | undefined): unknown {
  if (typeof value === 'symbol') throw new Error('An object could not be cloned.')
  const isPlainJson =
    value === null || typeof value === 'boolean' || typeof value === 'string' || Number.isFinite(value)
  return isPlainJson ? value : [typeof value, String(value)]
}

export function encodeObject(value: object, encode: (part: unknown) => unknown): unknown {
  if (value instanceof Date) return ['date', value.getTime()]
  if (value instanceof RegExp) return ['regexp', value.source, value.flags]
  if (value instanceof Error) return ['error', value.name, value.message]
  if (value instanceof Map) return ['map', [...value].map(([key, part]) => [encode(key), encode(part)])]
  if (value instanceof Set) return ['set', [...value].map(encode)]
  if (value instanceof ArrayBuffer) return ['buffer', encodeBytes(new Uint8Array(value))]
  if (ArrayBuffer.isView(value))
    return ['bytes', encodeBytes(new Uint8Array(value.buffer, value.byteOffset, value.byteLength))]
  if (Array.isArray(value)) return ['array', value.map(encode)]
  // Platform objects (elements, events, windows) have a tag of their own.
  if (Object.prototype.toString.call(value) !== '[object Object]') throw new Error('An object could not be cloned.')
  return ['object', Object.entries(value).map(([key, part]) => [key, encode(part)])]
}

export function decodeClone(encoded: unknown, live: LivePort | null, seen: unknown[] = []): unknown {
  if (!Array.isArray(encoded)) return encoded
  const [tag, first, second]: unknown[] = encoded
  if (tag === 'undefined') return undefined
  if (tag === 'number') return Number(first)
  if (tag === 'bigint') return BigInt(String(first))
  if (tag === 'again') return seen[Number(first)]
  if (tag === 'function') return live?.takeFunction(Number(first))
  if (tag === 'array' || tag === 'object' || tag === 'map' || tag === 'set')
    return decodeParts(tag, first, (part) => decodeClone(part, live, seen), seen)
  const value = decodeLeaf(tag, first, second, live)
  seen.push(value)
  return value
}

export function decodeParts(tag: string, parts: unknown, decode: (part: unknown) => unknown, seen: unknown[]): unknown {
  const list: unknown[] = Array.isArray(parts) ? parts : []
  const pairs = (): [unknown, unknown][] =>
    list.map((pair) => (Array.isArray(pair) ? [pair[0], pair[1]] : [undefined, undefined]))
  // Each container is known before its parts are read, because they may point back to it.
  if (tag === 'array') {
    const value: unknown[] = []
    seen.push(value)
    for (const part of list) value.push(decode(part))
    return value
  }
  if (tag === 'set') {
    const value = new Set<unknown>()
    seen.push(value)
    for (const part of list) value.add(decode(part))
    return value
  }
  if (tag === 'map') {
    const value = new Map<unknown, unknown>()
    seen.push(value)
    for (const [key, part] of pairs()) value.set(decode(key), decode(part))
    return value
  }
  const value: Record<string, unknown> = {}
  seen.push(value)
  for (const [key, part] of pairs()) value[String(key)] = decode(part)
  return value
}

export function decodeLeaf(tag: unknown, first: unknown, second: unknown, live: LivePort | null): unknown {
  if (tag === 'promise') return live?.takePromise(Number(first))
  if (tag === 'date') return new Date(Number(first))
  if (tag === 'regexp') return new RegExp(String(first), String(second))
  if (tag === 'buffer') return decodeBytes(String(first)).buffer
  if (tag === 'bytes') return decodeBytes(String(first))
  if (tag === 'error') return Object.assign(new Error(String(second)), { name: String(first) })
  throw new Error(`stand-in: unknown clone ${String(tag)}`)
}

export function encodeBytes(bytes: Uint8Array): string {
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''))
}

export function decodeBytes(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(text), (character) => character.charCodeAt(0))
}

/** The source of everything above, to be put into a page. */
export const cloneCodecSource = [
  encodeClone,
  isPrimitive,
  encodePrimitive,
  encodeObject,
  decodeClone,
  decodeParts,
  decodeLeaf,
  encodeBytes,
  decodeBytes,
]
  .map(String)
  .join('\n')
