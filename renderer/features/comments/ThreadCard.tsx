import { ActionIcon } from '@mantine/core'
import { IconArrowBackUp, IconCheck } from '@tabler/icons-react'
import type { KeyboardEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { plainText } from '../../../model/comment-text.ts'
import type { PageId } from '../../../model/ids.ts'
import type { ThreadView } from '../../documents/comments.ts'
import { usePlein } from '../../documents/use-plein.tsx'
import { useTimes } from '../../i18n/use-times.ts'
import { useNow } from '../../ui/use-now.ts'
import { Composer } from './Composer.tsx'
import { RemarkItem } from './RemarkItem.tsx'
import { useNameOf } from './RemarkText.tsx'
import classes from './ThreadCard.module.css'
import { useReadThread } from './use-read-thread.ts'

export interface ThreadCardProps {
  readonly pageId: PageId
  readonly thread: ThreadView
  readonly mayComment: boolean
  /** Shows all of it, and the field to answer; else only how it begins. */
  readonly isActive: boolean
  /** Also says on which words it is. */
  readonly withQuote?: boolean
  readonly onActivate?: () => void
  readonly onLeave?: () => void
}

/** One thread. Arrows go from one to the next; Escape goes back to the text. */
export function ThreadCard(props: ThreadCardProps) {
  const { thread, isActive, onActivate, onLeave } = props
  const { t } = useTranslation()
  const name = useNameOf(thread.author)
  const begins = thread.opening === null ? '' : plainText(thread.opening.text).slice(0, 80)
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    if (event.key === 'Escape' && onLeave !== undefined) {
      event.preventDefault()
      onLeave()
    } else if (event.target === event.currentTarget) moveFocus(event)
  }
  return (
    // A group of controls that is reached as one: its own keys lead from thread to thread and back to the text.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <article
      className={classes['card']}
      data-active={isActive}
      data-thread={thread.ref}
      tabIndex={0}
      aria-label={t('comments.threadBy', { name, begins })}
      onFocus={onActivate}
      onClick={onActivate}
      onKeyDown={onKeyDown}
    >
      {props.withQuote === true && thread.anchor !== null && (
        <blockquote className={classes['quote']}>{thread.anchor.quote}</blockquote>
      )}
      {isActive ? <WholeThread {...props} /> : <BeginOfThread {...props} />}
    </article>
  )
}

function WholeThread({ pageId, thread, mayComment, onLeave }: ThreadCardProps) {
  const { t } = useTranslation()
  useReadThread(thread)
  return (
    <>
      <ul className={classes['remarks']}>
        {thread.opening === null ? (
          <TakenBack />
        ) : (
          <RemarkItem pageId={pageId} thread={thread} remark={thread.opening} mayComment={mayComment} />
        )}
        {thread.replies.map((reply) => (
          <RemarkItem key={reply.ref} pageId={pageId} thread={thread} remark={reply} mayComment={mayComment} />
        ))}
      </ul>
      {thread.resolved !== null && <Resolved thread={thread} />}
      <Foot pageId={pageId} thread={thread} mayComment={mayComment} onLeave={onLeave} />
      {!mayComment && <p className={classes['note']}>{t('comments.mayOnlyRead')}</p>}
    </>
  )
}

function Foot({
  pageId,
  thread,
  mayComment,
  onLeave,
}: Pick<ThreadCardProps, 'pageId' | 'thread' | 'mayComment'> & { onLeave: (() => void) | undefined }) {
  const { t } = useTranslation()
  const { comments } = usePlein()
  const isResolved = thread.resolved !== null
  const resolveLabel = t(isResolved ? 'comments.reopen' : 'comments.resolve')
  if (!mayComment && !thread.mayResolve) return null
  return (
    <div className={classes['foot']}>
      {mayComment && !isResolved && (
        <Composer
          label={t('comments.replyLabel')}
          keepAs={`reply ${thread.ref}`}
          placeholder={t('comments.reply')}
          sendLabel={t('comments.replySend')}
          onSend={(text) => comments.reply(pageId, thread.ref, text)}
          {...(onLeave === undefined ? {} : { onLeave })}
        />
      )}
      {thread.mayResolve && (
        <ActionIcon
          className={classes['resolve'] ?? ''}
          aria-label={resolveLabel}
          title={resolveLabel}
          onClick={() => void comments.setResolved(pageId, thread.ref, !isResolved)}
        >
          {isResolved ? <IconArrowBackUp size={18} stroke={1.75} /> : <IconCheck size={18} stroke={1.75} />}
        </ActionIcon>
      )}
    </div>
  )
}

function BeginOfThread({ pageId, thread }: ThreadCardProps) {
  const { t } = useTranslation()
  return (
    <>
      <ul className={classes['begin']}>
        {thread.opening === null ? (
          <TakenBack />
        ) : (
          <RemarkItem pageId={pageId} thread={thread} remark={thread.opening} mayComment={false} />
        )}
      </ul>
      {thread.replies.length > 0 && (
        <p className={classes['count']}>{t('comments.replyCount', { count: thread.replies.length })}</p>
      )}
    </>
  )
}

function TakenBack() {
  const { t } = useTranslation()
  return <li className={classes['taken']}>{t('comments.takenBack')}</li>
}

function Resolved({ thread }: { thread: ThreadView }) {
  const { t } = useTranslation()
  const times = useTimes()
  const nowMs = useNow(60_000)
  const by = useNameOf(thread.resolved?.by ?? thread.author)
  return (
    <p className={classes['note']}>
      {t('comments.resolvedBy', { name: by, time: times.moment(thread.resolved?.atMs ?? nowMs, nowMs) })}
    </p>
  )
}

/** Between the threads of one list. */
function moveFocus(event: KeyboardEvent<HTMLElement>): void {
  const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
  if (step === 0) return
  event.preventDefault()
  const list = event.currentTarget.closest('[data-threads]')
  const cards = [...(list?.querySelectorAll<HTMLElement>('[data-thread]') ?? [])]
  cards[cards.indexOf(event.currentTarget) + step]?.focus()
}
