import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { SpaceId } from '../../../model/ids.ts'
import { useMembers } from '../../documents/use-people.ts'
import { useOpenSession } from '../../documents/use-session.ts'
import { Face } from '../../ui/Face.tsx'
import classes from './MemberStrip.module.css'

/** More faces than this are a crowd: the number says it. */
const mostFaces = 8

/** Who belongs to a space: faces, how many, and how many of them are guests. Leads to all of them. */
export function MemberStrip({ spaceId }: { spaceId: SpaceId }) {
  const { t } = useTranslation()
  const members = useMembers(spaceId)
  const guests = members.filter(({ person }) => person.role === 'guest').length
  const isAlone = useOpenSession().organisation.kind !== 'server'
  if (members.length === 0 || isAlone) return null
  const words = [t('spaceHome.people', { count: members.length })]
  if (guests > 0) words.push(t('spaceHome.guests', { count: guests }))
  return (
    <Link
      to="/space/$spaceId/members"
      params={{ spaceId }}
      className={classes['strip']}
      aria-label={`${t('spaceHome.showMembers')}: ${words.join(', ')}`}
    >
      <span className={classes['faces']} aria-hidden="true">
        {members.slice(0, mostFaces).map(({ person }) => (
          <Face key={person.id} personId={person.id} name={person.name} size={28} />
        ))}
      </span>
      <span>{words.join(' · ')}</span>
    </Link>
  )
}
