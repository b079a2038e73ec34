import { Popover } from '@mantine/core'
import { IconMessage } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { ThreadView } from '../../documents/comments.ts'
import type { PageCommentsProps } from '../../documents/page-comments-parts.ts'
import { useBoard, usePageComments } from '../../documents/use-comments.ts'
import classes from './CommentMargin.module.css'
import { ThreadCard } from './ThreadCard.tsx'
import { useNameOf } from './RemarkText.tsx'

/** Where there is no room for a margin: one pin per thread beside its words, which opens it. */
export function CommentPins({ page, board, threads }: PageCommentsProps & { threads: readonly ThreadView[] }) {
  const { t } = useTranslation()
  if (threads.length === 0) return null
  return (
    <section className={classes['pins']} aria-label={t('comments.beside')} data-threads="">
      {threads.map((thread) => (
        <Pin key={thread.ref} page={page} board={board} thread={thread} />
      ))}
    </section>
  )
}

function Pin({ page, board, thread }: PageCommentsProps & { thread: ThreadView }) {
  const { t } = useTranslation()
  const places = useBoard(board.places)
  const asked = useBoard(board.opened)
  const mayComment = usePageComments(page.id)?.mayComment === true
  const name = useNameOf(thread.author)
  const count = thread.replies.length + (thread.opening === null ? 0 : 1)
  const isOpen = asked === thread.ref
  return (
    <Popover
      opened={isOpen}
      onChange={(opened) => board.open(opened ? thread.ref : null)}
      position="left-start"
      width={320}
      offset={6}
      trapFocus
      returnFocus
    >
      <Popover.Target>
        <button
          type="button"
          className={classes['pin']}
          style={{ top: places.get(thread.ref) ?? 0 }}
          aria-label={t('comments.pin', { name, count })}
          onClick={() => board.open(isOpen ? null : thread.ref)}
        >
          <IconMessage size={14} stroke={1.75} aria-hidden="true" />
          {count}
        </button>
      </Popover.Target>
      <Popover.Dropdown p={0} aria-label={t('comments.pin', { name, count })}>
        <ThreadCard
          pageId={page.id}
          thread={thread}
          mayComment={mayComment}
          isActive
          onLeave={() => board.backToText()}
        />
      </Popover.Dropdown>
    </Popover>
  )
}
