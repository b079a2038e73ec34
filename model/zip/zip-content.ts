import { Inflate } from 'fflate'
import type { ByteSource } from './byte-source.ts'
import { crc32 } from './crc32.ts'
import type { ZipEntry } from './zip-directory.ts'

/** The bytes of an entry are not what the zip says of them. Nothing of it may be used. */
export class ZipContentDamaged extends Error {
  override readonly name = 'ZipContentDamaged'
  readonly reason = 'damaged'
}

const readBytes = 256 * 1024
/** Deflate makes at most 1,032 bytes of one: a step never makes more than 8 MB. */
const stepBytes = 8 * 1024

/**
 * Unpacks one entry, a piece at a time. Throws ZipContentDamaged as soon as more comes out than the directory said, and at the
 * end where size or checksum differ.
 */
export async function* readZipEntry(source: ByteSource, entry: ZipEntry): AsyncGenerator<Uint8Array> {
  const unpack = entry.isDeflated ? inflating() : (bytes: Uint8Array) => [bytes]
  let crc = 0
  let sizeBytes = 0
  for await (const { bytes, isLast } of stepsOf(source, entry)) {
    for (const chunk of unpack(bytes, isLast)) {
      sizeBytes += chunk.length
      if (sizeBytes > entry.sizeBytes) throw new ZipContentDamaged()
      crc = crc32(chunk, crc)
      yield chunk
    }
  }
  if (sizeBytes !== entry.sizeBytes || crc !== entry.crc) throw new ZipContentDamaged()
}

/** The packed bytes of an entry, in steps that are safe to unpack. */
async function* stepsOf(
  source: ByteSource,
  entry: ZipEntry,
): AsyncGenerator<{ readonly bytes: Uint8Array; readonly isLast: boolean }> {
  const start = await contentStart(source, entry)
  const total = entry.compressedBytes
  for (let done = 0; done < total; done += readBytes) {
    const wanted = Math.min(readBytes, total - done)
    const packed = await source.read(start + done, wanted)
    if (packed.length !== wanted) throw new ZipContentDamaged()
    for (let at = 0; at < wanted; at += stepBytes) {
      yield { bytes: packed.subarray(at, at + stepBytes), isLast: done + at + stepBytes >= total }
    }
  }
}

/** Behind the entry's own header, whose name and extra field may be longer than those in the directory. */
async function contentStart(source: ByteSource, { offset, compressedBytes }: ZipEntry): Promise<number> {
  const header = await source.read(offset, 30)
  const view = new DataView(header.buffer, header.byteOffset, header.byteLength)
  if (header.length !== 30 || view.getUint32(0, true) !== 0x04034b50) throw new ZipContentDamaged()
  const start = offset + 30 + view.getUint16(26, true) + view.getUint16(28, true)
  if (start + compressedBytes > source.sizeBytes) throw new ZipContentDamaged()
  return start
}

function inflating(): (bytes: Uint8Array, isLast: boolean) => readonly Uint8Array[] {
  let made: Uint8Array[] = []
  const inflate = new Inflate((chunk) => {
    if (chunk.length > 0) made.push(chunk)
  })
  return (bytes, isLast) => {
    try {
      inflate.push(bytes, isLast)
    } catch (cause) {
      // fflate throws for whatever is no deflate stream.
      throw new ZipContentDamaged(undefined, { cause })
    }
    const chunks = made
    made = []
    return chunks
  }
}
