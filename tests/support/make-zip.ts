import { deflateRawSync } from 'node:zlib'
import { crc32 } from '../../model/zip/crc32.ts'

/** An entry of a zip as a test wants it, lies included. */
export interface MadeEntry {
  /** Bytes of the name, where it is not UTF-8. */
  readonly name: string | Uint8Array
  readonly content?: string | Uint8Array
  /** What the directory claims, where it is not the truth. */
  readonly claimedBytes?: number
  readonly claimedCrc?: number
  readonly flags?: number
  readonly method?: number
  /** A Unix mode, such as 0o120777 of a symbolic link. */
  readonly mode?: number
  /** The content of the entry with this number, once more: many entries over one heap of bytes. */
  readonly sameAs?: number
}

/** Builds a zip by hand, so that it may be hostile. */
export function makeZip(entries: readonly MadeEntry[], { comment = '' } = {}): Uint8Array {
  const parts: Buffer[] = []
  const directory: Buffer[] = []
  const offsets: number[] = []
  let at = 0
  for (const entry of entries) {
    const made = makeEntry(entry)
    const offset = entry.sameAs === undefined ? at : (offsets[entry.sameAs] ?? 0)
    offsets.push(offset)
    directory.push(directoryRecord(made, offset))
    if (entry.sameAs !== undefined) continue
    const local = localRecord(made)
    parts.push(local)
    at += local.length
  }
  const list = Buffer.concat(directory)
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(entries.length, 8)
  end.writeUInt16LE(entries.length, 10)
  end.writeUInt32LE(list.length, 12)
  end.writeUInt32LE(at, 16)
  end.writeUInt16LE(Buffer.byteLength(comment), 20)
  return new Uint8Array(Buffer.concat([...parts, list, end, Buffer.from(comment)]))
}

interface Made {
  readonly name: Buffer
  readonly packed: Buffer
  readonly sizeBytes: number
  readonly crc: number
  readonly flags: number
  readonly method: number
  readonly mode: number
}

function makeEntry({
  name,
  content = '',
  claimedBytes,
  claimedCrc,
  flags = 0x800,
  method = 8,
  mode = 0o100644,
}: MadeEntry): Made {
  const bytes = Buffer.from(content)
  return {
    name: Buffer.from(name),
    packed: method === 8 ? deflateRawSync(bytes) : bytes,
    sizeBytes: claimedBytes ?? bytes.length,
    crc: claimedCrc ?? crc32(bytes),
    flags,
    method,
    mode,
  }
}

function localRecord({ name, packed, sizeBytes, crc, flags, method }: Made): Buffer {
  const head = Buffer.alloc(30)
  head.writeUInt32LE(0x04034b50, 0)
  head.writeUInt16LE(20, 4)
  head.writeUInt16LE(flags, 6)
  head.writeUInt16LE(method, 8)
  head.writeUInt32LE(crc, 14)
  head.writeUInt32LE(packed.length, 18)
  head.writeUInt32LE(sizeBytes, 22)
  head.writeUInt16LE(name.length, 26)
  return Buffer.concat([head, name, packed])
}

function directoryRecord({ name, packed, sizeBytes, crc, flags, method, mode }: Made, offset: number): Buffer {
  const head = Buffer.alloc(46)
  head.writeUInt32LE(0x02014b50, 0)
  head.writeUInt16LE(0x031e, 4)
  head.writeUInt16LE(20, 6)
  head.writeUInt16LE(flags, 8)
  head.writeUInt16LE(method, 10)
  head.writeUInt32LE(crc, 16)
  head.writeUInt32LE(packed.length, 20)
  head.writeUInt32LE(sizeBytes, 24)
  head.writeUInt16LE(name.length, 28)
  head.writeUInt32LE((mode << 16) >>> 0, 38)
  head.writeUInt32LE(offset, 42)
  return Buffer.concat([head, name])
}
