import type { DocumentId } from '../model/ids.ts'
import type { CompactionOutcome, Compactor, DerivedPage } from './compaction.ts'
import type { Core } from './core.ts'
import { readPieces, type DocumentState } from './document-state.ts'

/** Documents whose rows for lists are read at once; the rest waits for the next round. */
const derivedAtOnce = 64

/** What is done to documents after they changed, when there is time: compaction, and the rows that lists show. */
export class Upkeep {
  readonly #core: Core
  readonly #compactor: Compactor
  /** When each grown document last changed, oldest first. */
  readonly #grown = new Map<DocumentId, number>()
  readonly #unread = new Set<DocumentId>()
  #isCompacting = false
  #isCompactionSet = false
  #isDeriving = false
  #isStopped = false

  constructor(core: Core, compactor: Compactor) {
    this.#core = core
    this.#compactor = compactor
  }

  committed(state: DocumentState, setsValues: boolean): void {
    const { documentId, tailRows, tailBytes, kind } = state.record
    const { compactAfterRows, compactAfterBytes } = this.#core.limits
    if (tailRows > compactAfterRows || tailBytes > compactAfterBytes) {
      this.#grown.delete(documentId)
      this.#grown.set(documentId, this.#core.clock.nowMs())
      this.#scheduleCompaction(this.#core.limits.compactIdleMs)
    }
    if (kind === 'page' && setsValues) {
      this.#unread.add(documentId)
      this.#scheduleDeriving(this.#core.limits.deriveMs)
    }
  }

  async stop(): Promise<void> {
    this.#isStopped = true
    await this.#compactor.close()
  }

  #scheduleCompaction(ms: number): void {
    if (this.#isCompactionSet || this.#isCompacting || this.#isStopped) return
    this.#isCompactionSet = true
    this.#core.schedule(ms, () => {
      this.#isCompactionSet = false
      void this.#compactNext()
    })
  }

  async #compactNext(): Promise<void> {
    const { clock, limits } = this.#core
    const oldest = [...this.#grown].at(0)
    if (oldest === undefined || this.#isCompacting || this.#isStopped) return
    const [documentId, changedAtMs] = oldest
    const waitMs = changedAtMs + limits.compactIdleMs - clock.nowMs()
    if (waitMs > 0) {
      this.#scheduleCompaction(waitMs)
      return
    }
    this.#grown.delete(documentId)
    this.#isCompacting = true
    try {
      await this.compact(documentId)
    } catch (error) {
      // The rows are all there: it is tried again when the document has changed again.
      this.#core.metrics.compactionFailures += 1
      if (!this.#isStopped)
        this.#core.log('warn', 'A document could not be compacted', { documentId, error: String(error) })
    }
    this.#isCompacting = false
    if (this.#grown.size > 0) this.#scheduleCompaction(limits.compactPauseMs)
  }

  /** Compacts one document now. A document with damage stays as it is, so that nothing readable is lost. */
  async compact(documentId: DocumentId): Promise<void> {
    const { states, store, metrics, clock } = this.#core
    const state = await states.get(documentId)
    if (state === undefined || state.damaged) return
    const { lastN: coversN, spaceId } = state.record
    const pieces = await readPieces(store, documentId)
    // A row that came in between would be covered by the number but might not be in the pieces.
    if (pieces === 'damaged' || pieces.length === 0 || state.record.lastN !== coversN) return
    const outcome = await this.#compactor.compact({ pieces })
    const { update, stateVector, quarantined } = outcome
    await store.writeSnapshot({ documentId, spaceId, coversN, update, stateVector, quarantined, nowMs: clock.nowMs() })
    metrics.compactions += 1
    if (quarantined !== null) {
      metrics.quarantined += 1
      this.#core.log('warn', 'Structs whose dependencies never came were set aside', {
        documentId,
        bytes: quarantined.length,
      })
    }
    await this.#takeOver(documentId, outcome)
  }

  /** Memory follows the store. */
  async #takeOver(documentId: DocumentId, outcome: CompactionOutcome): Promise<void> {
    const { states, store } = this.#core
    const [record] = await store.documents([documentId])
    const state = states.peek(documentId)
    if (
      record !== undefined &&
      state !== undefined &&
      state.record.lastN === record.lastN &&
      outcome.quarantined === null
    ) {
      const { compactedTo, tailRows, tailBytes, sizeBytes } = record
      state.record = { ...state.record, compactedTo, tailRows, tailBytes, sizeBytes }
    } else states.drop(documentId)
    if (record?.kind === 'page') {
      const { title, icon, archived } = outcome
      await this.#saveDerived([{ documentId, title, icon, archived }])
    }
  }

  #scheduleDeriving(ms: number): void {
    if (this.#isDeriving || this.#isStopped) return
    this.#isDeriving = true
    this.#core.schedule(ms, () => {
      void this.#deriveSome()
    })
  }

  async #deriveSome(): Promise<void> {
    const ids = [...this.#unread].slice(0, derivedAtOnce)
    for (const id of ids) this.#unread.delete(id)
    try {
      const derived = await Promise.all(ids.map((id) => this.#derive(id)))
      await this.#saveDerived(derived.filter((each) => each !== null))
    } catch (error) {
      if (!this.#isStopped) this.#core.log('warn', 'Titles could not be read', { error: String(error) })
    }
    this.#isDeriving = false
    if (this.#unread.size > 0) this.#scheduleDeriving(0)
  }

  async #derive(documentId: DocumentId): Promise<(DerivedPage & { readonly documentId: DocumentId }) | null> {
    const state = await this.#core.states.get(documentId)
    const merged = await state?.read(this.#core.store)
    if (merged === undefined || merged === 'damaged') return null
    return { documentId, ...(await this.#compactor.derive({ pieces: [merged] })) }
  }

  async #saveDerived(rows: readonly (DerivedPage & { readonly documentId: DocumentId })[]): Promise<void> {
    const { states, store, spaces } = this.#core
    const changed: (DerivedPage & { readonly documentId: DocumentId })[] = []
    for (const row of rows) {
      const state = await states.get(row.documentId)
      if (state === undefined) continue
      const { title, icon, archived } = state.record
      if ((title ?? '') !== (row.title ?? '') || icon !== row.icon || archived !== row.archived) changed.push(row)
    }
    if (changed.length === 0) return
    await store.setDerived(changed)
    for (const { documentId, title, icon, archived } of changed) {
      const state = await states.get(documentId)
      if (state === undefined) continue
      state.record = { ...state.record, title, icon, archived }
      spaces.get(state.record.spaceId)?.feed.rowChanged(state.record)
    }
  }
}
