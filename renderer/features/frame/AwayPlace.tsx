import { IconArrowBackUp } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useAway } from '../../documents/use-away.ts'
import counts from './InboxPlace.module.css'
import classes from './Sidebar.module.css'

/** The way to what others did while one was away; there while something is to be looked at. */
export function AwayPlace() {
  const { t } = useTranslation()
  const { pages, questions, merged } = useAway()
  if (pages.length === 0) return null
  const count = questions + merged
  return (
    <Link to="/away" className={classes['place']} title={t('away.place')}>
      <IconArrowBackUp size={18} stroke={1.75} aria-hidden="true" />
      <span className={classes['label']}>{t('away.place')}</span>
      <span className={counts['count']}>{count}</span>
    </Link>
  )
}
