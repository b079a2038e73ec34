import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { SpaceId } from '../../../model/ids.ts'
import { SpaceMark } from '../../ui/SpaceMark.tsx'
import classes from './SpaceLine.module.css'

interface SpaceLineProps {
  readonly space: {
    readonly id: SpaceId
    readonly name: string
    readonly icon: string | null
    readonly memberCount: number
  }
  readonly text: string
  /** One is in it: the line leads there. */
  readonly isMine?: boolean
  readonly action?: ReactNode
}

/** One space in a list: mark, name and what it is for, how many belong to it, and what one can do. */
export function SpaceLine({ space, text, isMine = false, action }: SpaceLineProps) {
  const { t } = useTranslation()
  const inside = (
    <>
      <SpaceMark spaceId={space.id} name={space.name} icon={space.icon} size={36} />
      <span className={classes['words']}>
        <b className={classes['name']}>{space.name}</b>
        {text !== '' && <span className={classes['text']}>{text}</span>}
      </span>
      {space.memberCount > 0 && (
        <span className={classes['side']}>{t('spaceHome.people', { count: space.memberCount })}</span>
      )}
    </>
  )
  return (
    <li className={classes['line']}>
      {isMine ? (
        <Link to="/space/$spaceId" params={{ spaceId: space.id }} className={classes['inside']}>
          {inside}
        </Link>
      ) : (
        <span className={classes['inside']}>{inside}</span>
      )}
      {action}
    </li>
  )
}
