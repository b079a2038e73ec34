import { Button } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { OwnOrganisation } from '../../documents/own-organisations.ts'
import { usePlein } from '../../documents/use-plein.tsx'
import { Section } from '../../ui/Section.tsx'
import classes from './SettingsScreen.module.css'

/** What was written on this laptop before one joined, as long as it has not come along. */
export function OwnSpaces() {
  const { t } = useTranslation()
  const plein = usePlein()
  const navigate = useNavigate()
  const [own, setOwn] = useState<readonly OwnOrganisation[]>([])
  useEffect(() => {
    let isGone = false
    void plein.ownOrganisations.list().then((list) => {
      if (!isGone) setOwn(list)
    })
    return () => {
      isGone = true
    }
  }, [plein])
  if (own.length === 0) return null
  return (
    <Section title={t('own.settings')}>
      <div className={classes['signOut']}>
        <p className={classes['soft']}>{t('own.settingsText', { names: own.map(({ name }) => name).join(', ') })}</p>
        <Button onClick={() => void navigate({ to: '/welcome', state: { welcomeStep: { name: 'bring' } } })}>
          {t('own.settings')}
        </Button>
      </div>
    </Section>
  )
}
