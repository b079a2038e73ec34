import { parseFileHash } from '../../model/ids.ts'
import { fail, ok, type Result } from '../../model/result.ts'
import { placeFromBytes } from './file-places.ts'
import { storeFile, type StoredFile, type StoreFileError } from './store-file.ts'

export interface TakeFileOptions {
  /** The name of the place, used by nobody else. */
  readonly place: string
  readonly onProgress: (doneBytes: number) => void
}

/** Takes a file in from a window: small ones at once, large ones in a worker of their own. */
export async function takeFile(file: Blob, options: TakeFileOptions): Promise<Result<StoredFile, StoreFileError>> {
  if (file.size >= placeFromBytes && typeof Worker !== 'undefined') return takeInWorker(file, options)
  const copy = await copyOf(file)
  return copy === undefined ? fail('unreadable') : storeFile(copy, { ...options, places: null })
}

/** The bytes themselves: the original may be gone before the database has read it. */
async function copyOf(file: Blob): Promise<Blob | undefined> {
  try {
    return new Blob([await file.arrayBuffer()], { type: file.type })
  } catch {
    return undefined
  }
}

function takeInWorker(file: Blob, { place, onProgress }: TakeFileOptions): Promise<Result<StoredFile, StoreFileError>> {
  const worker = new Worker(new URL('./store-file-worker.ts', import.meta.url), { type: 'module', name: 'plein-file' })
  return new Promise<Result<StoredFile, StoreFileError>>((resolve) => {
    worker.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
      const doneBytes: unknown = Reflect.get(Object(data), 'doneBytes')
      if (typeof doneBytes === 'number') onProgress(doneBytes)
      else resolve(readResult(Reflect.get(Object(data), 'result')))
    })
    worker.addEventListener('error', () => resolve(fail('unreadable')))
    worker.postMessage({ file, place })
  }).finally(() => worker.terminate())
}

function readResult(value: unknown): Result<StoredFile, StoreFileError> {
  const { ok: isOk, value: stored, error } = Object(value) as Readonly<Record<string, unknown>>
  if (isOk !== true) return fail(error === 'storage-full' ? 'storage-full' : 'unreadable')
  const { hash: text, bytes } = Object(stored) as Readonly<Record<string, unknown>>
  const { blob, place, sizeBytes } = Object(bytes) as Readonly<Record<string, unknown>>
  const hash = parseFileHash(text)
  if (hash === undefined) return fail('unreadable')
  if (blob instanceof Blob) return ok({ hash, bytes: { blob } })
  if (typeof place !== 'string' || typeof sizeBytes !== 'number') return fail('unreadable')
  return ok({ hash, bytes: { place, sizeBytes } })
}
