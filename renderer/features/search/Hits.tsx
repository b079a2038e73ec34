import { IconFile, IconMessage } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { parseFileEntryId } from '../../../model/search/file-entry.ts'
import type { SearchHit } from '../../../model/search/search-index.ts'
import { usePageRow } from '../../documents/use-page-rows.ts'
import { useSpaces } from '../../documents/use-spaces.ts'
import { useTimes } from '../../i18n/use-times.ts'
import { Marked } from '../../ui/Marked.tsx'
import { PageIcon } from '../../ui/PageIcon.tsx'
import { useNow } from '../../ui/use-now.ts'
import classes from './SearchScreen.module.css'

const types = ['page', 'comment', 'file'] as const
const headings = { page: 'find.pages', comment: 'find.comments', file: 'find.files' } as const

/** What was found, in sections by what it is; without headings where it is all pages. */
export function Hits({ hits }: { hits: readonly SearchHit[] }) {
  const { t } = useTranslation()
  const isAllPages = hits.every(({ type }) => type === 'page')
  return types.map((type) => {
    const ofType = hits.filter((hit) => hit.type === type)
    if (ofType.length === 0) return null
    const list = (
      <ul className={classes['hits']}>
        {ofType.map((hit) => (
          <li key={hit.id}>
            <Hit hit={hit} />
          </li>
        ))}
      </ul>
    )
    if (isAllPages) return <div key={type}>{list}</div>
    return (
      <section key={type} aria-label={t(headings[type])}>
        <h2 className={classes['heading']}>{t(headings[type])}</h2>
        {list}
      </section>
    )
  })
}

function Hit({ hit }: { hit: SearchHit }) {
  if (hit.type === 'file') return <FileHit hit={hit} />
  return hit.type === 'comment' ? <CommentHit hit={hit} /> : <PageHit hit={hit} />
}

function PageHit({ hit }: { hit: SearchHit }) {
  const { t } = useTranslation()
  if (hit.pageId === null) return null
  return (
    <Link to="/page/$pageId" params={{ pageId: hit.pageId }} className={classes['hit']}>
      <PageIcon kind={hit.kind ?? 'wiki'} icon={null} size={18} />
      <Words
        hit={hit}
        title={hit.title.length === 0 ? t('common.untitled') : <Marked parts={hit.title} />}
        when="find.changed"
      />
    </Link>
  )
}

function CommentHit({ hit }: { hit: SearchHit }) {
  const { t } = useTranslation()
  const page = usePageRow(hit.pageId ?? undefined)
  if (hit.pageId === null) return null
  const title = page?.title ?? ''
  return (
    <Link to="/page/$pageId" params={{ pageId: hit.pageId }} state={{ thread: hit.id }} className={classes['hit']}>
      <IconMessage size={18} stroke={1.75} aria-hidden="true" />
      <Words hit={hit} title={title === '' ? t('common.untitled') : title} when="find.said" />
    </Link>
  )
}

function FileHit({ hit }: { hit: SearchHit }) {
  const file = parseFileEntryId(hit.id)
  if (file === undefined) return null
  const { spaceId, hash } = file
  return (
    <Link to="/space/$spaceId/files/$hash" params={{ spaceId, hash }} className={classes['hit']}>
      <IconFile size={18} stroke={1.75} aria-hidden="true" />
      <Words hit={hit} title={<Marked parts={hit.title} />} when="find.added" />
    </Link>
  )
}

interface WordsProps {
  readonly hit: SearchHit
  readonly title: ReactNode
  readonly when: 'find.changed' | 'find.said' | 'find.added'
}

function Words({ hit, title, when }: WordsProps) {
  const { t } = useTranslation()
  const moments = useTimes()
  const nowMs = useNow(60_000)
  const space = useSpaces().find(({ id }) => id === hit.spaceId)
  return (
    <span className={classes['words']}>
      <b className={classes['title']}>{title}</b>
      {hit.snippet.length > 0 && (
        <span className={classes['snippet']}>
          <Marked parts={hit.snippet} />
        </span>
      )}
      <span className={classes['facts']}>
        {space?.name} · {t(when, { time: moments.moment(hit.changedAtMs, nowMs) })}
      </span>
    </span>
  )
}
