import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { PageId } from '../../../model/ids.ts'
import { useMarks } from '../../documents/use-marks.ts'
import { usePageRows } from '../../documents/use-page-rows.ts'
import { PageIcon } from '../../ui/PageIcon.tsx'
import { WaitCount } from '../../ui/WaitCount.tsx'
import { FoldedList } from './FoldedList.tsx'
import { FollowedPlaces } from './FollowedPlaces.tsx'
import classes from './MarkedPages.module.css'

/** So many were read last; who seeks further seeks by title. */
const shownRecent = 6

/** Favourites, what one follows and what was read last, of this person alone; absent while there are none. */
export function MarkedPages() {
  const { t } = useTranslation()
  const marks = useMarks()
  return (
    <div className={classes['marked']}>
      <Fold name="favourites" title={t('treeMoves.favourites')} ids={marks.favourites} isOpenAtFirst />
      <FollowedPlaces />
      <Fold
        name="recent"
        title={t('treeMoves.recent')}
        ids={marks.recent.slice(0, shownRecent)}
        isOpenAtFirst={false}
      />
    </div>
  )
}

interface FoldProps {
  readonly name: string
  readonly title: string
  readonly ids: readonly PageId[]
  readonly isOpenAtFirst: boolean
}

function Fold({ name, title, ids, isOpenAtFirst }: FoldProps) {
  // What was archived meanwhile, or is for this person no longer, is not shown; it comes back with its page.
  const pages = usePageRows(ids).filter((page) => !page.archived)
  if (pages.length === 0) return null
  const rows = () =>
    pages.map((page) => (
      <li key={page.id}>
        <MarkedPage page={page} />
      </li>
    ))
  return <FoldedList name={name} title={title} isOpenAtFirst={isOpenAtFirst} rows={rows} />
}

function MarkedPage({ page }: { page: ReturnType<typeof usePageRows>[number] }) {
  const { t } = useTranslation()
  const title = page.title === '' ? t('common.untitled') : page.title
  return (
    <Link to="/page/$pageId" params={{ pageId: page.id }} className={classes['page']} title={title}>
      <PageIcon kind={page.kind} icon={page.icon} />
      <span className={classes['title']}>{title}</span>
      <WaitCount count={page.waitingChanges} />
    </Link>
  )
}
