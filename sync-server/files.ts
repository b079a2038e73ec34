import { createHash, randomUUID } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { mkdir, open, rename, rm, stat, type FileHandle } from 'node:fs/promises'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { apiLimits, type FileAnswer, type ProblemReason } from '../model/api.ts'
import type { FileHash, SpaceId } from '../model/ids.ts'
import { fail, ok, type Result } from '../model/result.ts'
import { sniffBytes, sniffMediaType } from './sniff-media-type.ts'

export interface OpenFile extends FileAnswer {
  stream(): Readable
}

/**
 * Files of spaces, by the SHA-256 of their bytes, each in its space's own folder: who may read the space may read it.
 * A file is complete or not there: it is written aside, brought to the disk, and then renamed.
 */
export class FileShelf {
  readonly #root: string

  constructor(dataDir: string) {
    this.#root = join(dataDir, 'files')
  }

  /** Takes the bytes in, at most `apiLimits.fileBytes`. A file that is there already is not written again. */
  async put(
    spaceId: SpaceId,
    hash: FileHash,
    bytes: AsyncIterable<Uint8Array>,
  ): Promise<Result<FileAnswer, Extract<ProblemReason, 'too-large' | 'hash-mismatch'>>> {
    const folder = this.#folder(spaceId, hash)
    await mkdir(folder, { recursive: true, mode: 0o700 })
    const aside = join(folder, `.${randomUUID()}.part`)
    try {
      const written = await writeAside(aside, bytes)
      if (!written.ok) return written
      if (written.value !== hash) return fail('hash-mismatch')
      await rename(aside, join(folder, hash))
    } finally {
      await rm(aside, { force: true })
    }
    const file = await this.get(spaceId, hash)
    if (file === undefined) throw new Error('A file that was just written is gone')
    const { id, mediaType, sizeBytes } = file
    return ok({ id, mediaType, sizeBytes })
  }

  async get(spaceId: SpaceId, hash: FileHash): Promise<OpenFile | undefined> {
    const path = join(this.#folder(spaceId, hash), hash)
    try {
      const { size } = await stat(path)
      return { id: hash, sizeBytes: size, mediaType: await readMediaType(path), stream: () => createReadStream(path) }
    } catch (error) {
      if (error instanceof Error && Reflect.get(error, 'code') === 'ENOENT') return undefined
      throw error
    }
  }

  #folder(spaceId: SpaceId, hash: FileHash): string {
    return join(this.#root, spaceId, hash.slice(0, 2))
  }
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
      await writeAll(handle, chunk)
    }
    await handle.sync()
    return ok(digest.digest('hex'))
  } finally {
    await handle.close()
  }
}

async function writeAll(handle: FileHandle, chunk: Uint8Array): Promise<void> {
  for (let written = 0; written < chunk.length;) {
    written += (await handle.write(chunk, written)).bytesWritten
  }
}

async function readMediaType(path: string): Promise<string> {
  const handle = await open(path, 'r')
  try {
    const head = new Uint8Array(sniffBytes)
    const { bytesRead } = await handle.read(head, 0, sniffBytes, 0)
    return sniffMediaType(head.subarray(0, bytesRead))
  } finally {
    await handle.close()
  }
}
