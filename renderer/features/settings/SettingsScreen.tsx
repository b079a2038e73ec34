import { Button, SegmentedControl, useMantineColorScheme } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useConnection } from '../../documents/use-connection.ts'
import { usePlatform } from '../../documents/use-platform.tsx'
import { usePlein } from '../../documents/use-plein.tsx'
import { useOpenSession } from '../../documents/use-session.ts'
import { Face } from '../../ui/Face.tsx'
import { LanguageChoice } from '../../ui/LanguageChoice.tsx'
import { Notice } from '../../ui/Notice.tsx'
import { Screen } from '../../ui/Screen.tsx'
import { Section } from '../../ui/Section.tsx'
import { StorageFacts } from '../../ui/StorageFacts.tsx'
import { OwnSpaces } from './OwnSpaces.tsx'
import classes from './SettingsScreen.module.css'

/** Language and colours, oneself, and what is stored where. */
export function SettingsScreen() {
  const { t } = useTranslation()
  const { organisation } = useOpenSession()
  return (
    <Screen title={t('settings.title')}>
      <div className={classes['narrow']}>
        <Section title={t('settings.appearance')}>
          <Setting name={t('settings.language')}>
            <LanguageChoice />
          </Setting>
          <Setting name={t('settings.scheme')}>
            <SchemeChoice />
          </Setting>
        </Section>
        <Section title={t('settings.account')}>
          <Account />
        </Section>
        <OwnSpaces />
        <Section title={t('settings.storage')}>
          <StorageFacts organisation={organisation} />
        </Section>
      </div>
    </Screen>
  )
}

function Setting({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className={classes['setting']}>
      <span className={classes['name']}>{name}</span>
      {children}
    </div>
  )
}

const schemes = ['light', 'dark', 'auto'] as const
const schemeTexts = { light: 'settings.light', dark: 'settings.dark', auto: 'settings.system' } as const

function SchemeChoice() {
  const { t } = useTranslation()
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  return (
    <SegmentedControl
      aria-label={t('settings.scheme')}
      value={colorScheme}
      onChange={(value) => setColorScheme(schemes.find((scheme) => scheme === value) ?? 'auto')}
      data={schemes.map((value) => ({ value, label: t(schemeTexts[value]) }))}
    />
  )
}

function Account() {
  const { t } = useTranslation()
  const plein = usePlein()
  const navigate = useNavigate()
  const { me, organisation } = useOpenSession()
  const { waitingChanges } = useConnection()
  const { secretKeeping } = usePlatform().capabilities
  return (
    <>
      <div className={classes['me']}>
        <Face personId={me.id} name={me.name} size={64} />
        <div>
          <b>{me.name}</b>
          <p className={classes['soft']}>{me.email}</p>
          <p className={classes['soft']}>
            {t(`settings.role.${me.role}`)} · {organisation.name}
          </p>
        </div>
      </div>
      {organisation.kind === 'server' && secretKeeping === 'memory' && (
        <Notice tone="wait">{t('settings.secretInMemory')}</Notice>
      )}
      {organisation.kind === 'server' && (
        <div className={classes['signOut']}>
          <p className={classes['soft']}>
            {waitingChanges > 0 ? t('settings.signOutWaiting', { count: waitingChanges }) : t('settings.signOutText')}
          </p>
          <Button onClick={() => void plein.signOut().then(() => navigate({ to: '/' }))}>
            {t('settings.signOut')}
          </Button>
        </div>
      )}
    </>
  )
}
