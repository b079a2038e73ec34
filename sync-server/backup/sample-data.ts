import { createHash } from 'node:crypto'
import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import {
  mintId,
  parseFileHash,
  type DocumentId,
  type FileHash,
  type LogId,
  type PersonId,
  type SpaceId,
  type VersionId,
} from '../../model/ids.ts'
import { FileShelf } from '../files.ts'
import { FileTables } from '../store/file-tables.ts'
import { openDatabase } from '../store/open-database.ts'
import type { NewRow } from '../store/store.ts'
import { SqliteStore } from '../store/sqlite-store.ts'
import { SqliteVersionStore } from '../store/sqlite-version-store.ts'
import { allMigrations } from './read-database.ts'

const mint = <T extends string>(): T => mintId((bytes) => crypto.getRandomValues(bytes)) as string as T

export function hashOf(bytes: Uint8Array): FileHash {
  const hash = parseFileHash(createHash('sha256').update(bytes).digest('hex'))
  if (hash === undefined) throw new Error('SHA-256 has another form')
  return hash
}

/** Bytes of the one file of the sample. */
export const kept = Buffer.from('a photograph')

export interface SampleData {
  /** A folder for the test alone. */
  readonly root: string
  readonly dataDir: string
  readonly documentId: DocumentId
  readonly spaceId: SpaceId
}

/** The data folder of a server that is stopped: pages of two rows each, one with a snapshot and a version, and a file. For tests. */
export async function makeSampleData(pages = 1, bytesPerPage = 300): Promise<SampleData> {
  const root = mkdtempSync(join(tmpdir(), 'plein-backup-'))
  const dataDir = join(root, 'data')
  const database = openDatabase(dataDir, allMigrations)
  const store = new SqliteStore(database)
  const [spaceId, logId, personId] = [mint<SpaceId>(), mint<LogId>(), mint<PersonId>()]
  await store.createSpace({ spaceId, kind: 'team', name: 'Bouw', archived: false })
  const documentIds = Array.from({ length: pages }, () => mint<DocumentId>())
  for (let from = 0; from < pages; from += 500) {
    const rows = documentIds
      .slice(from, from + 500)
      .flatMap((id, at) => rowsOf({ spaceId, documentId: id, logId, personId }, (from + at) * 2, bytesPerPage))
    await store.commit({ rows, marks: [], nowMs: 1000 })
  }
  const [documentId = mint<DocumentId>()] = documentIds
  await store.writeSnapshot({
    ...{ documentId, spaceId, coversN: 1, update: new Uint8Array([1, 1]), stateVector: new Uint8Array([0]) },
    ...{ quarantined: new Uint8Array([7, 7, 7]), nowMs: 1000 },
  })
  await new SqliteVersionStore(database).add({
    ...{ versionId: mint<VersionId>(), documentId, spaceId, n: 2, atMs: 1000, reason: 'periodic', name: null },
    ...{ madeBy: null, minSchema: 1, bytes: new Uint8Array([2, 2, 2]) },
  })
  const shelf = new FileShelf(dataDir, new FileTables(database), { nowMs: () => 1000 })
  await shelf.put({ spaceId, hash: hashOf(kept), name: 'foto.jpg', personId }, inOne(kept))
  database.close()
  return { root, dataDir, documentId, spaceId }
}

/** A second data folder like the first, for doing harm to. */
export function harmedCopy(
  { root, dataDir }: SampleData,
  name: string,
  harm: (database: DatabaseSync, dataDir: string) => void,
): string {
  const copy = join(root, name)
  cpSync(dataDir, copy, { recursive: true })
  const database = new DatabaseSync(join(copy, 'plein.db'))
  harm(database, copy)
  database.close()
  return copy
}

export function removeSampleData({ root }: SampleData): void {
  rmSync(root, { recursive: true, force: true })
}

interface RowIds {
  readonly spaceId: SpaceId
  readonly documentId: DocumentId
  readonly logId: LogId
  readonly personId: PersonId
}

function rowsOf(ids: RowIds, before: number, bytes: number): readonly NewRow[] {
  const { documentId, spaceId } = ids
  const document = { kind: 'page', pageKind: 'wiki', writers: 'editors', ownerId: null, coAuthorIds: [] } as const
  const register = { ...document, documentId, spaceId }
  const row = { ...ids, schema: 1, restored: false, minSchema: 1, bindings: [] }
  return [
    { ...row, row: before + 1, checksum: 1, update: new Uint8Array([0, 0]), register },
    { ...row, row: before + 2, checksum: 2, update: new Uint8Array(bytes).fill(9), register: null },
  ]
}

async function* inOne(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes
}

/** Where the tests put a backup that stays whole, and a copy of it for each of them. */
export function placesIn({ root }: SampleData): { readonly whole: string; readonly copy: string } {
  return { whole: join(root, 'whole'), copy: join(root, 'copy') }
}

export function copyAnew(whole: string, copy: string): void {
  rmSync(copy, { recursive: true, force: true })
  cpSync(whole, copy, { recursive: true })
}
