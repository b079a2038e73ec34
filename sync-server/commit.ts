import type { SpaceId } from '../model/ids.ts'
import { applyRow, BatchDraft, type DraftedRow } from './batch-draft.ts'
import { checkRow, type CheckContext, type Verdict } from './check-row.ts'
import type { Core } from './core.ts'
import type { DocumentState } from './document-state.ts'
import { lookUpRows, type LookedUp } from './look-up-rows.ts'
import { countRefusal } from './metrics.ts'
import type { PendingRow, RowOutcome, RowSource } from './row-source.ts'
import { StoreTrouble, type FeedRow } from './store/store.ts'

interface Barrier {
  readonly after: number
  readonly resolve: () => void
}

/** Who else has to do with commits. */
export interface CommitHooks {
  /** Before rows that were checked are written; a StoreTrouble keeps them from it. */
  before(rows: readonly DraftedRow[]): Promise<void>
  /** Told of each document that a commit changed. */
  committed(state: DocumentState, setsValues: boolean): void
}

/**
 * Group commit: rows of all sockets that arrived together are checked in their order and committed in one transaction.
 * One batch at a time, so a check always sees what every row before it did. Only then is anybody told (CO1).
 */
export class Committer {
  readonly #core: Core
  readonly #hooks: CommitHooks
  #queue: PendingRow[] = []
  #submitted = 0
  #settled = 0
  #barriers: Barrier[] = []
  #isFlushing = false
  /** Who waits for a moment between two batches. */
  readonly #waitingTurns: (() => void)[] = []
  #isScheduled = false
  #isHolding = false
  readonly #toldHolding = new Set<RowSource>()

  constructor(core: Core, hooks: CommitHooks) {
    this.#core = core
    this.#hooks = hooks
  }

  submit(rows: readonly PendingRow[]): void {
    for (const row of rows) this.#queue.push(row)
    this.#submitted += rows.length
    this.#core.metrics.rowsWaiting = this.#submitted - this.#settled
    if (this.#isHolding) this.#tellHolding()
    this.#scheduleFlush(0)
  }

  /** Resolves when every row submitted so far is settled, or at once while the store cannot commit. */
  barrier(): Promise<void> {
    if (this.#settled === this.#submitted || this.#isHolding) return Promise.resolve()
    return new Promise((resolve) => this.#barriers.push({ after: this.#submitted, resolve }))
  }

  #scheduleFlush(ms: number): void {
    if (this.#isScheduled || this.#isFlushing || (this.#isHolding && ms === 0)) return
    this.#isScheduled = true
    this.#core.schedule(ms, () => {
      this.#isScheduled = false
      this.#flush().catch((error: unknown) => {
        this.#core.metrics.handlerErrors += 1
        this.#core.log('error', 'Commit stopped unexpectedly', { error: String(error) })
        this.#hold(error)
      })
    })
  }

  /** Runs between two batches: while it does, nothing is checked or committed, so what it reads is what is. */
  async exclusive<T>(work: () => Promise<T>): Promise<T> {
    while (this.#isFlushing) await new Promise<void>((resolve) => this.#waitingTurns.push(resolve))
    this.#isFlushing = true
    try {
      return await work()
    } finally {
      this.#endTurn()
    }
  }

  #endTurn(): void {
    this.#isFlushing = false
    this.#waitingTurns.shift()?.()
    if (this.#queue.length > 0) this.#scheduleFlush(0)
  }

  async #flush(): Promise<void> {
    if (this.#isFlushing) return
    this.#isFlushing = true
    try {
      while (this.#queue.length > 0 && this.#waitingTurns.length === 0) {
        const batch = this.#take()
        const handled = await this.#commitOrOneByOne(batch)
        if (handled < batch.length) {
          this.#queue = [...batch.slice(handled), ...this.#queue]
          return
        }
      }
    } finally {
      this.#endTurn()
    }
  }

  #take(): PendingRow[] {
    const { commitRows, commitBytes } = this.#core.limits
    let count = 0
    let bytes = 0
    for (const row of this.#queue) {
      if (count > 0 && (count >= commitRows || bytes + row.update.length > commitBytes)) break
      count += 1
      bytes += row.update.length
    }
    return this.#queue.splice(0, count)
  }

  /** LO7. @returns how many rows are settled; fewer than all when the store cannot commit now */
  async #commitOrOneByOne(batch: readonly PendingRow[]): Promise<number> {
    const trouble = await this.#commit(batch)
    if (trouble === null) return batch.length
    if (trouble !== 'rejected') return 0
    const [only] = batch
    if (only !== undefined && batch.length === 1) return (await this.#setAside(only)) ? 1 : 0
    let handled = 0
    for (const row of batch) {
      if ((await this.#commitOrOneByOne([row])) === 0) break
      handled += 1
    }
    return handled
  }

  /** Refuses a row that the store will not have, so that the rows after it can go on. @returns false: not now */
  async #setAside(pending: PendingRow): Promise<boolean> {
    const draft = new BatchDraft(new Map())
    draft.markLog(pending)
    try {
      await this.#core.store.commit({ rows: [], marks: draft.marks(), nowMs: this.#core.clock.nowMs() })
    } catch (error) {
      this.#hold(error)
      return false
    }
    draft.adopt()
    this.#settle([{ type: 'refused', pending, reason: 'malformed' }])
    return true
  }

  /** @returns null when the batch is settled; `rejected` when the store will not have it; `holding` when it cannot now */
  async #commit(batch: readonly PendingRow[]): Promise<null | 'rejected' | 'holding'> {
    let lookedUp: LookedUp
    try {
      lookedUp = await lookUpRows(this.#core, batch)
    } catch (error) {
      this.#hold(error)
      return 'holding'
    }
    const draft = new BatchDraft(lookedUp.states)
    const verdicts = batch.map((pending) => this.#check(pending, draft, lookedUp))
    try {
      await this.#hooks.before(draft.rows)
      const numbers = await this.#write(draft)
      draft.adopt()
      this.#release()
      const committed = this.adopt(draft.rows, numbers)
      this.#settle(batch.map((pending, i) => outcomeOf(pending, verdicts[i], committed)))
      return null
    } catch (error) {
      this.#core.metrics.commitFailures += 1
      if (error instanceof StoreTrouble && error.reason === 'rejected') {
        this.#core.log('warn', 'The store refused a batch', { rows: batch.length, error: String(error) })
        return 'rejected'
      }
      this.#hold(error)
      return 'holding'
    }
  }

  #check(pending: PendingRow, draft: BatchDraft, lookedUp: LookedUp): Verdict {
    const context: CheckContext = {
      documentBytes: this.#core.limits.documentBytes,
      schema: this.#core.schema,
      acts: lookedUp.acts,
      space: (id) => this.#core.spaces.get(id as SpaceId)?.record,
      presenceOwner: (documentId, clientId) => this.#core.pages.get(documentId)?.presence.ownerOf(clientId),
      knownPieces: (row) => {
        const known = lookedUp.pieces.get(row)
        return known === undefined ? [] : [known]
      },
      repeatsDeletions: (row) => lookedUp.repeatedDeletions.has(row),
      knownChecksum: (row) => lookedUp.checksums.get(row),
    }
    try {
      return checkRow(pending, draft, context)
    } catch (error) {
      // One row that breaks a check must not keep all others from the disk: it is set aside on its laptop, in sight.
      this.#core.metrics.handlerErrors += 1
      this.#core.log('error', 'A row could not be checked', { error: String(error) })
      return { type: 'refused', reason: 'malformed' }
    }
  }

  async #write(draft: BatchDraft): Promise<readonly number[]> {
    const { faults, store, clock } = this.#core
    const rows = draft.rows.map(({ row }) => row)
    const marks = draft.marks()
    if (rows.length === 0 && marks.length === 0) return []
    if (faults['broadcast-before-commit'] === true) this.#broadcast(draft.rows, this.#guessNumbers(draft.rows))
    const numbers =
      faults['skip-commit'] === true
        ? this.#guessNumbers(draft.rows)
        : await store.commit({ rows, marks, nowMs: clock.nowMs() })
    this.#core.metrics.commits += 1
    return faults['double-feed-number'] === true ? numbers.map((n) => n - (n % 5 === 4 ? 1 : 0)) : numbers
  }

  /** For faults only. */
  #guessNumbers(rows: readonly DraftedRow[]): readonly number[] {
    const heads = new Map<SpaceId, number>()
    return rows.map(({ row }) => {
      const n = (heads.get(row.spaceId) ?? this.#core.spaces.get(row.spaceId)?.feed.head ?? 0) + 1
      heads.set(row.spaceId, n)
      return n
    })
  }

  /** What is committed becomes what is: states, feeds, and those who have the pages open. */
  adopt(rows: readonly DraftedRow[], numbers: readonly number[]): ReadonlyMap<PendingRow, number> {
    const committed = new Map<PendingRow, number>()
    const nowMs = this.#core.clock.nowMs()
    const feedRows = new Map<SpaceId, FeedRow[]>()
    const changed = new Map<DocumentState, boolean>()
    for (const [i, drafted] of rows.entries()) {
      const n = numbers[i]
      if (n === undefined) continue
      const { pending, row, claims, state } = drafted
      committed.set(pending, n)
      applyRow(drafted, n, nowMs)
      // A seed has no title to read.
      changed.set(state, (changed.get(state) ?? false) || (claims.setsValues && row.register === null))
      const { documentId, logId, update } = row
      const list = feedRows.get(row.spaceId)
      if (list === undefined) feedRows.set(row.spaceId, [{ n, documentId, logId, update }])
      else list.push({ n, documentId, logId, update })
    }
    for (const [state, setsValues] of changed) {
      this.#core.states.put(state)
      this.#hooks.committed(state, setsValues)
      this.#core.changed(state.record)
    }
    for (const [spaceId, list] of feedRows) this.#core.spaces.get(spaceId)?.feed.append(list)
    this.#core.metrics.rowsCommitted += rows.length
    if (this.#core.faults['broadcast-before-commit'] !== true) this.#broadcast(rows, numbers)
    return committed
  }

  #broadcast(rows: readonly DraftedRow[], numbers: readonly number[]): void {
    for (const [i, { pending, row, state }] of rows.entries()) {
      const { spaceId, documentId, update } = row
      const live = { spaceId, documentId, n: numbers[i] ?? 0, minSchema: state.record.minSchema, update }
      this.#tell(() => this.#core.pages.broadcast(live, pending.source))
    }
  }

  /** What is committed stays committed, whoever cannot be told of it: their trouble is not the store's. */
  #tell(tell: () => void): void {
    try {
      tell()
    } catch (error) {
      this.#core.metrics.handlerErrors += 1
      this.#core.log('error', 'A commit could not be told', { error: String(error) })
    }
  }

  #settle(outcomes: readonly RowOutcome[]): void {
    const { metrics, clock } = this.#core
    const bySource = Map.groupBy(outcomes, (outcome) => outcome.pending.source)
    const nowMs = clock.nowMs()
    for (const outcome of outcomes) {
      if (outcome.type === 'refused') countRefusal(metrics, outcome.reason)
      if (outcome.type === 'repeat') metrics.rowsRepeated += 1
      metrics.acknowledgeMsSum += nowMs - outcome.pending.receivedAtMs
    }
    metrics.acknowledgeCount += outcomes.length
    this.#settled += outcomes.length
    metrics.rowsWaiting = this.#submitted - this.#settled
    for (const [source, list] of bySource) this.#tell(() => source.settled(list))
    this.#openBarriers()
  }

  #openBarriers(): void {
    const open = this.#barriers.filter((barrier) => this.#isHolding || barrier.after <= this.#settled)
    if (open.length === 0) return
    this.#barriers = this.#barriers.filter((barrier) => !open.includes(barrier))
    for (const barrier of open) barrier.resolve()
  }

  #hold(error: unknown): void {
    if (!this.#isHolding) this.#core.log('error', 'The store cannot commit; rows wait', { error: String(error) })
    this.#isHolding = true
    this.#core.metrics.holding = 1
    this.#core.schedule(0, () => {
      this.#tellHolding()
    })
    this.#openBarriers()
    this.#core.schedule(this.#core.limits.retryMs, () => {
      this.#dropEnded()
      this.#retry()
    })
  }

  #retry(): void {
    if (this.#queue.length === 0) {
      this.#release()
      return
    }
    this.#flush().catch((error: unknown) => {
      this.#hold(error)
    })
  }

  /** A device whose socket has ended pushes again; keeping its rows would only fill the memory. */
  #dropEnded(): void {
    const kept = this.#queue.filter((pending) => !pending.source.isEnded)
    this.#settled += this.#queue.length - kept.length
    this.#queue = kept
  }

  #tellHolding(): void {
    if (!this.#isHolding) return
    for (const { source } of this.#queue) {
      if (this.#toldHolding.has(source)) continue
      this.#toldHolding.add(source)
      source.held(true)
    }
  }

  #release(): void {
    if (!this.#isHolding) return
    this.#isHolding = false
    this.#core.metrics.holding = 0
    this.#core.log('info', 'The store commits again')
    for (const source of this.#toldHolding) source.held(false)
    this.#toldHolding.clear()
    this.#scheduleFlush(0)
  }
}

function outcomeOf(
  pending: PendingRow,
  verdict: Verdict | undefined,
  committed: ReadonlyMap<PendingRow, number>,
): RowOutcome {
  const n = committed.get(pending)
  if (n !== undefined) return { type: 'committed', pending, n }
  return verdict?.type === 'refused'
    ? { type: 'refused', pending, reason: verdict.reason }
    : { type: 'repeat', pending }
}
