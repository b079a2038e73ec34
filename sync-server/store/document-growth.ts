import type { DocumentId } from '../../model/ids.ts'
import type { NewRow } from './store.ts'

/** What a commit adds to one document, gathered so that each document's record is written once per batch. */
export interface Growth {
  rows: number
  bytes: number
  lastN: number
  minSchema: number
}

/** Adds one row that was given the number `n`. */
export function grow(growth: Map<DocumentId, Growth>, row: NewRow, n: number): void {
  const by = growth.get(row.documentId)
  if (by === undefined) {
    growth.set(row.documentId, { rows: 1, bytes: row.update.length, lastN: n, minSchema: row.minSchema })
    return
  }
  by.rows += 1
  by.bytes += row.update.length
  by.lastN = n
  by.minSchema = Math.max(by.minSchema, row.minSchema)
}
