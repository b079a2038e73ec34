import { IconChevronRight } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { pathTo } from '../../documents/page-tree.ts'
import type { PageSnapshot } from '../../documents/plein.ts'
import { useSpace } from '../../documents/use-spaces.ts'
import { Bar } from '../../ui/Bar.tsx'
import classes from './PageBar.module.css'
import { PageMenu } from './PageMenu.tsx'
import { PageReceipt } from './PageReceipt.tsx'
import { Presence } from './Presence.tsx'

/** Where the page stands, who is here, what is safe where, and the rest in a menu. */
export function PageBar({ page, comments }: { page: PageSnapshot; comments: ReactNode }) {
  return (
    <Bar>
      <Breadcrumbs page={page} />
      <Presence present={page.present} />
      <PageReceipt pageId={page.id} />
      {comments}
      <PageMenu page={page} />
    </Bar>
  )
}

function Breadcrumbs({ page }: { page: PageSnapshot }) {
  const { t } = useTranslation()
  const space = useSpace(page.spaceId)
  const parents = space === null ? [] : pathTo(space.tree, page.id).slice(0, -1)
  const untitled = t('common.untitled')
  return (
    <nav className={classes['crumbs']} aria-label={t('page.breadcrumbs')}>
      <ol className={classes['list']}>
        {page.kind === 'note' ? (
          <li className={classes['crumb']}>
            <Link to="/notes">{t('notes.title')}</Link>
            <Arrow />
          </li>
        ) : (
          <li className={classes['crumb']}>
            <Link to="/space/$spaceId" params={{ spaceId: page.spaceId }}>
              {space?.space.name ?? ''}
            </Link>
            <Arrow />
          </li>
        )}
        {parents.map((parent) => (
          <li key={parent.id} className={classes['crumb']}>
            <Link to="/page/$pageId" params={{ pageId: parent.id }}>
              {parent.title === '' ? untitled : parent.title}
            </Link>
            <Arrow />
          </li>
        ))}
        <li className={classes['crumb']} data-current="true" aria-current="page">
          <span>{page.title === '' ? untitled : page.title}</span>
        </li>
      </ol>
    </nav>
  )
}

function Arrow() {
  return <IconChevronRight size={14} stroke={1.75} aria-hidden="true" />
}
