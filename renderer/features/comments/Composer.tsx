import { Button, Textarea } from '@mantine/core'
import { useId, useRef, useState, type KeyboardEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { cleanCommentText, type CommentText } from '../../../model/comment-text.ts'
import type { Anchor } from '../../../model/act.ts'
import type { Said } from '../../documents/comments.ts'
import { useDraft } from '../../documents/use-drafts.ts'
import { usePlein } from '../../documents/use-plein.tsx'
import classes from './Composer.module.css'
import { composeText, nothingWritten, type Written } from './compose-text.ts'
import { MentionList } from './MentionList.tsx'
import { useMentions } from './use-mentions.ts'

interface ComposerProps {
  readonly label: string
  readonly placeholder: string
  readonly sendLabel: string
  readonly initial?: Written
  /** Names what is written here: it is kept on this laptop until it is sent or emptied. */
  readonly keepAs: string
  /** What the thread that is being begun is about: kept with its words. */
  readonly anchor?: Anchor
  readonly autoFocus?: boolean
  /** Shows its buttons also while nothing is written. */
  readonly isOpen?: boolean
  readonly onSend: (text: CommentText) => Promise<Said>
  /** Escape, or the button for it. `isEmpty`: nothing would be lost. */
  readonly onLeave?: (isEmpty: boolean) => void
  readonly onCancel?: () => void
}

/** A field for what one says, with people after an `@`; Ctrl+Enter sends. What could not be stored stays in the field. */
export function Composer(props: ComposerProps) {
  const { label, placeholder, initial = nothingWritten, autoFocus = false, onLeave } = props
  const { t } = useTranslation()
  const [written, setWritten] = useKept(props, initial)
  const field = useRef<HTMLTextAreaElement>(null)
  const listId = useId()
  const mentions = useMentions(field, written, setWritten)
  const { trouble, send } = useSending(props, written, () => setWritten(nothingWritten))
  const isEmpty = cleanCommentText(composeText(written)).length === 0
  const isListed = mentions.found.length > 0

  const onKeyDown = (event: KeyboardEvent) => {
    if (mentions.handleKey(event)) return
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault()
      if (!isEmpty) send()
    } else if (event.key === 'Escape' && onLeave !== undefined) {
      event.preventDefault()
      event.stopPropagation()
      onLeave(isEmpty)
    }
  }

  return (
    <div className={classes['composer']}>
      <Textarea
        ref={field}
        autosize
        minRows={1}
        maxRows={10}
        aria-label={label}
        placeholder={placeholder}
        value={written.text}
        autoFocus={autoFocus}
        aria-haspopup="listbox"
        aria-controls={isListed ? listId : undefined}
        aria-activedescendant={isListed ? `${listId}-${mentions.index}` : undefined}
        aria-autocomplete="list"
        classNames={{ input: classes['field'] ?? '' }}
        onChange={(event) => {
          setWritten({ ...written, text: event.currentTarget.value })
          mentions.look()
        }}
        onSelect={mentions.look}
        onKeyDown={onKeyDown}
      />
      {isListed && <MentionList id={listId} mentions={mentions} />}
      {trouble !== null && (
        <p className={classes['trouble']} role="status">
          {t(`comments.${trouble}`)}
        </p>
      )}
      {(!isEmpty || props.isOpen === true) && (
        <Buttons {...props} isEmpty={isEmpty} send={send} clear={() => setWritten(nothingWritten)} />
      )}
    </div>
  )
}

/** Half a comment is nobody's to throw away: looking at another page, or closing the app, leaves it as it is. */
function useKept({ keepAs, anchor }: ComposerProps, initial: Written): readonly [Written, (written: Written) => void] {
  const { drafts } = usePlein()
  const kept = useDraft(keepAs)
  const [typed, setTyped] = useState<Written | null>(null)
  const keep = (next: Written) => {
    drafts.keep(keepAs, next.text === '' ? null : { ...next, anchor: anchor ?? null })
    setTyped(next)
  }
  return [typed ?? kept ?? initial, keep]
}

type Trouble = 'inMemory' | 'notStored'

/** What was said is cleared when it is stored, or sure to be; else it stays, and why is said. */
function useSending({ onSend }: ComposerProps, written: Written, clear: () => void) {
  const [trouble, setTrouble] = useState<Trouble | null>(null)
  const send = () => {
    onSend(composeText(written)).then(
      (said) => {
        clear()
        setTrouble(said === 'stored' ? null : 'inMemory')
      },
      () => setTrouble('notStored'),
    )
  }
  return { trouble, send }
}

function Buttons({
  sendLabel,
  onCancel,
  isEmpty,
  send,
  clear,
}: ComposerProps & { isEmpty: boolean; send: () => void; clear: () => void }) {
  const { t } = useTranslation()
  return (
    <div className={classes['buttons']}>
      <Button size="sm" variant="filled" disabled={isEmpty} title={`${sendLabel} (Ctrl Enter)`} onClick={send}>
        {sendLabel}
      </Button>
      {onCancel !== undefined && (
        <Button
          size="sm"
          variant="subtle"
          onClick={() => {
            clear()
            onCancel()
          }}
        >
          {t('common.cancel')}
        </Button>
      )}
    </div>
  )
}
