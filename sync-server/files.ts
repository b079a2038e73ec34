import { createHash, randomUUID } from 'node:crypto'
import { createReadStream, mkdirSync, readdirSync } from 'node:fs'
import { mkdir, open, rename, rm, stat, type FileHandle } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Readable } from 'node:stream'
import { apiLimits, type FileAnswer, type ProblemReason } from '../model/api.ts'
import { isId, mustParseId, parseFileHash, type FileHash, type PersonId, type SpaceId } from '../model/ids.ts'
import { fail, ok, type Result } from '../model/result.ts'
import type { ByteRange } from './byte-range.ts'
import { readMediaType } from './media-type.ts'
import type { FileReference, FileTables } from './store/file-tables.ts'
import type { Clock } from './sync-options.ts'

/** Whose file it is, where, and what they call it. */
export interface FilePlace {
  readonly spaceId: SpaceId
  readonly hash: FileHash
  readonly name: string
  readonly personId: PersonId | null
}

export interface OpenFile extends FileAnswer {
  readonly name: string
  /** The bytes, or a part of them. */
  stream(range?: ByteRange): Readable
}

/**
 * Files by the SHA-256 of their bytes, each once per server; a space has those that it refers to, and who may read the space may
 * read them. A file is complete, checked and on the disk, or not there: it is written aside and then renamed.
 */
export class FileShelf {
  readonly #tables: FileTables
  readonly #clock: Clock
  readonly #objects: string
  /** Where bytes are written that are not a file yet. */
  readonly asideDir: string

  constructor(dataDir: string, tables: FileTables, clock: Clock) {
    this.#tables = tables
    this.#clock = clock
    this.#objects = objectsDirOf(dataDir)
    this.asideDir = join(dataDir, 'files', 'uploads')
    mkdirSync(this.#objects, { recursive: true, mode: 0o700 })
    mkdirSync(this.asideDir, { recursive: true, mode: 0o700 })
  }

  /** Takes the bytes in as they come, at most `apiLimits.fileBytes`. */
  async put(
    place: FilePlace,
    bytes: AsyncIterable<Uint8Array>,
  ): Promise<Result<FileAnswer, Extract<ProblemReason, 'too-large' | 'hash-mismatch'>>> {
    const aside = join(this.asideDir, `${randomUUID()}.part`)
    try {
      const written = await writeAside(aside, bytes)
      if (!written.ok) return written
      if (written.value !== place.hash) return fail('hash-mismatch')
      return ok(await this.take(aside, place))
    } finally {
      await rm(aside, { force: true })
    }
  }

  /** Makes a file of bytes that were written aside, whose hash the caller has checked. */
  async take(aside: string, place: FilePlace): Promise<FileAnswer> {
    const { hash } = place
    const path = this.#pathOf(hash)
    const { size } = await stat(aside)
    const mediaType = await readMediaType(aside)
    await sync(aside, 'r+')
    await mkdir(dirname(path), { recursive: true, mode: 0o700 })
    await rename(aside, path)
    await syncFolder(dirname(path))
    this.#tables.add({ hash, sizeBytes: size, mediaType }, { ...place, atMs: this.#clock.nowMs() })
    return { id: hash, mediaType, sizeBytes: size }
  }

  /**
   * Gives the space a file that this person may read elsewhere, without its bytes. False where they may not, or where there is
   * none: the two look the same, so that a hash tells nobody what others have.
   */
  async attach(place: FilePlace, readable: readonly SpaceId[]): Promise<boolean> {
    if (!this.#tables.isInOneOf(readable, place.hash)) return false
    if (!(await isThere(this.#pathOf(place.hash)))) return false
    this.#tables.refer({ ...place, atMs: this.#clock.nowMs() })
    return true
  }

  /** For pages that move to another space: it gets the files of the old one that they show. */
  share(hashes: readonly FileHash[], from: SpaceId, to: SpaceId): void {
    for (const hash of hashes) {
      const known = this.#tables.reference(from, hash)
      if (known !== undefined) {
        this.#tables.refer({ spaceId: to, hash, name: known.name, personId: known.addedBy, atMs: this.#clock.nowMs() })
      }
    }
  }

  async get(spaceId: SpaceId, hash: FileHash): Promise<OpenFile | undefined> {
    const reference = this.#tables.reference(spaceId, hash)
    const path = this.#pathOf(hash)
    if (reference === undefined || !(await isThere(path))) return undefined
    const { sizeBytes, mediaType, name } = reference
    return { id: hash, sizeBytes, mediaType, name, stream: (range) => createReadStream(path, range ?? {}) }
  }

  /** Where the bytes are, for whoever reads them in another thread; null where the space has no such file. */
  async onDisk(
    spaceId: SpaceId,
    hash: FileHash,
  ): Promise<(Pick<OpenFile, 'mediaType' | 'sizeBytes' | 'name'> & { readonly path: string }) | null> {
    const found = await this.get(spaceId, hash)
    if (found === undefined) return null
    const { mediaType, sizeBytes, name } = found
    return { path: this.#pathOf(hash), mediaType, sizeBytes, name }
  }

  list(spaceId: SpaceId, after: number, limit: number): readonly FileReference[] {
    return this.#tables.list(spaceId, after, limit)
  }

  reference(spaceId: SpaceId, hash: FileHash): FileReference | undefined {
    return this.#tables.reference(spaceId, hash)
  }

  /** The bytes stay for pages that show them. */
  takeOffList(spaceId: SpaceId, hash: FileHash): boolean {
    return this.#tables.takeOffList(spaceId, hash)
  }

  /** Data folders of the first version kept each file in the folder of its space: they move to where all are. */
  async adoptOldLayout(): Promise<void> {
    const root = dirname(this.#objects)
    for (const spaceName of readdirSync(root).filter((name) => isId(name))) {
      const spaceId = mustParseId<SpaceId>(spaceName)
      for (const entry of readdirSync(join(root, spaceName), { recursive: true, withFileTypes: true })) {
        const hash = entry.isFile() ? parseFileHash(entry.name) : undefined
        if (hash !== undefined)
          await this.take(join(entry.parentPath, hash), { spaceId, hash, name: '', personId: null })
      }
      await rm(join(root, spaceName), { recursive: true, force: true })
    }
  }

  #pathOf(hash: FileHash): string {
    return objectPathIn(this.#objects, hash)
  }
}

/** The folder of a server that keeps all files, each under its hash. */
export function objectsDirOf(dataDir: string): string {
  return join(dataDir, 'files', 'objects')
}

export function objectPathIn(objectsDir: string, hash: FileHash): string {
  return join(objectsDir, hash.slice(0, 2), hash)
}

/** The SHA-256 of what was written. */
async function writeAside(path: string, bytes: AsyncIterable<Uint8Array>): Promise<Result<string, 'too-large'>> {
  const handle = await open(path, 'wx', 0o600)
  try {
    const digest = createHash('sha256')
    let size = 0
    for await (const chunk of bytes) {
      size += chunk.length
      if (size > apiLimits.fileBytes) return fail('too-large')
      digest.update(chunk)
      await writeAll(handle, chunk, size - chunk.length)
    }
    return ok(digest.digest('hex'))
  } finally {
    await handle.close()
  }
}

/** Writes all of a piece at its place. */
export async function writeAll(handle: FileHandle, chunk: Uint8Array, position: number): Promise<void> {
  for (let written = 0; written < chunk.length;) {
    written += (await handle.write(chunk, written, chunk.length - written, position + written)).bytesWritten
  }
}

/** Windows has no way to bring the names in a folder to the disk, and needs none. */
export async function syncFolder(path: string): Promise<void> {
  if (process.platform !== 'win32') await sync(path, 'r')
}

async function sync(path: string, flags: 'r' | 'r+'): Promise<void> {
  const handle = await open(path, flags)
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

async function isThere(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isFile()
  } catch (error) {
    if (error instanceof Error && Reflect.get(error, 'code') === 'ENOENT') return false
    throw error
  }
}
