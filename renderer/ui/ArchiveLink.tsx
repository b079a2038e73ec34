import { IconArchive } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { SpaceId } from '../../model/ids.ts'
import classes from './ArchiveLink.module.css'

/** The way to the archive of a space; nothing where it is empty. */
export function ArchiveLink({ spaceId, count }: { spaceId: SpaceId; count: number }) {
  const { t } = useTranslation()
  if (count === 0) return null
  return (
    <p className={classes['place']}>
      <Link to="/space/$spaceId/archive" params={{ spaceId }} className={classes['link']}>
        <IconArchive size={18} stroke={1.75} aria-hidden="true" />
        {t('space.archiveCount', { count })}
      </Link>
    </p>
  )
}
