import type { PageCommentsParts } from '../../documents/page-comments-parts.ts'
import { CommentMargin } from './CommentMargin.tsx'
import { CommentsButton } from './CommentsButton.tsx'
import { PageEndComments } from './PageEndComments.tsx'

export const pageComments: PageCommentsParts = { Button: CommentsButton, Margin: CommentMargin, End: PageEndComments }
