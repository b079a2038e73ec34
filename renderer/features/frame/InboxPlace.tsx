import { IconInbox } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useUnread } from '../../documents/use-inbox.ts'
import classes from './InboxPlace.module.css'
import sidebar from './Sidebar.module.css'

/** The way to the inbox, with how many are new; quiet where none are. */
export function InboxPlace() {
  const { t } = useTranslation()
  const unread = useUnread()
  const label = t('inbox.title')
  return (
    <Link to="/inbox" className={sidebar['place']} activeOptions={{ exact: true, includeSearch: false }} title={label}>
      <IconInbox size={18} stroke={1.75} aria-hidden="true" />
      <span className={sidebar['label']}>{label}</span>
      {unread > 0 && (
        <span className={classes['count']} data-count={unread}>
          <span className={classes['words']}>{t('inbox.newCount', { count: unread })}</span>
        </span>
      )}
    </Link>
  )
}
