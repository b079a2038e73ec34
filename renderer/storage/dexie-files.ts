import { Dexie } from 'dexie'
import type { ListedFile } from '../../model/api.ts'
import type { FileHash, SpaceId } from '../../model/ids.ts'
import type { Database, FileRow, SpaceFileRow } from './database.ts'
import type { Scope } from './dexie-scope.ts'
import type { FilePlaces } from './file-places.ts'
import {
  isShown,
  isWaiting,
  listedRecord,
  lostRecord,
  newRecord,
  type FileChange,
  type FileRecord,
  type FileStorage,
  type NewFile,
  type StoredBytes,
  type StoredRecord,
} from './file-storage.ts'

interface RunTransaction {
  read<T>(tables: readonly (keyof Database['tables'])[], run: () => Promise<T>): Promise<T>
  write<T>(tables: readonly (keyof Database['tables'])[], run: () => Promise<T>): Promise<T>
}

/** The tables that a change of files touches. */
export const fileTables = ['files', 'spaceFiles', 'settings'] as const

/** Files in IndexedDB; large ones lie as files of their own beside it, in `places`. */
export class DexieFiles implements FileStorage {
  readonly #scope: Scope
  readonly #run: RunTransaction
  readonly #places: FilePlaces | null

  constructor(scope: Scope, run: RunTransaction, places: FilePlaces | null) {
    this.#scope = scope
    this.#run = run
    this.#places = places
  }

  put(file: NewFile): Promise<void> {
    return this.putAll([file])
  }

  async putAll(files: readonly NewFile[]): Promise<void> {
    if (files.length === 0) return
    await this.#run.write(fileTables, async () => {
      for (const file of files) {
        await keep(this.#scope, file.hash, file.bytes)
        const before = await this.#row(file.spaceId, file.hash)
        await this.#putRow(newRecord(file, before === undefined ? undefined : recordOf(before)))
      }
    })
  }

  async bytes(hash: FileHash): Promise<Blob | undefined> {
    const { tables, organisationId } = this.#scope
    const row = await this.#run.read(['files'], () => tables.files.get([organisationId, hash]))
    if (row === undefined) return undefined
    return row.bytes ?? (await this.#places?.read(row.place ?? ''))
  }

  keepBytes(hash: FileHash, bytes: StoredBytes): Promise<void> {
    return this.#run.write(['files'], () => keep(this.#scope, hash, bytes))
  }

  async dropBytes(hash: FileHash): Promise<boolean> {
    const { tables, organisationId } = this.#scope
    const dropped = await this.#run.write(['files', 'spaceFiles'], async () => {
      const rows = await tables.spaceFiles.where('[organisationId+hash]').equals([organisationId, hash]).toArray()
      const row = await tables.files.get([organisationId, hash])
      if (row === undefined || rows.some(({ onServer }) => !onServer)) return undefined
      await tables.files.delete([organisationId, hash])
      return row
    })
    if (typeof dropped?.place === 'string') await this.#dropPlace(dropped.place)
    return dropped !== undefined
  }

  record(spaceId: SpaceId, hash: FileHash): Promise<FileRecord | undefined> {
    return this.#run.read(['files', 'spaceFiles'], async () => {
      const { tables, organisationId } = this.#scope
      const row = await this.#row(spaceId, hash)
      if (row === undefined) return undefined
      const isHere = (await tables.files.where('[organisationId+hash]').equals([organisationId, hash]).count()) > 0
      return { ...recordOf(row), here: isHere }
    })
  }

  list(spaceId: SpaceId): Promise<readonly FileRecord[]> {
    return this.#run.read(['files', 'spaceFiles'], async () =>
      withHere(this.#scope, (await rowsOfSpace(this.#scope, spaceId)).filter(isShown)),
    )
  }

  all(): Promise<readonly FileRecord[]> {
    const { tables, organisationId: id } = this.#scope
    return this.#run.read(['files', 'spaceFiles'], async () => {
      const index = tables.spaceFiles.where('[organisationId+spaceId+hash]')
      const rows = index.between([id, Dexie.minKey, Dexie.minKey], [id, Dexie.maxKey, Dexie.maxKey])
      return withHere(this.#scope, await rows.toArray())
    })
  }

  waiting(): Promise<readonly FileRecord[]> {
    const { tables, organisationId } = this.#scope
    return this.#run.read(['files', 'spaceFiles'], async () => {
      const rows = await tables.spaceFiles.where('[organisationId+waiting]').equals([organisationId, 1]).toArray()
      return withHere(
        this.#scope,
        rows.toSorted((one, other) => one.addedAtMs - other.addedAtMs),
      )
    })
  }

  change(spaceId: SpaceId, hash: FileHash, change: FileChange): Promise<void> {
    return this.#run.write(['spaceFiles'], async () => {
      const row = await this.#row(spaceId, hash)
      if (row !== undefined) await this.#putRow({ ...recordOf(row), ...change })
    })
  }

  forget(spaceId: SpaceId, hash: FileHash): Promise<void> {
    const { tables, organisationId } = this.#scope
    return this.#run.write(['files', 'spaceFiles'], async () => {
      const row = await this.#row(spaceId, hash)
      if (row?.onServer !== false) return
      await tables.spaceFiles.delete([organisationId, spaceId, hash])
      await dropUnused(this.#scope, [hash])
    })
  }

  takeList(spaceId: SpaceId, listed: readonly ListedFile[], cursor: number): Promise<void> {
    const { tables, organisationId } = this.#scope
    return this.#run.write(fileTables, async () => {
      for (const row of listed) {
        const known = await this.#row(spaceId, row.id)
        await this.#putRow(listedRecord(spaceId, row, known === undefined ? undefined : recordOf(known)))
      }
      await tables.settings.put({ organisationId, name: cursorName(spaceId), value: cursor })
    })
  }

  takeWhole(spaceId: SpaceId, named: ReadonlySet<FileHash>, cursor: number): Promise<number> {
    const { tables, organisationId } = this.#scope
    return this.#run.write(fileTables, async () => {
      const rows = await withHere(this.#scope, await rowsOfSpace(this.#scope, spaceId))
      const lost = rows.filter(({ hash, here, onServer }) => here && onServer && !named.has(hash))
      for (const { here: _here, ...row } of lost) await this.#putRow(lostRecord(row))
      await tables.settings.put({ organisationId, name: cursorName(spaceId), value: cursor })
      return lost.length
    })
  }

  cursor(spaceId: SpaceId): Promise<number> {
    const { tables, organisationId } = this.#scope
    return this.#run.read(['settings'], async () => {
      const value = (await tables.settings.get([organisationId, cursorName(spaceId)]))?.value
      return typeof value === 'number' ? value : 0
    })
  }

  #row(spaceId: SpaceId, hash: FileHash): PromiseLike<SpaceFileRow | undefined> {
    const { tables, organisationId } = this.#scope
    return tables.spaceFiles.get([organisationId, spaceId, hash])
  }

  async #putRow(row: StoredRecord): Promise<void> {
    const { tables, organisationId } = this.#scope
    await tables.spaceFiles.put({ ...row, organisationId, waiting: isWaiting(row) ? 1 : 0 })
  }

  /** Unless another organisation has the same file there. */
  async #dropPlace(place: string): Promise<void> {
    const { tables } = this.#scope
    const others = await this.#run.read(['files'], () => tables.files.filter((row) => row.place === place).count())
    if (others === 0) await this.#places?.remove(place)
  }
}

/** Within the transaction that removes a space. What was never sent stays. */
export async function removeFilesOfSpace(scope: Scope, spaceId: SpaceId): Promise<void> {
  const { tables, organisationId } = scope
  const gone = (await rowsOfSpace(scope, spaceId)).filter(({ onServer }) => onServer)
  await tables.spaceFiles.bulkDelete(
    gone.map(({ hash }) => [organisationId, spaceId, hash] as [string, string, string]),
  )
  await dropUnused(
    scope,
    gone.map(({ hash }) => hash),
  )
  await tables.settings.delete([organisationId, cursorName(spaceId)])
}

function rowsOfSpace({ tables, organisationId }: Scope, spaceId: SpaceId): PromiseLike<SpaceFileRow[]> {
  return tables.spaceFiles
    .where('[organisationId+spaceId+hash]')
    .between([organisationId, spaceId, ''], [organisationId, spaceId, '\uffff'])
    .toArray()
}

function cursorName(spaceId: SpaceId): string {
  return `files-cursor ${spaceId}`
}

async function keep({ tables, organisationId }: Scope, hash: FileHash, bytes: StoredBytes): Promise<void> {
  const row: FileRow =
    'blob' in bytes
      ? { organisationId, hash, bytes: bytes.blob, place: null }
      : { organisationId, hash, bytes: null, place: bytes.place }
  await tables.files.put(row)
}

/** The bytes beside the database are taken away by `sweepPlaces`, which sees what no row names. */
async function dropUnused({ tables, organisationId }: Scope, hashes: readonly FileHash[]): Promise<void> {
  for (const hash of hashes) {
    const rows = await tables.spaceFiles.where('[organisationId+hash]').equals([organisationId, hash]).count()
    if (rows === 0) await tables.files.delete([organisationId, hash])
  }
}

async function withHere({ tables, organisationId }: Scope, rows: readonly SpaceFileRow[]): Promise<FileRecord[]> {
  // Keys alone: a list never reads a byte of the files.
  const keys = await tables.files
    .where('[organisationId+hash]')
    .between([organisationId, ''], [organisationId, '\uffff'])
    .primaryKeys()
  const here = new Set(keys.map(([, hash]) => hash))
  return rows.map((row) => ({ ...recordOf(row), here: here.has(row.hash) }))
}

function recordOf({ organisationId: _organisationId, waiting: _waiting, ...record }: SpaceFileRow): StoredRecord {
  return record
}
