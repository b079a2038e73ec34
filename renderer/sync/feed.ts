import type { DocumentId, SpaceId } from '../../model/ids.ts'
import { isFetchedUnasked, isKept, type KeepChoice, type Keepable } from '../../model/keep.ts'
import type { FeedRecord, ServerMessage } from '../../model/protocol/messages.ts'
import type { DocumentChange, RemoteBatch, RemoteChange, SpaceRecord } from '../storage/laptop-storage.ts'
import { isFromBeginning } from './document-bytes.ts'
import type { DocumentIndex, IndexedDocument } from './document-index.ts'
import type { FetchReason } from './fetch-plan.ts'
import { listChange, mustDerive } from './list-change.ts'

type LeftRecord = Extract<FeedRecord, { type: 'left' }>
export type FeedFrame = Extract<ServerMessage, { type: 'feed' }>
export type RowsFrame = Extract<ServerMessage, { type: 'rows' }>

/** What a frame stores, in one transaction, and what follows from it. */
export interface FeedStep {
  readonly batch: RemoteBatch
  readonly fetch: readonly { readonly id: DocumentId; readonly reason: FetchReason }[]
  readonly derive: readonly DocumentId[]
}

/** FE1, FE3, FE4: a feed frame as one batch. Documents that are not held change only in the list. */
export function readFeed(
  frame: FeedFrame,
  index: DocumentIndex,
  space: Pick<SpaceRecord, 'keep' | 'cursor'>,
): FeedStep {
  const changes: RemoteChange[] = []
  const documents: DocumentChange[] = []
  const fetch: { id: DocumentId; reason: FetchReason }[] = []
  const derive: DocumentId[] = []
  for (const record of frame.records) {
    if (record.type === 'left') {
      documents.push(...rehomed(record, index, frame.spaceId))
      continue
    }
    const { row } = record
    const known = index.get(row.documentId)
    const change = listChange(frame.spaceId, row, known)
    const fate = fateOf(record, known, space)
    if (fate === 'store' && record.type === 'update')
      changes.push({ documentId: row.documentId, update: record.update })
    if (fate === 'store') documents.push({ ...change, held: true })
    else if (fate === 'stale') documents.push({ ...change, compare: true })
    else documents.push(change)
    if (fate === 'stale' || fate === 'keep') fetch.push({ id: row.documentId, reason: fate })
    if (fate === 'store' && mustDerive(row, known)) derive.push(row.documentId)
  }
  return { batch: { changes, documents, cursors: [{ spaceId: frame.spaceId, cursor: frame.to }] }, fetch, derive }
}

/**
 * FE3: a part of the list; the last one makes the cursor. What is held already was fetched under no cursor, and the feed goes
 * on only after the list: what others wrote in between comes by comparing.
 */
export function readRows(frame: RowsFrame, index: DocumentIndex): FeedStep {
  const fetch: { id: DocumentId; reason: FetchReason }[] = []
  const documents = frame.rows.map((row): DocumentChange => {
    const known = index.get(row.documentId)
    const change = listChange(frame.spaceId, row, known)
    if (known?.held !== true || known.compare) return change
    fetch.push({ id: row.documentId, reason: 'compare' })
    return { ...change, compare: true }
  })
  const cursors = frame.isLast ? [{ spaceId: frame.spaceId, cursor: frame.at }] : []
  return { batch: { changes: [], documents, cursors }, fetch, derive: [] }
}

/** RQ6: a document that stands in another space keeps here what it holds; that space's own feed says what it is now. */
function rehomed({ documentId, to }: LeftRecord, index: DocumentIndex, from: SpaceId): readonly DocumentChange[] {
  const known = index.get(documentId)
  // Where the other space said first that it has come, it is there already.
  if (known === undefined || to === null || known.spaceId !== from) return []
  return [{ id: documentId, spaceId: to, kind: known.kind, pageKind: known.pageKind }]
}

/** Documents that left the space for one that this person may not read, and of which nothing waits here. */
export function leftOutOfSight(frame: FeedFrame, index: DocumentIndex): readonly DocumentId[] {
  return frame.records.flatMap((record) => {
    if (record.type !== 'left' || record.to !== null) return []
    const known = index.get(record.documentId)
    return known?.spaceId === frame.spaceId && known.waiting === 0 ? [record.documentId] : []
  })
}

/**
 * What happens to a record: stored, fetched because the feed has no bytes (`stale` where it is held), fetched by policy, or
 * only listed. A new document is stored where the record holds it from its beginning.
 */
function fateOf(
  record: Exclude<FeedRecord, LeftRecord>,
  known: IndexedDocument | undefined,
  { keep, cursor }: Pick<SpaceRecord, 'keep' | 'cursor'>,
): 'store' | 'stale' | 'keep' | 'list' {
  // The tree, acts and the ledger are here under every policy: lists are drawn from them.
  const isWanted = keep === 'everything' || record.row.kind !== 'page'
  if (record.type === 'stale') {
    // Behind the cursor: everything of it is here, and the server has only read its title since.
    if (known?.held === true) return cursor !== null && record.n <= cursor ? 'list' : 'stale'
    return isWanted ? 'keep' : 'list'
  }
  if (known?.held === true) return 'store'
  if (known === undefined && isWanted) return isFromBeginning(record.update) ? 'store' : 'keep'
  return 'list'
}

/** Documents of a space that are to be fetched unasked: everything but pages, and the pages that its policy keeps, newest first. */
export function keptDocuments(
  index: DocumentIndex,
  spaceId: SpaceId,
  { keepPages, choice, nowMs }: { readonly keepPages: number; readonly choice: KeepChoice; readonly nowMs: number },
): IndexedDocument[] {
  const all = [...index.values()].filter((document) => document.spaceId === spaceId)
  const heldPages = all.filter(({ kind, held }) => kind === 'page' && held).length
  const missing = all.filter(({ held }) => !held)
  const pages = missing
    .filter((document) => document.kind === 'page' && isFetchedUnasked(choice, keepableOf(document), nowMs))
    .sort((one, other) => other.changedAtMs - one.changedAtMs)
  const room = choice === 'newest' ? Math.max(0, keepPages - heldPages) : pages.length
  return [...missing.filter(({ kind }) => kind !== 'page'), ...pages.slice(0, room)]
}

/** Pages that the policy of the space wants here no more, and that the server surely has: nothing waits, nothing is to be compared. */
export function droppedPages(
  index: DocumentIndex,
  spaceId: SpaceId,
  { choice, nowMs }: { readonly choice: KeepChoice; readonly nowMs: number },
): IndexedDocument[] {
  return [...index.values()].filter(
    (document) =>
      document.spaceId === spaceId &&
      document.kind === 'page' &&
      document.held &&
      document.waiting === 0 &&
      !document.compare &&
      !isKept(choice, keepableOf(document), nowMs),
  )
}

function keepableOf({ changedAtMs }: IndexedDocument): Keepable {
  return { pinned: false, changedAtMs, usedAtMs: 0, sizeBytes: 0 }
}
