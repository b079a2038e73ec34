import type { DocumentId } from '../../model/ids.ts'
import { recordChecksum } from './record-checksum.ts'
import { bytesIn, numberIn } from './sqlite-columns.ts'
import type { SqliteStatements } from './sqlite-statements.ts'
import { StoreTrouble, type NewSnapshot, type QuarantineRecord, type Snapshot } from './store.ts'

export function snapshotStateVector(sql: SqliteStatements, id: DocumentId): Uint8Array | 'damaged' {
  const columns = sql.get(
    'SELECT covers_n, state_vector, state_vector_checksum FROM snapshot WHERE document_id = ?',
    id,
  )
  const bytes = columns === undefined ? null : bytesIn(columns, 'state_vector')
  if (columns === undefined || bytes === null) return 'damaged'
  const checksum = recordChecksum(bytes, 'state-vector', id, numberIn(columns, 'covers_n'))
  return checksum === columns['state_vector_checksum'] ? bytes : 'damaged'
}

export function readSnapshot(sql: SqliteStatements, documentId: DocumentId): Snapshot | 'damaged' | null {
  const columns = sql.get('SELECT * FROM snapshot WHERE document_id = ?', documentId)
  if (columns === undefined) return null
  const coversN = numberIn(columns, 'covers_n')
  const update = bytesIn(columns, 'bytes')
  const stateVector = snapshotStateVector(sql, documentId)
  if (update === null || stateVector === 'damaged') return 'damaged'
  if (recordChecksum(update, 'snapshot', documentId, coversN) !== columns['record_checksum']) return 'damaged'
  return { coversN, update, stateVector }
}

/** Call inside a transaction. */
export function writeSnapshot(sql: SqliteStatements, snapshot: NewSnapshot): void {
  const { documentId, spaceId, coversN, update } = snapshot
  const columns = sql.get('SELECT space_id, compacted_to FROM document WHERE document_id = ?', documentId)
  if (columns === undefined) throw new StoreTrouble('rejected', 'There is no such document.')
  // Moved meanwhile: the number is another feed's.
  if (columns['space_id'] !== spaceId || coversN < numberIn(columns, 'compacted_to')) return
  putSnapshot(sql, snapshot)
  // One row without bytes stays per document, its last: whoever is behind it learns that the document changed.
  const here = 'document_id = ?1 AND space_id = ?2'
  const last = sql.get(`SELECT max(n) AS n FROM log WHERE ${here} AND n <= ?3`, documentId, spaceId, coversN)
  sql.run(`DELETE FROM log WHERE ${here} AND n < ?3`, documentId, spaceId, numberIn(last ?? {}, 'n'))
  sql.run(`UPDATE log SET bytes = NULL WHERE ${here} AND n <= ?3`, documentId, spaceId, coversN)
  sql.run(
    `UPDATE document SET compacted_to = ?3, (tail_rows, tail_bytes) =
      (SELECT count(*), coalesce(sum(length(bytes)), 0) FROM log WHERE ${here} AND n > ?3) WHERE document_id = ?1`,
    documentId,
    spaceId,
    coversN,
  )
  sql.run('UPDATE document SET size_bytes = ? + tail_bytes WHERE document_id = ?', update.length, documentId)
}

/** Call inside a transaction. */
export function putSnapshot(
  sql: SqliteStatements,
  { documentId, coversN, update, stateVector, quarantined, nowMs }: NewSnapshot,
): void {
  sql.run(
    'INSERT OR REPLACE INTO snapshot (document_id, covers_n, bytes, state_vector, record_checksum, state_vector_checksum) VALUES (?, ?, ?, ?, ?, ?)',
    documentId,
    coversN,
    update,
    stateVector,
    recordChecksum(update, 'snapshot', documentId, coversN),
    recordChecksum(stateVector, 'state-vector', documentId, coversN),
  )
  if (quarantined === null) return
  sql.run(
    'INSERT INTO quarantine (document_id, n, set_aside_at_ms, record_checksum, bytes) VALUES (?, ?, ?, ?, ?)',
    documentId,
    coversN,
    nowMs,
    recordChecksum(quarantined, 'quarantine', documentId, coversN),
    quarantined,
  )
}

export function readQuarantine(sql: SqliteStatements, documentId: DocumentId): readonly QuarantineRecord[] {
  return sql.all('SELECT * FROM quarantine WHERE document_id = ? ORDER BY id', documentId).map((columns) => {
    const n = numberIn(columns, 'n')
    const bytes = bytesIn(columns, 'bytes') ?? new Uint8Array()
    const isIntact = recordChecksum(bytes, 'quarantine', documentId, n) === columns['record_checksum']
    return { documentId, n, update: isIntact ? bytes : 'damaged' }
  })
}
