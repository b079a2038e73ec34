import type { DatabaseSync, SQLInputValue, SQLOutputValue } from 'node:sqlite'
import { mustParseId, parseFileHash, type FileHash, type PersonId, type SpaceId } from '../../model/ids.ts'
import type { MigrationSet } from './open-database.ts'

/** Bytes that are on the disk, complete and checked, once per server. */
export interface FileObject {
  readonly hash: FileHash
  readonly sizeBytes: number
  readonly mediaType: string
}

/** That a space has a file: what its members may read, and the row in the list of its files. */
export interface FileReference extends FileObject {
  /** Rises with every change of any reference: a list can be asked for what came after. */
  readonly n: number
  readonly name: string
  readonly addedBy: PersonId | null
  readonly addedAtMs: number
  /** False once somebody took it off the list; pages that show it still may. */
  readonly listed: boolean
}

export interface NewReference {
  readonly spaceId: SpaceId
  readonly hash: FileHash
  readonly name: string
  readonly personId: PersonId | null
  readonly atMs: number
}

/** An upload that began: its bytes so far lie beside the database, under its id. */
export interface UploadRecord {
  readonly id: string
  readonly personId: PersonId
  readonly spaceId: SpaceId
  readonly hash: FileHash
  readonly sizeBytes: number
  readonly name: string
  readonly createdAtMs: number
  readonly touchedAtMs: number
  readonly finished: boolean
}

export const fileMigrations: MigrationSet = {
  owner: 'files',
  migrations: [
    {
      name: 'objects, references and uploads',
      sql: `
        CREATE TABLE file_object (hash TEXT PRIMARY KEY, size_bytes INTEGER NOT NULL, media_type TEXT NOT NULL) STRICT, WITHOUT ROWID;
        CREATE TABLE file_reference (
          n INTEGER PRIMARY KEY AUTOINCREMENT, space_id TEXT NOT NULL, hash TEXT NOT NULL REFERENCES file_object (hash),
          name TEXT NOT NULL, person_id TEXT, at_ms INTEGER NOT NULL, listed INTEGER NOT NULL, UNIQUE (space_id, hash)
        ) STRICT;
        CREATE INDEX file_reference_by_hash ON file_reference (hash);
        CREATE INDEX file_reference_by_space ON file_reference (space_id, n);
        CREATE TABLE upload (
          id TEXT PRIMARY KEY, person_id TEXT NOT NULL, space_id TEXT NOT NULL, hash TEXT NOT NULL, size_bytes INTEGER NOT NULL,
          name TEXT NOT NULL, created_at_ms INTEGER NOT NULL, touched_at_ms INTEGER NOT NULL, finished INTEGER NOT NULL DEFAULT 0
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX upload_by_person ON upload (person_id, finished);
      `,
    },
  ],
}

type Row = Readonly<Record<string, SQLOutputValue>>

const referenceColumns =
  'r.n, r.hash, r.name, r.person_id, r.at_ms, r.listed, o.size_bytes, o.media_type FROM file_reference r JOIN file_object o ON o.hash = r.hash'

/** What the database knows of files: which bytes are whole, which space may show them, and what is on its way. Each verb is one transaction. */
export class FileTables {
  readonly #database: DatabaseSync

  /** The database is opened with `fileMigrations`, and closed, by the caller. */
  constructor(database: DatabaseSync) {
    this.#database = database
  }

  object(hash: FileHash): FileObject | undefined {
    const row = this.#one('SELECT * FROM file_object WHERE hash = ?', hash)
    return row === undefined ? undefined : readObject(row)
  }

  reference(spaceId: SpaceId, hash: FileHash): FileReference | undefined {
    const row = this.#one(`SELECT ${referenceColumns} WHERE r.space_id = ? AND r.hash = ?`, spaceId, hash)
    return row === undefined ? undefined : readReference(row)
  }

  /** Whether one of these spaces has the file. */
  isInOneOf(spaceIds: readonly SpaceId[], hash: FileHash): boolean {
    const rows = this.#all('SELECT space_id FROM file_reference WHERE hash = ?', hash)
    return rows.some((row) => spaceIds.some((spaceId) => spaceId === row['space_id']))
  }

  /** Changes of the space's list after number `after`, in their order, what was taken off it included. */
  list(spaceId: SpaceId, after: number, limit: number): readonly FileReference[] {
    const sql = `SELECT ${referenceColumns} WHERE r.space_id = ? AND r.n > ? ORDER BY r.n LIMIT ?`
    return this.#all(sql, spaceId, after, limit).map(readReference)
  }

  /** The bytes are on the disk: from now on the space has them. */
  add(object: FileObject, reference: NewReference): void {
    this.#transaction(() => {
      this.#run('INSERT OR IGNORE INTO file_object VALUES (?, ?, ?)', object.hash, object.sizeBytes, object.mediaType)
      this.#refer(reference)
    })
  }

  /** A space gets a file whose bytes are here. */
  refer(reference: NewReference): void {
    this.#transaction(() => this.#refer(reference))
  }

  /** False where the space has no such file on its list. */
  takeOffList(spaceId: SpaceId, hash: FileHash): boolean {
    return this.#transaction(() => {
      const row = this.#one(
        'SELECT * FROM file_reference WHERE space_id = ? AND hash = ? AND listed = 1',
        spaceId,
        hash,
      )
      if (row === undefined) return false
      this.#run('DELETE FROM file_reference WHERE n = ?', row['n'] ?? null)
      const values = [spaceId, hash, row['name'] ?? '', row['person_id'] ?? null, row['at_ms'] ?? 0]
      this.#run(
        'INSERT INTO file_reference (space_id, hash, name, person_id, at_ms, listed) VALUES (?, ?, ?, ?, ?, 0)',
        ...values,
      )
      return true
    })
  }

  upload(id: string): UploadRecord | undefined {
    const row = this.#one('SELECT * FROM upload WHERE id = ?', id)
    return row === undefined ? undefined : readUpload(row)
  }

  /** What a person has begun and not finished, oldest first. */
  unfinished(personId: PersonId): readonly UploadRecord[] {
    const sql = 'SELECT * FROM upload WHERE person_id = ? AND finished = 0 ORDER BY created_at_ms'
    return this.#all(sql, personId).map(readUpload)
  }

  addUpload(upload: UploadRecord): void {
    this.#run(
      'INSERT INTO upload VALUES (?, ?, ?, ?, ?, ?, ?, ?, 0)',
      upload.id,
      upload.personId,
      upload.spaceId,
      upload.hash,
      upload.sizeBytes,
      upload.name,
      upload.createdAtMs,
      upload.touchedAtMs,
    )
  }

  touchUpload(id: string, atMs: number): void {
    this.#run('UPDATE upload SET touched_at_ms = ? WHERE id = ?', atMs, id)
  }

  finishUpload(id: string, atMs: number): void {
    this.#run('UPDATE upload SET finished = 1, touched_at_ms = ? WHERE id = ?', atMs, id)
  }

  removeUpload(id: string): void {
    this.#run('DELETE FROM upload WHERE id = ?', id)
  }

  /** The ids of uploads, finished or not, that nothing has happened to since. */
  staleUploads(beforeMs: number): readonly string[] {
    return this.#all('SELECT id FROM upload WHERE touched_at_ms < ?', beforeMs).map((row) => text(row, 'id'))
  }

  /** A name that came first stays, unless the file was off the list or had none: two people who add the same file see one row. */
  #refer({ spaceId, hash, name, personId, atMs }: NewReference): void {
    const known = this.reference(spaceId, hash)
    if (known !== undefined && known.listed && (known.name !== '' || name === '')) return
    if (known !== undefined) this.#run('DELETE FROM file_reference WHERE n = ?', known.n)
    this.#run(
      'INSERT INTO file_reference (space_id, hash, name, person_id, at_ms, listed) VALUES (?, ?, ?, ?, ?, 1)',
      spaceId,
      hash,
      name === '' ? (known?.name ?? '') : name,
      personId,
      atMs,
    )
  }

  #one(sql: string, ...values: SQLInputValue[]): Row | undefined {
    return this.#database.prepare(sql).get(...values)
  }

  #all(sql: string, ...values: SQLInputValue[]): readonly Row[] {
    return this.#database.prepare(sql).all(...values)
  }

  #run(sql: string, ...values: SQLInputValue[]): void {
    this.#database.prepare(sql).run(...values)
  }

  #transaction<T>(change: () => T): T {
    this.#database.exec('BEGIN IMMEDIATE')
    try {
      const result = change()
      this.#database.exec('COMMIT')
      return result
    } catch (error) {
      if (this.#database.isTransaction) this.#database.exec('ROLLBACK')
      throw error
    }
  }
}

function readObject(row: Row): FileObject {
  return { hash: hashIn(row), sizeBytes: Number(row['size_bytes']), mediaType: text(row, 'media_type') }
}

function readReference(row: Row): FileReference {
  return {
    ...readObject(row),
    n: Number(row['n']),
    name: text(row, 'name'),
    addedBy: row['person_id'] === null ? null : mustParseId<PersonId>(row['person_id']),
    addedAtMs: Number(row['at_ms']),
    listed: row['listed'] === 1,
  }
}

function readUpload(row: Row): UploadRecord {
  return {
    id: text(row, 'id'),
    personId: mustParseId<PersonId>(row['person_id']),
    spaceId: mustParseId<SpaceId>(row['space_id']),
    hash: hashIn(row),
    sizeBytes: Number(row['size_bytes']),
    name: text(row, 'name'),
    createdAtMs: Number(row['created_at_ms']),
    touchedAtMs: Number(row['touched_at_ms']),
    finished: row['finished'] === 1,
  }
}

function hashIn(row: Row): FileHash {
  const hash = parseFileHash(row['hash'])
  if (hash === undefined) throw new TypeError('Column hash holds no SHA-256')
  return hash
}

function text(row: Row, column: string): string {
  const value = row[column]
  if (typeof value !== 'string') throw new TypeError(`Column ${column} holds no text`)
  return value
}
