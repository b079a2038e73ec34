import { rowChecksum } from '../../model/checksum.ts'
import type { LogId } from '../../model/ids.ts'
import type { DocumentChange, LogState, OwnChange, WaitingRow } from './laptop-storage.ts'

/** The log with the checksum that the next row continues. */
export interface LogHead extends LogState {
  readonly lastChecksum: number
}

export function newLog(logId: LogId): LogHead {
  return { logId, lastRow: 0, lastChecksum: 0, acknowledgedRow: 0, acknowledgedChecksum: 0 }
}

export function logStateOf({ logId, lastRow, acknowledgedRow, acknowledgedChecksum }: LogHead): LogState {
  return { logId, lastRow, acknowledgedRow, acknowledgedChecksum }
}

/** Numbers and chained checksums for new changes (LO1, LO2). Call only inside the transaction that read the head. */
export function appendRows<Head extends LogHead>(
  head: Head,
  changes: readonly OwnChange[],
): { readonly head: Head; readonly rows: readonly WaitingRow[] } {
  let { lastRow: row, lastChecksum: checksum } = head
  const rows = changes.map(({ documentId, update, schema, restored, registration }) => {
    row += 1
    checksum = rowChecksum(checksum, row, documentId, update)
    return { row, checksum, documentId, update, schema, restored, registration }
  })
  return { head: { ...head, lastRow: row, lastChecksum: checksum }, rows }
}

/** The record of a document that comes into being with this change; undefined where the change registers nothing. */
export function registeredDocument({ documentId, registration, schema }: OwnChange): DocumentChange | undefined {
  if (registration === null) return undefined
  const { spaceId, kind, pageKind } = registration
  return { id: documentId, spaceId, kind, pageKind, minSchema: schema, held: true }
}

/** What a row on disk is sealed with: its bytes and everything that is pushed with them. */
export function rowLabel(row: Pick<WaitingRow, 'row' | 'checksum' | 'documentId' | 'schema' | 'restored'>): string {
  return `${row.row} ${row.checksum} ${row.documentId} ${row.schema} ${row.restored}`
}

export function idOfSetAside(logId: LogId, row: number): string {
  return `${logId}-${row}`
}
