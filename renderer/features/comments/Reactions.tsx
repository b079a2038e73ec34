import { useTranslation } from 'react-i18next'
import type { PageId, PersonId } from '../../../model/ids.ts'
import type { Reaction } from '../../../model/threads.ts'
import type { RemarkView } from '../../documents/comments.ts'
import { useOwnCard, usePeople } from '../../documents/use-people.ts'
import { usePlein } from '../../documents/use-plein.tsx'
import { reactionIcons } from './reaction-icons.ts'
import classes from './RemarkItem.module.css'

interface ReactionsProps {
  readonly pageId: PageId
  readonly remark: RemarkView
  readonly mayComment: boolean
}

/** Who nodded to what was said; a click nods along, or takes it back. */
export function Reactions({ pageId, remark, mayComment }: ReactionsProps) {
  const { t } = useTranslation()
  const { comments } = usePlein()
  const me = useOwnCard()
  const namesOf = useNames()
  if (remark.reactions.length === 0) return null
  return (
    <div className={classes['reactions']} role="group" aria-label={t('comments.reactions')}>
      {remark.reactions.map(({ reaction, people }: Reaction) => {
        const ReactionIcon = reactionIcons[reaction]
        const isMine = me !== null && people.includes(me.id)
        const label = t('comments.reactedBy', { reaction: t(`comments.reaction.${reaction}`), names: namesOf(people) })
        return (
          <button
            key={reaction}
            type="button"
            className={classes['reaction']}
            aria-pressed={isMine}
            aria-label={label}
            title={label}
            disabled={!mayComment}
            onClick={() => void comments.react(pageId, remark.ref, reaction, !isMine)}
          >
            <ReactionIcon size={16} stroke={1.75} aria-hidden="true" />
            {people.length}
          </button>
        )
      })}
    </div>
  )
}

function useNames(): (people: readonly PersonId[]) => string {
  const { t } = useTranslation()
  const cards = usePeople()
  return (people) =>
    people.map((id) => cards.find((card) => card.id === id)?.name ?? t('comments.unknownPerson')).join(', ')
}
