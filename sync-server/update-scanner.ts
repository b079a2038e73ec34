import { isUtf8 } from 'node:buffer'
import * as decoding from 'lib0/decoding'
import { MalformedUpdate, type ClockRange, type UpdateClaims } from './update-claims.ts'

/**
 * The highest clock of one client: a session in which somebody wrote two thousand million characters. A claim beyond it
 * would push the client's next edits out of every number that JavaScript holds exactly.
 */
const maxClock = 2 ** 31
/** Nesting of values inside one struct. The editor's attributes are flat; JSON.stringify overflows the stack near 5,000. */
const maxDepth = 100
/** Yjs 13 knows seven shared types, 0 to 6; their names follow 3 (element) and 5 (hook). */
const highestTypeRef = 6

const bits5 = 31
const hasParentSub = 32
const hasRightOrigin = 64
const hasOrigin = 128

/** One pass over an update; the counterpart of what `yjs` writes in `Item.write` and `writeDeleteSet`. */
export class UpdateScanner implements UpdateClaims {
  readonly clients = new Map<number, ClockRange[]>()
  readonly dependencies = new Map<number, number>()
  readonly deletions = new Map<number, ClockRange[]>()
  setsValues = false
  #parts = 0
  readonly #maxParts: number
  readonly #decoder: decoding.Decoder

  /** @param maxParts structs and deletions together, beyond which it is malformed */
  constructor(update: Uint8Array, maxParts: number) {
    this.#maxParts = maxParts
    this.#decoder = decoding.createDecoder(update)
  }

  scan(): void {
    this.#scanStructs()
    this.#scanDeletions()
    if (decoding.hasContent(this.#decoder)) throw new MalformedUpdate('bytes left over')
  }

  #left(): number {
    return this.#decoder.arr.length - this.#decoder.pos
  }

  #uint(): number {
    return decoding.readVarUint(this.#decoder)
  }

  /** A count of parts that take `bytesEach` bytes at least: checked before anything is made for them. */
  #count(bytesEach: number): number {
    const count = this.#uint()
    if (count * bytesEach > this.#left()) throw new MalformedUpdate('more parts than bytes')
    return count
  }

  /** Structs or deletions of one client, two bytes each at least. */
  #partCount(): number {
    const count = this.#count(2)
    this.#parts += count
    if (this.#parts > this.#maxParts) throw new MalformedUpdate('too many parts')
    return count
  }

  #scanStructs(): void {
    const clientCount = this.#count(3)
    let before = Number.POSITIVE_INFINITY
    for (let i = 0; i < clientCount; i += 1) {
      const structs = this.#partCount()
      const client = this.#uint()
      if (client >= before) throw new MalformedUpdate('clients out of order')
      before = client
      this.#scanClient(client, structs)
    }
  }

  #scanClient(client: number, structs: number): void {
    const ranges: ClockRange[] = []
    let start = this.#uint()
    let clock = start
    for (let i = 0; i < structs; i += 1) {
      const info = decoding.readUint8(this.#decoder)
      if (info === 10) {
        if (clock > start) ranges.push({ start, end: clock })
        clock += this.#length()
        start = clock
      } else clock += (info & bits5) === 0 ? this.#length() : this.#scanItem(info, client, clock)
      if (clock > maxClock) throw new MalformedUpdate('clock too high')
    }
    if (clock > start) ranges.push({ start, end: clock })
    if (ranges.length > 0) this.clients.set(client, ranges)
  }

  /** A length that no bytes stand for: of collected or skipped structs. */
  #length(): number {
    const length = this.#uint()
    if (length === 0 || length > maxClock) throw new MalformedUpdate('length out of range')
    return length
  }

  #scanItem(info: number, client: number, clock: number): number {
    if ((info & hasOrigin) !== 0) this.#scanDependency(client, clock)
    if ((info & hasRightOrigin) !== 0) this.#scanDependency(client, clock)
    let isPerhapsMeta = true
    if ((info & (hasOrigin | hasRightOrigin)) === 0) {
      isPerhapsMeta = this.#uint() === 1
      if (isPerhapsMeta) this.#text()
      else this.#scanDependency(client, clock)
      if ((info & hasParentSub) !== 0) this.#text()
    }
    const kind = info & bits5
    // An overwritten key names neither its map nor itself: it may be the title. A first value names its map.
    if (kind === 8 && (info & hasParentSub) !== 0 && isPerhapsMeta) this.setsValues = true
    const length = this.#scanContent(kind)
    if (length === 0) throw new MalformedUpdate('empty struct')
    return length
  }

  /** @param ownClient whose struct leans on another, and at which clock */
  #scanDependency(ownClient: number, ownClock: number): void {
    const client = this.#uint()
    const needed = this.#uint() + 1
    if (needed > maxClock) throw new MalformedUpdate('clock too high')
    // Yjs takes what one client wrote in order for granted: every reader would throw at this update.
    if (client === ownClient && needed > ownClock) throw new MalformedUpdate('leans on what comes later')
    if (needed > (this.dependencies.get(client) ?? 0)) this.dependencies.set(client, needed)
  }

  /** Skips one item's content. @returns how many clocks it takes */
  #scanContent(kind: number): number {
    switch (kind) {
      case 1: // deleted
        return this.#length()
      case 2: // JSON of old documents
        return this.#repeat(() => {
          const text = decoding.readVarString(this.#decoder)
          if (text !== 'undefined') checkJson(text)
        })
      case 3: // binary
        this.#bytes()
        return 1
      case 4:
        return this.#text()
      case 5: // embed
        checkJson(decoding.readVarString(this.#decoder))
        return 1
      case 6: // format: key, value
        this.#text()
        checkJson(decoding.readVarString(this.#decoder))
        return 1
      case 7:
        this.#scanType()
        return 1
      case 8:
        return this.#repeat(() => {
          this.#scanAny(0)
        })
      default:
        // 9 is a document inside the document: there are none in Plein, and Yjs would build each of them.
        throw new MalformedUpdate('unknown content')
    }
  }

  #repeat(read: () => void): number {
    const count = this.#count(1)
    for (let i = 0; i < count; i += 1) read()
    return count
  }

  #scanType(): void {
    const type = this.#uint()
    if (type > highestTypeRef) throw new MalformedUpdate('unknown type')
    if (type === 3 || type === 5) this.#text()
  }

  #bytes(): Uint8Array {
    const length = this.#uint()
    if (length > this.#left()) throw new MalformedUpdate('more bytes claimed than sent')
    return decoding.readUint8Array(this.#decoder, length)
  }

  /** Skips a text. @returns its length as JavaScript and Yjs count: in UTF-16 units */
  #text(): number {
    const bytes = this.#bytes()
    // Yjs decodes strictly: one wrong byte would throw at every later merge.
    if (!isUtf8(bytes)) throw new MalformedUpdate('no UTF-8')
    let length = 0
    for (const byte of bytes) {
      // Every byte but a continuation begins a character; those of four bytes take two units.
      if ((byte & 0xc0) !== 0x80) length += byte >= 0xf0 ? 2 : 1
    }
    return length
  }

  /** Skips a value as `lib0` writes it; types count down from 127. */
  #scanAny(depth: number): void {
    if (depth > maxDepth) throw new MalformedUpdate('nested too deep')
    const type = decoding.readUint8(this.#decoder)
    if (type === 127 || type === 126 || type === 121 || type === 120) return
    if (type === 125) decoding.readVarInt(this.#decoder)
    else if (type === 124) this.#skip(4)
    else if (type === 123 || type === 122) this.#skip(8)
    else if (type === 119) this.#text()
    else if (type === 116) this.#bytes()
    else if (type === 118) {
      this.#repeat(() => {
        this.#text()
        this.#scanAny(depth + 1)
      })
    } else if (type === 117) {
      this.#repeat(() => {
        this.#scanAny(depth + 1)
      })
    } else throw new MalformedUpdate('unknown value')
  }

  #skip(length: number): void {
    if (length > this.#left()) throw new MalformedUpdate('truncated')
    this.#decoder.pos += length
  }

  #scanDeletions(): void {
    const clientCount = this.#count(2)
    for (let i = 0; i < clientCount; i += 1) {
      const client = this.#uint()
      const count = this.#partCount()
      const ranges = this.deletions.get(client) ?? []
      for (let j = 0; j < count; j += 1) {
        const start = this.#uint()
        const end = start + this.#uint()
        if (end > maxClock) throw new MalformedUpdate('clock too high')
        if (end > start) ranges.push({ start, end })
      }
      if (ranges.length > 0) this.deletions.set(client, ranges)
    }
  }
}

function checkJson(text: string): void {
  let depth = 0
  let inText = false
  for (let i = 0; i < text.length; i += 1) {
    const character = text[i]
    if (inText) {
      if (character === '\\') i += 1
      else if (character === '"') inText = false
    } else if (character === '"') inText = true
    else if (character === '[' || character === '{') depth += 1
    else if (character === ']' || character === '}') depth -= 1
    if (depth > maxDepth) throw new MalformedUpdate('nested too deep')
  }
  JSON.parse(text)
}
