import { IconChevronDown, IconChevronRight } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import type { PageId } from '../../../model/ids.ts'
import { useMarks } from '../../documents/use-marks.ts'
import { usePageRows } from '../../documents/use-page-rows.ts'
import { PageIcon } from '../../ui/PageIcon.tsx'
import { useStored } from '../../ui/use-stored.ts'
import { WaitCount } from '../../ui/WaitCount.tsx'
import classes from './MarkedPages.module.css'

/** So many were read last; who seeks further seeks by title. */
const shownRecent = 6

/** Favourites and what was read last, of this person alone; absent while there are none. */
export function MarkedPages() {
  const { t } = useTranslation()
  const marks = useMarks()
  return (
    <div className={classes['marked']}>
      <Fold name="favourites" title={t('treeMoves.favourites')} ids={marks.favourites} isOpenAtFirst />
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
  const listId = useId()
  const [stored, store] = useStored(`plein.fold.${name}`, isOpenAtFirst ? 'open' : 'closed')
  // What was archived meanwhile, or is for this person no longer, is not shown; it comes back with its page.
  const pages = usePageRows(ids).filter((page) => !page.archived)
  const isOpen = stored === 'open'
  const Icon = isOpen ? IconChevronDown : IconChevronRight
  if (pages.length === 0) return null
  return (
    <section aria-label={title}>
      <button
        type="button"
        className={classes['head']}
        aria-expanded={isOpen}
        aria-controls={listId}
        onClick={() => store(isOpen ? 'closed' : 'open')}
      >
        {title}
        <Icon size={14} stroke={1.75} aria-hidden="true" />
      </button>
      <ul id={listId} className={classes['list']} hidden={!isOpen}>
        {isOpen &&
          pages.map((page) => (
            <li key={page.id}>
              <MarkedPage page={page} />
            </li>
          ))}
      </ul>
    </section>
  )
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
