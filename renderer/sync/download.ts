import { apiPaths } from '../../model/api.ts'
import type { FileHash, OrganisationId, SpaceId } from '../../model/ids.ts'
import { Sha256 } from '../../model/sha256.ts'
import type { FileStorage } from '../storage/file-storage.ts'
import { placeFromBytes, type FilePlaces, type PlaceWriter } from '../storage/file-places.ts'
import { StorageFailed } from '../storage/laptop-storage.ts'
import { problemOf } from '../storage/storage-failure.ts'
import { NoAnswer, type FileRequest } from './file-request.ts'
import type { FetchFileFailure } from './sync-messages.ts'

export type DownloadOutcome = 'done' | FetchFileFailure

export interface DownloadParts {
  readonly request: FileRequest
  readonly storage: FileStorage
  readonly organisationId: OrganisationId
  /** Null: everything is held in memory once, and stored in the database. */
  readonly places: FilePlaces | null
  readonly onProgress: (doneBytes: number, sizeBytes: number) => void
}

/** Fetches a file; a large one goes on where an earlier try broke off. Nothing is kept that is not what its hash says. */
export async function downloadFile(spaceId: SpaceId, hash: FileHash, parts: DownloadParts): Promise<DownloadOutcome> {
  const place = `${parts.organisationId}-${hash}`
  const writer = (await parts.places?.openWriter(place)) ?? null
  try {
    return await fetchInto({ spaceId, hash, place, writer }, parts)
  } catch (error) {
    if (error instanceof NoAnswer) return 'offline'
    const isFull = error instanceof StorageFailed ? error.reason === 'full' : problemOf(error) === 'full'
    if (isFull) return 'full'
    throw error
  } finally {
    writer?.close()
  }
}

interface Wanted {
  readonly spaceId: SpaceId
  readonly hash: FileHash
  readonly place: string
  readonly writer: PlaceWriter | null
}

async function fetchInto(wanted: Wanted, parts: DownloadParts): Promise<DownloadOutcome> {
  const { spaceId, hash, writer } = wanted
  const from = writer?.sizeBytes ?? 0
  const range = from === 0 ? {} : { range: `bytes=${from}-`, 'if-range': `"${hash}"` }
  const response = await parts.request(apiPaths.file(spaceId, hash), { headers: range })
  // Everything was here, and only the end was not noted.
  if (response.status === 416 && from > 0) return keepPlace(wanted, await digestOf(wanted, parts), parts)
  if (!response.ok) return failureOf(response.status)
  const isRest = response.status === 206
  const length = Number(response.headers.get('content-length') ?? 0)
  if (writer === null || (!isRest && length < placeFromBytes)) return keepWhole(wanted, response, parts)
  if (!isRest) writer.empty()
  const digest = isRest ? await digestOf(wanted, parts) : new Sha256()
  const sizeBytes = length + writer.sizeBytes
  await readAll(response, (piece) => {
    writer.write(piece)
    digest.update(piece)
    parts.onProgress(writer.sizeBytes, sizeBytes)
  })
  return writer.sizeBytes === sizeBytes ? keepPlace(wanted, digest, parts) : 'offline'
}

async function keepPlace(
  { hash, place, writer }: Wanted,
  digest: Sha256,
  { storage }: DownloadParts,
): Promise<DownloadOutcome> {
  if (writer === null) return 'offline'
  const { sizeBytes } = writer
  if (digest.digest() !== hash) {
    writer.empty()
    return 'offline'
  }
  await storage.keepBytes(hash, { place, sizeBytes })
  return 'done'
}

async function keepWhole(
  { hash, writer, place }: Wanted,
  response: Response,
  parts: DownloadParts,
): Promise<DownloadOutcome> {
  const pieces: Uint8Array<ArrayBuffer>[] = []
  const digest = new Sha256()
  await readAll(response, (piece) => {
    pieces.push(piece)
    digest.update(piece)
  })
  if (digest.digest() !== hash) return 'offline'
  const type = (response.headers.get('content-type') ?? '').split(';')[0] ?? ''
  await parts.storage.keepBytes(hash, { blob: new Blob(pieces, { type }) })
  if (writer !== null) {
    writer.close()
    await parts.places?.remove(place)
  }
  return 'done'
}

/** What an earlier try left, hashed again from the disk. */
async function digestOf({ place }: Wanted, { places }: DownloadParts): Promise<Sha256> {
  const digest = new Sha256()
  const here = await places?.read(place)
  if (here !== undefined) await readAll(new Response(here), (piece) => digest.update(piece))
  return digest
}

async function readAll(response: Response, take: (piece: Uint8Array<ArrayBuffer>) => void): Promise<void> {
  const reader = response.body?.getReader()
  if (reader === undefined) return
  for (;;) {
    const { done, value } = await nextOf(reader)
    if (done || value === undefined) return
    take(value)
  }
}

async function nextOf(reader: ReadableStreamDefaultReader<Uint8Array<ArrayBuffer>>) {
  try {
    return await reader.read()
  } catch (cause) {
    throw new NoAnswer('The answer broke off', { cause })
  }
}

function failureOf(status: number): FetchFileFailure {
  if (status === 404) return 'unknown'
  return status === 403 ? 'forbidden' : 'offline'
}
