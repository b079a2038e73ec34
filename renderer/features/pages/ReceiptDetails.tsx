import { Button } from '@mantine/core'
import { IconDeviceLaptop, IconServer, IconUsers } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { ConnectionSnapshot, ReceiptSnapshot } from '../../documents/plein.ts'
import { usePlein } from '../../documents/use-plein.tsx'
import { useTimes } from '../../i18n/use-times.ts'
import { useNow } from '../../ui/use-now.ts'
import classes from './ReceiptDetails.module.css'
import { WaitingPages } from './WaitingPages.tsx'

interface ReceiptDetailsProps {
  readonly receipt: ReceiptSnapshot
  readonly connection: ConnectionSnapshot
}

/** Where the changes of this page are, step by step with times, and every page that waits. */
export function ReceiptDetails({ receipt, connection }: ReceiptDetailsProps) {
  const { t } = useTranslation()
  const isSetAside = receipt.server === 'refused' || connection.setAside.length > 0
  return (
    <>
      <Heading connection={connection} />
      <ol>
        <LaptopStep receipt={receipt} connection={connection} />
        {receipt.server !== 'none' && <ServerStep receipt={receipt} connection={connection} />}
        {receipt.server !== 'none' && <ColleaguesStep people={receipt.withColleagues} />}
      </ol>
      {receipt.server === 'none' && <p className={classes['text']}>{t('receipt.stepServerNone')}</p>}
      {connection.waitingPages.length > 0 && <WaitingPages pages={connection.waitingPages} />}
      {isSetAside && <Link to="/set-aside">{t('receipt.showSetAside')}</Link>}
      {connection.state === 'offline' && <Attempt connection={connection} />}
    </>
  )
}

function Heading({ connection }: { connection: ConnectionSnapshot }) {
  const { t } = useTranslation()
  if (connection.state === 'refused' && connection.reason !== null) {
    return (
      <div className={classes['head']}>
        <h2 className={classes['title']}>{t(`connection.${connection.reason}`)}</h2>
        <p className={classes['text']}>{t(`connection.refusedText.${connection.reason}`)}</p>
        {connection.reason === 'sign-in-needed' && <Link to="/sign-in">{t('account.signInAction')}</Link>}
      </div>
    )
  }
  if (connection.state !== 'offline') return null
  return (
    <div className={classes['head']}>
      <h2 className={classes['title']}>{t('receipt.offlineTitle')}</h2>
      <p className={classes['text']}>{t('receipt.offlineText', { count: connection.waitingChanges })}</p>
    </div>
  )
}

function LaptopStep({ receipt, connection }: ReceiptDetailsProps) {
  const { t } = useTranslation()
  const times = useTimes()
  const text = receipt.onThisLaptop
    ? 'receipt.stepLaptopDone'
    : connection.storageFull
      ? 'receipt.stepLaptopFull'
      : 'receipt.stepLaptopBusy'
  return (
    <Step
      isDone={receipt.onThisLaptop}
      isWaiting={connection.state === 'offline'}
      icon={<IconDeviceLaptop size={16} stroke={1.75} aria-hidden="true" />}
      title={t('receipt.stepLaptop')}
      text={t(text)}
      side={receipt.lastSavedAtMs === null ? '' : times.time(receipt.lastSavedAtMs, connection.state !== 'offline')}
    />
  )
}

function ServerStep({ receipt, connection }: ReceiptDetailsProps) {
  const { t } = useTranslation()
  const times = useTimes()
  const last = receipt.lastAcknowledgedAtMs
  const isDone = receipt.server === 'acknowledged'
  const lastWords =
    last === null ? t('receipt.stepServerNever') : t('receipt.stepServerLast', { time: times.time(last) })
  const text =
    receipt.server === 'refused'
      ? t('receipt.stepServerRefused')
      : isDone
        ? t('receipt.stepServerDone')
        : connection.state === 'online'
          ? t('receipt.stepServerSending')
          : lastWords
  return (
    <Step
      isDone={isDone}
      isWaiting={false}
      icon={<IconServer size={16} stroke={1.75} aria-hidden="true" />}
      title={t('receipt.stepServer')}
      text={text}
      side={isDone ? (last === null ? '' : times.time(last, true)) : t('receipt.waits')}
    />
  )
}

/** A number of people whose devices have it: never a name, and nothing of who has read. */
function ColleaguesStep({ people }: { people: number | null }) {
  const { t } = useTranslation()
  const text =
    people === null
      ? t('receipt.stepColleaguesUnknown')
      : people === 0
        ? t('receipt.stepColleaguesNone')
        : t('receipt.stepColleagues', { count: people })
  return (
    <Step
      isDone={people !== null && people > 0}
      isWaiting={false}
      icon={<IconUsers size={16} stroke={1.75} aria-hidden="true" />}
      title={t('receipt.stepColleaguesTitle')}
      text={text}
      side=""
    />
  )
}

interface StepProps {
  readonly isDone: boolean
  readonly isWaiting: boolean
  readonly icon: ReactNode
  readonly title: string
  readonly text: string
  readonly side: string
}

function Step({ isDone, isWaiting, icon, title, text, side }: StepProps) {
  return (
    <li className={classes['step']}>
      <span className={classes['square']} data-done={isDone} data-waiting={isWaiting}>
        {icon}
      </span>
      <span>
        <b>{title}</b>
        <br />
        <span className={classes['tip']}>{text}</span>
      </span>
      <span className={classes['side']}>{side}</span>
    </li>
  )
}

function Attempt({ connection }: { connection: ConnectionSnapshot }) {
  const { t } = useTranslation()
  const plein = usePlein()
  const nowMs = useNow(1000)
  const seconds =
    connection.nextAttemptAtMs === null ? null : Math.max(0, Math.ceil((connection.nextAttemptAtMs - nowMs) / 1000))
  return (
    <div className={classes['attempt']}>
      <span className={classes['tip']}>{seconds === null ? '' : t('receipt.nextAttempt', { count: seconds })}</span>
      <Button
        size="sm"
        onClick={() => {
          plein.retryNow()
        }}
      >
        {t('receipt.tryNow')}
      </Button>
    </div>
  )
}
