import { Button, SegmentedControl, useMantineColorScheme } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useConnection } from '../../documents/use-connection.ts'
import { usePlatform } from '../../documents/use-platform.tsx'
import { usePlein } from '../../documents/use-plein.tsx'
import { useOpenSession } from '../../documents/use-session.ts'
import { applyDensity, densities, readDensity } from '../../ui/density.ts'
import { KeepLink } from '../../ui/KeepLink.tsx'
import { LanguageChoice } from '../../ui/LanguageChoice.tsx'
import { Notice } from '../../ui/Notice.tsx'
import { Screen } from '../../ui/Screen.tsx'
import { Section } from '../../ui/Section.tsx'
import { StorageFacts } from '../../ui/StorageFacts.tsx'
import { DevicesSection } from './DevicesSection.tsx'
import { OwnSpaces } from './OwnSpaces.tsx'
import { ProfileSection } from './ProfileSection.tsx'
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
          <Setting name={t('settings.density')}>
            <DensityChoice />
          </Setting>
        </Section>
        <ProfileSection />
        {organisation.kind === 'server' && <DevicesSection />}
        {organisation.kind === 'server' && <SignOut />}
        <OwnSpaces />
        <Section title={t('settings.storage')}>
          <StorageFacts organisation={organisation} />
          <KeepLink />
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

function DensityChoice() {
  const { t } = useTranslation()
  const [density, setDensity] = useState(readDensity)
  return (
    <SegmentedControl
      aria-label={t('settings.density')}
      value={density}
      onChange={(value) => {
        const next = densities.find((each) => each === value) ?? 'auto'
        setDensity(next)
        applyDensity(next)
      }}
      data={densities.map((value) => ({ value, label: t(`settings.densities.${value}`) }))}
    />
  )
}

function SignOut() {
  const { t } = useTranslation()
  const plein = usePlein()
  const navigate = useNavigate()
  const { waitingChanges } = useConnection()
  const { secretKeeping } = usePlatform().capabilities
  return (
    <>
      {secretKeeping === 'memory' && <Notice tone="wait">{t('settings.secretInMemory')}</Notice>}
      <div className={classes['signOut']}>
        <p className={classes['soft']}>
          {waitingChanges > 0 ? t('settings.signOutWaiting', { count: waitingChanges }) : t('settings.signOutText')}
        </p>
        <Button onClick={() => void plein.signOut().then(() => navigate({ to: '/' }))}>{t('settings.signOut')}</Button>
      </div>
    </>
  )
}
