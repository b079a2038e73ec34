import { useTranslation } from 'react-i18next'
import type { AnchorBoard, AnchorKey, AnchorPlaces } from '../../documents/anchor-board.ts'
import type { ThreadView } from '../../documents/comments.ts'
import type { PageCommentsProps } from '../../documents/page-comments-parts.ts'
import { useBoard, usePageComments } from '../../documents/use-comments.ts'
import classes from './CommentMargin.module.css'
import { CommentPins } from './CommentPins.tsx'
import { DraftCard } from './DraftCard.tsx'
import { placeCards, type Card } from './place-cards.ts'
import { ThreadCard } from './ThreadCard.tsx'
import { useCommentKeys } from './use-comment-keys.ts'
import { useAskedThread } from './use-asked-thread.ts'
import { useHeights } from './use-heights.ts'
import { useKeptDraft } from './use-kept-draft.ts'
import { useThreads, useToldBoard } from './use-threads.ts'
import { useWide } from './use-wide.ts'

/** Comments beside the words that they are about: in the margin where there is room, else as pins. */
export function CommentMargin(props: PageCommentsProps) {
  useToldBoard(props.page, props.board)
  useKeptDraft(props.page.id, props.board)
  useCommentKeys(props.board)
  const threads = useThreads(props.page, props.board)
  const isWide = useWide()
  useAskedThread(props.board, threads)
  if (threads === null) return null
  return isWide ? (
    <Margin {...props} threads={threads.anchored} />
  ) : (
    <CommentPins {...props} threads={threads.anchored} />
  )
}

function Margin({ page, board, threads }: PageCommentsProps & { threads: readonly ThreadView[] }) {
  const { t } = useTranslation()
  const active = useBoard(board.active)
  const places = useBoard(board.places)
  const draft = useBoard(board.draft)
  const mayComment = usePageComments(page.id)?.mayComment === true
  const [heights, measure] = useHeights()
  const keys: readonly AnchorKey[] = orderedKeys(threads, places, draft !== null)
  const tops = placeCards(
    keys.map((key): Card => ({ key, top: places.get(key) ?? 0, height: heights.get(key) ?? 0 })),
    active,
  )
  if (keys.length === 0) return null
  return (
    <section className={classes['margin']} aria-label={t('comments.beside')} data-threads="">
      {keys.map((key) => {
        const thread = threads.find(({ ref }) => ref === key)
        return (
          <div key={key} ref={measure(key)} className={classes['place']} style={{ top: tops.get(key) }}>
            {thread === undefined ? (
              <DraftCard pageId={page.id} board={board} />
            ) : (
              <MarginThread {...{ page, board, thread, mayComment }} isActive={key === active} />
            )}
          </div>
        )
      })}
    </section>
  )
}

function MarginThread({
  page,
  board,
  thread,
  mayComment,
  isActive,
}: {
  page: PageCommentsProps['page']
  board: AnchorBoard
  thread: ThreadView
  mayComment: boolean
  isActive: boolean
}) {
  return (
    <ThreadCard
      pageId={page.id}
      thread={thread}
      mayComment={mayComment}
      isActive={isActive}
      onActivate={() => {
        if (!isActive) board.active.set(thread.ref)
      }}
      onLeave={() => board.backToText()}
    />
  )
}

/** In the order of the words, with what is being begun among them. */
function orderedKeys(threads: readonly ThreadView[], places: AnchorPlaces, hasDraft: boolean): readonly AnchorKey[] {
  const keys: readonly AnchorKey[] = threads.map(({ ref }) => ref)
  if (!hasDraft) return keys
  const top = places.get('draft') ?? 0
  const index = keys.findIndex((key) => (places.get(key) ?? 0) > top)
  return keys.toSpliced(index === -1 ? keys.length : index, 0, 'draft')
}
