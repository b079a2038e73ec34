import { useLocation, useNavigate, useRouter } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { InvitationPreview } from '../../documents/plein.ts'
import { usePlein } from '../../documents/use-plein.tsx'
import { useSession } from '../../documents/use-session.ts'
import { Notice } from '../../ui/Notice.tsx'
import { Arrival } from './Arrival.tsx'
import { BringAlong } from './BringAlong.tsx'
import { Choices } from './Choices.tsx'
import { CreateForm } from './CreateForm.tsx'
import { JoinForm } from './JoinForm.tsx'
import { PersonalForm } from './PersonalForm.tsx'
import { SignInForm } from './SignInForm.tsx'
import { StoragePage } from './StoragePage.tsx'
import { WelcomeFrame } from './WelcomeFrame.tsx'

export type WelcomeStep =
  | { readonly name: 'join'; readonly link: string; readonly preview: InvitationPreview }
  | { readonly name: 'choose' | 'create' | 'personal' | 'sign-in' | 'storage' | 'bring' }
  | { readonly name: 'arrive' }

interface WelcomeScreenProps {
  /** An invitation that the address brought along. */
  readonly invitation?: string
  readonly firstStep?: 'choose' | 'sign-in'
  /** Where there is an organisation to go back to. */
  readonly onLeave?: () => void
}

/** First run, and every further organisation: join, create, just write, look around. */
export function WelcomeScreen({ invitation = '', firstStep = 'choose', onLeave }: WelcomeScreenProps) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const router = useRouter()
  const { state, pathname } = useLocation()
  const step = state.welcomeStep ?? { name: firstStep }
  const setStep = (welcomeStep: WelcomeStep) => void navigate({ to: pathname, state: { welcomeStep } })
  const onBack = step.name === 'choose' || step.name === 'bring' ? onLeave : () => setStep({ name: 'choose' })
  const plein = usePlein()
  const organisation = useOrganisationName()
  // Who has written on this laptop before joining is asked whether that comes along.
  const onSignedIn = (isNew: boolean) => {
    void plein.ownOrganisations.list().then((own) => {
      if (router.latestLocation.pathname !== pathname) return
      if (own.some(({ pages }) => pages > 0)) setStep({ name: 'bring' })
      else if (isNew) setStep({ name: 'arrive' })
      else onDone()
    })
  }
  // The organisation may have opened before all was done: who has gone to a page meanwhile stays there.
  const onDone = () => {
    if (router.latestLocation.pathname === pathname) void navigate({ to: '/' })
  }
  if (step.name === 'arrive') return <Arrival onDone={onDone} />
  return (
    <WelcomeFrame title={titleOf(step)} lede={t(ledes[step.name], { organisation })} onBack={onBack}>
      <EmptiedNotice />
      {step.name === 'choose' && <Choices invitation={invitation} onStep={setStep} onDone={onDone} />}
      {step.name === 'join' && <JoinForm link={step.link} preview={step.preview} onDone={() => onSignedIn(true)} />}
      {step.name === 'create' && <CreateForm onDone={() => onSignedIn(false)} />}
      {step.name === 'personal' && <PersonalForm onDone={onDone} />}
      {step.name === 'sign-in' && <SignInForm onDone={() => onSignedIn(false)} />}
      {step.name === 'storage' && <StoragePage />}
      {step.name === 'bring' && <BringAlong onDone={onDone} />}
    </WelcomeFrame>
  )

  function titleOf(current: Exclude<WelcomeStep, { name: 'arrive' }>): string {
    if (current.name === 'join') return t('account.joinTitle', { organisation: current.preview.organisation })
    return t(titles[current.name])
  }
}

function useOrganisationName(): string {
  const session = useSession()
  return session.stage === 'open' ? session.organisation.name : ''
}

/** The browser threw away what was stored here: what happened, what is safe, what one can do. */
function EmptiedNotice() {
  const { t } = useTranslation()
  const session = useSession()
  if (session.stage !== 'welcome' || !session.wasEmptied) return null
  return <Notice tone="wait">{t('welcome.wasEmptied')}</Notice>
}

const titles = {
  choose: 'welcome.title',
  create: 'account.createTitle',
  personal: 'account.personalTitle',
  'sign-in': 'account.signInTitle',
  storage: 'settings.storage',
  bring: 'own.title',
} as const

const ledes = {
  choose: 'welcome.lede',
  join: 'account.joinLede',
  create: 'account.createLede',
  personal: 'account.personalLede',
  'sign-in': 'account.signInLede',
  storage: 'welcome.storesShort',
  bring: 'own.lede',
} as const
