import type { DocumentId, OrganisationId } from '../../model/ids.ts'
import type { RefusalReason } from '../../model/protocol/reasons.ts'
import type { OutboxRow } from './database.ts'
import { readHead, type Scope } from './dexie-scope.ts'
import { StorageFailed, type WaitingRow } from './laptop-storage.ts'
import { idOfSetAside, rowLabel } from './own-log.ts'
import { isIntact, seal } from './sealed-bytes.ts'

/** Keeps what a row holds in sight. */
export async function putAside(scope: Scope, row: OutboxRow, reason: RefusalReason | 'damaged-record'): Promise<void> {
  const { organisationId, tables } = scope
  if (row.documentId === '') return
  const document = await tables.documents.get([organisationId, row.documentId])
  const { logId } = await readHead(scope)
  await tables.setAside.put({
    organisationId,
    id: idOfSetAside(logId, row.row),
    documentId: row.documentId,
    title: document?.title ?? '',
    reason,
    update: row.bytes,
  })
}

/** What stays of a row that was set aside: `welcome` may still name its number, until an acknowledgement passes it. */
export function tombstone(row: OutboxRow): OutboxRow {
  return { ...row, documentId: '', registration: null, ...seal(new Uint8Array(), '') }
}

/** Ids of documents with waiting rows, one for each row. */
export async function waitingDocuments(
  { organisationId, tables }: Scope,
  ids?: readonly DocumentId[],
): Promise<Map<DocumentId, number>> {
  if (ids !== undefined && ids.length <= 50) {
    const counts = new Map<DocumentId, number>()
    // One after another: a transaction does not outlive promises that are gathered.
    for (const id of ids)
      counts.set(id, await tables.outbox.where('[organisationId+documentId]').equals([organisationId, id]).count())
    return counts
  }
  return countWaiting(await waitingKeys({ organisationId, tables }))
}

type WaitingKey = readonly [OrganisationId, DocumentId | '']

/** The document of each waiting row, from the index alone; a promise of Dexie's own, to be asked for beside others. */
export function waitingKeys({ organisationId, tables }: Pick<Scope, 'organisationId' | 'tables'>) {
  const index = tables.outbox.where('[organisationId+documentId]')
  return index.between([organisationId, ''], [organisationId, '\uffff']).keys()
}

export function countWaiting(keys: unknown): Map<DocumentId, number> {
  const counts = new Map<DocumentId, number>()
  for (const [, id] of keys as readonly WaitingKey[]) if (id !== '') counts.set(id, (counts.get(id) ?? 0) + 1)
  return counts
}

/** The updates that wait for one document: where its stored records broke, these survive. */
export async function waitingUpdates({ organisationId, tables }: Scope, id: DocumentId): Promise<Uint8Array[]> {
  const rows = await tables.outbox.where('[organisationId+documentId]').equals([organisationId, id]).toArray()
  return rows.filter((row) => isIntact(row, rowLabel({ ...row, documentId: id }))).map((row) => row.bytes)
}

export async function waitingRowsOf(
  { organisationId, tables }: Scope,
  ids: readonly DocumentId[],
): Promise<OutboxRow[]> {
  const wanted = new Set<string>(ids)
  const rows = await tables.outbox
    .where('[organisationId+row]')
    .between([organisationId, 0], [organisationId, Infinity])
    .toArray()
  return rows.filter(({ documentId }) => wanted.has(documentId))
}

export function outboxAfter({ organisationId, tables }: Scope, row: number) {
  return tables.outbox
    .where('[organisationId+row]')
    .between([organisationId, row], [organisationId, Infinity], false, true)
}

export function outboxRow(organisationId: OrganisationId, row: WaitingRow): OutboxRow {
  const { documentId, schema, restored, registration, checksum } = row
  return {
    organisationId,
    row: row.row,
    checksum,
    documentId,
    schema,
    restored,
    registration,
    ...seal(row.update, rowLabel(row)),
  }
}

/** Undefined for a tombstone. Throws where the record is damaged. */
export function waitingRow(row: OutboxRow): WaitingRow | undefined {
  const { documentId, schema, restored, registration, checksum, bytes } = row
  if (documentId === '') return undefined
  if (!isIntact(row, rowLabel({ ...row, documentId }))) throw new StorageFailed('damaged')
  return { row: row.row, checksum, documentId, schema, restored, registration, update: bytes }
}
