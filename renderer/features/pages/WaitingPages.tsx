import { IconFileText } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { WaitingPage } from '../../documents/plein.ts'
import classes from './ReceiptDetails.module.css'

/** More would fill the screen; the number of the rest is told. */
const shown = 6

/** The pages with changes that the server does not have yet, and how many. */
export function WaitingPages({ pages }: { pages: readonly WaitingPage[] }) {
  const { t } = useTranslation()
  return (
    <ul className={classes['waiting']}>
      {pages.slice(0, shown).map((page) => (
        <li key={page.pageId}>
          <Link to="/page/$pageId" params={{ pageId: page.pageId }} className={classes['page']}>
            <IconFileText size={16} stroke={1.75} aria-hidden="true" />
            <span className={classes['cut']}>{page.title === '' ? t('common.untitled') : page.title}</span>
            <b aria-label={t('receipt.waitingHere', { count: page.changes })}>{page.changes}</b>
          </Link>
        </li>
      ))}
      {pages.length > shown && (
        <li className={classes['tip']}>{t('receipt.morePages', { count: pages.length - shown })}</li>
      )}
    </ul>
  )
}
