import { Button } from '@mantine/core'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { SessionAnswer } from '../../../model/api.ts'
import type { ProfileError } from '../../documents/profile.ts'
import { useConnection } from '../../documents/use-connection.ts'
import { usePlein } from '../../documents/use-plein.tsx'
import { useTimes } from '../../i18n/use-times.ts'
import { GreyBlocks } from '../../ui/GreyBlocks.tsx'
import { useNow } from '../../ui/use-now.ts'
import { Section } from '../../ui/Section.tsx'
import { ProfileFailure } from './ProfileFailure.tsx'
import classes from './SettingsScreen.module.css'

/** Where one is signed in, and signing out there: a forgotten or lost device. */
export function DevicesSection() {
  const { t } = useTranslation()
  const { devices, failure, signOut } = useDevices()
  return (
    <Section title={t('profile.devices')}>
      {failure !== null && <ProfileFailure error={failure} />}
      {devices === null && failure === null && <GreyBlocks />}
      {devices !== null && (
        <ul className={classes['devices']}>
          {devices.map((device) => (
            <Device key={device.id} device={device} onSignOut={() => void signOut(device.id)} />
          ))}
        </ul>
      )}
    </Section>
  )
}

function Device({ device, onSignOut }: { device: SessionAnswer; onSignOut: () => void }) {
  const { t } = useTranslation()
  const times = useTimes()
  const nowMs = useNow(60_000)
  return (
    <li className={classes['setting']}>
      <span>
        <b className={classes['name']}>{device.deviceName}</b>
        <span className={classes['used']}>
          {device.isCurrent
            ? t('profile.thisDevice')
            : t('profile.lastUsed', { time: times.day(device.lastUsedAtMs, nowMs) })}
        </span>
      </span>
      {!device.isCurrent && (
        <Button size="sm" aria-label={t('profile.signOutDevice', { device: device.deviceName })} onClick={onSignOut}>
          {t('settings.signOut')}
        </Button>
      )}
    </li>
  )
}

/** Asked anew when the line comes back, and after each change. */
function useDevices() {
  const { profile } = usePlein()
  const { state } = useConnection()
  const [devices, setDevices] = useState<readonly SessionAnswer[] | null>(null)
  const [failure, setFailure] = useState<ProfileError | null>(null)
  const [version, setVersion] = useState(0)
  useEffect(() => {
    let isGone = false
    void profile.devices().then((answer) => {
      if (isGone) return
      setFailure(answer.ok ? null : answer.error)
      if (answer.ok) setDevices(answer.value)
    })
    return () => {
      isGone = true
    }
  }, [profile, state, version])
  const signOut = async (id: string) => {
    const ended = await profile.signOutDevice(id)
    if (ended.ok) setVersion(version + 1)
    else setFailure(ended.error)
  }
  return { devices, failure, signOut }
}
