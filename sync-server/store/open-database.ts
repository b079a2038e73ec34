import { accessSync, constants, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { StoreTrouble, type StoreTroubleReason } from './store.ts'

/** `PLEI` in ASCII: says that a file is ours before anything is read from it. */
export const applicationId = 0x50_4c_45_49

/** A numbered step; the number is its place in the list of its owner, from 1. Never changed once released. */
export interface Migration {
  readonly name: string
  readonly sql: string
}

/**
 * The steps of one owner of tables (`sync`, `accounts`, …), each numbered by itself, so that two owners never fight for
 * a number. `user_version` holds the layout of this bookkeeping only.
 */
export interface MigrationSet {
  readonly owner: string
  readonly migrations: readonly Migration[]
}

const layoutVersion = 1

/**
 * Opens `plein.db` in the data folder (made where it is missing) and brings it up to date.
 * Throws StoreTrouble: `newer-version`, `not-plein`, `read-only`, `full`, `unavailable`.
 */
export function openDatabase(dataDir: string, sets: readonly MigrationSet[]): DatabaseSync {
  const database = openFile(dataDir)
  try {
    configure(database)
    checkOwner(database)
    for (const set of sets) migrate(database, set)
    return database
  } catch (cause) {
    database.close()
    throw troubleOf(cause)
  }
}

function openFile(dataDir: string): DatabaseSync {
  try {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 })
    accessSync(dataDir, constants.W_OK | constants.R_OK | constants.X_OK)
    return new DatabaseSync(join(dataDir, 'plein.db'), { enableForeignKeyConstraints: true, timeout: 5000 })
  } catch (cause) {
    throw troubleOf(cause)
  }
}

function configure(database: DatabaseSync): void {
  // WAL with FULL: one fsync per commit, and a power cut loses nothing that was acknowledged.
  database.exec(
    'PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA busy_timeout = 5000',
  )
}

function checkOwner(database: DatabaseSync): void {
  const owner = pragma(database, 'application_id')
  const version = pragma(database, 'user_version')
  const tables = Number(database.prepare('SELECT count(*) AS count FROM sqlite_schema').get()?.['count'] ?? 0)
  if (owner !== applicationId && tables > 0) {
    throw new StoreTrouble(
      'not-plein',
      'plein.db in the data folder is a database of another program. Choose another folder with --data.',
    )
  }
  if (version > layoutVersion) throw newerVersion()
  database.exec(`PRAGMA application_id = ${applicationId}; PRAGMA user_version = ${layoutVersion};
    CREATE TABLE IF NOT EXISTS migration (owner TEXT NOT NULL, number INTEGER NOT NULL, name TEXT NOT NULL, PRIMARY KEY (owner, number)) STRICT`)
}

function migrate(database: DatabaseSync, set: MigrationSet): void {
  const row = database
    .prepare('SELECT coalesce(max(number), 0) AS number FROM migration WHERE owner = ?')
    .get(set.owner)
  const done = Number(row?.['number'] ?? 0)
  if (done > set.migrations.length) throw newerVersion()
  for (const [index, migration] of set.migrations.entries()) {
    if (index < done) continue
    database.exec('BEGIN IMMEDIATE')
    try {
      database.exec(migration.sql)
      database
        .prepare('INSERT INTO migration (owner, number, name) VALUES (?, ?, ?)')
        .run(set.owner, index + 1, migration.name)
      database.exec('COMMIT')
    } catch (error) {
      database.exec('ROLLBACK')
      throw error
    }
  }
}

function newerVersion(): StoreTrouble {
  return new StoreTrouble(
    'newer-version',
    'The data folder was written by a newer version of Plein. Nothing was changed. Start that version, or choose another folder with --data.',
  )
}

function pragma(database: DatabaseSync, name: 'application_id' | 'user_version'): number {
  return Number(database.prepare(`PRAGMA ${name}`).get()?.[name] ?? 0)
}

/** What SQLite's primary result codes and the system's error codes mean for the person who started the server. */
const troubles: readonly {
  readonly codes: readonly (string | number)[]
  readonly reason: StoreTroubleReason
  readonly sentence: string
}[] = [
  {
    codes: [13, 'ENOSPC', 'EDQUOT'],
    reason: 'full',
    sentence: 'The disk is full. Nothing is lost; make room and Plein goes on by itself.',
  },
  {
    codes: [8, 14, 'EACCES', 'EROFS', 'EPERM', 'ENOTDIR', 'EEXIST'],
    reason: 'read-only',
    sentence: 'Plein cannot write in the data folder. Give it write permission, or choose another folder with --data.',
  },
  {
    codes: [26, 11],
    reason: 'not-plein',
    sentence: 'plein.db is damaged or no database. Restore a backup, or choose another folder with --data.',
  },
  { codes: [5, 6, 10], reason: 'unavailable', sentence: 'The database is busy or the disk does not answer.' },
]

/** SQLite's and the system's errors as ours. */
export function troubleOf(cause: unknown): StoreTrouble {
  if (cause instanceof StoreTrouble) return cause
  const codes = [sqliteCode(cause), systemCode(cause)]
  const trouble = troubles.find((each) => each.codes.some((code) => codes.includes(code)))
  if (trouble === undefined) return new StoreTrouble('rejected', 'The database refused this.', { cause })
  return new StoreTrouble(trouble.reason, trouble.sentence, { cause })
}

function systemCode(cause: unknown): string | undefined {
  const code: unknown = typeof cause === 'object' && cause !== null ? Reflect.get(cause, 'code') : undefined
  return typeof code === 'string' ? code : undefined
}

/** SQLite's primary result code: the low byte of the extended one. */
function sqliteCode(cause: unknown): number | undefined {
  const code: unknown = typeof cause === 'object' && cause !== null ? Reflect.get(cause, 'errcode') : undefined
  return typeof code === 'number' ? code & 0xff : undefined
}
