import { ActionIcon } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { useEffect, useRef, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { ThreadView } from '../../documents/comments.ts'
import type { PageCommentsProps } from '../../documents/page-comments-parts.ts'
import { useBoard, usePageComments } from '../../documents/use-comments.ts'
import { GreyBlocks } from '../../ui/GreyBlocks.tsx'
import classes from './CommentsPanel.module.css'
import { DraftCard } from './DraftCard.tsx'
import { ThreadCard } from './ThreadCard.tsx'
import { useThreads, type SortedThreads } from './use-threads.ts'
import { useWide } from './use-wide.ts'

/** Every thread of a page in one list: open ones in the order of the text, then on the page, and what is done folded away. */
export function CommentsPanel({ page, board, onClose }: PageCommentsProps & { onClose: () => void }) {
  const { t } = useTranslation()
  const threads = useThreads(page, board)
  const isWide = useWide()
  const close = useRef<HTMLButtonElement>(null)
  const isBeginning = useBoard(board.draft) !== null
  useEffect(() => {
    if (!isBeginning) close.current?.focus()
    // Only when it opens: later the focus is the person's own.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [])
  useEscape(onClose)
  return (
    <aside className={classes['panel']} aria-label={t('comments.title')}>
      <div className={classes['head']}>
        <h2 className={classes['title']}>{t('comments.title')}</h2>
        <ActionIcon ref={close} aria-label={t('comments.close')} onClick={onClose}>
          <IconX size={18} stroke={1.75} />
        </ActionIcon>
      </div>
      <div className={classes['list']} data-threads="">
        {!isWide && <DraftCard pageId={page.id} board={board} withQuote />}
        {threads === null ? <GreyBlocks lines={4} /> : <Lists page={page} board={board} threads={threads} />}
      </div>
    </aside>
  )
}

/** From within the panel and from the text that it covers. */
function useEscape(onEscape: () => void): void {
  const latest = useRef(onEscape)
  useEffect(() => {
    latest.current = onEscape
  })
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key === 'Escape' && !event.defaultPrevented) latest.current()
    }
    document.addEventListener('keydown', onKeyDown)
    return () => {
      document.removeEventListener('keydown', onKeyDown)
    }
  }, [])
}

function Lists({ page, board, threads }: PageCommentsProps & { threads: SortedThreads }) {
  const { t } = useTranslation()
  const { anchored, orphaned, ofPage, resolved } = threads
  const shown = (list: readonly ThreadView[]) => <ThreadList page={page} board={board} threads={list} />
  const isEmpty = anchored.length + orphaned.length + ofPage.length === 0
  return (
    <>
      {isEmpty && <p className={classes['empty']}>{t('comments.none')}</p>}
      {anchored.length > 0 && shown(anchored)}
      {orphaned.length > 0 && <Group title={t('comments.orphaned')}>{shown(orphaned)}</Group>}
      {ofPage.length > 0 && <Group title={t('comments.onPage')}>{shown(ofPage)}</Group>}
      {resolved.length > 0 && (
        <details className={classes['done']}>
          <summary>{t('comments.resolvedCount', { count: resolved.length })}</summary>
          {shown(resolved)}
        </details>
      )}
    </>
  )
}

function Group({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section aria-label={title}>
      <h3 className={classes['group']}>{title}</h3>
      {children}
    </section>
  )
}

function ThreadList({ page, board, threads }: PageCommentsProps & { threads: readonly ThreadView[] }) {
  const active = useBoard(board.active)
  const mayComment = usePageComments(page.id)?.mayComment === true
  return threads.map((thread) => (
    <ThreadCard
      key={thread.ref}
      pageId={page.id}
      thread={thread}
      mayComment={mayComment}
      isActive={active === thread.ref}
      withQuote
      onActivate={() => {
        if (active === thread.ref) return
        board.active.set(thread.ref)
        board.reveal(thread.ref)
      }}
    />
  ))
}
