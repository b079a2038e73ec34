import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { PageId, PersonId } from '../../../model/ids.ts'
import type { PageVersion, VersionKey, VersionList } from '../../documents/history.ts'
import { usePeopleNamed } from '../../documents/use-people.ts'
import { useTimes } from '../../i18n/use-times.ts'
import { Face } from '../../ui/Face.tsx'
import { GreyBlocks } from '../../ui/GreyBlocks.tsx'
import { Notice } from '../../ui/Notice.tsx'
import { useNow } from '../../ui/use-now.ts'
import { namesInWords, peopleOf } from './version-words.ts'
import classes from './VersionRows.module.css'

interface VersionRowsProps {
  readonly pageId: PageId
  readonly list: VersionList
  readonly chosen: VersionKey | null
}

/** The versions of a page, newest first; what is on this laptop also where the server cannot be reached. */
export function VersionRows({ pageId, list: { state, versions }, chosen }: VersionRowsProps) {
  const { t } = useTranslation()
  if (state === 'loading' && versions.length === 0) return <GreyBlocks lines={5} />
  return (
    <>
      {state !== 'ready' && state !== 'loading' && (
        <Notice tone={state === 'forbidden' || state === 'server-trouble' ? 'stop' : 'wait'}>
          {t(`history.trouble.${state}`)}
        </Notice>
      )}
      {state === 'ready' && versions.length === 0 && <p className={classes['empty']}>{t('history.empty')}</p>}
      <ul className={classes['list']} aria-label={t('history.versions')}>
        {versions.map((version) => (
          <li key={version.key}>
            <VersionRow pageId={pageId} version={version} isChosen={version.key === chosen} />
          </li>
        ))}
      </ul>
    </>
  )
}

function VersionRow({ pageId, version, isChosen }: { pageId: PageId; version: PageVersion; isChosen: boolean }) {
  const { day, time } = useTimes()
  const now = useNow(60_000)
  const said = day(version.atMs, now)
  const at = said === time(version.atMs) ? said : `${said} ${time(version.atMs)}`
  return (
    <Link
      to="/page/$pageId/history"
      params={{ pageId }}
      search={{ version: version.key }}
      className={classes['row']}
      aria-current={isChosen ? 'true' : undefined}
    >
      <Faces ids={peopleOf(version)} />
      <span className={classes['words']}>
        <span className={classes['when']}>{version.name ?? at}</span>
        <span className={classes['who']}>
          {version.name !== null && `${at} · `}
          <Who version={version} />
        </span>
      </span>
    </Link>
  )
}

function Who({ version }: { version: PageVersion }) {
  const { t } = useTranslation()
  const people = usePeopleNamed(peopleOf(version), t('history.somebody'))
  const names = namesInWords(
    people.map(({ name }) => name),
    {
      and: (first, last) => t('history.and', { first, last }),
      andMore: (first, count) => t('history.andMore', { first, count }),
    },
  )
  if (version.name !== null) return names === '' ? null : t('history.by', { name: names })
  const reason = t(`history.reason.${version.reason}`)
  return names === '' || version.reason === 'visit' ? reason : `${names} · ${reason}`
}

function Faces({ ids }: { ids: readonly PersonId[] }) {
  const { t } = useTranslation()
  const people = usePeopleNamed(ids.slice(0, 2), t('history.somebody'))
  return (
    <span className={classes['faces']} aria-hidden="true">
      {people.map(({ id, name }) => (
        <Face key={id} personId={id} name={name} size={24} />
      ))}
    </span>
  )
}
