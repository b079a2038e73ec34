import { IconFileExport, IconFileImport } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { SpaceId } from '../../model/ids.ts'
import classes from './InOutLinks.module.css'

const icon = { size: 18, stroke: 1.75, 'aria-hidden': true } as const

/** The ways in and out of a space. */
export function InOutLinks({ spaceId, mayImport }: { spaceId: SpaceId; mayImport: boolean }) {
  const { t } = useTranslation()
  return (
    <p className={classes['place']}>
      {mayImport && (
        <Link to="/space/$spaceId/import" params={{ spaceId }} className={classes['link']}>
          <IconFileImport {...icon} />
          {t('inOut.importLink')}
        </Link>
      )}
      <Link to="/space/$spaceId/export" params={{ spaceId }} className={classes['link']}>
        <IconFileExport {...icon} />
        {t('inOut.exportLink')}
      </Link>
    </p>
  )
}
