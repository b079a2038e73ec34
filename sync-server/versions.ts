import { promisify } from 'node:util'
import { inflateRaw } from 'node:zlib'
import { mintId, type DocumentId, type PersonId, type VersionId } from '../model/ids.ts'
import { mergeInTree } from '../model/update.ts'
import type { VersionReason } from '../model/version.ts'
import { authorsOf, maxAuthorRows, type Authorship } from './authors.ts'
import type { DraftedRow } from './batch-draft.ts'
import type { Compactor } from './compaction.ts'
import type { Core } from './core.ts'
import { DeletionBurst } from './deletion-burst.ts'
import type { DocumentState } from './document-state.ts'
import { inspectUpdate } from './inspect-update.ts'
import { StoreTrouble, type DocumentRecord } from './store/store.ts'
import type { VersionRecord, VersionStore } from './store/version-store.ts'
import { versionsToDrop } from './thin-versions.ts'

const inflate = promisify(inflateRaw)

/** A page that somebody is writing. */
interface Stretch {
  readonly burst: DeletionBurst
  /** The page as it was when the stretch began. */
  readonly before: DocumentRecord
  firstAtMs: number
  lastAtMs: number
}

interface Wanted {
  readonly record: DocumentRecord
  /** Everything up to this feed number, and nothing after. */
  readonly toN: number
  readonly atMs: number
  readonly reason: VersionReason
  readonly name?: string
  readonly madeBy?: PersonId
}

/**
 * Keeps states of pages: when a page is quiet after writing, after each hour of writing, by hand, and before a large
 * deletion, so that what it deletes can come back although compaction lets it go. The log is the truth; what is kept here
 * is a convenience that must never stand in the way of a row.
 */
export class Versions {
  readonly #core: Core
  readonly #store: VersionStore
  readonly #compactor: Compactor
  readonly #stretches = new Map<DocumentId, Stretch>()
  #isSweepSet = false
  #isStopped = false

  constructor(core: Core, store: VersionStore, compactor: Compactor) {
    this.#core = core
    this.#store = store
    this.#compactor = compactor
  }

  stop(): void {
    this.#isStopped = true
  }

  /**
   * Asked before each commit. Answers at once, except when a row deletes a large part of a page: then its state is kept
   * first. Throws a StoreTrouble that is not `rejected` where the disk cannot take it, as the commit would.
   */
  async beforeCommit(rows: readonly DraftedRow[]): Promise<void> {
    const touched = new Map<DocumentState, DeletionBurst>()
    for (const { row, claims, state } of rows) {
      if (state.record.kind !== 'page' || row.personId === 'server') continue
      const stretch = this.#stretchOf(state.record)
      stretch.burst.add(claims.deletions, this.#core.clock.nowMs(), state.record.lastN)
      if (claims.deletions.size > 0) touched.set(state, stretch.burst)
    }
    for (const [state, burst] of touched) await this.#keepBeforeDeletion(state, burst)
  }

  #stretchOf(record: DocumentRecord): Stretch {
    const nowMs = this.#core.clock.nowMs()
    let stretch = this.#stretches.get(record.documentId)
    if (stretch === undefined) {
      stretch = { burst: new DeletionBurst(), before: record, firstAtMs: nowMs, lastAtMs: nowMs }
      this.#stretches.set(record.documentId, stretch)
      this.#coverStart(stretch)
      this.#scheduleSweep()
    }
    stretch.lastAtMs = nowMs
    return stretch
  }

  /** What stood here before the first word of this stretch: an import, or writing that ended when the server did. */
  #coverStart({ before }: Stretch): void {
    if (before.lastN === 0) return
    this.#inBackground({ record: before, toN: before.lastN, atMs: before.changedAtMs, reason: 'periodic' })
  }

  async #keepBeforeDeletion({ record, stateVector }: DocumentState, burst: DeletionBurst): Promise<void> {
    if (burst.anchorN === 0) return
    const { documentId } = record
    let clocks = 0
    for (const clock of stateVector.values()) clocks += clock
    if (!burst.mayBeLarge(clocks)) return
    try {
      const before = await this.#read(documentId, burst.anchorN)
      if (before === null) return
      const claims = inspectUpdate(mergeInTree(before.pieces))
      let clocksBefore = 0
      for (const ranges of claims.clients.values()) for (const { start, end } of ranges) clocksBefore += end - start
      if (!burst.isLarge({ clocks: clocksBefore, deleted: claims.deletions })) return
      const atMs = this.#core.clock.nowMs()
      await this.#keep({ record, toN: burst.anchorN, atMs, reason: 'before-deletion' })
      burst.kept(record.lastN)
    } catch (error) {
      if (error instanceof StoreTrouble && error.reason !== 'rejected') throw error
      this.#complain(documentId, error)
    }
  }

  /** The state of a page now, as asked for by hand. Undefined where a record of it is damaged. */
  async keepNow(
    record: DocumentRecord,
    by: { readonly reason: VersionReason; readonly name: string | null; readonly personId: PersonId },
  ): Promise<VersionRecord | undefined> {
    const { reason, name, personId: madeBy } = by
    const atMs = this.#core.clock.nowMs()
    const asked = { record, toN: record.lastN, atMs, reason, madeBy, ...(name === null ? {} : { name }) }
    return (await this.#keep(asked)) ?? undefined
  }

  of(documentId: DocumentId): Promise<readonly VersionRecord[]> {
    return this.#store.of(documentId)
  }

  /** The whole state as one Yjs update; undefined where the page has no such version. */
  async read(documentId: DocumentId, versionId: VersionId): Promise<Uint8Array | 'damaged' | undefined> {
    const bytes = await this.#store.read(documentId, versionId)
    if (bytes === null) return undefined
    if (bytes === 'damaged') return 'damaged'
    return new Uint8Array(await inflate(bytes, { maxOutputLength: 2 * this.#core.limits.documentBytes }))
  }

  /** Who wrote which letters after a feed number, and who deleted which, as far as the log still says it. */
  async authorsSince(documentId: DocumentId, after: number): Promise<readonly Authorship[]> {
    return authorsOf(await this.#store.rowsSince(documentId, after, maxAuthorRows))
  }

  #inBackground(wanted: Wanted): void {
    this.#keep(wanted).catch((error: unknown) => {
      this.#complain(wanted.record.documentId, error)
    })
  }

  #complain(documentId: DocumentId, error: unknown): void {
    if (this.#isStopped) return
    this.#core.metrics.versionFailures += 1
    this.#core.log('warn', 'A version could not be kept', { documentId, error: String(error) })
  }

  /** @returns the version that holds this state; null where a record of the page is damaged, or nothing was ever written */
  async #keep(wanted: Wanted): Promise<VersionRecord | null> {
    const { documentId } = wanted.record
    const [newest] = await this.#store.of(documentId)
    if (newest !== undefined && newest.spaceId === wanted.record.spaceId && newest.n >= wanted.toN) {
      const known = await this.#takeKnown(newest, wanted)
      if (known !== null) return known
    }
    const state = await this.#read(documentId, wanted.toN)
    if (state === null) return null
    const { bytes } = await this.#compactor.preserve({ pieces: state.pieces })
    const { name = null, madeBy = null, reason, atMs } = wanted
    const version = await this.#store.add({
      versionId: mintId<VersionId>(this.#core.random),
      documentId,
      spaceId: wanted.record.spaceId,
      n: state.n,
      atMs,
      reason,
      name,
      madeBy,
      minSchema: wanted.record.minSchema,
      bytes,
    })
    this.#core.metrics.versions += 1
    await this.#thin(documentId)
    return version
  }

  /** A version that holds the state already: given a name where one is asked for, and left alone otherwise. */
  async #takeKnown(newest: VersionRecord, { name, madeBy }: Wanted): Promise<VersionRecord | null> {
    if (name === undefined || madeBy === undefined) return newest
    if (newest.name !== null) return null
    await this.#store.name(newest.documentId, newest.versionId, { name, madeBy })
    return { ...newest, name, madeBy, reason: 'by-hand' }
  }

  async #thin(documentId: DocumentId): Promise<void> {
    const gone = versionsToDrop(await this.#store.of(documentId), this.#core.clock.nowMs())
    if (gone.length > 0) await this.#store.remove(documentId, gone)
  }

  /** From the log, which has every row until compaction; what compaction has taken in cannot be left out any more. */
  async #read(
    documentId: DocumentId,
    toN: number,
  ): Promise<{ readonly n: number; readonly pieces: readonly Uint8Array[] } | null> {
    const { store } = this.#core
    const [loaded] = await store.loadDocuments([documentId])
    if (loaded === undefined) return null
    const pieces: Uint8Array[] = []
    let n = 0
    if (loaded.snapshotStateVector !== null) {
      const snapshot = await store.readSnapshot(documentId)
      if (snapshot === null || snapshot === 'damaged') return null
      pieces.push(snapshot.update)
      n = snapshot.coversN
    }
    for (const row of loaded.tail) {
      if (row.n > toN) break
      if (row.update === 'damaged') return null
      pieces.push(row.update)
      n = row.n
    }
    // The seed alone is an empty page, which nobody asks back.
    return n === 0 || (pieces.length === 1 && loaded.snapshotStateVector === null) ? null : { n, pieces }
  }

  #scheduleSweep(): void {
    if (this.#isSweepSet || this.#isStopped) return
    this.#isSweepSet = true
    this.#core.schedule(this.#core.limits.versionSweepMs, () => {
      this.#isSweepSet = false
      void this.#sweep()
    })
  }

  async #sweep(): Promise<void> {
    const { clock, limits } = this.#core
    for (const [documentId, stretch] of this.#stretches) {
      const nowMs = clock.nowMs()
      const isQuiet = nowMs - stretch.lastAtMs >= limits.versionQuietMs
      if (!isQuiet && nowMs - stretch.firstAtMs < limits.versionWritingMs) continue
      stretch.firstAtMs = nowMs
      if (isQuiet) this.#stretches.delete(documentId)
      await this.#keepPeriodic(documentId)
    }
    if (this.#stretches.size > 0) this.#scheduleSweep()
  }

  async #keepPeriodic(documentId: DocumentId): Promise<void> {
    try {
      const record = (await this.#core.states.get(documentId))?.record
      if (record === undefined) return
      await this.#keep({ record, toN: record.lastN, atMs: record.changedAtMs, reason: 'periodic' })
    } catch (error) {
      this.#complain(documentId, error)
    }
  }
}
