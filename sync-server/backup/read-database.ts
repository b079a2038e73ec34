import { DatabaseSync } from 'node:sqlite'
import { pathToFileURL } from 'node:url'
import { parseFileHash, type FileHash } from '../../model/ids.ts'
import { directoryMigrations } from '../store/directory-tables.ts'
import { fileMigrations } from '../store/file-tables.ts'
import { applicationId } from '../store/open-database.ts'
import { syncMigrations } from '../store/sync-migrations.ts'
import type { BackupCounts } from './manifest.ts'

/** All tables of a server. */
export const allMigrations = [syncMigrations, directoryMigrations, fileMigrations]

/** What a database says of itself. */
export interface DatabaseFacts {
  readonly organisation: string | null
  readonly generation: string
  readonly migrations: Readonly<Record<string, number>>
  readonly counts: BackupCounts
}

/**
 * Opens a database that nobody writes, and writes nothing beside it either: no lock, no journal, and whatever lies beside it is not
 * taken for a part of it.
 */
export function openUnchanging(path: string): DatabaseSync {
  const url = pathToFileURL(path)
  url.searchParams.set('immutable', '1')
  return new DatabaseSync(url, { readOnly: true })
}

/** Undefined where it is no database of Plein. Throws what SQLite throws. */
export function readFacts(database: DatabaseSync): DatabaseFacts | undefined {
  if (numberOf(database, 'PRAGMA application_id') !== applicationId) return undefined
  const tables = tablesOf(database)
  const count = (table: string, where = '') =>
    tables.has(table) ? numberOf(database, `SELECT count(*) FROM ${table} ${where}`) : 0
  return {
    organisation: textOf(database, 'SELECT name FROM organisation'),
    generation: textOf(database, 'SELECT generation FROM generation') ?? '',
    migrations: migrationsOf(database),
    counts: {
      people: count('person'),
      spaces: count('space'),
      pages: count('document', `WHERE kind = 'page'`),
      documents: count('document'),
      versions: count('version'),
      files: count('file_object'),
    },
  }
}

/** The files whose bytes lie beside the database. */
export function fileHashesOf(database: DatabaseSync): readonly FileHash[] {
  if (!tablesOf(database).has('file_object')) return []
  return database
    .prepare('SELECT hash FROM file_object ORDER BY hash')
    .all()
    .flatMap(({ hash }) => parseFileHash(hash) ?? [])
}

/** Whether a newer Plein has taken steps that this one does not know. */
export function isOfNewerPlein(migrations: Readonly<Record<string, number>>): boolean {
  const known = new Map(allMigrations.map((set) => [set.owner, set.migrations.length]))
  return Object.entries(migrations).some(([owner, number]) => number > (known.get(owner) ?? 0))
}

function migrationsOf(database: DatabaseSync): Readonly<Record<string, number>> {
  const rows = database
    .prepare('SELECT owner, max(number) AS number FROM migration GROUP BY owner ORDER BY owner')
    .all()
  return Object.fromEntries(rows.map(({ owner, number }) => [String(owner), Number(number)]))
}

function tablesOf(database: DatabaseSync): ReadonlySet<unknown> {
  const rows = database.prepare(`SELECT name FROM sqlite_schema WHERE type = 'table'`).all()
  return new Set(rows.map(({ name }) => name))
}

function numberOf(database: DatabaseSync, sql: string): number {
  return Number(Object.values(database.prepare(sql).get() ?? {})[0] ?? 0)
}

function textOf(database: DatabaseSync, sql: string): string | null {
  const value = Object.values(database.prepare(sql).get() ?? {})[0]
  return typeof value === 'string' ? value : null
}
