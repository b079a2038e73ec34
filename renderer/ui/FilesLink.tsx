import { IconPaperclip } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { SpaceId } from '../../model/ids.ts'
import classes from './ArchiveLink.module.css'

/** The way to the files of a space. */
export function FilesLink({ spaceId }: { spaceId: SpaceId }) {
  const { t } = useTranslation()
  return (
    <p className={classes['place']}>
      <Link to="/space/$spaceId/files" params={{ spaceId }} className={classes['link']}>
        <IconPaperclip size={18} stroke={1.75} aria-hidden="true" />
        {t('files.link')}
      </Link>
    </p>
  )
}
