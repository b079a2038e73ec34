import type { ActRef } from '../../model/act-ref.ts'
import type { Anchor, ReactionName } from '../../model/act.ts'
import type { CommentText } from '../../model/comment-text.ts'
import type { PageId } from '../../model/ids.ts'
import type { Remark, Thread } from '../../model/threads.ts'
import type { Live } from './plein.ts'

/** Where one's own words are; others' words came from the server. `local`: there is no server. */
export type RemarkReceipt = 'local' | 'waiting' | 'on-server'

export interface RemarkView extends Remark {
  readonly isMine: boolean
  readonly receipt: RemarkReceipt
}

export interface ThreadView extends Omit<Thread, 'opening' | 'replies'> {
  readonly opening: RemarkView | null
  readonly replies: readonly RemarkView[]
  readonly mayResolve: boolean
}

export interface PageComments {
  /** In the order in which they were begun. */
  readonly threads: readonly ThreadView[]
  readonly mayComment: boolean
}

export interface CommentCounts {
  readonly openThreads: number
  readonly remarks: number
  /** Said to this person there and not read yet: the same as in their inbox. */
  readonly unread: number
}

/** On the laptop's disk, or only in memory because the disk has no room: then it is written as soon as there is. */
export type Said = 'stored' | 'in-memory'

/** What people say about pages. Everything works without a network; rights are asked before anything is written. */
export interface Comments {
  /** Null while it is read. */
  page(id: PageId): Live<PageComments | null>
  /** Every page about which something is said. */
  readonly counts: Live<ReadonlyMap<PageId, CommentCounts>>
  /** Begins a thread: on a selection, or on the page where `anchor` is null. */
  comment(page: PageId, said: { readonly anchor: Anchor | null; readonly text: CommentText }): Promise<Said>
  reply(page: PageId, thread: ActRef, text: CommentText): Promise<Said>
  edit(page: PageId, remark: ActRef, text: CommentText): Promise<Said>
  /** Takes one's own words back. */
  remove(page: PageId, remark: ActRef, thread: ThreadView): Promise<Said>
  react(page: PageId, remark: ActRef, reaction: ReactionName, on: boolean): Promise<Said>
  setResolved(page: PageId, thread: ActRef, isResolved: boolean): Promise<Said>
}
