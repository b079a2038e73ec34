import type { ActRef } from '../../model/act-ref.ts'
import type { CommentText } from '../../model/comment-text.ts'
import type { PageId, PersonId, SpaceId } from '../../model/ids.ts'
import type { Live } from './plein.ts'

/** What somebody said to this person: by naming them, or by answering in a thread where they spoke. */
export interface InboxItem {
  readonly ref: ActRef
  readonly why: 'mention' | 'reply'
  readonly author: PersonId
  /** By their clock; for display only. */
  readonly atMs: number
  readonly text: CommentText
  readonly page: PageId
  readonly pageTitle: string
  readonly spaceId: SpaceId
  readonly thread: ActRef
  readonly isRead: boolean
}

/** Read marks stand in the person's private document: they travel between their devices, and nobody else sees them. */
export interface Inbox {
  /** Newest first; null while it is read. */
  readonly items: Live<readonly InboxItem[] | null>
  readonly unread: Live<number>
  setRead(refs: readonly ActRef[], isRead: boolean): void
}
