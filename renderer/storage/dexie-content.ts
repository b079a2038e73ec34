import { Dexie } from 'dexie'
import type { DocumentId } from '../../model/ids.ts'
import { mergeInTree } from '../../model/update.ts'
import type { CheckpointRow, DocumentRow, UpdateRow } from './database.ts'
import { changeDocuments, deleteContent } from './dexie-documents.ts'
import { waitingDocuments, waitingUpdates } from './dexie-outbox.ts'
import { forgetReviews } from './dexie-reviews.ts'
import { readHead, type Scope } from './dexie-scope.ts'
import type { DocumentChange, LoadedDocument, RemoteBatch } from './laptop-storage.ts'
import { quickRead } from './quick-read.ts'
import { isIntact, seal } from './sealed-bytes.ts'

/**
 * One step of sync. Inside one transaction over `logs`, `documents`, `updates`, `checkpoints`, `outbox`, `spaces`. Nothing is
 * awaited that asks nothing of the database: a transaction without a request under way commits by itself.
 */
export async function storeRemote(scope: Scope, batch: RemoteBatch): Promise<void> {
  const { organisationId, tables } = scope
  const head = await readHead(scope)
  if (batch.replaced !== undefined && batch.replaced.length > 0) await emptyReplaced(scope, batch.replaced)
  if (batch.changes.length > 0) {
    await tables.updates.bulkAdd(
      batch.changes.map(({ documentId, update }) => ({ organisationId, documentId, ...seal(update, documentId) })),
    )
  }
  const unnamed = unnamedDocuments(batch)
  const held = unnamed.length > 0 ? await becomingHeld(scope, unnamed) : []
  const changes = [...namedChanges(batch), ...held]
  const seq = changes.length > 0 ? await changeDocuments(scope, changes, head.seq) : head.seq
  if (seq !== head.seq) await tables.logs.put({ ...head, seq })
  for (const { spaceId, cursor } of batch.cursors) {
    await tables.spaces.update([organisationId, spaceId], { cursor })
  }
}

/** Reads documents and checks every record. Inside a transaction over `updates`, `checkpoints`, `documents`. */
export async function readContent(scope: Scope, ids: readonly DocumentId[]): Promise<Map<DocumentId, LoadedDocument>> {
  const { organisationId, tables } = scope
  const keys = ids.map((id) => [organisationId, id] as [string, string])
  const [checkpoints, documents, updates] = await Dexie.Promise.all([
    tables.checkpoints.bulkGet(keys),
    tables.documents.bulkGet(keys),
    Dexie.Promise.all(
      ids.map((id) => tables.updates.where('[organisationId+documentId]').equals([organisationId, id]).toArray()),
    ),
  ])
  return new Map(
    ids.map((id, place) => [
      id,
      checked(id, { checkpoint: checkpoints[place], document: documents[place], updates: updates[place] ?? [] }),
    ]),
  )
}

/** Reads one document, as `readContent` does, sooner; undefined where only Dexie can. */
export async function readContentQuickly(
  { organisationId }: Scope,
  dexie: Dexie,
  id: DocumentId,
): Promise<LoadedDocument | undefined> {
  const key = [organisationId, id]
  type Found = readonly [UpdateRow[], CheckpointRow | undefined, DocumentRow | undefined]
  const found = await quickRead<Found>(dexie, ['updates', 'checkpoints', 'documents'], (store) => [
    store('updates').index('[organisationId+documentId]').getAll(key),
    store('checkpoints').get(key),
    store('documents').get(key),
  ])
  if (found === undefined) return undefined
  const [updates, checkpoint, document] = found
  return checked(id, { checkpoint, document, updates })
}

function checked(
  id: DocumentId,
  {
    checkpoint,
    document,
    updates,
  }: {
    readonly checkpoint: CheckpointRow | undefined
    readonly document: DocumentRow | undefined
    readonly updates: readonly UpdateRow[]
  },
): LoadedDocument {
  const records = [...(checkpoint === undefined ? [] : [checkpoint]), ...updates]
  const intact = records.filter((record) => isIntact(record, id))
  const held = document?.held === true
  return { updates: intact.map(({ bytes }) => bytes), held, damaged: intact.length < records.length }
}

/**
 * Moves broken records out of the document's content, in sight, and marks it for comparison. What waits for the server is
 * stored once more from the outbox, so that unsent edits survive. Inside one transaction over everything of the organisation.
 */
export async function repairContent(scope: Scope, id: DocumentId): Promise<void> {
  const { organisationId, tables } = scope
  const { updates, checkpoint } = await recordsOf(scope, id)
  const broken = updates.filter((record) => !isIntact(record, id))
  const isCheckpointBroken = checkpoint !== undefined && !isIntact(checkpoint, id)
  if (broken.length === 0 && !isCheckpointBroken) return
  await showDamage(scope, id, [...(isCheckpointBroken ? [checkpoint] : []), ...broken])
  await tables.updates.bulkDelete(broken.map(({ key }) => key).filter((key) => key !== undefined))
  if (isCheckpointBroken) await tables.checkpoints.delete([organisationId, id])
  const waiting = await waitingUpdates(scope, id)
  await tables.updates.bulkAdd(waiting.map((update) => ({ organisationId, documentId: id, ...seal(update, id) })))
  const document = await tables.documents.get([organisationId, id])
  if (document === undefined) return
  const head = await readHead(scope)
  await tables.documents.put({ ...document, compare: true, seq: head.seq + 1 })
  await tables.logs.put({ ...head, seq: head.seq + 1 })
}

/**
 * Merges all records into one checkpoint and deletes exactly those. Answers false where one is damaged: nothing is merged
 * then. Inside one transaction over `updates` and `checkpoints`, so that nothing can be written meanwhile.
 */
export async function compact(scope: Scope, id: DocumentId, minRecords: number): Promise<boolean> {
  const { organisationId, tables } = scope
  const index = tables.updates.where('[organisationId+documentId]').equals([organisationId, id])
  if ((await index.count()) + 1 <= minRecords) return true
  const { updates, checkpoint } = await recordsOf(scope, id)
  const records = [...(checkpoint === undefined ? [] : [checkpoint]), ...updates]
  if (records.length <= minRecords) return true
  if (records.some((record) => !isIntact(record, id))) return false
  const merged = mergeInTree(records.map(({ bytes }) => bytes))
  await tables.checkpoints.put({ organisationId, documentId: id, ...seal(merged, id) })
  await tables.updates.bulkDelete(updates.map(({ key }) => key).filter((key) => key !== undefined))
  return true
}

/** Inside one transaction over everything of the organisation. */
export async function drop(scope: Scope, id: DocumentId, forget: boolean): Promise<void> {
  const { organisationId, tables } = scope
  await deleteContent(scope, id)
  await forgetReviews(scope, [id])
  const document = await tables.documents.get([organisationId, id])
  if (document === undefined) return
  const head = await readHead(scope)
  await tables.documents.put({
    ...document,
    held: false,
    compare: false,
    seq: head.seq + 1,
    ...(forget ? { forgotten: true } : {}),
  })
  await tables.logs.put({ ...head, seq: head.seq + 1 })
}

async function recordsOf(
  { organisationId, tables }: Scope,
  id: DocumentId,
): Promise<{ updates: UpdateRow[]; checkpoint: CheckpointRow | undefined }> {
  const updates = await tables.updates.where('[organisationId+documentId]').equals([organisationId, id]).toArray()
  return { updates, checkpoint: await tables.checkpoints.get([organisationId, id]) }
}

async function showDamage(
  scope: Scope,
  id: DocumentId,
  records: readonly (CheckpointRow | UpdateRow)[],
): Promise<void> {
  const { organisationId, tables } = scope
  const document = await tables.documents.get([organisationId, id])
  await tables.setAside.bulkPut(
    records.map((record) => ({
      organisationId,
      id: `damaged-${id}-${'key' in record ? record.key : 'checkpoint'}-${record.sum}`,
      documentId: id,
      title: document?.title ?? '',
      reason: 'damaged-record' as const,
      update: record.bytes,
    })),
  )
}

async function emptyReplaced(scope: Scope, replaced: readonly DocumentId[]): Promise<void> {
  const waiting = await waitingDocuments(scope, replaced)
  for (const id of replaced) if ((waiting.get(id) ?? 0) === 0) await deleteContent(scope, id)
}

/** The changes of lists that were given, with `held` for everything whose content is in the batch. */
function namedChanges({ changes, documents }: RemoteBatch): readonly DocumentChange[] {
  const stored = new Set(changes.map(({ documentId }) => documentId))
  return documents.map((change) =>
    stored.has(change.id) && change.held === undefined ? { ...change, held: true } : change,
  )
}

function unnamedDocuments({ changes, documents }: RemoteBatch): DocumentId[] {
  const named = new Set(documents.map(({ id }) => id))
  return [...new Set(changes.map(({ documentId }) => documentId))].filter((id) => !named.has(id))
}

async function becomingHeld(
  { organisationId, tables }: Scope,
  ids: readonly DocumentId[],
): Promise<readonly DocumentChange[]> {
  const rows = await tables.documents.bulkGet(ids.map((id) => [organisationId, id] as [string, string]))
  const found = rows.filter((row) => row !== undefined).filter((row) => row.forgotten !== true && !row.held)
  return found.map(({ id, spaceId, kind, pageKind }) => ({ id, spaceId, kind, pageKind, held: true }))
}
