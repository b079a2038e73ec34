import type { FileHash, SpaceId } from '../../model/ids.ts'
import {
  isShown,
  isWaiting,
  listedRecord,
  lostRecord,
  newRecord,
  type FileRecord,
  type FileStorage,
  type NewFile,
  type StoredRecord,
} from './file-storage.ts'

/** The files of one organisation on a disk in memory. */
export interface MemoryFiles {
  readonly bytes: Map<FileHash, Blob>
  readonly rows: Map<string, StoredRecord>
  readonly cursors: Map<SpaceId, number>
}

export function emptyFiles(): MemoryFiles {
  return { bytes: new Map(), rows: new Map(), cursors: new Map() }
}

const keyOf = (spaceId: SpaceId, hash: FileHash) => `${spaceId} ${hash}`

/** Files without a disk, for tests. Held to the same contract as the Dexie ones. */
export function memoryFiles(disk: () => MemoryFiles): FileStorage {
  const withHere = (row: StoredRecord): FileRecord => ({ ...row, here: disk().bytes.has(row.hash) })
  const rows = () => [...disk().rows.values()]
  const put = (file: NewFile) => {
    const { bytes } = file
    if (!('blob' in bytes)) throw new Error('There are no places beside a memory')
    const key = keyOf(file.spaceId, file.hash)
    disk().bytes.set(file.hash, bytes.blob)
    disk().rows.set(key, newRecord(file, disk().rows.get(key)))
  }
  return {
    put: async (file) => put(file),
    async putAll(files) {
      for (const file of files) put(file)
    },
    bytes: async (hash) => disk().bytes.get(hash),
    async keepBytes(hash, bytes) {
      if ('blob' in bytes) disk().bytes.set(hash, bytes.blob)
    },
    async dropBytes(hash) {
      if (rows().some((row) => row.hash === hash && !row.onServer)) return false
      return disk().bytes.delete(hash)
    },
    async record(spaceId, hash) {
      const row = disk().rows.get(keyOf(spaceId, hash))
      return row === undefined ? undefined : withHere(row)
    },
    async list(spaceId) {
      return rows()
        .filter((row) => row.spaceId === spaceId && isShown(row))
        .map(withHere)
    },
    all: async () => rows().map(withHere),
    async waiting() {
      return rows()
        .filter(isWaiting)
        .toSorted((one, other) => one.addedAtMs - other.addedAtMs)
        .map(withHere)
    },
    async change(spaceId, hash, change) {
      const key = keyOf(spaceId, hash)
      const row = disk().rows.get(key)
      if (row !== undefined) disk().rows.set(key, { ...row, ...change })
    },
    async forget(spaceId, hash) {
      if (disk().rows.get(keyOf(spaceId, hash))?.onServer !== false) return
      disk().rows.delete(keyOf(spaceId, hash))
      if (!rows().some((row) => row.hash === hash)) disk().bytes.delete(hash)
    },
    async takeList(spaceId, listed, cursor) {
      for (const row of listed) {
        const key = keyOf(spaceId, row.id)
        disk().rows.set(key, listedRecord(spaceId, row, disk().rows.get(key)))
      }
      disk().cursors.set(spaceId, cursor)
    },
    takeWhole: async (spaceId, named, cursor) => takeWhole(disk(), spaceId, named, cursor),
    cursor: async (spaceId) => disk().cursors.get(spaceId) ?? 0,
  }
}

function takeWhole(disk: MemoryFiles, spaceId: SpaceId, named: ReadonlySet<FileHash>, cursor: number): number {
  const isLost = (row: StoredRecord) => row.onServer && !named.has(row.hash) && disk.bytes.has(row.hash)
  const lost = [...disk.rows.values()].filter((row) => row.spaceId === spaceId && isLost(row))
  for (const row of lost) disk.rows.set(keyOf(spaceId, row.hash), lostRecord(row))
  disk.cursors.set(spaceId, cursor)
  return lost.length
}

/** What was never sent stays. */
export function removeFilesOfSpace(disk: MemoryFiles, spaceId: SpaceId): void {
  for (const [key, row] of disk.rows) if (row.spaceId === spaceId && row.onServer) disk.rows.delete(key)
  const kept = new Set([...disk.rows.values()].map(({ hash }) => hash))
  for (const hash of disk.bytes.keys()) if (!kept.has(hash)) disk.bytes.delete(hash)
  disk.cursors.delete(spaceId)
}
