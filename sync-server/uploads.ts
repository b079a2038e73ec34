import { MemoryLocker, Metadata, Server, type Upload } from '@tus/server'
import { readdirSync } from 'node:fs'
import { rm, stat, statfs } from 'node:fs/promises'
import { join } from 'node:path'
import {
  mintId,
  parseFileHash,
  parseId,
  type DeviceId,
  type FileHash,
  type FillRandom,
  type PersonId,
  type SpaceId,
} from '../model/ids.ts'
import { cleanFileName } from '../model/file-name.ts'
import type { FileShelf } from './files.ts'
import { Refused } from './problem.ts'
import type { FileTables, UploadRecord } from './store/file-tables.ts'
import type { Clock } from './sync-options.ts'
import { UploadStore } from './upload-store.ts'

/** Who uploads, and where to. */
export interface Uploader {
  readonly personId: PersonId
  readonly spaceId: SpaceId
}

/** One request of the tus protocol, with the headers that belong to it and no others. */
export interface TusRequest {
  readonly method: 'POST' | 'PATCH' | 'HEAD'
  readonly headers: Readonly<Record<string, string>>
  readonly body: ReadableStream<Uint8Array> | null
}

export interface TusAnswer {
  readonly status: number
  readonly headers: Headers
}

export interface UploadLimits {
  /** Bytes of one file. */
  readonly fileBytes: number
  /** What one person may have begun and not finished. */
  readonly unfinishedUploads: number
  readonly unfinishedBytes: number
  /** How long an upload that nobody goes on with is kept. */
  readonly expiresAfterMs: number
  /** Room that must be left on the disk for everything else. */
  readonly spareBytes: number
}

const mebibyte = 1024 * 1024

export function uploadLimits(fileBytes: number): UploadLimits {
  return {
    fileBytes,
    unfinishedUploads: 100,
    unfinishedBytes: Math.max(2 * fileBytes, 64 * mebibyte),
    expiresAfterMs: 14 * 24 * 3600 * 1000,
    spareBytes: 64 * mebibyte,
  }
}

export interface UploadsOptions {
  readonly shelf: FileShelf
  readonly tables: FileTables
  readonly clock: Clock
  readonly random: FillRandom
  readonly limits: UploadLimits
}

/** Resumable uploads (tus 1.0.0), checked against their SHA-256 before anybody can have the file. */
export class Uploads {
  readonly limits: UploadLimits
  readonly #shelf: FileShelf
  readonly #tables: FileTables
  readonly #clock: Clock
  readonly #store: UploadStore
  readonly #tus: Server
  /** Who makes each request, and what went wrong with it that the library would put into words of its own. */
  readonly #uploaders = new WeakMap<object, Uploader>()
  readonly #troubles = new WeakMap<object, unknown>()
  readonly #finishing = new Map<string, Promise<void>>()

  constructor(options: UploadsOptions) {
    this.limits = options.limits
    this.#shelf = options.shelf
    this.#tables = options.tables
    this.#clock = options.clock
    const { expiresAfterMs } = options.limits
    this.#store = new UploadStore({ ...options, directory: options.shelf.asideDir, expiresAfterMs })
    this.#tus = new Server({
      path: '/uploads',
      datastore: this.#store,
      locker: new MemoryLocker({ acquireLockTimeout: 10_000 }),
      // A laptop that comes back finds its own broken request still open: that one ends soon.
      lockDrainTimeout: 200,
      maxSize: options.limits.fileBytes,
      namingFunction: () => mintId<DeviceId>(options.random),
      onUploadCreate: (request, upload) => this.#admit(this.#uploaderOf(request), upload),
      onUploadFinish: async (_request, { id }) => {
        await this.#finish(id)
        return {}
      },
      onResponseError: (request, error) => {
        this.#troubles.set(request, error)
        return undefined
      },
    })
  }

  /** An upload that this person has begun in this space; `unknown-upload` for everybody else's. */
  mustGet(id: string, { personId, spaceId }: Uploader): UploadRecord {
    const known = parseId<DeviceId>(id)
    const record = known === undefined ? undefined : this.#tables.upload(known)
    if (record === undefined || record.personId !== personId || record.spaceId !== spaceId) {
      throw new Refused('unknown-upload')
    }
    return record
  }

  /** The same file again, by the same person, in the same space: goes on where it was. */
  findUnfinished(
    { personId, spaceId }: Uploader,
    metadata: string | undefined,
    length: string | undefined,
  ): string | undefined {
    const hash = hashIn(metadata)
    return this.#tables
      .unfinished(personId)
      .find((each) => each.hash === hash && each.spaceId === spaceId && String(each.sizeBytes) === length)?.id
  }

  /** Bytes that are here of an upload; all of them, once it is finished. A whole one that nobody checked yet is finished first. */
  async offsetOf(record: UploadRecord): Promise<number> {
    if (record.finished) return record.sizeBytes
    const offset = await sizeOf(this.#store.pathOf(record.id))
    if (offset === undefined) throw new Refused('unknown-upload')
    if (offset === record.sizeBytes) await this.#finish(record.id)
    return offset
  }

  /** Lets the library answer; what it refuses is thrown as a problem of ours. */
  async handle(id: string | null, uploader: Uploader, { method, headers, body }: TusRequest): Promise<TusAnswer> {
    // Whatever the address was: the library sees an id that we minted, and nothing of anybody else's.
    const url = `http://plein.invalid/uploads${id === null ? '' : `/${id}`}`
    const request = new Request(url, { method, headers, body, ...(body === null ? {} : { duplex: 'half' }) })
    this.#uploaders.set(request, uploader)
    const response = await this.#tus.handleWeb(request)
    if (response.status < 400) return { status: response.status, headers: response.headers }
    throw refusalOf(response.status, this.#troubles.get(request), await response.text())
  }

  async remove(id: string): Promise<void> {
    this.#store.forget(id)
    this.#tables.removeUpload(id)
    await rm(this.#store.pathOf(id), { force: true })
  }

  /** Removes what nobody has gone on with for a fortnight, and bytes that no upload knows. Answers how many uploads went. */
  async sweep(): Promise<number> {
    const before = this.#clock.nowMs() - this.limits.expiresAfterMs
    const stale = this.#tables.staleUploads(before)
    for (const id of stale) await this.remove(id)
    for (const name of readdirSync(this.#shelf.asideDir)) {
      if (this.#tables.upload(name) !== undefined) continue
      const path = join(this.#shelf.asideDir, name)
      const { mtimeMs } = await stat(path)
      if (mtimeMs < before) await rm(path, { force: true })
    }
    return stale.length
  }

  async #admit({ personId, spaceId }: Uploader, upload: Upload): Promise<{ metadata: Upload['metadata'] }> {
    const hash = parseFileHash(upload.metadata?.['hash'])
    const sizeBytes = upload.size ?? 0
    if (hash === undefined)
      throw new Refused('bad-input', { detail: 'Upload-Metadata needs `hash`: the SHA-256 of all bytes.' })
    if (sizeBytes === 0)
      throw new Refused('bad-input', { detail: 'An empty file is no file: Upload-Length is at least 1.' })
    const unfinished = this.#tables.unfinished(personId)
    const bytes = unfinished.reduce((sum, each) => sum + each.sizeBytes, sizeBytes)
    if (unfinished.length >= this.limits.unfinishedUploads || bytes > this.limits.unfinishedBytes) {
      throw new Refused('upload-quota', { retryAfterMs: 60_000 })
    }
    const { bavail, bsize } = await statfs(this.#shelf.asideDir)
    if (bavail * bsize < sizeBytes + this.limits.spareBytes) throw new Refused('storage-full')
    const name = cleanFileName(upload.metadata?.['name'] ?? upload.metadata?.['filename'] ?? '')
    return { metadata: { hash, name, person: personId, space: spaceId } }
  }

  #uploaderOf(request: object): Uploader {
    const uploader = this.#uploaders.get(request)
    if (uploader === undefined) throw new Error('A request that did not come through `handle`')
    return uploader
  }

  /** Once at a time per upload: a second request that sees it whole waits for the first. */
  #finish(id: string): Promise<void> {
    const running = this.#finishing.get(id) ?? this.#finishOnce(id).finally(() => this.#finishing.delete(id))
    this.#finishing.set(id, running)
    return running
  }

  async #finishOnce(id: string): Promise<void> {
    const record = this.#tables.upload(id)
    if (record === undefined) throw new Refused('unknown-upload')
    if (record.finished) return
    if ((await this.#store.digestOf(id)) !== record.hash) {
      await this.remove(id)
      throw new Refused('hash-mismatch')
    }
    const { spaceId, hash, name, personId } = record
    await this.#shelf.take(this.#store.pathOf(id), { spaceId, hash, name, personId })
    // The record stays for a while: a laptop that did not hear the answer asks again.
    this.#tables.finishUpload(id, this.#clock.nowMs())
    this.#store.forget(id)
  }
}

function hashIn(metadata: string | undefined): FileHash | undefined {
  try {
    return parseFileHash(Metadata.parse(metadata ?? '')['hash'])
  } catch {
    // The library says what is wrong with it.
    return undefined
  }
}

async function sizeOf(path: string): Promise<number | undefined> {
  try {
    return (await stat(path)).size
  } catch (error) {
    if (error instanceof Error && Reflect.get(error, 'code') === 'ENOENT') return undefined
    throw error
  }
}

/** An answer of the library as a problem. Ours, and those of the disk, come through as they are. */
function refusalOf(status: number, trouble: unknown, text: string): Error {
  if (trouble instanceof Error) return trouble
  const detail = `tus: ${text.trim()}`
  if (status === 404 || status === 410) return new Refused('unknown-upload')
  if (status === 409) return new Refused('upload-conflict')
  if (status === 413) return new Refused('too-large')
  if (status === 412) return new Refused('bad-input', { detail: 'Tus-Resumable: 1.0.0 is needed.' })
  return status >= 500 && status !== 501 ? new Error(detail) : new Refused('bad-input', { detail })
}
