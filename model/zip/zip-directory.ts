import { fail, ok, type Result } from '../result.ts'
import type { ByteSource } from './byte-source.ts'
import { decodeName, safePath } from './zip-names.ts'

/** A file in a zip, as its directory tells of it. */
export interface ZipEntry {
  readonly path: string
  readonly sizeBytes: number
  readonly compressedBytes: number
  readonly isDeflated: boolean
  readonly crc: number
  /** Where its own header begins. */
  readonly offset: number
}

/** Why a file in a zip is passed over. */
export type ZipSkipReason =
  | 'encrypted'
  | 'unsafe-path'
  | 'symbolic-link'
  | 'unknown-compression'
  | 'same-name'
  | 'zip-bomb'

/** Why a zip is not opened at all. */
export type ZipRefusal = 'not-a-zip' | 'damaged-zip' | 'split-zip' | 'too-many-files' | 'too-many-bytes' | 'zip-bomb'

export interface ZipDirectory {
  readonly entries: readonly ZipEntry[]
  readonly skipped: readonly { readonly path: string; readonly reason: ZipSkipReason }[]
}

export interface ZipLimits {
  readonly entries: number
  readonly totalBytes: number
}

export const zipLimits: ZipLimits = { entries: 100_000, totalBytes: 8 * 1024 ** 3 }

/** Text shrinks to a tenth, drawings perhaps to a fiftieth; what shrinks more than this was made to burst. */
const maxRatio = 200
/** Below this nothing bursts: a file of one letter repeated may shrink as it likes. */
const harmlessBytes = 1024 * 1024
const maxDirectoryBytes = 64 * 1024 * 1024

/**
 * Reads the directory at the end of a zip: what is in it, and what of that is passed over. Nothing is unpacked; the sizes are
 * what the zip claims, and whoever unpacks holds it to them.
 */
export async function readZipDirectory(
  source: ByteSource,
  limits: ZipLimits = zipLimits,
): Promise<Result<ZipDirectory, ZipRefusal>> {
  const end = await findEnd(source)
  if (!end.ok) return end
  if (end.value.count > limits.entries) return fail('too-many-files')
  const { start, length } = end.value
  if (length > maxDirectoryBytes || start + length > source.sizeBytes) return fail('damaged-zip')
  const bytes = await source.read(start, length)
  const found = parseDirectory(bytes, source.sizeBytes)
  if (found === null || found.length !== end.value.count) return fail('damaged-zip')
  return judge(found, source.sizeBytes, limits)
}

interface End {
  readonly count: number
  readonly start: number
  readonly length: number
}

const endSignature = 0x06054b50
const endBytes = 22
const maxCommentBytes = 0xffff

async function findEnd(source: ByteSource): Promise<Result<End, ZipRefusal>> {
  const tailStart = Math.max(0, source.sizeBytes - endBytes - maxCommentBytes)
  const tail = await source.read(tailStart, source.sizeBytes - tailStart)
  const view = viewOf(tail)
  for (let at = tail.length - endBytes; at >= 0; at -= 1) {
    if (view.getUint32(at, true) !== endSignature) continue
    // A comment may hold anything, these four bytes too: the real end names a comment that reaches to the end.
    if (at + endBytes + view.getUint16(at + 20, true) !== tail.length) continue
    return readEnd(source, view, at, tailStart)
  }
  return fail('not-a-zip')
}

async function readEnd(
  source: ByteSource,
  view: DataView,
  at: number,
  tailStart: number,
): Promise<Result<End, ZipRefusal>> {
  const count = view.getUint16(at + 10, true)
  const length = view.getUint32(at + 12, true)
  const start = view.getUint32(at + 16, true)
  if (count === 0xffff || length === 0xffffffff || start === 0xffffffff) return readLongEnd(source, tailStart + at)
  const isSplit = view.getUint16(at + 4, true) !== 0 || view.getUint16(at + 8, true) !== count
  return isSplit ? fail('split-zip') : ok({ count, start, length })
}

/** The end record of zips with more than 65,535 files or 4 GB, which stands before the short one. */
async function readLongEnd(source: ByteSource, shortEnd: number): Promise<Result<End, ZipRefusal>> {
  const locator = viewOf(await source.read(Math.max(0, shortEnd - 20), 20))
  if (locator.byteLength < 20 || locator.getUint32(0, true) !== 0x07064b50) return fail('damaged-zip')
  const at = readLong(locator, 8)
  if (at === null || at + 56 > source.sizeBytes) return fail('damaged-zip')
  const view = viewOf(await source.read(at, 56))
  if (view.byteLength < 56 || view.getUint32(0, true) !== 0x06064b50) return fail('damaged-zip')
  const [count, length, start] = [readLong(view, 32), readLong(view, 40), readLong(view, 48)]
  if (count === null || length === null || start === null) return fail('damaged-zip')
  return ok({ count, length, start })
}

interface RawEntry extends ZipEntry {
  readonly name: string
  readonly method: number
  readonly flags: number
  readonly mode: number
}

function parseDirectory(bytes: Uint8Array, sizeBytes: number): readonly RawEntry[] | null {
  const view = viewOf(bytes)
  const entries: RawEntry[] = []
  for (let at = 0; at < bytes.length;) {
    if (at + 46 > bytes.length || view.getUint32(at, true) !== 0x02014b50) return null
    const nameLength = view.getUint16(at + 28, true)
    const extraLength = view.getUint16(at + 30, true)
    const next = at + 46 + nameLength + extraLength + view.getUint16(at + 32, true)
    if (next > bytes.length) return null
    const entry = parseEntry(bytes, at, { nameLength, extraLength })
    if (entry === null || entry.offset + 30 + entry.compressedBytes > sizeBytes) return null
    entries.push(entry)
    at = next
  }
  return entries
}

function parseEntry(
  bytes: Uint8Array,
  at: number,
  { nameLength, extraLength }: { readonly nameLength: number; readonly extraLength: number },
): RawEntry | null {
  const view = viewOf(bytes)
  const nameEnd = at + 46 + nameLength
  const long = longFields(bytes.subarray(nameEnd, nameEnd + extraLength), [
    view.getUint32(at + 24, true),
    view.getUint32(at + 20, true),
    view.getUint32(at + 42, true),
  ])
  if (long === null) return null
  const [sizeBytes = 0, compressedBytes = 0, offset = 0] = long
  const method = view.getUint16(at + 10, true)
  return {
    name: decodeName(bytes.subarray(at + 46, nameEnd)),
    path: '',
    flags: view.getUint16(at + 8, true),
    method,
    isDeflated: method === 8,
    crc: view.getUint32(at + 16, true),
    // The upper half holds what a Unix keeps of a file: a symbolic link says so there.
    mode: view.getUint32(at + 38, true) >>> 16,
    sizeBytes,
    compressedBytes,
    offset,
  }
}

/** Sizes and offset, each from the extra field for large files where the short one is full. */
function longFields(extra: Uint8Array, short: readonly number[]): readonly number[] | null {
  if (!short.includes(0xffffffff)) return short
  const view = viewOf(extra)
  for (let at = 0; at + 4 <= extra.length;) {
    const length = view.getUint16(at + 2, true)
    if (view.getUint16(at, true) === 1) {
      let from = at + 4
      const end = Math.min(from + length, extra.length)
      const values = short.map((value) => {
        if (value !== 0xffffffff) return value
        const long = from + 8 <= end ? readLong(view, from) : null
        from += 8
        return long
      })
      return values.every((value) => value !== null) ? values : null
    }
    at += 4 + length
  }
  return null
}

function judge(
  found: readonly RawEntry[],
  sizeBytes: number,
  limits: ZipLimits,
): Result<ZipDirectory, 'zip-bomb' | 'too-many-bytes'> {
  if (overlaps(found)) return fail('zip-bomb')
  const total = found.reduce((sum, entry) => sum + entry.sizeBytes, 0)
  if (total > limits.totalBytes) return fail('too-many-bytes')
  if (total > 100 * harmlessBytes && total > sizeBytes * maxRatio) return fail('zip-bomb')
  const entries: ZipEntry[] = []
  const skipped: { path: string; reason: ZipSkipReason }[] = []
  const taken = new Set<string>()
  for (const { name, method, flags, mode, ...entry } of found) {
    if (/[/\\]$/.test(name)) continue
    const path = safePath(name)
    const reason = path === null ? 'unsafe-path' : reasonToSkip({ ...entry, method, flags, mode }, taken.has(path))
    if (path === null || reason !== null) {
      skipped.push({ path: shownName(name), reason: reason ?? 'unsafe-path' })
      continue
    }
    taken.add(path)
    entries.push({ ...entry, path })
  }
  return ok({ entries, skipped })
}

function reasonToSkip(
  entry: Pick<RawEntry, 'method' | 'flags' | 'mode' | 'sizeBytes' | 'compressedBytes'>,
  isTaken: boolean,
): ZipSkipReason | null {
  if ((entry.flags & 1) !== 0 || entry.method === 99) return 'encrypted'
  if ((entry.mode & 0xf000) === 0xa000) return 'symbolic-link'
  if (entry.method !== 0 && entry.method !== 8) return 'unknown-compression'
  if (entry.sizeBytes > harmlessBytes && entry.sizeBytes > entry.compressedBytes * maxRatio) return 'zip-bomb'
  return isTaken ? 'same-name' : null
}

/** One heap of bytes that many entries claim to be theirs unpacks to terabytes. */
function overlaps(entries: readonly RawEntry[]): boolean {
  let end = 0
  for (const { offset, compressedBytes } of entries.toSorted((a, b) => a.offset - b.offset)) {
    if (offset < end) return true
    end = offset + 30 + compressedBytes
  }
  return false
}

/** For a report: what cannot be drawn is left out, and it is short. */
function shownName(name: string): string {
  // oxlint-disable-next-line no-control-regex -- control characters are exactly what must go
  return name.replaceAll(/[\u0000-\u001f\u007f]/g, '\uFFFD').slice(0, 200)
}

/** A whole number of 64 bits; null where JavaScript cannot hold it. */
function readLong(view: DataView, at: number): number | null {
  const value = view.getUint32(at, true) + view.getUint32(at + 4, true) * 0x1_0000_0000
  return Number.isSafeInteger(value) ? value : null
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
}
