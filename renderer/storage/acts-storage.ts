import type { ActRef } from '../../model/act-ref.ts'
import type { SaidAct } from '../../model/acts.ts'
import type { DocumentId, PageId, SpaceId } from '../../model/ids.ts'
import type { PageCounts } from '../../model/threads.ts'

/** One act as the laptop's table has it. */
export interface ActRecord extends SaidAct {
  /** Where it stands: its author's document, or the ledger of a space. */
  readonly documentId: DocumentId
  readonly spaceId: SpaceId
}

/** What lists show of a page that has acts. */
export interface PageActs extends PageCounts {
  readonly page: PageId
  readonly spaceId: SpaceId
  /** What others said there for this person, as far as it is known here. */
  readonly forMe: readonly ActRef[]
}

/**
 * The acts of an organisation as tables: what documents say, one record per act, by page. A cache that can always be made again
 * from the documents.
 */
export interface ActsStorage {
  /**
   * Brings the tables up to date with every acts document and ledger that changed since it was folded last; what changed is
   * marked in the transaction that changes it, so that nothing is missed when a window or the worker is gone in between.
   * Several windows and the worker may call it at once. Answers the pages about which something is different now.
   */
  fold(): Promise<readonly PageId[]>
  /** As they are folded, in no particular order. Those that stand in another space than the page are none of its. */
  ofPage(page: PageId): Promise<readonly ActRecord[]>
  /** The pages about which these documents say something, as they are folded. */
  pagesOf(documents: readonly DocumentId[]): Promise<readonly PageId[]>
  /** Every page that has acts. */
  pages(): Promise<readonly PageActs[]>
  /** The updates of one's own acts documents that the server has not acknowledged. */
  waiting(documents: readonly DocumentId[]): Promise<readonly Uint8Array[]>
}
