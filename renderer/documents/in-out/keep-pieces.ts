import { mintId, parseFileHash, type DeviceId, type OrganisationId } from '../../../model/ids.ts'
import { Sha256 } from '../../../model/sha256.ts'
import { placeFromBytes, type FilePlaces } from '../../storage/file-places.ts'
import type { StoredFile } from '../../storage/store-file.ts'

interface KeepPiecesOptions {
  readonly organisationId: OrganisationId
  readonly places: FilePlaces | null
  readonly sizeBytes: number
  readonly type: string
}

/** Takes a file in as it is unpacked, piece by piece: large ones go straight to a place of their own on the disk. */
export async function keepPieces(
  pieces: AsyncIterable<Uint8Array>,
  { organisationId, places, sizeBytes, type }: KeepPiecesOptions,
): Promise<StoredFile> {
  const place = `${organisationId}-${mintId<DeviceId>((bytes) => crypto.getRandomValues(bytes))}`
  const writer = sizeBytes < placeFromBytes ? null : ((await places?.openWriter(place)) ?? null)
  const digest = new Sha256()
  const parts: Uint8Array<ArrayBuffer>[] = []
  try {
    for await (const piece of pieces) {
      digest.update(piece)
      if (writer === null) parts.push(new Uint8Array(piece))
      else writer.write(piece)
    }
  } catch (error) {
    writer?.close()
    if (writer !== null) await places?.remove(place)
    throw error
  }
  writer?.close()
  const hash = parseFileHash(digest.digest())
  if (hash === undefined) throw new Error('A digest that is no digest')
  const bytes = writer === null ? { blob: new Blob(parts, { type }) } : { place, sizeBytes: writer.sizeBytes }
  return { hash, bytes }
}
