import type { AwayReview } from '../../model/away-review.ts'
import type { PageId } from '../../model/ids.ts'
import type { Result } from '../../model/result.ts'
import type { Live } from './plein.ts'

export interface AwayPage extends AwayReview {
  /** As the lists have it; empty for a page without a title. */
  readonly title: string
}

export interface AwaySnapshot {
  /** Pages with something to look at; those with questions first, then the oldest. */
  readonly pages: readonly AwayPage[]
  /** What one is asked: words of mine that others deleted. */
  readonly questions: number
  /** What merged by itself. */
  readonly merged: number
}

/** Why words could not be put back. */
export type RescueTrouble = 'not-on-this-laptop' | 'may-not-write' | 'newer-schema'

/** What others did around one's own edits while those waited, kept on this laptop until it was looked at. */
export interface Away {
  readonly reviews: Live<AwaySnapshot>
  /** Puts a block back where it stood, as this person's own edit, and settles the question. */
  rescue(pageId: PageId, itemId: string): Promise<Result<null, RescueTrouble>>
  /** Takes the last rescue back, and asks again. */
  undoRescue(): void
  /** The question whose rescue can be taken back. */
  readonly rescued: Live<{ readonly pageId: PageId; readonly itemId: string } | null>
  /** Leaves it as it is: it is not asked again. */
  settle(pageId: PageId, itemId: string): Promise<void>
  /** Everything was looked at. */
  settleAll(): Promise<void>
  /** Which block of the page an item stands or stood at, counted from 0; null where that is not known. */
  blockOf(pageId: PageId, itemId: string): Promise<number | null>
}
