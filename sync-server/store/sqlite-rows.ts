import type { DocumentId, SpaceId } from '../../model/ids.ts'
import { grow, type Growth } from './document-growth.ts'
import { recordChecksum } from './record-checksum.ts'
import { numberIn } from './sqlite-columns.ts'
import type { SqliteStatements } from './sqlite-statements.ts'
import { StoreTrouble, type LogMark, type NewDocument, type NewRow } from './store.ts'

/** Call inside a transaction. Answers the feed numbers in the order of the rows. */
export function appendRows(sql: SqliteStatements, rows: readonly NewRow[], nowMs: number): readonly number[] {
  const heads = new Map<SpaceId, number>()
  const growth = new Map<DocumentId, Growth>()
  const numbers: number[] = []
  for (const row of rows) {
    if (row.register !== null) register(sql, row.register, nowMs)
    const n = (heads.get(row.spaceId) ?? headOf(sql, row.spaceId)) + 1
    heads.set(row.spaceId, n)
    insertRow(sql, row, n)
    bind(sql, row)
    grow(growth, row, n)
    numbers.push(n)
  }
  for (const [spaceId, reached] of heads) sql.run('UPDATE space SET head = ? WHERE space_id = ?', reached, spaceId)
  for (const [documentId, by] of growth) growDocument(sql, documentId, by, nowMs)
  return numbers
}

function headOf(sql: SqliteStatements, spaceId: SpaceId): number {
  const columns = sql.get('SELECT head FROM space WHERE space_id = ?', spaceId)
  if (columns === undefined) throw new StoreTrouble('rejected', 'There is no such space.')
  return numberIn(columns, 'head')
}

function register(sql: SqliteStatements, document: NewDocument, nowMs: number): void {
  const { documentId, spaceId, kind, pageKind, writers, ownerId, coAuthorIds } = document
  sql.run(
    `INSERT INTO document (document_id, space_id, kind, page_kind, writers, owner_id, co_author_ids, min_schema, changed_at_ms,
      size_bytes, last_n, compacted_to, tail_rows, tail_bytes) VALUES (?, ?, ?, ?, ?, ?, ?, 0, ?, 0, 0, 0, 0, 0)`,
    documentId,
    spaceId,
    kind,
    pageKind,
    writers,
    ownerId,
    coAuthorIds.join(' '),
    nowMs,
  )
}

function insertRow(sql: SqliteStatements, row: NewRow, n: number): void {
  sql.run(
    `INSERT INTO log (space_id, n, document_id, log_id, row, checksum, person_id, schema, restored, record_checksum, bytes)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    row.spaceId,
    n,
    row.documentId,
    row.logId,
    row.row,
    row.checksum,
    row.personId,
    row.schema,
    row.restored ? 1 : 0,
    recordChecksum(row.update, row.spaceId, n, row.documentId),
    row.update,
  )
}

function bind(sql: SqliteStatements, { documentId, bindings }: NewRow): void {
  for (const { clientId, owner } of bindings) {
    sql.run(
      'INSERT OR IGNORE INTO client_binding (document_id, client_id, owner) VALUES (?, ?, ?)',
      documentId,
      clientId,
      owner,
    )
  }
}

function growDocument(sql: SqliteStatements, documentId: DocumentId, by: Growth, nowMs: number): void {
  const changes = sql.run(
    `UPDATE document SET min_schema = max(min_schema, ?), changed_at_ms = ?, size_bytes = size_bytes + ?, last_n = ?,
      tail_rows = tail_rows + ?, tail_bytes = tail_bytes + ? WHERE document_id = ?`,
    by.minSchema,
    nowMs,
    by.bytes,
    by.lastN,
    by.rows,
    by.bytes,
    documentId,
  )
  if (changes !== 1) throw new StoreTrouble('rejected', 'There is no such document.')
}

/** Call inside a transaction. */
export function setMark(sql: SqliteStatements, { logId, personId, row, checksum }: LogMark): void {
  const changes = sql.run(
    `INSERT INTO log_mark (log_id, person_id, row, checksum) VALUES (?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET checksum = iif(excluded.row > row, excluded.checksum, checksum), row = max(excluded.row, row)
     WHERE person_id = excluded.person_id`,
    logId,
    personId,
    row,
    checksum,
  )
  if (changes !== 1) throw new StoreTrouble('rejected', 'This log belongs to somebody else.')
}
