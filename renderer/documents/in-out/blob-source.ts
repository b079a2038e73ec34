import { SourceUnreadable, type ImportSource, type Skipped } from '../../../model/markdown/import-source.ts'
import { fail, ok, type Result } from '../../../model/result.ts'
import type { ByteSource } from '../../../model/zip/byte-source.ts'
import { zipLimits, type ZipRefusal } from '../../../model/zip/zip-directory.ts'
import { safePath } from '../../../model/zip/zip-names.ts'
import { openZipSource } from '../../../model/zip/zip-source.ts'
import type { ImportChoice } from '../in-out.ts'

/** What somebody chose as a source of an import. Files stay where they are and are read one at a time. */
export async function openChoice(choice: ImportChoice): Promise<Result<ImportSource, ZipRefusal>> {
  if (choice.kind === 'zip') return openZipSource(bytesOf(choice.file))
  if (choice.files.length > zipLimits.entries) return fail('too-many-files')
  const files = new Map<string, Blob>()
  const skipped: Skipped[] = []
  for (const { path, file } of choice.files) {
    const safe = safePath(path)
    if (safe === null) skipped.push({ path, reason: 'unsafe-path' })
    else files.set(safe, file)
  }
  return ok({
    entries: [...files].map(([path, { size }]) => ({ path, sizeBytes: size })),
    skipped,
    open: (path) => piecesOf(files.get(path)),
  })
}

function bytesOf(file: Blob): ByteSource {
  return {
    sizeBytes: file.size,
    read: async (start, length) => new Uint8Array(await file.slice(start, start + length).arrayBuffer()),
  }
}

const pieceBytes = 1024 * 1024

async function* piecesOf(file: Blob | undefined): AsyncGenerator<Uint8Array> {
  if (file === undefined) throw new SourceUnreadable()
  for (let at = 0; at < file.size; at += pieceBytes) yield await readPiece(file.slice(at, at + pieceBytes))
}

/** A file that was changed or taken away since it was chosen cannot be read any more. */
async function readPiece(piece: Blob): Promise<Uint8Array> {
  try {
    return new Uint8Array(await piece.arrayBuffer())
  } catch (cause) {
    throw new SourceUnreadable(undefined, { cause })
  }
}
