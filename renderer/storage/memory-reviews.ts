import type { AwayReview } from '../../model/away-review.ts'
import type { PageId } from '../../model/ids.ts'
import type { MemoryDisk } from './memory-disk.ts'
import { maxKeptStates, type KeptState, type ReturnRecord, type ReviewStorage } from './review-storage.ts'

/** Looking back, in memory. */
export class MemoryReviews implements ReviewStorage {
  readonly #disk: () => MemoryDisk

  constructor(disk: () => MemoryDisk) {
    this.#disk = disk
  }

  async keepState(pageId: PageId, kept: KeptState): Promise<void> {
    const { pageStates } = this.#disk()
    pageStates.set(pageId, kept)
    const oldest = [...pageStates].toSorted(([, a], [, b]) => a.atMs - b.atMs)
    for (const [id] of oldest.slice(0, Math.max(0, oldest.length - maxKeptStates))) pageStates.delete(id)
  }

  async state(pageId: PageId): Promise<KeptState | undefined> {
    return this.#disk().pageStates.get(pageId)
  }

  async stateAtMs(pageId: PageId): Promise<number | undefined> {
    return this.#disk().pageStates.get(pageId)?.atMs
  }

  async putReview(review: AwayReview): Promise<void> {
    this.#disk().reviews.set(review.pageId, review)
  }

  async reviews(): Promise<readonly AwayReview[]> {
    return [...this.#disk().reviews.values()].toSorted((a, b) => a.toMs - b.toMs)
  }

  async removeReview(pageId: PageId): Promise<void> {
    this.#disk().reviews.delete(pageId)
  }

  async putReturn(record: ReturnRecord): Promise<void> {
    this.#disk().returns.set(record.pageId, record)
  }

  async returns(): Promise<readonly ReturnRecord[]> {
    return [...this.#disk().returns.values()]
  }

  async endReturn(pageId: PageId, review: AwayReview | null): Promise<void> {
    this.#disk().returns.delete(pageId)
    if (review !== null) this.#disk().reviews.set(pageId, review)
  }
}

export function forgetReviews({ pageStates, reviews, returns }: MemoryDisk, pageId: PageId): void {
  pageStates.delete(pageId)
  reviews.delete(pageId)
  returns.delete(pageId)
}
