import { IconFileText, IconMessage } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { WaitingPage } from '../../documents/plein.ts'
import { useDocumentTitle } from '../../documents/use-document-title.ts'
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
          <Way page={page}>
            <Row page={page} />
          </Way>
        </li>
      ))}
      {pages.length > shown && (
        <li className={classes['tip']}>{t('receipt.morePages', { count: pages.length - shown })}</li>
      )}
    </ul>
  )
}

/** To the page; what is no page belongs to its space. */
function Way({ page, children }: { page: WaitingPage; children: ReactNode }) {
  return page.kind === 'page' ? (
    <Link to="/page/$pageId" params={{ pageId: page.pageId }} className={classes['page']}>
      {children}
    </Link>
  ) : (
    <Link to="/space/$spaceId" params={{ spaceId: page.spaceId }} className={classes['page']}>
      {children}
    </Link>
  )
}

function Row({ page }: { page: WaitingPage }) {
  const { t } = useTranslation()
  const title = useDocumentTitle(page)
  const Icon = page.kind === 'acts' ? IconMessage : IconFileText
  return (
    <>
      <Icon size={16} stroke={1.75} aria-hidden="true" />
      <span className={classes['cut']}>{title}</span>
      <b aria-label={t('receipt.waitingHere', { count: page.changes })}>{page.changes}</b>
    </>
  )
}
