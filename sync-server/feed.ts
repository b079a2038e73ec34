import type { DocumentId, LogId, SpaceId } from '../model/ids.ts'
import { encodeServerMessage } from '../model/protocol/codec.ts'
import {
  chunkBytes,
  feedBulkDocuments,
  feedBulkMergeMs,
  feedMergeLargeSpaceMs,
  feedMergeMs,
  largeSpaceMembers,
  maxRowsPerPush,
} from '../model/protocol/limits.ts'
import type { DocumentRow, FeedRecord } from '../model/protocol/messages.ts'
import { mergeInTree } from '../model/update.ts'
import type { Core } from './core.ts'
import { FeedRing } from './feed-ring.ts'
import type { DocumentRecord, FeedRow } from './store/store.ts'

/** A stretch of the log, merged per document. Immutable, so it is encoded once for everybody who needs all of it. */
export interface FeedChunk {
  readonly from: number
  readonly to: number
  readonly rows: readonly { readonly n: number; readonly documentId: DocumentId; readonly logId: LogId }[]
  readonly records: ReadonlyMap<DocumentId, FeedRecord>
  readonly logs: ReadonlySet<LogId>
  readonly hasPrivate: boolean
  /** Where a document went is told only to who may read there. */
  readonly hasLeft: boolean
  /** The whole chunk as a frame; `rows`: without bytes. */
  frame(keep: 'everything' | 'rows'): Uint8Array
}

/** Who follows a space: told when there is something after the merge window, and of rows that changed without one. */
export interface FeedFollower {
  /** There may be something new for this follower. */
  wake(): void
  rowChanged(record: DocumentRecord): void
}

/** One log per space: recent rows in memory, the rest in the store; chunks for cursors. */
export class SpaceFeed {
  readonly spaceId: SpaceId
  readonly followers = new Set<FeedFollower>()
  readonly #core: Core
  readonly #ring: FeedRing
  /** Documents that changed since followers were last woken. */
  readonly #changed = new Set<DocumentId>()
  #head: number
  #waking: { readonly cancel: () => void; readonly isBulk: boolean } | null = null
  #bulkUntilMs = 0

  constructor(core: Core, spaceId: SpaceId, head: number) {
    this.#core = core
    this.spaceId = spaceId
    this.#head = head
    this.#ring = new FeedRing(core.ringBudget)
  }

  get head(): number {
    return this.#head
  }

  /** Takes in committed rows, in order; followers hear of them after the merge window. */
  append(rows: readonly FeedRow[]): void {
    for (const row of rows) {
      this.#head = Math.max(this.#head, row.n)
      if (this.#core.faults['drop-row-from-feed'] === true && row.n % 7 === 3) continue
      this.#ring.push(row)
    }
    if (this.followers.size === 0) return
    for (const { documentId } of rows) this.#changed.add(documentId)
    this.#wakeLater()
  }

  /** Merging is for many changes of one document. Where many documents changed (somebody came back), it would only delay. */
  #wakeLater(): void {
    const nowMs = this.#core.clock.nowMs()
    if (this.#changed.size >= feedBulkDocuments) this.#bulkUntilMs = nowMs + this.#mergeMs()
    const isBulk = nowMs < this.#bulkUntilMs
    if (this.#waking !== null && (this.#waking.isBulk || !isBulk)) return
    this.#waking?.cancel()
    const cancel = this.#core.schedule(isBulk ? feedBulkMergeMs : this.#mergeMs(), () => {
      this.#waking = null
      this.#changed.clear()
      for (const follower of this.followers) follower.wake()
    })
    this.#waking = { cancel, isBulk }
  }

  #mergeMs(): number {
    const members = this.#core.spaces.get(this.spaceId)?.record.memberCount ?? 0
    return members > largeSpaceMembers ? feedMergeLargeSpaceMs : feedMergeMs
  }

  /** The row for lists changed without a change of the document (a title that was read later): told to those past it. */
  rowChanged(record: DocumentRecord): void {
    this.#core.feedChunks.forget(this.spaceId)
    for (const follower of this.followers) follower.rowChanged(record)
  }

  /** What comes after the cursor, about 1 MiB of it. Call only while the cursor is below `head`. */
  chunkAfter(from: number): Promise<FeedChunk> {
    const kept = this.#core.feedChunks.get(this.spaceId, from)
    // A short chunk at the head grows with the next commit; only one that reaches the head, or is full, is given again.
    if (kept !== undefined)
      return kept.then((chunk) => (chunk.to === this.#head || isFull(chunk) ? chunk : this.#makeChunk(from)))
    return this.#makeChunk(from)
  }

  #makeChunk(from: number): Promise<FeedChunk> {
    return this.#core.feedChunks.keep(this.spaceId, from, this.#readChunk(from))
  }

  async #readChunk(from: number): Promise<FeedChunk> {
    const rows =
      this.#ring.after(from, chunkBytes, maxRowsPerPush) ??
      (await this.#core.store.readLog(this.spaceId, from, chunkBytes, maxRowsPerPush))
    const byDocument = Map.groupBy(rows, (row) => row.documentId)
    const records = new Map<DocumentId, FeedRecord>()
    let hasPrivate = false
    let hasLeft = false
    const documents = await this.#recordsOf([...byDocument.keys()])
    for (const record of documents) {
      const { documentId } = record
      const changes = byDocument.get(documentId) ?? []
      const isGone = record.spaceId !== this.spaceId
      records.set(documentId, isGone ? leftRecordOf(record, changes) : feedRecordOf(record, changes))
      hasPrivate ||= record.kind === 'private'
      hasLeft ||= isGone
    }
    const to = rows.at(-1)?.n ?? this.#head
    const logs = new Set(rows.map((row) => row.logId))
    return { from, to, rows, records, logs, hasPrivate, hasLeft, frame: this.#framer(to, records) }
  }

  #framer(to: number, records: ReadonlyMap<DocumentId, FeedRecord>): FeedChunk['frame'] {
    const frames: { everything?: Uint8Array; rows?: Uint8Array } = {}
    return (keep) =>
      (frames[keep] ??= this.encode(
        to,
        keep === 'rows' ? [...records.values()].map(withoutBytes) : [...records.values()],
      ))
  }

  encode(to: number, records: readonly FeedRecord[]): Uint8Array {
    return encodeServerMessage({ type: 'feed', spaceId: this.spaceId, to, head: Math.max(this.#head, to), records })
  }

  async #recordsOf(ids: readonly DocumentId[]): Promise<readonly DocumentRecord[]> {
    const known: DocumentRecord[] = []
    const missing: DocumentId[] = []
    for (const id of ids) {
      const state = this.#core.states.peek(id)
      if (state === undefined) missing.push(id)
      else known.push(state.record)
    }
    return missing.length === 0 ? known : [...known, ...(await this.#core.store.documents(missing))]
  }
}

function isFull(chunk: FeedChunk): boolean {
  if (chunk.rows.length >= maxRowsPerPush) return true
  let size = 0
  for (const record of chunk.records.values()) size += record.type === 'update' ? record.update.length : 0
  return size >= chunkBytes
}

/** FE2 one record per document, merged; FE4 `stale` where bytes are only in a snapshot, or damaged. */
function feedRecordOf(record: DocumentRecord, rows: readonly FeedRow[]): FeedRecord {
  const row = documentRowOf(record)
  const n = rows.at(-1)?.n ?? record.lastN
  const updates: Uint8Array[] = []
  for (const { update } of rows) {
    if (!(update instanceof Uint8Array)) return { type: 'stale', n, row }
    updates.push(update)
  }
  return { type: 'update', n, row, update: new Uint8Array(mergeInTree(updates)) }
}

/** Whatever it was here: it stands in another space now, and says there what it is. */
function leftRecordOf({ documentId, spaceId, lastN }: DocumentRecord, rows: readonly FeedRow[]): FeedRecord {
  return { type: 'left', n: rows.at(-1)?.n ?? lastN, documentId, to: spaceId }
}

export function withoutBytes(record: FeedRecord): FeedRecord {
  if (record.type === 'left') return record
  return { type: 'stale', n: record.n, row: record.row }
}

export function documentRowOf(record: DocumentRecord): DocumentRow {
  const { documentId, kind, pageKind, ownerId, title, icon, archived, changedAtMs, sizeBytes } = record
  return {
    documentId,
    kind,
    pageKind,
    ownerId,
    minSchema: record.minSchema,
    title,
    icon,
    archived,
    changedAtMs,
    sizeBytes,
  }
}
