import type { ReactNode } from 'react'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { PageSummary } from '../documents/plein.ts'
import { PageIcon } from './PageIcon.tsx'
import classes from './Rows.module.css'
import { WaitCount } from './WaitCount.tsx'

/** A list with separators and no boxes. */
export function Rows({ children }: { children: ReactNode }) {
  return <ul className={classes['rows']}>{children}</ul>
}

interface PageRowProps {
  readonly page: PageSummary
  readonly text?: string
  readonly side?: string
  readonly hasChildren?: boolean
  readonly action?: ReactNode
}

/** One page in a list: icon left, title and a second line, what waits, a word or an action at the end. */
export function PageRow({ page, text, side, hasChildren = false, action }: PageRowProps) {
  const { t } = useTranslation()
  return (
    <li className={classes['row']}>
      <Link to="/page/$pageId" params={{ pageId: page.id }} className={classes['link']}>
        <span className={classes['icon']}>
          <PageIcon kind={page.kind} icon={page.icon} hasChildren={hasChildren} size={18} />
        </span>
        <span className={classes['words']}>
          <b className={classes['title']}>{page.title === '' ? t('common.untitled') : page.title}</b>
          {text !== undefined && <span className={classes['text']}>{text}</span>}
        </span>
        <WaitCount count={page.waitingChanges} />
        {side !== undefined && <span className={classes['side']}>{side}</span>}
      </Link>
      {action}
    </li>
  )
}
