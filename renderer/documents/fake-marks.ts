import * as Y from 'yjs'
import type { ActRef } from '../../model/act-ref.ts'
import type { PageId, SpaceId } from '../../model/ids.ts'
import { openPrivate, type PrivateMarks } from '../../model/private.ts'
import type { Marks } from './marks.ts'
import type { Live } from './plein.ts'

/** Marks in memory. */
export class FakeMarks implements Marks {
  readonly #document = openPrivate(new Y.Doc())
  readonly all: Live<PrivateMarks> = this.#document

  setFavourite(ids: readonly PageId[], isFavourite: boolean): void {
    this.#document.setFavourite(ids, isFavourite)
  }

  setFollowed(id: PageId | SpaceId, isFollowed: boolean): void {
    this.#document.setFollowed(id, isFollowed)
  }

  noteRead(id: PageId, seenMs: number): void {
    this.#document.noteRead(id, seenMs)
  }

  setHeard(refs: readonly ActRef[], isHeard: boolean): void {
    this.#document.setHeard(refs, isHeard)
  }
}
