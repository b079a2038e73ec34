import { useTranslation } from 'react-i18next'
import type { ProfileError } from '../../documents/profile.ts'
import { Notice } from '../../ui/Notice.tsx'

/** Why a change of oneself was not taken, and what to do. */
export function ProfileFailure({ error }: { error: ProfileError }) {
  const { t } = useTranslation()
  const isOwn = error === 'too-large' || error === 'not-a-picture' || error === 'storage-full'
  if (error === 'wrong-password') return <Notice tone="stop">{t('profile.wrongPassword')}</Notice>
  if (error === 'server-unreachable') return <Notice tone="wait">{t('profile.offline')}</Notice>
  return <Notice tone="stop">{isOwn ? t(`profile.failed.${error}`) : t(`accountError.${error}`)}</Notice>
}
