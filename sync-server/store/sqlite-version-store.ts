import type { DatabaseSync } from 'node:sqlite'
import { parseId, type DocumentId, type PersonId, type VersionId } from '../../model/ids.ts'
import { isVersionReason } from '../../model/version.ts'
import { recordChecksum } from './record-checksum.ts'
import { bytesIn, documentIdIn, numberIn, personIdIn, spaceIdIn, textIn, type Columns } from './sqlite-columns.ts'
import { SqliteStatements } from './sqlite-statements.ts'
import { StoreTrouble } from './store.ts'
import {
  writersWithout,
  type NewVersion,
  type VersionRecord,
  type VersionStore,
  type WrittenRow,
} from './version-store.ts'

const columnsOfRecord =
  'version_id, document_id, space_id, n, at_ms, reason, name, made_by, writer_ids, min_schema, length(bytes) AS size_bytes'

/** Versions in the database of the sync core, which stays the caller's to close. */
export class SqliteVersionStore implements VersionStore {
  readonly #sql: SqliteStatements

  constructor(database: DatabaseSync) {
    this.#sql = new SqliteStatements(database)
  }

  async add(version: NewVersion): Promise<VersionRecord> {
    return this.#sql.transaction(() => {
      const { bytes, ...rest } = version
      const writerIds = this.#takeWriters(version.documentId, version.n)
      this.#insert(version, writerIds)
      return { ...rest, writerIds, sizeBytes: bytes.length }
    })
  }

  /** Who wrote up to this number since the last version; whoever wrote on is kept for the next. */
  #takeWriters(documentId: DocumentId, n: number): readonly PersonId[] {
    const writers = this.#sql
      .all(
        'SELECT person_id FROM document_writer WHERE document_id = ? AND first_n <= ? ORDER BY first_n',
        documentId,
        n,
      )
      .map(personIdIn)
    this.#sql.run('DELETE FROM document_writer WHERE document_id = ? AND last_n <= ?', documentId, n)
    this.#sql.run('UPDATE document_writer SET first_n = ?1 + 1 WHERE document_id = ?2 AND first_n <= ?1', n, documentId)
    return writers
  }

  #insert(version: NewVersion, writerIds: readonly PersonId[]): void {
    const { versionId, documentId, spaceId, n, atMs, reason, name, madeBy, minSchema, bytes } = version
    this.#sql.run(
      `INSERT INTO version (version_id, document_id, space_id, n, at_ms, reason, name, made_by, writer_ids, min_schema, record_checksum, bytes)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      versionId,
      documentId,
      spaceId,
      n,
      atMs,
      reason,
      name,
      madeBy,
      writerIds.join(' '),
      minSchema,
      recordChecksum(bytes, 'version', versionId, documentId, n),
      bytes,
    )
  }

  async of(documentId: DocumentId): Promise<readonly VersionRecord[]> {
    return this.#of(documentId)
  }

  #of(documentId: DocumentId): readonly VersionRecord[] {
    const sql = `SELECT ${columnsOfRecord} FROM version WHERE document_id = ? ORDER BY id DESC`
    return this.#sql.all(sql, documentId).map(versionIn)
  }

  async read(documentId: DocumentId, versionId: VersionId): Promise<Uint8Array | 'damaged' | null> {
    const columns = this.#sql.get(
      'SELECT n, record_checksum, bytes FROM version WHERE document_id = ? AND version_id = ?',
      documentId,
      versionId,
    )
    if (columns === undefined) return null
    const bytes = bytesIn(columns, 'bytes') ?? new Uint8Array()
    const checksum = recordChecksum(bytes, 'version', versionId, documentId, numberIn(columns, 'n'))
    return checksum === columns['record_checksum'] ? bytes : 'damaged'
  }

  async name(documentId: DocumentId, versionId: VersionId, by: { readonly name: string; readonly madeBy: PersonId }) {
    this.#sql.run(
      `UPDATE version SET name = ?, made_by = ?, reason = 'by-hand' WHERE document_id = ? AND version_id = ?`,
      by.name,
      by.madeBy,
      documentId,
      versionId,
    )
  }

  async remove(documentId: DocumentId, versionIds: readonly VersionId[]) {
    this.#sql.transaction(() => {
      for (const [versionId, writerIds] of writersWithout(this.#of(documentId), new Set(versionIds))) {
        this.#sql.run('UPDATE version SET writer_ids = ? WHERE version_id = ?', writerIds.join(' '), versionId)
      }
      for (const versionId of versionIds) {
        this.#sql.run('DELETE FROM version WHERE document_id = ? AND version_id = ?', documentId, versionId)
      }
    })
  }

  async rowsSince(documentId: DocumentId, after: number, maxRows: number): Promise<readonly WrittenRow[]> {
    const sql = `SELECT n, space_id, person_id, record_checksum, bytes FROM log
      WHERE document_id = ? AND n > ? AND bytes IS NOT NULL AND person_id <> 'server' ORDER BY n LIMIT ?`
    return this.#sql.all(sql, documentId, after, maxRows).flatMap((columns) => {
      const update = bytesIn(columns, 'bytes') ?? new Uint8Array()
      const checksum = recordChecksum(update, spaceIdIn(columns), numberIn(columns, 'n'), documentId)
      return checksum === columns['record_checksum'] ? [{ personId: personIdIn(columns), update }] : []
    })
  }

  async removeAll(documentId: DocumentId) {
    this.#sql.transaction(() => {
      this.#sql.run('DELETE FROM version WHERE document_id = ?', documentId)
      this.#sql.run('DELETE FROM document_writer WHERE document_id = ?', documentId)
    })
  }
}

function versionIn(columns: Columns): VersionRecord {
  const versionId = parseId<VersionId>(columns['version_id'])
  const { reason, made_by: madeBy, name } = columns
  if (versionId === undefined || !isVersionReason(reason)) throw damaged()
  return {
    versionId,
    documentId: documentIdIn(columns),
    spaceId: spaceIdIn(columns),
    n: numberIn(columns, 'n'),
    atMs: numberIn(columns, 'at_ms'),
    reason,
    name: name === null ? null : textIn(columns, 'name'),
    madeBy: parseId<PersonId>(madeBy) ?? null,
    writerIds: textIn(columns, 'writer_ids')
      .split(' ')
      .flatMap((word) => parseId<PersonId>(word) ?? []),
    minSchema: numberIn(columns, 'min_schema'),
    sizeBytes: numberIn(columns, 'size_bytes'),
  }
}

function damaged(): StoreTrouble {
  return new StoreTrouble('rejected', 'The database holds a version that Plein never wrote.')
}
