import { equalityDeep } from 'lib0/function'
import { findReview, type AuthorsOf } from '../../model/away.ts'
import { isAsked, type AwayReview } from '../../model/away-review.ts'
import type { DocumentId, PageId, SpaceId } from '../../model/ids.ts'
import { mergeInTree } from '../../model/update.ts'
import { StorageFailed, type OrganisationStorage, type WaitingRow } from '../storage/laptop-storage.ts'
import type { ReturnRecord } from '../storage/review-storage.ts'
import type { SyncClock } from './engine-options.ts'
import { SerialQueue } from './serial-queue.ts'
import type { FromWorker, ToWorker } from './sync-messages.ts'
import type { Welcome } from './welcome.ts'

/** A line that was gone for less is a flicker: only words that would be lost are asked about. */
const flickerMs = 2000
/** Bytes of own waiting rows that are looked at; whoever wrote more while away finds all of it merged, without a review. */
const maxOwnBytes = 8 * 1024 * 1024
/** After the last change that came, the feed of a return has nothing more to say about a page. */
const settleMs = 400
const awaySinceSetting = 'away-since'

export interface AwayWatchOptions {
  readonly storage: OrganisationStorage
  readonly clock: SyncClock
  /** Who wrote in a page after a feed number; nobody is known where the server does not say. */
  readonly fetchAuthors: (pageId: PageId, after: number) => Promise<AuthorsOf>
  readonly emit: (message: FromWorker) => void
  readonly report: (error: unknown) => void
}

interface Return extends ReturnRecord {
  readonly spaceId: SpaceId
  /** The feed number of its space when the line came back: what others did is here when it is reached. */
  readonly head: number
  readonly since: Uint8Array[]
}

/**
 * Watches what happens to pages in which own words waited when the line came back: what was here, what was mine, and what
 * came. When all of it is here, the review is stored, and nothing is asked of anybody who lost nothing.
 */
export class AwayWatch {
  readonly #options: AwayWatchOptions
  readonly #returns = new Map<DocumentId, Return>()
  readonly #queue: SerialQueue
  #wasOnline = false
  #undoTimer: () => void = () => undefined

  constructor(options: AwayWatchOptions) {
    this.#options = options
    this.#queue = new SerialQueue(options.report)
  }

  /** Before anything of the new line is stored. */
  async welcome(welcome: Welcome): Promise<void> {
    try {
      await this.#endEarlier()
      await this.#begin(welcome)
    } catch (error) {
      // A damaged row has renewed the log: the engine must hear of it. Without a review sync goes on all the same.
      if (error instanceof StorageFailed) throw error
      this.#options.report(error)
    }
  }

  /** Something that the worker tells the windows. */
  heard(message: FromWorker): void {
    if (message.type === 'status') this.#heardStatus(message.state === 'online')
    if (this.#returns.size === 0) return
    if (message.type === 'remote-changes' || message.type === 'documents-changed' || message.type === 'acknowledged')
      this.#lookSoon()
  }

  /** Something that a window tells the worker. */
  told(message: ToWorker): void {
    if (message.type !== 'own-rows' || this.#returns.size === 0) return
    for (const { documentId, row, update } of message.rows ?? []) {
      const back = this.#returns.get(documentId)
      if (back !== undefined && row > back.lastRow) back.since.push(update)
    }
  }

  /** Resolves when what is known now is stored; for tests. */
  settled(): Promise<void> {
    return this.#queue.settled()
  }

  #heardStatus(isOnline: boolean): void {
    if (this.#wasOnline && !isOnline) {
      const { storage, clock } = this.#options
      this.#queue.add(async () => {
        await storage.putSetting(awaySinceSetting, clock.nowMs())
        await this.#endAll()
      })
    }
    this.#wasOnline = isOnline
  }

  /** The app ended in the middle of a return: what is here now is what others did. */
  async #endEarlier(): Promise<void> {
    await this.#queue.settled()
    for (const record of await this.#options.storage.reviews.returns()) {
      const known = this.#returns.get(record.pageId)
      await this.#end({ ...record, spaceId: '' as SpaceId, head: 0, since: known?.since ?? [] })
    }
    this.#returns.clear()
  }

  async #begin(welcome: Welcome): Promise<void> {
    const { storage } = this.#options
    const since = await storage.setting(awaySinceSetting)
    const fromMs = typeof since === 'number' ? since : null
    await storage.putSetting(awaySinceSetting, null)
    const waiting = await storage.waitingRows(welcome.acknowledgedRow, maxOwnBytes)
    const lastRow = waiting.at(-1)?.row ?? 0
    const spaces = new Map((await storage.spaces()).map((space) => [space.id, space]))
    for (const [documentId, rows] of Map.groupBy(waiting, (row) => row.documentId)) {
      const document = await storage.document(documentId)
      const space = document === undefined ? undefined : spaces.get(document.spaceId)
      const head = welcome.spaces.find(({ spaceId }) => spaceId === space?.id)?.head
      const cursor = space?.cursor ?? null
      // A space without a cursor has nothing to compare with.
      if (document?.kind !== 'page' || cursor === null || head === undefined || !isReviewed(rows)) continue
      const record = { pageId: documentId, fromMs, cursor, lastRow, own: rows.map(({ update }) => update) }
      await this.#watch(record, { spaceId: document.spaceId, head })
    }
    this.#lookSoon()
  }

  async #watch(found: Omit<ReturnRecord, 'before'>, place: Pick<Return, 'spaceId' | 'head'>): Promise<void> {
    const { storage } = this.#options
    const { updates } = await storage.load(found.pageId)
    const record: ReturnRecord = { ...found, before: mergeInTree(updates) }
    await storage.reviews.putReturn(record)
    this.#returns.set(found.pageId, { ...record, ...place, since: [] })
  }

  #lookSoon(): void {
    if (this.#returns.size === 0) return
    this.#undoTimer()
    this.#undoTimer = this.#options.clock.schedule(settleMs, () => this.#queue.add(() => this.#look()))
  }

  async #look(): Promise<void> {
    const { storage } = this.#options
    const spaces = new Map((await storage.spaces()).map((space) => [space.id, space]))
    for (const back of [...this.#returns.values()]) {
      const document = await storage.document(back.pageId)
      const cursor = spaces.get(back.spaceId)?.cursor ?? null
      const isHere = document === undefined || (!document.compare && document.waiting === 0)
      if (isHere && cursor !== null && cursor >= back.head) await this.#end(back)
    }
  }

  async #endAll(): Promise<void> {
    for (const back of [...this.#returns.values()]) await this.#end(back)
  }

  async #end(back: Return): Promise<void> {
    this.#returns.delete(back.pageId)
    const { storage, emit } = this.#options
    const review = await this.#reviewOf(back)
    await storage.reviews.endReturn(back.pageId, review)
    if (review !== null) emit({ type: 'reviews-changed' })
  }

  /** What the server refused is set aside, in sight, with a screen of its own. */
  async #isRefused(pageId: PageId, own: readonly Uint8Array[]): Promise<boolean> {
    const aside = await this.#options.storage.setAsideRecords()
    return aside.some(({ documentId, update }) => documentId === pageId && own.some((row) => equalityDeep(row, update)))
  }

  /** Null where others did nothing that is worth a look, or where the page is not to be read any more. */
  async #reviewOf({ pageId, fromMs, cursor, before, own, since }: Return): Promise<AwayReview | null> {
    const { storage, clock, fetchAuthors } = this.#options
    const loaded = await storage.load(pageId)
    if (!loaded.held || (await this.#isRefused(pageId, own))) return null
    const authors = await fetchAuthors(pageId, cursor).catch(() => nobody)
    const found = findReview({ before: [before], after: loaded.updates, own, since }, authors)
    const toMs = clock.nowMs()
    const isFlicker = fromMs !== null && toMs - fromMs < flickerMs
    const items = isFlicker ? found.items.filter(isAsked) : found.items
    if (items.length === 0) return null
    const earlier = (await storage.reviews.reviews()).find((review) => review.pageId === pageId)
    const kept =
      earlier?.items.filter((each) => !items.some(({ id, kind }) => each.id === id && each.kind === kind)) ?? []
    return {
      pageId,
      fromMs: earlier?.fromMs ?? fromMs,
      toMs,
      mine: found.mine + (earlier?.mine ?? 0),
      items: [...kept, ...items],
    }
  }
}

const nobody: AuthorsOf = { inserted: () => null, deleted: () => null }

/** A page that was registered while away is nobody else's yet. */
function isReviewed(rows: readonly WaitingRow[]): boolean {
  return !rows.some(({ registration, restored }) => registration !== null || restored)
}
