import { Dexie } from 'dexie'
import type { DocumentId } from '../../model/ids.ts'
import type { RefusalReason } from '../../model/protocol/reasons.ts'
import type { LogRow } from './database.ts'
import { putChanged, readForChange } from './dexie-documents.ts'
import { outboxAfter, outboxRow, putAside, tombstone, waitingRow } from './dexie-outbox.ts'
import { readHead, type Scope } from './dexie-scope.ts'
import type { DocumentChange, OwnChange, WaitingRow } from './laptop-storage.ts'
import { appendRows, newLog, registeredDocument, rowLabel } from './own-log.ts'
import { isIntact, seal } from './sealed-bytes.ts'

/**
 * LO1: inside one transaction over `logs`, `outbox`, `updates`, `documents` and `unfolded`, which IndexedDB serialises over all windows.
 * It waits twice, once for all it reads and once for all it writes: while a person types fast, every wait lasts until the window has
 * a turn free.
 */
export async function appendOwn(
  scope: Scope,
  own: readonly OwnChange[],
  listed: readonly DocumentChange[],
): Promise<readonly WaitingRow[]> {
  const { organisationId, tables } = scope
  const changes = [...own.map(registeredDocument).filter((change) => change !== undefined), ...listed]
  const [before, found] = await Dexie.Promise.all([readHead(scope), readForChange(scope, changes)])
  const { head, rows } = appendRows(before, own)
  const { seq, written } = putChanged(scope, { changes, found, seq: head.seq })
  await Dexie.Promise.all([
    written,
    tables.outbox.bulkAdd(rows.map((row) => outboxRow(organisationId, row))),
    tables.updates.bulkAdd(
      own.map(({ documentId, update }) => ({ organisationId, documentId, ...seal(update, documentId) })),
    ),
    tables.logs.put({ ...head, seq }),
  ])
  return rows
}

export async function waitingRows(scope: Scope, afterRow: number, maxBytes: number): Promise<WaitingRow[]> {
  const rows: WaitingRow[] = []
  let bytes = 0
  let after = afterRow
  for (;;) {
    const batch = await outboxAfter(scope, after).limit(500).toArray()
    for (const row of batch) {
      after = row.row
      const waiting = waitingRow(row)
      if (waiting === undefined) continue
      rows.push(waiting)
      bytes += waiting.update.length
      if (bytes >= maxBytes) return rows
    }
    if (batch.length < 500) return rows
  }
}

/** Sets damaged waiting rows aside and renews the log with the others. Inside a transaction over all tables of the log. */
export async function repairOutbox(scope: Scope): Promise<void> {
  const { organisationId, tables } = scope
  const rows = await outboxAfter(scope, 0).toArray()
  for (const row of rows) {
    if (row.documentId === '' || isIntact(row, rowLabel({ ...row, documentId: row.documentId }))) continue
    await putAside(scope, row, 'damaged-record')
    await tables.outbox.delete([organisationId, row.row])
  }
  await renewLog(scope)
}

/** Waits twice, as `appendOwn` does: own keystrokes queue behind it. */
export async function acknowledge({ organisationId, tables }: Scope, row: number): Promise<readonly DocumentId[]> {
  const range = tables.outbox
    .where('[organisationId+row]')
    .between([organisationId, 0], [organisationId, row], true, true)
  const [passed, head] = await Dexie.Promise.all([range.toArray(), tables.logs.get(organisationId)])
  const last = passed.at(-1)
  if (last === undefined || head === undefined) return []
  await Dexie.Promise.all([
    tables.outbox.bulkDelete(passed.map((found) => [organisationId, found.row] as [string, number])),
    tables.logs.put({ ...head, acknowledgedRow: last.row, acknowledgedChecksum: last.checksum }),
  ])
  return passed.map(({ documentId }) => documentId).filter((id): id is DocumentId => id !== '')
}

export async function setAside(scope: Scope, row: number, reason: RefusalReason, keep: boolean): Promise<void> {
  const { organisationId, tables } = scope
  const found = await tables.outbox.get([organisationId, row])
  if (found === undefined || found.documentId === '') return
  if (keep) await putAside(scope, found, reason)
  await tables.outbox.put(tombstone(found))
}

/** LO4. Inside one transaction over `logs`, `outbox`, `documents`, `spaces`. */
export async function renewLog(scope: Scope): Promise<LogRow> {
  const { organisationId, tables, mintLogId } = scope
  const { seq } = await readHead(scope)
  const waiting = (await outboxAfter(scope, 0).toArray()).map(waitingRow).filter((row) => row !== undefined)
  const { head, rows } = appendRows({ organisationId, seq, ...newLog(mintLogId()) }, waiting)
  await outboxAfter(scope, 0).delete()
  await tables.outbox.bulkAdd(rows.map((row) => outboxRow(organisationId, row)))
  await tables.logs.put(head)
  return head
}

export async function checksumOfRow({ organisationId, tables }: Scope, row: number): Promise<number | undefined> {
  if (row === 0) return 0
  const waiting = await tables.outbox.get([organisationId, row])
  if (waiting !== undefined) return waiting.checksum
  const head = await tables.logs.get(organisationId)
  return head?.acknowledgedRow === row ? head.acknowledgedChecksum : undefined
}
