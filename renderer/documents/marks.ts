import type { ActRef } from '../../model/act-ref.ts'
import type { PageId, SpaceId } from '../../model/ids.ts'
import type { PrivateMarks } from '../../model/private.ts'
import type { Live } from './plein.ts'

/**
 * What this person keeps for themselves: favourites, what they follow, what they read last. It stands in a document that
 * only they have, travels between their own devices, and is read by no server. Verbs are on the disk within a moment; in an
 * organisation whose list has not come yet they wait for it.
 */
export interface Marks {
  readonly all: Live<PrivateMarks>
  setFavourite(ids: readonly PageId[], isFavourite: boolean): void
  setFollowed(id: PageId | SpaceId, isFollowed: boolean): void
  /** The page is in front of this person. `seenMs`: its `changedAtMs`, so that one can say later what is new since. */
  noteRead(id: PageId, seenMs: number): void
  setHeard(refs: readonly ActRef[], isHeard: boolean): void
}
