import type { DocumentId, SpaceId } from '../../model/ids.ts'
import { defaultKeepPolicy, newestPages, wireKeepOf, type KeepPolicy } from '../../model/keep.ts'
import type { ClientMessage, SpaceGrant } from '../../model/protocol/messages.ts'
import { keepPolicyOf } from '../storage/keep-settings.ts'
import type { OrganisationStorage, SpaceRecord } from '../storage/laptop-storage.ts'
import type { DocumentIndex } from './document-index.ts'
import type { SyncClock } from './engine-options.ts'
import {
  droppedPages,
  keptDocuments,
  leftOutOfSight,
  readFeed,
  readRows,
  type FeedFrame,
  type FeedStep,
  type RowsFrame,
} from './feed.ts'
import type { DocumentFetcher } from './fetcher.ts'
import type { RemoteStore } from './remote-store.ts'
import type { FromWorker } from './sync-messages.ts'
import { compareSpaces, grantedSpace, isUnlisted } from './welcome.ts'

export interface SpaceSyncParts {
  readonly storage: OrganisationStorage
  readonly index: DocumentIndex
  readonly store: RemoteStore
  readonly fetcher: DocumentFetcher
  readonly derive: (id: DocumentId) => void
  readonly send: (message: ClientMessage) => void
  readonly emit: (message: FromWorker) => void
  readonly clock: SyncClock
  /** Pages of a space that come unasked where nobody chose what stays; the others when somebody opens them. */
  readonly keepPages: number | undefined
}

/** The spaces of this laptop and their feeds (FE1, FE3, FE8). Every verb is one step in the order of what came. */
export class SpaceSync {
  readonly #parts: SpaceSyncParts
  readonly #spaces = new Map<SpaceId, SpaceRecord>()
  /** Kept although the server names them no more, because it lost them (GE1). */
  readonly #unlisted = new Set<SpaceId>()
  /** What stays on this laptop, by space. */
  readonly #policies = new Map<SpaceId, KeepPolicy>()
  /** Documents named in `rows` frames of a space whose list is still coming. */
  readonly #listed = new Map<SpaceId, Set<DocumentId>>()

  /** RC1: up to where the server was told that everything of a space is here. */
  readonly #toldHeld = new Map<SpaceId, number>()

  constructor(parts: SpaceSyncParts) {
    this.#parts = parts
  }

  get(id: SpaceId): SpaceRecord | undefined {
    return this.#spaces.get(id)
  }

  isUnlisted(id: SpaceId): boolean {
    return this.#unlisted.has(id)
  }

  /** The line is gone: lists that were coming begin anew. */
  end(): void {
    this.#listed.clear()
    this.#toldHeld.clear()
  }

  /** The grants in `welcome`. */
  async take(grants: readonly SpaceGrant[]): Promise<void> {
    const { storage, store } = this.#parts
    const { put, removed } = await compareSpaces(storage, grants)
    if (put.length > 0) await storage.putSpaces(put)
    for (const spaceId of removed) await this.#remove(spaceId)
    this.#spaces.clear()
    this.#unlisted.clear()
    for (const space of await storage.spaces()) {
      this.#spaces.set(space.id, space)
      this.#policies.set(space.id, await keepPolicyOf(storage, space.id))
      if (!grants.some(({ spaceId }) => spaceId === space.id)) this.#unlisted.add(space.id)
    }
    if (put.length > 0 || removed.length > 0) store.changed([], true)
  }

  /** Wants what earlier lines listed and did not fetch. */
  planAll(): void {
    for (const space of this.#spaces.values()) if (space.cursor !== null) this.#planKept(space)
  }

  async granted(grant: SpaceGrant): Promise<void> {
    const space = grantedSpace(grant, this.#spaces.get(grant.spaceId))
    await this.#parts.storage.putSpaces([space])
    this.#spaces.set(space.id, space)
    this.#unlisted.delete(space.id)
    this.#parts.store.changed([], true)
  }

  async revoked(spaceId: SpaceId): Promise<void> {
    if (await isUnlisted(this.#parts.storage, spaceId)) return
    this.#spaces.delete(spaceId)
    await this.#remove(spaceId)
    this.#parts.store.changed([], true)
  }

  async feed(frame: FeedFrame): Promise<void> {
    const space = this.#spaces.get(frame.spaceId)
    if (space === undefined) return
    for (const record of frame.records) {
      if (record.type !== 'left') this.#parts.fetcher.note(record.row.documentId, record.n)
    }
    if (!(await this.#storeStep(readFeed(frame, this.#parts.index, space)))) return
    await this.#forgetLeft(leftOutOfSight(frame, this.#parts.index))
    this.#spaces.set(space.id, { ...space, cursor: frame.to })
    this.#parts.send({ type: 'taken', spaceId: frame.spaceId, n: frame.to })
  }

  async rows(frame: RowsFrame): Promise<void> {
    const space = this.#spaces.get(frame.spaceId)
    if (space === undefined) return
    const listed = this.#listed.get(space.id) ?? new Set()
    this.#listed.set(space.id, listed)
    for (const { documentId } of frame.rows) listed.add(documentId)
    if (!(await this.#storeStep(readRows(frame, this.#parts.index))) || !frame.isLast) return
    this.#listed.delete(space.id)
    await this.#forgetUnlisted(space.id, listed)
    const whole = { ...space, cursor: frame.at }
    this.#spaces.set(space.id, whole)
    this.#parts.send({ type: 'taken', spaceId: frame.spaceId, n: frame.at })
    this.#planKept(whole)
  }

  /** RC1: tells of each space that is here in full, content included, and has moved on. Called when what came is on the disk. */
  tellWhatIsHeld(): void {
    const { fetcher, index, send } = this.#parts
    if (!fetcher.isIdle) return
    const moved = [...this.#spaces.values()].filter(
      ({ id, cursor }) => cursor !== null && this.#toldHeld.get(id) !== cursor,
    )
    if (moved.length === 0) return
    const lacking = new Set<SpaceId>()
    for (const { spaceId, held, compare } of index.values()) if (!held || compare) lacking.add(spaceId)
    for (const { id, cursor, keep } of moved) {
      if (cursor === null || keep !== 'everything' || lacking.has(id)) continue
      this.#toldHeld.set(id, cursor)
      send({ type: 'holds', spaceId: id, n: cursor })
    }
  }

  async #storeStep({ batch, fetch, derive }: FeedStep): Promise<boolean> {
    if (!(await this.#parts.store.store(batch))) return false
    for (const { id, reason } of fetch) this.#parts.fetcher.want(id, reason)
    for (const id of derive) this.#parts.derive(id)
    return true
  }

  /** What left for where this person may not read goes; what waits of it is refused by the server, in sight (RQ6). */
  async #forgetLeft(ids: readonly DocumentId[]): Promise<void> {
    const { index, storage, store, fetcher, emit } = this.#parts
    for (const id of ids) {
      await storage.drop(id, { forget: true })
      index.forget(id)
      fetcher.forget(id)
      emit({ type: 'document-reset', documentId: id })
    }
    if (ids.length > 0) store.changed(ids)
  }

  /**
   * Somebody chose anew what stays of a space here: what is wanted now is fetched, and pages that are not go, but for those that
   * are open or that the server may not have. The server hears of it with the next line.
   */
  async keepChanged(id: SpaceId, isOpen: (id: DocumentId) => boolean): Promise<void> {
    const { storage, index, store, fetcher, clock } = this.#parts
    const space = this.#spaces.get(id)
    const policy = await keepPolicyOf(storage, id)
    this.#policies.set(id, policy)
    if (space === undefined) return
    const kept: SpaceRecord = { ...space, keep: wireKeepOf(policy) }
    await storage.putSpaces([kept])
    this.#spaces.set(id, kept)
    const gone = droppedPages(index, id, { choice: policy.pages, nowMs: clock.nowMs() })
    const dropped = gone.filter((document) => !isOpen(document.id))
    for (const document of dropped) {
      fetcher.forget(document.id)
      await storage.drop(document.id, { forget: false })
      index.apply([{ ...document, held: false }])
    }
    if (dropped.length > 0) store.changed(dropped.map((document) => document.id))
    this.#planKept(kept)
  }

  #policyOf(id: SpaceId): KeepPolicy {
    return this.#policies.get(id) ?? defaultKeepPolicy
  }

  #planKept(space: SpaceRecord): void {
    const { index, fetcher, clock, keepPages = newestPages } = this.#parts
    const { pages: choice } = this.#policyOf(space.id)
    const kept = keptDocuments(index, space.id, { keepPages, choice, nowMs: clock.nowMs() })
    for (const { id } of kept) fetcher.want(id, 'keep')
  }

  /** What neither the server knows nor this laptop holds is nowhere: it leaves the list. */
  async #forgetUnlisted(spaceId: SpaceId, listed: ReadonlySet<DocumentId>): Promise<void> {
    const { index, storage, store } = this.#parts
    const gone = [...index.values()].filter(
      (document) =>
        document.spaceId === spaceId && !document.held && document.waiting === 0 && !listed.has(document.id),
    )
    for (const { id } of gone) {
      await storage.drop(id, { forget: true })
      index.forget(id)
    }
    if (gone.length > 0) store.changed(gone.map(({ id }) => id))
  }

  async #remove(spaceId: SpaceId): Promise<void> {
    const { storage, index, fetcher, emit } = this.#parts
    await storage.removeSpace(spaceId)
    for (const id of index.forgetSpace(spaceId)) fetcher.forget(id)
    emit({ type: 'space-revoked', spaceId })
    emit({ type: 'set-aside-changed' })
  }
}
