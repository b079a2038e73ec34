import type { PageId, PersonId } from './ids.ts'
import type { PageNode } from './page-content.ts'

/** A run of a block's text: who it is of, and whether it still stands there. */
export interface AwayWords {
  readonly text: string
  readonly by: 'me' | 'them' | 'before'
  readonly change: 'same' | 'added' | 'removed'
}

/**
 * One block of a page that others changed while one's own words waited. `lost`: I wrote in it, and it is gone. `unseen`: I deleted or moved it,
 * and did not know that they had written in it. `both`: both wrote in it, and both is there. `theirs`: only they changed it.
 */
export interface AwayItem {
  readonly id: string
  readonly kind: 'lost' | 'unseen' | 'both' | 'theirs'
  /** Empty where it is not known who. */
  readonly authors: readonly PersonId[]
  readonly words: readonly AwayWords[]
  /** Where it stands or stood: a relative position in the body, as Yjs encodes it; null where that is not known any more. */
  readonly place: Uint8Array | null
  /** What a rescue puts back; null unless `lost` or `unseen`. */
  readonly block: PageNode | null
}

/** What happened on one page around one's own edits while they waited. Kept until it was looked at. */
export interface AwayReview {
  readonly pageId: PageId
  /** By this laptop's clock; null where nobody noted when it began. */
  readonly fromMs: number | null
  readonly toMs: number
  /** Blocks that I changed. */
  readonly mine: number
  readonly items: readonly AwayItem[]
}

/** Whether somebody's words are gone without their knowing: then it is asked about, however short the line was gone. */
export function isAsked({ kind }: Pick<AwayItem, 'kind'>): boolean {
  return kind === 'lost' || kind === 'unseen'
}
