import { Fragment } from 'react'
import { useTranslation } from 'react-i18next'
import type { CommentText, MentionRun } from '../../../model/comment-text.ts'
import { usePerson } from '../../documents/use-people.ts'
import classes from './RemarkItem.module.css'

/** Words and mentions; line breaks as they were written. */
export function RemarkText({ text }: { text: CommentText }) {
  return (
    <p className={classes['text']}>
      {text.map((run, place) =>
        // A text never changes its runs: another text is another list.
        typeof run === 'string' ? <Fragment key={place}>{run}</Fragment> : <Mention key={place} mention={run} />,
      )}
    </p>
  )
}

function Mention({ mention }: { mention: MentionRun }) {
  const person = usePerson(mention.person)
  return (
    <span className={classes['mention']} data-me={person?.isMe === true}>
      @{person?.name ?? mention.name}
    </span>
  )
}

/** How somebody is called who wrote; also those who are no longer known here. */
export function useNameOf(id: MentionRun['person']): string {
  const { t } = useTranslation()
  return usePerson(id)?.name ?? t('comments.unknownPerson')
}
