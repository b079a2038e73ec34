import { Link } from '@tanstack/react-router'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { parseId, type PageId } from '../../../model/ids.ts'
import { pagesOf } from '../../documents/page-tree.ts'
import type { PageSummary, SpaceSnapshot } from '../../documents/plein.ts'
import { useMarks } from '../../documents/use-marks.ts'
import { usePageRows } from '../../documents/use-page-rows.ts'
import { useManySpaces, useSpaces } from '../../documents/use-spaces.ts'
import { PageIcon } from '../../ui/PageIcon.tsx'
import { SpaceMark } from '../../ui/SpaceMark.tsx'
import { FoldedList } from './FoldedList.tsx'
import classes from './MarkedPages.module.css'

/** Spaces and pages that this person follows, and in which of them something changed since they read there last. */
export function FollowedPlaces() {
  const { t } = useTranslation()
  const { followed } = useMarks()
  const all = useSpaces()
  const spaceIds = useMemo(() => all.filter(({ id }) => followed.has(id)).map(({ id }) => id), [all, followed])
  const spaces = useManySpaces(spaceIds).filter((space) => space !== null)
  const pageIds = useMemo(
    () => [...followed].flatMap((id) => (all.some((space) => space.id === id) ? [] : (parseId<PageId>(id) ?? []))),
    [all, followed],
  )
  // What was archived meanwhile, or is for this person no longer, is not shown; it comes back with its page.
  const pages = usePageRows(pageIds).filter((page) => !page.archived)
  if (spaces.length + pages.length === 0) return null
  const rows = () => (
    <>
      {spaces.map((space) => (
        <li key={space.space.id}>
          <FollowedSpace snapshot={space} />
        </li>
      ))}
      {pages.map((page) => (
        <li key={page.id}>
          <FollowedPage page={page} />
        </li>
      ))}
    </>
  )
  return <FoldedList name="followed" title={t('treeMoves.followed')} isOpenAtFirst rows={rows} />
}

function FollowedPage({ page }: { page: PageSummary }) {
  const { t } = useTranslation()
  const isNews = page.changedAtMs > useMarks().mark(page.id).seenMs
  const title = page.title === '' ? t('common.untitled') : page.title
  return (
    <Link to="/page/$pageId" params={{ pageId: page.id }} className={classes['page']} title={title} data-news={isNews}>
      <PageIcon kind={page.kind} icon={page.icon} />
      <span className={classes['title']}>{title}</span>
      {isNews && <News />}
    </Link>
  )
}

function FollowedSpace({ snapshot }: { snapshot: SpaceSnapshot }) {
  const { mark } = useMarks()
  const { id, name } = snapshot.space
  const isNews = useMemo(() => {
    const pages = pagesOf(snapshot.tree)
    const seenMs = pages.reduce((latest, page) => Math.max(latest, mark(page.id).seenMs), 0)
    return pages.some((page) => page.changedAtMs > seenMs)
  }, [snapshot, mark])
  return (
    <Link to="/space/$spaceId" params={{ spaceId: id }} className={classes['page']} title={name} data-news={isNews}>
      <SpaceMark spaceId={id} name={name} />
      <span className={classes['title']}>{name}</span>
      {isNews && <News />}
    </Link>
  )
}

function News() {
  const { t } = useTranslation()
  return (
    <span className={classes['news']}>
      <span className={classes['words']}>{t('treeMoves.news')}</span>
    </span>
  )
}
