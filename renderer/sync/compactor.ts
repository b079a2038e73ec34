import type { DocumentId } from '../../model/ids.ts'
import type { OrganisationStorage } from '../storage/laptop-storage.ts'
import type { SyncClock } from './engine-options.ts'

/** Records of one document before they are merged: reading 32 costs as much as reading one page twice. */
const recordsBeforeMerge = 32
/** Merging waits until the disk is quiet. */
const quietMs = 3000
/** Documents that are counted at once; beyond it counting begins anew, which only delays merging. */
const countedDocuments = 20_000

/** Merges the records of documents that were written often, one at a time, and rewrites the cached list when it is quiet. */
export class Compactor {
  readonly #storage: OrganisationStorage
  readonly #clock: SyncClock
  readonly #failed: (error: unknown) => void
  readonly #counts = new Map<DocumentId, number>()
  readonly #due = new Set<DocumentId>()
  #undoTimer: () => void = () => {}
  #isWaiting = false
  #isStopped = false

  constructor(storage: OrganisationStorage, clock: SyncClock, failed: (error: unknown) => void) {
    this.#storage = storage
    this.#clock = clock
    this.#failed = failed
  }

  /** One more record was stored for each of these. */
  stored(ids: Iterable<DocumentId>): void {
    if (this.#isStopped) return
    if (this.#counts.size > countedDocuments) this.#counts.clear()
    for (const id of ids) {
      const count = (this.#counts.get(id) ?? 0) + 1
      this.#counts.set(id, count)
      if (count >= recordsBeforeMerge) this.#due.add(id)
    }
    if (this.#isWaiting) return
    this.#isWaiting = true
    this.#undoTimer = this.#clock.schedule(quietMs, () => this.#run())
  }

  stop(): void {
    this.#isStopped = true
    this.#undoTimer()
  }

  #run(): void {
    this.#isWaiting = false
    this.#mergeAll().catch(this.#failed)
  }

  async #mergeAll(): Promise<void> {
    for (const id of [...this.#due]) {
      if (this.#isStopped) return
      this.#due.delete(id)
      this.#counts.delete(id)
      // One document that cannot be merged is no reason to merge no other.
      await this.#storage.compact(id, recordsBeforeMerge / 2).catch(this.#failed)
    }
    if (!this.#isStopped) await this.#storage.tidy()
  }
}
