import type { ImportRefusal } from './markdown-to-page.ts'
import type { ZipSkipReason } from '../zip/zip-directory.ts'

/** A file of a folder or a zip; its path is safe, relative, with `/` between its parts. */
export interface SourceEntry {
  readonly path: string
  readonly sizeBytes: number
}

/** Why a file did not come in. */
export type SkipReason =
  | ImportRefusal
  | ZipSkipReason
  /** Its bytes are not what the zip or the disk says. */
  | 'unreadable'
  /** More than one file may be. */
  | 'file-too-large'
  /** No Markdown, and no page shows it or links to it. */
  | 'not-referenced'
  /** What systems put into folders by themselves, and hidden folders. */
  | 'hidden'
  /** This laptop or the server had no room or would not take it. */
  | 'not-kept'

export interface Skipped {
  readonly path: string
  readonly reason: SkipReason
}

/** What is to be imported: files of a folder or a zip, read one at a time. */
export interface ImportSource {
  readonly entries: readonly SourceEntry[]
  /** What the source itself leaves out, by name. */
  readonly skipped: readonly Skipped[]
  /** The bytes of a file in pieces. Throws SourceUnreadable. */
  open(path: string): AsyncIterable<Uint8Array>
}

export class SourceUnreadable extends Error {
  override readonly name = 'SourceUnreadable'
  readonly reason = 'unreadable'
}

/** Files that nobody put there on purpose, and folders that are hidden: named, not read. */
export function isHidden(path: string): boolean {
  return path
    .split('/')
    .some((part) => part.startsWith('.') || part === '__MACOSX' || /^(?:thumbs\.db|desktop\.ini)$/i.test(part))
}

/** A whole file, at most so many bytes; throws SourceUnreadable where it is more. */
export async function readWhole(pieces: AsyncIterable<Uint8Array>, maxBytes: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  let sizeBytes = 0
  for await (const piece of pieces) {
    sizeBytes += piece.length
    if (sizeBytes > maxBytes) throw new SourceUnreadable()
    chunks.push(piece)
  }
  const [only] = chunks
  if (chunks.length === 1 && only !== undefined) return only
  const whole = new Uint8Array(sizeBytes)
  let at = 0
  for (const chunk of chunks) {
    whole.set(chunk, at)
    at += chunk.length
  }
  return whole
}
