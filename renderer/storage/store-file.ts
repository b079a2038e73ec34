import { parseFileHash, type FileHash } from '../../model/ids.ts'
import { fail, ok, type Result } from '../../model/result.ts'
import { Sha256 } from '../../model/sha256.ts'
import { placeFromBytes, type FilePlaces } from './file-places.ts'
import type { StoredBytes } from './file-storage.ts'
import { problemOf } from './storage-failure.ts'

export interface StoredFile {
  readonly hash: FileHash
  readonly bytes: StoredBytes
}

/** `unreadable`: it was moved, changed or taken away while it was read. */
export type StoreFileError = 'unreadable' | 'storage-full'

/**
 * Reads a file once, hashing and copying it in the same pass, so that what is stored is what was hashed whatever happens to the
 * original. Without places the file itself is kept, and the database copies it.
 */
export async function storeFile(
  file: Blob,
  {
    places,
    place,
    onProgress,
  }: { readonly places: FilePlaces | null; readonly place: string; readonly onProgress: (doneBytes: number) => void },
): Promise<Result<StoredFile, StoreFileError>> {
  const writer = file.size < placeFromBytes ? null : ((await places?.openWriter(place)) ?? null)
  const digest = new Sha256()
  try {
    const reader = file.stream().getReader()
    for (let piece = await reader.read(); !piece.done; piece = await reader.read()) {
      digest.update(piece.value)
      writer?.write(piece.value)
      onProgress(digest.sizeBytes)
    }
  } catch (error) {
    writer?.close()
    await places?.remove(place)
    return fail(problemOf(error) === 'full' ? 'storage-full' : 'unreadable')
  }
  writer?.close()
  const hash = parseFileHash(digest.digest())
  if (hash === undefined) throw new Error('A digest that is no digest')
  return ok({ hash, bytes: writer === null ? { blob: file } : { place, sizeBytes: writer.sizeBytes } })
}
