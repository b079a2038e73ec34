import { IconBuildingCommunity, IconChevronRight, IconEye, IconPencil } from '@tabler/icons-react'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { usePlatform } from '../../documents/use-platform.tsx'
import { usePlein } from '../../documents/use-plein.tsx'
import { useSession } from '../../documents/use-session.ts'
import { Logo } from '../../ui/Logo.tsx'
import classes from './Choices.module.css'
import { Invitation } from './Invitation.tsx'
import type { WelcomeStep } from './WelcomeScreen.tsx'

interface ChoicesProps {
  readonly invitation: string
  readonly onStep: (step: WelcomeStep) => void
  readonly onDone: () => void
}

const icon = { size: 24, stroke: 1.75, 'aria-hidden': true } as const

/** The four ways to begin, and what is on this laptop already. */
export function Choices({ invitation, onStep, onDone }: ChoicesProps) {
  const { t } = useTranslation()
  const plein = usePlein()
  const { ownServer } = usePlatform().capabilities
  const [isOpening, setOpening] = useState(false)
  const openSample = () => {
    setOpening(true)
    void plein
      .openSample()
      .then(onDone)
      .finally(() => setOpening(false))
  }
  return (
    <>
      <Known onDone={onDone} />
      <Invitation invitation={invitation} onFound={(link, preview) => onStep({ name: 'join', link, preview })} />
      {ownServer && (
        <Choice
          icon={<IconBuildingCommunity {...icon} />}
          title={t('welcome.create')}
          text={t('welcome.createText')}
          onChoose={() => onStep({ name: 'create' })}
        />
      )}
      <Choice
        icon={<IconPencil {...icon} />}
        title={t('welcome.write')}
        text={t('welcome.writeText')}
        onChoose={() => onStep({ name: 'personal' })}
      />
      <Choice
        icon={<IconEye {...icon} />}
        title={t('welcome.look')}
        text={isOpening ? t('welcome.opening') : t('welcome.lookText')}
        onChoose={openSample}
      />
      <p className={classes['small']}>
        <button type="button" className={classes['textLink']} onClick={() => onStep({ name: 'sign-in' })}>
          {t('welcome.signIn')}
        </button>
        <span className={classes['grow']} />
        {t('welcome.storesShort')}
        <button type="button" className={classes['textLink']} onClick={() => onStep({ name: 'storage' })}>
          {t('welcome.storesLink')}
        </button>
      </p>
    </>
  )
}

/** Organisations whose pages are on this laptop: one goes on where one was. */
function Known({ onDone }: { onDone: () => void }) {
  const { t } = useTranslation()
  const plein = usePlein()
  const session = useSession()
  if (session.stage !== 'welcome') return null
  return session.organisations.map((organisation) => (
    <Choice
      key={organisation.id}
      icon={<Logo />}
      title={t('welcome.continueWith', { name: organisation.name })}
      text={t('welcome.onThisLaptop')}
      onChoose={() => void plein.openOrganisation(organisation.id).then(onDone)}
    />
  ))
}

interface ChoiceProps {
  readonly icon: ReactNode
  readonly title: string
  readonly text: string
  readonly onChoose: () => void
}

function Choice({ icon: mark, title, text, onChoose }: ChoiceProps) {
  return (
    <button type="button" className={classes['choice']} onClick={onChoose}>
      <span className={classes['icon']}>{mark}</span>
      <span className={classes['words']}>
        <b className={classes['title']}>{title}</b>
        <span className={classes['text']}>{text}</span>
      </span>
      <IconChevronRight className={classes['arrow']} size={18} stroke={1.75} aria-hidden="true" />
    </button>
  )
}
