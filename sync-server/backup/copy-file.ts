import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { mkdir, open } from 'node:fs/promises'
import { dirname } from 'node:path'
import { syncFolder, writeAll } from '../files.ts'

export interface HashedFile {
  readonly sizeBytes: number
  readonly sha256: string
}

/** Copies a file to a new place, brings it to the disk, and answers what was read on the way. */
export async function copyFile(from: string, to: string): Promise<HashedFile> {
  await mkdir(dirname(to), { recursive: true, mode: 0o700 })
  const handle = await open(to, 'wx', 0o600)
  try {
    const hashed = await readHashed(from, (chunk, position) => writeAll(handle, chunk, position))
    await handle.sync()
    return hashed
  } finally {
    await handle.close()
  }
}

export function hashFile(path: string): Promise<HashedFile> {
  return readHashed(path, () => Promise.resolve())
}

/** Brings to the disk what is written already. */
export async function syncFile(path: string): Promise<void> {
  const handle = await open(path, 'r+')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

/** Writes a small file whole and brings it to the disk. */
export async function writeFileSynced(path: string, text: string): Promise<void> {
  const handle = await open(path, 'wx', 0o600)
  try {
    await handle.writeFile(text)
    await handle.sync()
  } finally {
    await handle.close()
  }
}

/** Brings the names in these folders to the disk. */
export async function syncFolders(paths: Iterable<string>): Promise<void> {
  for (const path of new Set(paths)) await syncFolder(path)
}

async function readHashed(
  path: string,
  take: (chunk: Uint8Array, position: number) => Promise<void>,
): Promise<HashedFile> {
  const digest = createHash('sha256')
  let sizeBytes = 0
  for await (const chunk of createReadStream(path, { highWaterMark: 1024 * 1024 }) as AsyncIterable<Uint8Array>) {
    digest.update(chunk)
    await take(chunk, sizeBytes)
    sizeBytes += chunk.length
  }
  return { sizeBytes, sha256: digest.digest('hex') }
}
