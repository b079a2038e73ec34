import { useTranslation } from 'react-i18next'
import type { PageId } from '../../../model/ids.ts'
import type { AnchorBoard } from '../../documents/anchor-board.ts'
import { useBoard } from '../../documents/use-comments.ts'
import { usePlein } from '../../documents/use-plein.tsx'
import { Composer } from './Composer.tsx'
import classes from './ThreadCard.module.css'
import { newThreadName } from './use-kept-draft.ts'

/** A thread that is being begun on what was selected. */
export function DraftCard({
  pageId,
  board,
  withQuote = false,
}: {
  pageId: PageId
  board: AnchorBoard
  withQuote?: boolean
}) {
  const { t } = useTranslation()
  const { comments } = usePlein()
  const anchor = useBoard(board.draft)
  if (anchor === null) return null
  const leave = () => {
    board.backToText()
    board.endDraft()
  }
  return (
    // The field within has the focus; the words in the text are drawn as long as it has.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <section
      className={classes['card']}
      data-active="true"
      aria-label={t('comments.newOn', { quote: anchor.quote.slice(0, 80) })}
      onFocus={() => board.active.set('draft')}
    >
      {withQuote && <blockquote className={classes['quote']}>{anchor.quote}</blockquote>}
      <Composer
        label={t('comments.newLabel')}
        keepAs={newThreadName(pageId)}
        anchor={anchor}
        placeholder={t('comments.newPlaceholder')}
        sendLabel={t('comments.send')}
        autoFocus={board.active.snapshot() === 'draft'}
        isOpen
        onSend={async (text) => {
          const said = await comments.comment(pageId, { anchor, text })
          leave()
          return said
        }}
        onLeave={(isEmpty) => {
          if (isEmpty) leave()
          else board.backToText()
        }}
        onCancel={leave}
      />
    </section>
  )
}
