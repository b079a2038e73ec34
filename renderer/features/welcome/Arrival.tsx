import { Button, Progress } from '@mantine/core'
import { IconCheck } from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import { useMemo, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useOwnCard, usePeople } from '../../documents/use-people.ts'
import type { PersonCard } from '../../documents/people.ts'
import { bound, useLive } from '../../documents/use-live.ts'
import { usePlein } from '../../documents/use-plein.tsx'
import { useSession } from '../../documents/use-session.ts'
import { Face } from '../../ui/Face.tsx'
import { Logo } from '../../ui/Logo.tsx'
import { useScreenTitle } from '../../ui/use-screen-title.ts'
import classes from './Arrival.module.css'

/** Just joined: what comes along on this laptop, and whom one can turn to. One may go on at once. */
export function Arrival({ onDone }: { onDone: () => void }) {
  const { t } = useTranslation()
  const session = useSession()
  const [organisation, name] =
    session.stage === 'open' ? [session.organisation.name, session.me.name.split(' ')[0] ?? ''] : ['', '']
  const title = t('arrival.title', { name })
  useScreenTitle(title)
  return (
    <main className={classes['screen']}>
      <div className={classes['page']}>
        <header className={classes['head']}>
          <Logo size={32} />
          <b>{organisation}</b>
        </header>
        <h1 className={classes['title']}>{title}</h1>
        <div className={classes['columns']}>
          <div className={classes['left']}>
            <Coming />
            <div className={classes['actions']}>
              <Button variant="filled" size="lg" autoFocus onClick={onDone}>
                {t('arrival.go')}
              </Button>
            </div>
          </div>
          <div>
            <Helpers />
            <FirstSteps />
          </div>
        </div>
      </div>
    </main>
  )
}

function Coming() {
  const { t } = useTranslation()
  const { arrival } = usePlein()
  const { isListed, pages, here } = useLive(useMemo(() => bound(arrival), [arrival]))
  const part = pages === 0 ? (isListed ? 100 : 0) : Math.round((100 * here) / pages)
  const words = !isListed
    ? t('arrival.listing')
    : here < pages
      ? t('arrival.counting', { here, pages })
      : t('arrival.complete', { count: pages })
  return (
    <section className={classes['card']} aria-label={t('arrival.coming')}>
      <div className={classes['line']}>
        <b>{words}</b>
        <span className={classes['soft']}>{t('arrival.percent', { part })}</span>
      </div>
      <Progress value={part} aria-label={words} classNames={{ root: classes['track'] ?? '' }} />
      <p className={classes['soft']}>{t(here < pages || !isListed ? 'arrival.meanwhile' : 'arrival.offlineToo')}</p>
    </section>
  )
}

/** Whoever looks after the organisation: the community managers first. */
function Helpers() {
  const { t } = useTranslation()
  const helpers = helpersIn(usePeople())
  if (helpers.length === 0) return null
  return (
    <section>
      <h2 className={classes['heading']}>{t('arrival.people')}</h2>
      <ul className={classes['people']}>
        {helpers.map(({ id, name, role }) => (
          <li key={id}>
            <Face personId={id} name={name} size={64} />
            <span>
              <b>{name}</b>
              <br />
              <span className={classes['soft']}>
                {t(role === 'administrator' ? 'arrival.administrator' : 'arrival.communityManager')}
              </span>
            </span>
          </li>
        ))}
      </ul>
    </section>
  )
}

function helpersIn(people: readonly PersonCard[]): readonly PersonCard[] {
  const of = (wanted: string) => people.filter(({ role, isMe, suspended }) => role === wanted && !isMe && !suspended)
  return [...of('community-manager'), ...of('administrator')].slice(0, 3)
}

function FirstSteps() {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const hasFace = (useOwnCard()?.face ?? null) !== null
  return (
    <section>
      <h2 className={classes['heading']}>{t('arrival.steps')}</h2>
      <ul className={classes['steps']}>
        <Step isDone>{t('arrival.accepted')}</Step>
        <Step isDone={hasFace}>
          <button type="button" className={classes['link']} onClick={() => void navigate({ to: '/settings' })}>
            {t('arrival.face')}
          </button>
        </Step>
        <Step isDone={false}>{t('arrival.improve')}</Step>
      </ul>
    </section>
  )
}

function Step({ isDone, children }: { isDone: boolean; children: ReactNode }) {
  return (
    <li>
      <span className={classes['box']} data-done={isDone}>
        {isDone && <IconCheck size={14} stroke={2.5} aria-hidden="true" />}
      </span>
      {children}
    </li>
  )
}
