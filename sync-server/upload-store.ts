import { FileStore, type Configstore } from '@tus/file-store'
import { Upload } from '@tus/server'
import { createHash, type Hash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { open, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { mustParseId, parseFileHash, type PersonId, type SpaceId } from '../model/ids.ts'
import { writeAll } from './files.ts'
import type { FileTables, UploadRecord } from './store/file-tables.ts'
import type { Clock } from './sync-options.ts'

interface Running {
  readonly digest: Hash
  /** Bytes that the digest has seen, which are the bytes of the file. */
  readonly atBytes: number
}

/** Digests of uploads that are not being written now; any of them can be computed again from the disk. */
const keptDigests = 256

/** The parts of uploads on the disk, hashed while they come in, so that checking the whole costs nothing at the end. */
export class UploadStore extends FileStore {
  readonly #clock: Clock
  readonly #tables: FileTables
  readonly #running = new Map<string, Running>()

  constructor(options: { directory: string; tables: FileTables; clock: Clock; expiresAfterMs: number }) {
    super({
      directory: options.directory,
      configstore: new UploadRecords(options.tables, options.clock),
      expirationPeriodInMilliseconds: options.expiresAfterMs,
    })
    this.extensions = ['creation', 'creation-with-upload', 'termination', 'expiration']
    this.#clock = options.clock
    this.#tables = options.tables
  }

  pathOf(id: string): string {
    return join(this.directory, id)
  }

  /** The bytes of a finished upload are a file by now. */
  override async getUpload(id: string): Promise<Upload> {
    const record = this.#tables.upload(id)
    if (record?.finished !== true) return super.getUpload(id)
    return new Upload({ id, size: record.sizeBytes, offset: record.sizeBytes })
  }

  /** Whatever came before the line broke is kept: the next request goes on behind it. */
  override async write(readable: Readable, id: string, offset: number): Promise<number> {
    if (this.#tables.upload(id)?.finished === true) return offset
    const path = this.pathOf(id)
    const { digest } = await this.#runningAt(id, offset)
    this.#running.delete(id)
    const handle = await open(path, 'r+')
    let atBytes = offset
    try {
      for await (const chunk of readable as AsyncIterable<Uint8Array>) {
        await writeAll(handle, chunk, atBytes)
        digest.update(chunk)
        atBytes += chunk.length
      }
    } finally {
      // A piece that the disk took half of counts as not written.
      await handle.truncate(atBytes)
      await handle.close()
      this.#keep(id, { digest, atBytes })
      this.#tables.touchUpload(id, this.#clock.nowMs())
    }
    return atBytes
  }

  /** The SHA-256 of all bytes that are here. */
  async digestOf(id: string): Promise<string> {
    const { digest } = await this.#runningAt(id, (await stat(this.pathOf(id))).size)
    return digest.copy().digest('hex')
  }

  forget(id: string): void {
    this.#running.delete(id)
  }

  async #runningAt(id: string, bytes: number): Promise<Running> {
    const known = this.#running.get(id)
    if (known?.atBytes === bytes) return known
    const digest = createHash('sha256')
    if (bytes > 0) {
      const here = createReadStream(this.pathOf(id), { end: bytes - 1 }) as AsyncIterable<Uint8Array>
      for await (const chunk of here) digest.update(chunk)
    }
    const running = { digest, atBytes: bytes }
    this.#keep(id, running)
    return running
  }

  #keep(id: string, running: Running): void {
    this.#running.delete(id)
    this.#running.set(id, running)
    const oldest = this.#running.keys().next()
    if (this.#running.size > keptDigests && oldest.done !== true) this.#running.delete(oldest.value)
  }
}

/** Uploads as the library wants to keep them, in our database. */
class UploadRecords implements Configstore {
  readonly #tables: FileTables
  readonly #clock: Clock

  constructor(tables: FileTables, clock: Clock) {
    this.#tables = tables
    this.#clock = clock
  }

  async get(id: string): Promise<Upload | undefined> {
    const record = this.#tables.upload(id)
    if (record === undefined) return undefined
    const { sizeBytes, hash, name, createdAtMs } = record
    const creation_date = new Date(createdAtMs).toISOString()
    return new Upload({ id, size: sizeBytes, offset: 0, metadata: { hash, name }, creation_date })
  }

  async set(id: string, upload: Upload): Promise<void> {
    const nowMs = this.#clock.nowMs()
    this.#tables.addUpload({ ...ownerIn(upload), id, createdAtMs: nowMs, touchedAtMs: nowMs, finished: false })
  }

  async delete(id: string): Promise<void> {
    this.#tables.removeUpload(id)
  }
}

/** What `Uploads` has put into the metadata of a new upload, after its own checks. */
function ownerIn({
  metadata,
  size,
}: Upload): Pick<UploadRecord, 'personId' | 'spaceId' | 'hash' | 'name' | 'sizeBytes'> {
  const hash = parseFileHash(metadata?.['hash'])
  if (hash === undefined || size === undefined) throw new Error('An upload that nobody checked')
  return {
    personId: mustParseId<PersonId>(metadata?.['person']),
    spaceId: mustParseId<SpaceId>(metadata?.['space']),
    hash,
    name: metadata?.['name'] ?? '',
    sizeBytes: size,
  }
}
