import { Dexie } from 'dexie'
import { decodeUtf8, encodeUtf8 } from 'lib0/string'
import type { DocumentId, SpaceId } from '../../model/ids.ts'
import type { Database, DocumentRow, ListRow } from './database.ts'
import { forgetActs, markUnfolded } from './dexie-unfolded.ts'
import { holdsActs } from './fold-acts.ts'
import { countWaiting, putAside, tombstone, waitingDocuments, waitingKeys, waitingRowsOf } from './dexie-outbox.ts'
import { deleteMembers } from './dexie-people.ts'
import { forgetReviews } from './dexie-reviews.ts'
import { readHead, type Scope } from './dexie-scope.ts'
import {
  changedDocument,
  decodeList,
  encodeList,
  isSameDocument,
  parseDocument,
  type StoredDocument,
} from './document-record.ts'
import type { DocumentChange, DocumentRecord, SpaceRecord } from './laptop-storage.ts'
import { quickRead } from './quick-read.ts'
import { isIntact, seal } from './sealed-bytes.ts'

const listLabel = 'list'
/** Rewriting the list of 10,000 documents takes about 40 ms; reading 200 records beside it costs 2 ms at each start. */
export const listDelta = 200
/** So many are asked for one by one; of more, the waiting rows are counted from the whole index. */
export const fewNamed = 50

/** A decoded list, kept so that only what is newer is parsed again. Its records wait for nothing: that is counted at each reading. */
export interface ListCache {
  seq: number
  documents: readonly DocumentRecord[]
}

/**
 * Puts changed records under the next `seq`; unchanged ones cost no write. Inside a transaction over `documents`, `unfolded`; the caller
 * stores the answered seq with the log.
 */
export async function changeDocuments(scope: Scope, changes: readonly DocumentChange[], seq: number): Promise<number> {
  if (changes.length === 0) return seq
  const put = putChanged(scope, { changes, found: await readForChange(scope, changes), seq })
  await put.written
  return put.seq
}

/** What `putChanged` must know; a promise of Dexie's own, to be asked for beside others. */
export function readForChange({ organisationId, tables }: Scope, changes: readonly DocumentChange[]) {
  return tables.documents.bulkGet(changes.map(({ id }) => [organisationId, id] as [string, string]))
}

/** `changeDocuments` in two steps, for a caller that has more to read and write: each wait costs a keystroke's commit a turn. */
export function putChanged(
  scope: Scope,
  {
    changes,
    found,
    seq,
  }: {
    readonly changes: readonly DocumentChange[]
    /** The rows of `readForChange`, in the order of the changes. */
    readonly found: readonly (DocumentRow | undefined)[]
    readonly seq: number
  },
): { readonly seq: number; readonly written: PromiseLike<unknown> } {
  const { organisationId, tables } = scope
  const merged = new Map<DocumentId, StoredDocument>()
  const changed = new Map<DocumentId, StoredDocument>()
  const unfolded = changes.filter(({ kind }) => holdsActs(kind))
  changes.forEach((change, place) => {
    const stored = found[place]
    const before = merged.get(change.id) ?? (stored?.forgotten === true ? undefined : parseDocument(stored))
    const after = changedDocument(before, change)
    merged.set(change.id, after)
    // In another space other acts are about it.
    if (after.kind === 'page' && before !== undefined && before.spaceId !== after.spaceId) unfolded.push(change)
    if (before === undefined || !isSameDocument(before, after)) changed.set(change.id, after)
  })
  const marked = markUnfolded(scope, unfolded)
  if (changed.size === 0) return { seq, written: marked }
  const rows = [...changed.values()].map((document) => ({ ...document, organisationId, seq: seq + 1 }))
  return { seq: seq + 1, written: Dexie.Promise.all([marked, tables.documents.bulkPut(rows)]) }
}

/** All documents of the organisation. Inside a transaction over `documents`, `lists`, `outbox`. */
export async function readDocuments(
  scope: Scope,
  cache: ListCache,
): Promise<{ documents: readonly DocumentRecord[]; delta: number }> {
  const { organisationId, tables } = scope
  const [list, newest, keys] = await Dexie.Promise.all([
    tables.lists.get(organisationId),
    newestKey(scope),
    waitingKeys(scope),
  ])
  const { documents, delta } = await readAll(scope, cache, { list, newest })
  return { documents: withWaiting(documents, countWaiting(keys)), delta }
}

/** Those named. Inside a transaction over `documents`, `outbox`. */
export async function readNamedDocuments(scope: Scope, ids: readonly DocumentId[]): Promise<readonly DocumentRecord[]> {
  const { organisationId, tables } = scope
  const keys = ids.map((id) => [organisationId, id] as [string, string])
  const rows = await tables.documents.bulkGet(keys)
  return namedRecords(rows, await waitingDocuments(scope, ids))
}

/**
 * A few named ones, all asked for at once, as after every commit: a reading that stays open while the window is busy keeps the next
 * commit waiting. Undefined where only Dexie can tell. Never inside a transaction.
 */
export async function readNamedQuickly(
  { organisationId }: Scope,
  { dexie, keyRange }: Database,
  ids: readonly DocumentId[],
): Promise<readonly DocumentRecord[] | undefined> {
  const found = await quickRead<readonly unknown[]>(dexie, ['documents', 'outbox'], (store) => {
    const rows = store('documents')
    const waiting = store('outbox').index('[organisationId+documentId]')
    const requests: IDBRequest<unknown>[] = []
    for (const id of ids) requests.push(rows.get([organisationId, id]))
    for (const id of ids) {
      const only = keyRange.bound([organisationId, id], [organisationId, id])
      requests.push(waiting.count(only) as IDBRequest<unknown>)
    }
    return requests
  })
  if (found === undefined) return undefined
  const rows = found.slice(0, ids.length) as readonly (DocumentRow | undefined)[]
  return namedRecords(rows, new Map(ids.map((id, place) => [id, Number(found[ids.length + place])])))
}

function namedRecords(
  rows: readonly (DocumentRow | undefined)[],
  waiting: ReadonlyMap<DocumentId, number>,
): readonly DocumentRecord[] {
  return withWaiting(parseRows(rows.filter((row) => row?.forgotten !== true)), waiting)
}

/**
 * All documents from the cached list alone, as it is at nearly every start; undefined where something is newer or
 * waits, or only Dexie can tell. Never inside a transaction.
 */
export async function readDocumentsQuickly(
  { organisationId }: Scope,
  { dexie, keyRange }: Database,
  cache: ListCache,
): Promise<readonly DocumentRecord[] | undefined> {
  const range = (from: unknown, to: unknown) => keyRange.bound([organisationId, from], [organisationId, to])
  type Found = readonly [ListRow | undefined, IDBCursor | null, number]
  const found = await quickRead<Found>(dexie, ['lists', 'documents', 'outbox'], (store) => [
    store('lists').get(organisationId),
    store('documents').index('[organisationId+seq]').openKeyCursor(range(0, Infinity), 'prev'),
    store('outbox').index('[organisationId+documentId]').count(range('', '\uffff')),
  ])
  if (found === undefined) return undefined
  const [list, newest, waiting] = found
  if (waiting > 0) return undefined
  refreshCache(cache, list)
  const key: unknown = newest?.key
  return Array.isArray(key) && Number(key[1]) > cache.seq ? undefined : cache.documents
}

/** Writes the list anew where more than `listDelta` records changed since. Inside a transaction over `documents`, `lists`, `logs`. */
export async function rewriteList(scope: Scope, cache: ListCache): Promise<void> {
  const { organisationId, tables } = scope
  const [list, newest] = await Dexie.Promise.all([tables.lists.get(organisationId), newestKey(scope)])
  const { documents, delta } = await readAll(scope, cache, { list, newest })
  if (delta <= listDelta) return
  const { seq } = await readHead(scope)
  await tables.lists.put({ organisationId, seq, ...seal(encodeUtf8(encodeList(documents)), listLabel) })
  await newerThan(scope, -1)
    .filter((row) => row.forgotten === true)
    .delete()
  cache.seq = seq
  cache.documents = documents
}

/** Every record and every held document, for marking; from the records themselves, because the list may lag. */
export async function allRows(scope: Scope): Promise<DocumentRow[]> {
  const rows = await newerThan(scope, -1).toArray()
  return rows.filter((row) => row.forgotten !== true)
}

/** Marks all held documents for comparison and forgets all cursors. Answers the new seq. */
export async function markForComparison(scope: Scope, seq: number): Promise<number> {
  const { tables, organisationId } = scope
  const held = (await allRows(scope)).filter((row) => row.held && !row.compare)
  await tables.documents.bulkPut(held.map((row) => ({ ...row, compare: true, seq: seq + 1 })))
  const spaces = await readSpaces(scope)
  await tables.spaces.bulkPut(spaces.map((space) => ({ ...space, organisationId, cursor: null })))
  return held.length > 0 ? seq + 1 : seq
}

export async function readSpaces({ organisationId, tables }: Scope): Promise<SpaceRecord[]> {
  const rows = await tables.spaces
    .where('[organisationId+id]')
    .between([organisationId, ''], [organisationId, '\uffff'])
    .toArray()
  return rows.map(({ organisationId: _organisationId, ...space }) => space)
}

/** Inside a transaction over everything of the organisation. */
export async function removeSpace(scope: Scope, id: SpaceId): Promise<void> {
  const { organisationId, tables } = scope
  const head = await readHead(scope)
  const rows = (await allRows(scope)).filter(({ spaceId }) => spaceId === id)
  const ids = rows.map((row) => row.id)
  for (const row of await waitingRowsOf(scope, ids)) {
    await putAside(scope, row, 'forbidden')
    await tables.outbox.put(tombstone(row))
  }
  for (const documentId of ids) await deleteContent(scope, documentId)
  const actsIds = rows.filter(({ kind }) => holdsActs(kind)).map((row) => row.id)
  await forgetActs(scope, id, actsIds)
  await forgetReviews(scope, ids)
  await tables.documents.bulkPut(
    rows.map((row) => ({ ...row, forgotten: true as const, held: false, seq: head.seq + 1 })),
  )
  await tables.logs.put({ ...head, seq: head.seq + 1 })
  await tables.spaces.delete([organisationId, id])
  await deleteMembers(tables, organisationId, id)
}

export async function deleteContent({ organisationId, tables }: Scope, id: DocumentId): Promise<void> {
  await tables.updates.where('[organisationId+documentId]').equals([organisationId, id]).delete()
  await tables.checkpoints.delete([organisationId, id])
}

async function readAll(
  scope: Scope,
  cache: ListCache,
  { list, newest }: { readonly list: ListRow | undefined; readonly newest: unknown },
): Promise<{ documents: readonly DocumentRecord[]; delta: number }> {
  refreshCache(cache, list)
  const { seq, documents } = cache
  // Nearly always there is nothing newer at the start: then nothing more is asked, and 10,000 records need no map.
  if (!Array.isArray(newest) || Number(newest[1]) <= seq) return { documents, delta: 0 }
  const delta = await newerThan(scope, seq).toArray()
  const byId = new Map(documents.map((document) => [document.id, document]))
  for (const row of delta) {
    const document = row.forgotten === true ? undefined : parseDocument(row)
    if (document === undefined) byId.delete(row.id)
    else byId.set(row.id, { ...document, waiting: 0 })
  }
  return { documents: [...byId.values()], delta: delta.length }
}

/** A list that is missing or broken counts as written at seq 0: then every record is newer. */
function refreshCache(cache: ListCache, list: ListRow | undefined): void {
  if (list !== undefined && list.seq === cache.seq) return
  const documents = list !== undefined && isIntact(list, listLabel) ? decodeList(decodeUtf8(list.bytes)) : undefined
  cache.seq = documents === undefined ? 0 : (list?.seq ?? 0)
  cache.documents = documents ?? []
}

/** The index key of the record that changed last; undefined where there is none. */
function newestKey(scope: Scope) {
  return newerThan(scope, -1).lastKey()
}

function newerThan({ organisationId, tables }: Scope, seq: number) {
  return tables.documents
    .where('[organisationId+seq]')
    .between([organisationId, seq], [organisationId, Infinity], false, true)
}

function parseRows(rows: readonly unknown[]): DocumentRecord[] {
  return rows.flatMap((row) => {
    const document = parseDocument(row)
    return document === undefined ? [] : [{ ...document, waiting: 0 }]
  })
}

/** Copies only those that wait: copying all of 10,000 was a quarter of the time of reading them. */
function withWaiting(
  documents: readonly DocumentRecord[],
  waiting: ReadonlyMap<DocumentId, number>,
): readonly DocumentRecord[] {
  if (waiting.size === 0) return documents
  return documents.map((document) => {
    const count = waiting.get(document.id)
    return count === undefined || count === 0 ? document : { ...document, waiting: count }
  })
}
