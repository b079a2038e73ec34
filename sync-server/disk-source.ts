import { createReadStream } from 'node:fs'
import { lstat, open, readdir, stat, type FileHandle } from 'node:fs/promises'
import { join } from 'node:path'
import { SourceUnreadable, type ImportSource, type Skipped, type SourceEntry } from '../model/markdown/import-source.ts'
import { fail, ok, type Result } from '../model/result.ts'
import type { ByteSource } from '../model/zip/byte-source.ts'
import { zipLimits, type ZipRefusal } from '../model/zip/zip-directory.ts'
import { safePath } from '../model/zip/zip-names.ts'
import { openZipSource } from '../model/zip/zip-source.ts'

export type DiskRefusal = ZipRefusal | 'not-there'

export interface OpenSource {
  readonly source: ImportSource
  close(): Promise<void>
}

/** A folder or a zip on this computer as a source of an import. */
export async function openDiskSource(path: string): Promise<Result<OpenSource, DiskRefusal>> {
  try {
    return (await stat(path)).isDirectory() ? await openFolder(path) : await openZipFile(path)
  } catch (error) {
    // Whatever keeps it from being read, the sentence is the same.
    if (error instanceof Error && 'code' in error) return fail('not-there')
    throw error
  }
}

async function openZipFile(path: string): Promise<Result<OpenSource, DiskRefusal>> {
  const handle = await open(path, 'r')
  const opened = await openZipSource(bytesOf(handle, (await handle.stat()).size))
  if (opened.ok) return ok({ source: opened.value, close: () => handle.close() })
  await handle.close()
  return opened
}

function bytesOf(handle: FileHandle, sizeBytes: number): ByteSource {
  return {
    sizeBytes,
    async read(start, length) {
      const bytes = new Uint8Array(Math.max(0, Math.min(length, sizeBytes - start)))
      let done = 0
      while (done < bytes.length) {
        const { bytesRead } = await handle.read(bytes, done, bytes.length - done, start + done)
        if (bytesRead === 0) break
        done += bytesRead
      }
      return bytes.subarray(0, done)
    },
  }
}

/** Links in the file system are not followed: they may lead round in a circle, or out of the folder. */
async function openFolder(root: string): Promise<Result<OpenSource, DiskRefusal>> {
  const entries: SourceEntry[] = []
  const skipped: Skipped[] = []
  const folders: string[] = ['']
  for (let folder = folders.pop(); folder !== undefined; folder = folders.pop()) {
    for (const entry of await listFolder(root, folder, skipped)) {
      const path = folder === '' ? entry.name : `${folder}/${entry.name}`
      if (entry.isDirectory()) folders.push(path)
      else if (entry.isSymbolicLink()) skipped.push({ path, reason: 'symbolic-link' })
      else if (!entry.isFile() || safePath(path) === null) skipped.push({ path, reason: 'unreadable' })
      else entries.push({ path, sizeBytes: (await lstat(join(root, path))).size })
      if (entries.length > zipLimits.entries) return fail('too-many-files')
    }
  }
  return ok({
    source: { entries, skipped, open: (path) => readFile(join(root, path)) },
    close: () => Promise.resolve(),
  })
}

async function listFolder(root: string, folder: string, skipped: Skipped[]) {
  try {
    return await readdir(join(root, folder), { withFileTypes: true })
  } catch {
    // Named in the report; the folders beside it go on. The root was there a moment ago.
    skipped.push({ path: `${folder}/`, reason: 'unreadable' })
    return []
  }
}

async function* readFile(path: string): AsyncGenerator<Uint8Array> {
  try {
    yield* createReadStream(path) as AsyncIterable<Uint8Array>
  } catch (cause) {
    throw new SourceUnreadable(undefined, { cause })
  }
}
