import type { DocumentId, LogId, SpaceId } from '../model/ids.ts'
import { encodeServerMessage } from '../model/protocol/codec.ts'
import { feedWindowBytes } from '../model/protocol/limits.ts'
import type { FeedRecord, KeepMode } from '../model/protocol/messages.ts'
import type { Reacher } from './access.ts'
import type { Core, SpaceState } from './core.ts'
import { documentRowOf, withoutBytes, type FeedChunk, type FeedFollower } from './feed.ts'
import type { Outgoing } from './outgoing.ts'
import type { DocumentRecord } from './store/store.ts'

/** Feed bytes that are on their way to one device, over all its spaces. */
export interface FeedWindow {
  bytes: number
  /** Spaces that stopped because it was full. */
  readonly waiting: Set<Following>
}

/** What all spaces that one device follows share. */
export interface FollowerContext {
  readonly core: Core
  readonly outgoing: Outgoing
  readonly person: Reacher
  readonly logId: LogId
  readonly window: FeedWindow
  /** An unexpected failure: the session ends, its device comes back. */
  failed(error: unknown): void
}

/** Rows in one `rows` frame: about 300 KiB. */
const rowsPerFrame = 1500

/** One space as one device follows it: from its cursor to the head, and on. */
export class Following implements FeedFollower {
  readonly #context: FollowerContext
  readonly #space: SpaceState
  readonly #keep: KeepMode
  /** Numbers above `#sentTo` that came by channel on this socket. */
  readonly #live = new Set<number>()
  /** Frames on their way, oldest first. */
  #onTheWay: { readonly to: number; readonly bytes: number }[] = []
  #sentTo: number | null
  #isPumping = false
  #isEnded = false

  constructor(
    context: FollowerContext,
    space: SpaceState,
    from: { readonly cursor: number | null; readonly keep: KeepMode },
  ) {
    this.#context = context
    this.#space = space
    this.#keep = from.keep
    this.#sentTo = from.cursor
    space.feed.followers.add(this)
    this.wake()
  }

  end(): void {
    this.#isEnded = true
    this.#space.feed.followers.delete(this)
    this.#context.window.waiting.delete(this)
    this.#free(Number.POSITIVE_INFINITY)
  }

  /** A committed row went by channel: the feed need not bring it (FE1). */
  cameLive(n: number): void {
    if (this.#sentTo === null || n > this.#sentTo) this.#live.add(n)
  }

  taken(n: number): void {
    this.#free(n)
    for (const following of [...this.#context.window.waiting]) following.wake()
  }

  #free(upTo: number): void {
    while (this.#onTheWay[0] !== undefined && this.#onTheWay[0].to <= upTo) {
      this.#context.window.bytes -= this.#onTheWay.shift()?.bytes ?? 0
    }
  }

  wake(): void {
    if (this.#isPumping || this.#isEnded) return
    this.#isPumping = true
    this.#pump().catch((error: unknown) => {
      this.#context.failed(error)
    })
  }

  async #pump(): Promise<void> {
    try {
      await this.#sendAfter(this.#sentTo ?? (await this.#sendRows()))
    } finally {
      // In here, not after the promise: what wakes this in the very next moment must not find it busy.
      this.#isPumping = false
    }
  }

  async #sendAfter(cursor: number): Promise<void> {
    const { window, outgoing } = this.#context
    window.waiting.delete(this)
    let sentTo = cursor
    while (!this.#isEnded && !outgoing.isEnded && sentTo < this.#space.feed.head) {
      if (window.bytes >= feedWindowBytes) {
        window.waiting.add(this)
        return
      }
      const chunk = await this.#space.feed.chunkAfter(sentTo)
      if (this.#isEnded) return
      this.#send(this.#frameOf(chunk), chunk.to)
      sentTo = chunk.to
    }
  }

  #send(frame: Uint8Array, to: number): void {
    this.#sentTo = to
    for (const n of this.#live) if (n <= to) this.#live.delete(n)
    this.#onTheWay.push({ to, bytes: frame.length })
    this.#context.window.bytes += frame.length
    this.#context.core.metrics.feedFrames += 1
    this.#context.outgoing.send(frame)
  }

  /** The chunk's own frame where this device needs all of it, which is the usual case; else one of what it lacks. */
  #frameOf(chunk: FeedChunk): Uint8Array {
    if (this.#live.size === 0 && !chunk.hasPrivate && !chunk.hasLeft && !chunk.logs.has(this.#context.logId))
      return chunk.frame(this.#keep)
    const needed = new Set<DocumentId>()
    for (const { n, documentId, logId } of chunk.rows) {
      if (logId !== this.#context.logId && !this.#live.has(n)) needed.add(documentId)
    }
    const records: FeedRecord[] = []
    for (const [documentId, record] of chunk.records) {
      if (needed.has(documentId) && this.#mayRead(record))
        records.push(this.#forPerson(this.#keep === 'rows' ? withoutBytes(record) : record))
    }
    return this.#space.feed.encode(chunk.to, records)
  }

  #forPerson(record: FeedRecord): FeedRecord {
    if (record.type !== 'left' || record.to === null) return record
    const isMember = this.#context.person.roleIn(record.to) !== null
    return isMember ? record : { ...record, to: null }
  }

  #mayRead(record: FeedRecord): boolean {
    if (record.type === 'left') return true
    return record.row.kind !== 'private' || record.row.ownerId === this.#context.person.personId
  }

  /** FE3: the list as it stands. */
  async #sendRows(): Promise<number> {
    const at = this.#space.feed.head
    const { spaceId } = this.#space.record
    const documents = await this.#context.core.store.documentsOf(spaceId)
    const rows = documents
      .map(documentRowOf)
      .filter((row) => row.kind !== 'private' || row.ownerId === this.#context.person.personId)
    for (let from = 0; from === 0 || from < rows.length; from += rowsPerFrame) {
      await this.#context.outgoing.drained()
      if (this.#isEnded) return at
      const isLast = from + rowsPerFrame >= rows.length
      this.#context.outgoing.send(
        encodeServerMessage({ type: 'rows', spaceId, at, isLast, rows: rows.slice(from, from + rowsPerFrame) }),
      )
    }
    this.#sentTo = at
    return at
  }

  rowChanged(record: DocumentRecord): void {
    const sentTo = this.#sentTo
    if (this.#isEnded || sentTo === null || sentTo < record.lastN) return
    const stale: FeedRecord = { type: 'stale', n: record.lastN, row: documentRowOf(record) }
    if (this.#mayRead(stale)) this.#send(this.#space.feed.encode(sentTo, [stale]), sentTo)
  }
}

export type Followings = Map<SpaceId, Following>
