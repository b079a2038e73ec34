import { IconDeviceLaptop } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import classes from './ArchiveLink.module.css'

/** The way to the choice of what stays on this laptop. */
export function KeepLink() {
  const { t } = useTranslation()
  return (
    <p className={classes['place']}>
      <Link to="/keep" className={classes['link']}>
        <IconDeviceLaptop size={18} stroke={1.75} aria-hidden="true" />
        {t('files.keep.link')}
      </Link>
    </p>
  )
}
