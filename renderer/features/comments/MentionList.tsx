import { useTranslation } from 'react-i18next'
import { Face } from '../../ui/Face.tsx'
import classes from './MentionList.module.css'
import type { Mentions } from './use-mentions.ts'

/** The people to mention, under the field; the field keeps the focus. */
export function MentionList({ id, mentions }: { id: string; mentions: Mentions }) {
  const { t } = useTranslation()
  return (
    <ul id={id} role="listbox" aria-label={t('comments.people')} className={classes['list']}>
      {mentions.found.map((person, index) => (
        <li
          key={person.id}
          id={`${id}-${index}`}
          role="option"
          aria-selected={index === mentions.index}
          className={classes['person']}
          onMouseDown={(event) => {
            event.preventDefault()
            mentions.choose(person)
          }}
        >
          <Face personId={person.id} name={person.name} size={24} />
          <span className={classes['name']}>{person.name}</span>
        </li>
      ))}
    </ul>
  )
}
