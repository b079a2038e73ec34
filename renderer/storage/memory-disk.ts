import type { AwayReview } from '../../model/away-review.ts'
import type { DocumentId, PageId, PersonId, RequestId, SpaceId } from '../../model/ids.ts'
import type { RefusalReason } from '../../model/protocol/reasons.ts'
import type { ActRecord } from './acts-storage.ts'
import { holdsActs } from './fold-acts.ts'
import { emptyFiles, type MemoryFiles } from './memory-files.ts'
import { changedDocument, isSameDocument, type StoredDocument } from './document-record.ts'
import type { DocumentChange, LoadedDocument, SetAsideRecord, SpaceRecord, WaitingRow } from './laptop-storage.ts'
import { idOfSetAside, rowLabel, type LogHead } from './own-log.ts'
import type { MemberRecord, PersonRecord } from './people-storage.ts'
import type { KeptState, ReturnRecord } from './review-storage.ts'
import type { RequestRecord } from './request-storage.ts'
import { isIntact, seal, type SealedBytes } from './sealed-bytes.ts'

interface OutboxEntry {
  readonly row: WaitingRow
  readonly sealed: SealedBytes
  /** Set aside, but not yet passed by an acknowledgement. */
  readonly isTombstone: boolean
}

/** What one organisation has on this disk. Plain data, so that a test may copy it (a cloned disk) or break it. */
export interface MemoryDisk {
  head: LogHead | undefined
  readonly outbox: Map<number, OutboxEntry>
  readonly content: Map<DocumentId, SealedBytes[]>
  readonly documents: Map<DocumentId, StoredDocument>
  readonly spaces: Map<SpaceId, SpaceRecord>
  readonly settings: Map<string, unknown>
  readonly setAside: Map<string, SetAsideRecord>
  readonly files: MemoryFiles
  /** As they were folded, by the document that they stand in. */
  readonly acts: Map<DocumentId, readonly ActRecord[]>
  readonly unfolded: Set<DocumentId>
  readonly people: Map<PersonId, PersonRecord>
  readonly members: Map<string, MemberRecord>
  readonly pageStates: Map<PageId, KeptState>
  readonly reviews: Map<PageId, AwayReview>
  readonly requests: Map<RequestId, RequestRecord>
  readonly returns: Map<PageId, ReturnRecord>
}

export function emptyDisk(): MemoryDisk {
  return {
    head: undefined,
    outbox: new Map(),
    content: new Map(),
    documents: new Map(),
    spaces: new Map(),
    settings: new Map(),
    setAside: new Map(),
    files: emptyFiles(),
    acts: new Map(),
    unfolded: new Set(),
    people: new Map(),
    members: new Map(),
    pageStates: new Map(),
    reviews: new Map(),
    requests: new Map(),
    returns: new Map(),
  }
}

/** A disk with the same content that goes its own way from now on, as after copying a profile. */
export function copyDisk(disk: MemoryDisk): MemoryDisk {
  return structuredClone(disk)
}

export function outboxEntry(row: WaitingRow): OutboxEntry {
  return { row, sealed: seal(row.update, rowLabel(row)), isTombstone: false }
}

export function addContent(disk: MemoryDisk, id: DocumentId, update: Uint8Array): void {
  const records = disk.content.get(id)
  if (records === undefined) disk.content.set(id, [seal(update, id)])
  else records.push(seal(update, id))
}

export function putDocument(disk: MemoryDisk, change: DocumentChange): void {
  const before = disk.documents.get(change.id)
  const isMoved = before?.kind === 'page' && before.spaceId !== change.spaceId
  if (holdsActs(change.kind) || isMoved) disk.unfolded.add(change.id)
  const after = changedDocument(before, change)
  if (before === undefined || !isSameDocument(before, after)) disk.documents.set(change.id, after)
}

export function waitingOf(disk: MemoryDisk, id: DocumentId): number {
  return [...disk.outbox.values()].filter(({ row, isTombstone }) => !isTombstone && row.documentId === id).length
}

export function markForComparison(disk: MemoryDisk): void {
  for (const [id, document] of disk.documents) if (document.held) disk.documents.set(id, { ...document, compare: true })
  for (const [id, space] of disk.spaces) disk.spaces.set(id, { ...space, cursor: null })
}

export function putAside(disk: MemoryDisk, row: WaitingRow, reason: RefusalReason | 'damaged-record'): void {
  const { documentId, update } = row
  const title = disk.documents.get(documentId)?.title ?? ''
  const id = disk.head === undefined ? `${row.row}` : idOfSetAside(disk.head.logId, row.row)
  disk.setAside.set(id, { id, documentId, title, reason, update })
}

export function setDamagedRowsAside(disk: MemoryDisk): void {
  for (const [row, entry] of disk.outbox) {
    if (entry.isTombstone || isIntact(entry.sealed, rowLabel(entry.row))) continue
    putAside(disk, entry.row, 'damaged-record')
    disk.outbox.delete(row)
  }
}

/** Reads and checks; broken records are moved aside, and what waits for the server is stored once more. */
export function loadDocument(disk: MemoryDisk, id: DocumentId): LoadedDocument {
  const records = disk.content.get(id) ?? []
  const document = disk.documents.get(id)
  const intact = records.filter((record) => isIntact(record, id))
  const isDamaged = intact.length < records.length
  if (isDamaged) {
    const waiting = [...disk.outbox.values()].filter(
      (entry) => !entry.isTombstone && entry.row.documentId === id && isIntact(entry.sealed, rowLabel(entry.row)),
    )
    intact.push(...waiting.map((entry) => seal(entry.row.update, id)))
    records
      .filter((record) => !intact.includes(record))
      .forEach((record, place) => {
        const key = `damaged-${id}-${place}-${record.sum}`
        disk.setAside.set(key, {
          id: key,
          documentId: id,
          title: document?.title ?? '',
          reason: 'damaged-record',
          update: record.bytes,
        })
      })
    disk.content.set(id, intact)
    if (document !== undefined) disk.documents.set(id, { ...document, compare: true })
  }
  return { updates: intact.map(({ bytes }) => bytes), held: document?.held === true, damaged: isDamaged }
}
