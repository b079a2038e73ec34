import type { ActRef } from '../../model/act-ref.ts'
import type { CommentText } from '../../model/comment-text.ts'
import type { PageId, PersonId, SpaceId } from '../../model/ids.ts'
import type { Live } from './plein.ts'

/** What somebody said to this person: by naming them in a comment or in a page, or by answering in a thread where they spoke. */
export interface InboxItem {
  readonly ref: ActRef
  readonly why: 'mention' | 'reply' | 'page'
  /** Null where nobody knows any more who wrote it in the page. */
  readonly author: PersonId | null
  /** By their clock; for display only. */
  readonly atMs: number
  readonly text: CommentText
  readonly page: PageId
  readonly pageTitle: string
  readonly spaceId: SpaceId
  /** Null for what stands in the page itself. */
  readonly thread: ActRef | null
  readonly isRead: boolean
}

/** Read marks stand in the person's private document: they travel between their devices, and nobody else sees them. */
export interface Inbox {
  /** Newest first; null while it is read. */
  readonly items: Live<readonly InboxItem[] | null>
  readonly unread: Live<number>
  setRead(refs: readonly ActRef[], isRead: boolean): void
}
