import type { AwayReview } from '../../model/away-review.ts'
import type { PageId } from '../../model/ids.ts'

/** A page as it was when a visit to it began. */
export interface KeptState {
  readonly atMs: number
  /** The whole state as one Yjs update. */
  readonly state: Uint8Array
}

/** Pages of which a state is kept; the oldest goes when there is one more. */
export const maxKeptStates = 200

/** What this laptop keeps for looking back: at a page before one's visit, and at what others did while one was away. Goes with its page. */
export interface ReviewStorage {
  /** Replaces the state that was kept before. */
  keepState(pageId: PageId, kept: KeptState): Promise<void>
  /** Undefined also where the record does not fit its checksum. */
  state(pageId: PageId): Promise<KeptState | undefined>
  /** When a state of the page was kept last; without reading its bytes into memory twice. */
  stateAtMs(pageId: PageId): Promise<number | undefined>

  /** Replaces the review of its page. */
  putReview(review: AwayReview): Promise<void>
  /** Oldest first. */
  reviews(): Promise<readonly AwayReview[]>
  removeReview(pageId: PageId): Promise<void>
}
