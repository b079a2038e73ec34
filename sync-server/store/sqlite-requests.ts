import { parseId, type PersonId, type RequestId, type SpaceId } from '../../model/ids.ts'
import { answerStates, requestRefusals } from '../../model/request.ts'
import { recordChecksum } from './record-checksum.ts'
import type { AskedRequest, DocumentMove, StoredRequest } from './request-store.ts'
import { numberIn, personIdIn, textIn, wordIn, type Columns } from './sqlite-columns.ts'
import { putSnapshot } from './sqlite-snapshots.ts'
import type { SqliteStatements } from './sqlite-statements.ts'
import { StoreTrouble } from './store.ts'

export function readRequest(sql: SqliteStatements, id: RequestId): StoredRequest | null {
  const columns = sql.get('SELECT * FROM request WHERE request_id = ?', id)
  return columns === undefined ? null : requestIn(columns)
}

export function requestsAfter(sql: SqliteStatements, personId: PersonId, after: number): readonly StoredRequest[] {
  return sql.all('SELECT * FROM request WHERE person_id = ? AND n > ? ORDER BY n', personId, after).map(requestIn)
}

export function openRequests(sql: SqliteStatements): readonly StoredRequest[] {
  return sql.all(`SELECT * FROM request WHERE state = 'asked' ORDER BY asked_at_ms, request_id`).map(requestIn)
}

/** Call inside a transaction. */
export function putRequest(sql: SqliteStatements, request: AskedRequest): void {
  const { requestId, personId, ask, state, reason, askedAtMs, answeredAtMs } = request
  const last = sql.get('SELECT coalesce(max(n), 0) AS n FROM request WHERE person_id = ?', personId)
  sql.run(
    `INSERT OR REPLACE INTO request (request_id, person_id, n, ask, state, reason, asked_at_ms, answered_at_ms)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
    requestId,
    personId,
    numberIn(last ?? {}, 'n') + 1,
    ask,
    state,
    reason,
    askedAtMs,
    answeredAtMs,
  )
}

/**
 * Call inside a transaction. In the old feed a row without bytes stays, so that whoever is behind learns that the document left;
 * in the new feed one says that it came. What it holds is a snapshot: who has it already fetches nothing.
 */
export function moveDocument(
  sql: SqliteStatements,
  move: DocumentMove,
  nowMs: number,
): { readonly left: number; readonly entered: number } {
  const { documentId, from, to, update, stateVector, logId } = move
  const known = sql.get('SELECT space_id FROM document WHERE document_id = ?', documentId)
  if (known?.['space_id'] !== from) throw new StoreTrouble('rejected', 'The document is not there any more.')
  // What it left behind in spaces where it was earlier stays: they are still behind it.
  sql.run('DELETE FROM log WHERE document_id = ? AND space_id = ?', documentId, from)
  const left = addMark(sql, from, { documentId, logId, row: move.leftRow })
  const entered = addMark(sql, to, { documentId, logId, row: move.enteredRow })
  putSnapshot(sql, { documentId, spaceId: to, coversN: entered, update, stateVector, quarantined: null, nowMs })
  sql.run(
    `UPDATE document SET space_id = ?, last_n = ?, compacted_to = ?, size_bytes = ?, tail_rows = 0, tail_bytes = 0
     WHERE document_id = ?`,
    to,
    entered,
    entered,
    update.length,
    documentId,
  )
  sql.run('UPDATE document_writer SET first_n = ?1, last_n = ?1 WHERE document_id = ?2', entered, documentId)
  return { left, entered }
}

/** A row without bytes, under the next number of the space. */
function addMark(
  sql: SqliteStatements,
  spaceId: SpaceId,
  { documentId, logId, row }: Pick<DocumentMove, 'documentId' | 'logId'> & { readonly row: number },
): number {
  const columns = sql.get('UPDATE space SET head = head + 1 WHERE space_id = ? RETURNING head', spaceId)
  if (columns === undefined) throw new StoreTrouble('rejected', 'There is no such space.')
  const n = numberIn(columns, 'head')
  sql.run(
    `INSERT INTO log (space_id, n, document_id, log_id, row, checksum, person_id, schema, restored, record_checksum, bytes)
     VALUES (?, ?, ?, ?, ?, 0, 'server', 1, 0, ?, NULL)`,
    spaceId,
    n,
    documentId,
    logId,
    row,
    recordChecksum(new Uint8Array(), spaceId, n, documentId),
  )
  return n
}

function requestIn(columns: Columns): StoredRequest {
  const requestId = parseId<RequestId>(columns['request_id'])
  if (requestId === undefined) throw new StoreTrouble('rejected', 'The database holds a request without an id.')
  return {
    requestId,
    personId: personIdIn(columns),
    n: numberIn(columns, 'n'),
    ask: textIn(columns, 'ask'),
    state: wordIn(answerStates, columns, 'state'),
    reason: columns['reason'] === null ? null : wordIn(requestRefusals, columns, 'reason'),
    askedAtMs: numberIn(columns, 'asked_at_ms'),
    answeredAtMs: numberIn(columns, 'answered_at_ms'),
  }
}
