import { ActionIcon } from '@mantine/core'
import { IconAlertTriangle, IconPencilPlus, IconSettings } from '@tabler/icons-react'
import { Link, useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useConnection } from '../../documents/use-connection.ts'
import { useCreateNote } from '../../documents/use-notebook.ts'
import { useOpenSession } from '../../documents/use-session.ts'
import { useTimes } from '../../i18n/use-times.ts'
import { Face } from '../../ui/Face.tsx'
import classes from './SidebarFoot.module.css'
import { UploadNotice } from './UploadNotice.tsx'

/** Oneself, and in words how this laptop stands with the server. */
export function SidebarFoot() {
  const { t } = useTranslation()
  const { me } = useOpenSession()
  const connection = useConnection()
  const navigate = useNavigate()
  const isOnline = connection.state === 'online' || connection.state === 'none'
  return (
    <div className={classes['foot']}>
      <Waiting />
      <div className={classes['me']}>
        <span className={classes['face']}>
          <Face personId={me.id} name={me.name} size={32} />
          {connection.state !== 'none' && <span className={classes['dot']} data-away={!isOnline} />}
        </span>
        <span className={classes['words']}>
          <b className={classes['name']}>{me.name}</b>
          <ConnectionWords />
        </span>
        <QuickNote />
        <ActionIcon
          aria-label={t('frame.settings')}
          title={t('frame.settings')}
          onClick={() => void navigate({ to: '/settings' })}
        >
          <IconSettings size={18} stroke={1.75} />
        </ActionIcon>
      </div>
    </div>
  )
}

function QuickNote() {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const createNote = useCreateNote()
  if (createNote === undefined) return null
  return (
    <ActionIcon
      aria-label={t('frame.newNote')}
      title={t('frame.newNote')}
      onClick={() => {
        void createNote('').then((pageId) => navigate({ to: '/page/$pageId', params: { pageId } }))
      }}
    >
      <IconPencilPlus size={18} stroke={1.75} />
    </ActionIcon>
  )
}

function ConnectionWords() {
  const { t } = useTranslation()
  const { state, reason } = useConnection()
  const { signInNeeded } = useOpenSession()
  if (signInNeeded || reason === 'sign-in-needed') {
    return (
      <Link to="/sign-in" className={classes['state']}>
        {t('connection.sign-in-needed')}
      </Link>
    )
  }
  if (state === 'refused' && reason !== null) {
    return <span className={classes['state']}>{t(`connection.${reason}`)}</span>
  }
  return <StateWords />
}

function StateWords() {
  const { t } = useTranslation()
  const times = useTimes()
  const { state, offlineSinceMs } = useConnection()
  const isAway = state === 'offline' || state === 'refused'
  const words =
    isAway && offlineSinceMs !== null
      ? t('connection.offlineSince', { time: times.time(offlineSinceMs) })
      : t(`connection.${state === 'refused' ? 'offline' : state}`)
  return (
    <span className={classes['state']} role="status">
      {words}
    </span>
  )
}

/** What waits or needs a decision, told politely; absent while all is well. */
function Waiting() {
  const { t } = useTranslation()
  const { organisation } = useOpenSession()
  const { state, waitingChanges, setAside, storageFull } = useConnection()
  const waits = waitingChanges > 0 && state !== 'online' && state !== 'none'
  return (
    <div className={classes['notices']} role="status">
      {organisation.kind === 'sample' && <p className={classes['sample']}>{t('frame.sampleHint')}</p>}
      {storageFull && (
        <p className={classes['stop']}>
          <Notice text={t('connection.storageFull')} />
        </p>
      )}
      {setAside.length > 0 && (
        <Link to="/set-aside" className={classes['stop']}>
          <Notice text={t('connection.setAside', { count: setAside.length })} count={setAside.length} />
        </Link>
      )}
      <UploadNotice />
      {waits && (
        <p className={classes['wait']}>
          <Notice text={t('connection.waiting', { count: waitingChanges })} count={waitingChanges} />
        </p>
      )}
    </div>
  )
}

/** A sentence; in a narrow window its sign and number are seen, and the sentence is read out and shown on pointing. */
function Notice({ text, count }: { text: string; count?: number }) {
  return (
    <span title={text}>
      <span className={classes['short']} aria-hidden="true">
        <IconAlertTriangle size={14} stroke={1.75} />
        {count}
      </span>
      <span className={classes['full']}>{text}</span>
    </span>
  )
}
