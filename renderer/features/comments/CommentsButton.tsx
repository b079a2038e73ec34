import { IconMessage } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { PageCommentsProps } from '../../documents/page-comments-parts.ts'
import { useBoard, usePageComments } from '../../documents/use-comments.ts'
import classes from './CommentsButton.module.css'
import { CommentsPanel } from './CommentsPanel.tsx'
import { useWide } from './use-wide.ts'

/** How many threads are open on a page; opens all of them, with those that are done. */
export function CommentsButton({ page, board }: PageCommentsProps) {
  const { t } = useTranslation()
  const [isOpen, setOpen] = useState(false)
  const isWide = useWide()
  const draft = useBoard(board.draft)
  const comments = usePageComments(page.id)
  const count = comments?.threads.filter(({ resolved }) => resolved === null).length ?? 0
  const isShown = isOpen || (!isWide && draft !== null)
  const close = () => {
    setOpen(false)
    board.endDraft()
    board.backToText()
  }
  useWhenAsked(board, () => {
    if (matchMedia('(max-width: 1023px)').matches) setOpen(true)
  })
  return (
    <>
      <button
        type="button"
        className={classes['button']}
        aria-expanded={isShown}
        aria-label={t('comments.button', { count })}
        title={t('comments.button', { count })}
        onClick={() => (isShown ? close() : setOpen(true))}
      >
        <IconMessage size={18} stroke={1.75} aria-hidden="true" />
        {count > 0 && <span>{count}</span>}
      </button>
      {isShown && <CommentsPanel page={page} board={board} onClose={close} />}
    </>
  )
}

/** Where there is neither margin nor pins, touching marked words opens the panel. */
function useWhenAsked({ opened }: PageCommentsProps['board'], onAsked: () => void): void {
  useEffect(
    () =>
      opened.subscribe(() => {
        if (opened.snapshot() !== null) onAsked()
      }),
    // The callback closes over nothing that changes.
    // oxlint-disable-next-line react/exhaustive-deps
    [opened],
  )
}
