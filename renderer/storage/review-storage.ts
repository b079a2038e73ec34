import type { AwayReview } from '../../model/away-review.ts'
import type { PageId } from '../../model/ids.ts'

/** A page as it was when a visit to it began. */
export interface KeptState {
  readonly atMs: number
  /** The whole state as one Yjs update. */
  readonly state: Uint8Array
}

/** A page in which own words waited when the line came back, until it is known what others did to it meanwhile. */
export interface ReturnRecord {
  readonly pageId: PageId
  readonly fromMs: number | null
  /** The feed number up to which everything of its space was here. */
  readonly cursor: number
  /** All of it when the line came back. */
  readonly before: Uint8Array
  /** The rows that waited. */
  readonly own: readonly Uint8Array[]
  /** The last row that waited: what has a higher number was written since. */
  readonly lastRow: number
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

  /** Survives the end of the app in the middle of a return. */
  putReturn(record: ReturnRecord): Promise<void>
  returns(): Promise<readonly ReturnRecord[]>
  /** The review takes the place of the return, in one transaction; null where there is nothing to review. */
  endReturn(pageId: PageId, review: AwayReview | null): Promise<void>
}
