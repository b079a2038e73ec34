import type { PageId, SpaceId } from '../../model/ids.ts'
import type { Result } from '../../model/result.ts'
import type { Live } from './plein.ts'

export interface TreePlace {
  readonly parent: PageId | null
  /** The sibling that it comes before; null is the end. */
  readonly before: PageId | null
}

/** `newer-schema`: it holds something that this version of Plein does not know, and a copy might lose it. */
export type CopyError = 'not-on-this-laptop' | 'newer-schema'

/** The last move within a space that was made in this window and can be taken back. */
export interface LastMove {
  readonly spaceId: SpaceId
  readonly ids: readonly PageId[]
  /** It was just made; false where a later one was taken back. */
  readonly isNew: boolean
}

/** What one does to several pages of a tree at once. Each is on the disk when it resolves, with or without a network. */
export interface Trees {
  /** With all that stands under them, in the order given; false where one would come under itself, and then none moves. */
  movePages(spaceId: SpaceId, ids: readonly PageId[], to: TreePlace): Promise<boolean>
  /** Null where there is none; the one before, after one was taken back. */
  readonly lastMove: Live<LastMove | null>
  /** Takes the last move back, of pages that nobody has moved since; false where none of them is left. */
  undoMove(): Promise<boolean>
  archivePages(ids: readonly PageId[]): Promise<void>
  restorePages(ids: readonly PageId[]): Promise<void>
  /** A new page with a new document right behind the old one; nothing is copied where one page of it cannot be. */
  duplicatePage(
    id: PageId,
    copy: { readonly title: string; readonly withSubtree: boolean },
  ): Promise<Result<PageId, CopyError>>
}
