import { fileTypeFromBuffer } from 'file-type'
import { open } from 'node:fs/promises'

/** How much of the beginning is looked at: the parts that name an office document lie within it, and no file keeps us longer. */
const headBytes = 64 * 1024

const unknownType = 'application/octet-stream'

/**
 * What a browser may show in place: bitmaps, sound, film and plain text, none of which can hold a script. Never SVG, HTML or PDF.
 */
export const inlineTypes: readonly string[] = [
  'image/png',
  'image/jpeg',
  'image/gif',
  'image/webp',
  'image/avif',
  'video/mp4',
  'video/webm',
  'audio/mpeg',
  'audio/ogg',
  'audio/wav',
  'text/plain',
]

/** The media type of a file by its content alone: a name and a header are anybody's claim. */
export async function readMediaType(path: string): Promise<string> {
  const handle = await open(path, 'r')
  try {
    const head = new Uint8Array(headBytes)
    const { bytesRead } = await handle.read(head, 0, headBytes, 0)
    return await mediaTypeOf(head.subarray(0, bytesRead), bytesRead < headBytes)
  } finally {
    await handle.close()
  }
}

/** @param isWhole whether these are all bytes of the file: a character may be cut at the end of a mere head */
export async function mediaTypeOf(head: Uint8Array, isWhole: boolean): Promise<string> {
  const text = readText(head, isWhole)
  const start = text?.slice(0, 4096) ?? ''
  // Text that a browser would run is named as that, wherever in the beginning it says so and whatever else it looks like.
  if (/<svg[\s>:]/i.test(start)) return 'image/svg+xml'
  if (/<(?:!doctype\s+html|html|head|body|script|iframe|style|title)[\s>/]/i.test(start)) return 'text/html'
  return (await binaryTypeOf(head)) ?? (text === undefined ? unknownType : 'text/plain')
}

async function binaryTypeOf(head: Uint8Array): Promise<string | undefined> {
  try {
    return (await fileTypeFromBuffer(head))?.mime
  } catch {
    // It looks like something and breaks off, or lies about its own sizes: what it is stays open.
    return undefined
  }
}

/** Text that a browser would run as something else is named as that, wherever in the beginning it says so. */
/** UTF-8 without control characters but those of layout; undefined for everything else, emptiness included. */
function readText(head: Uint8Array, isWhole: boolean): string | undefined {
  if (head.length === 0) return undefined
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(head, { stream: !isWhole })
    // oxlint-disable-next-line no-control-regex -- control characters are exactly what is looked for
    return /[\u0000-\u0008\u000e-\u001a\u001c-\u001f\u007f]/.test(text) ? undefined : text
  } catch {
    return undefined
  }
}
