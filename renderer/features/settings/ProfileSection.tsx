import { Button, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ProfileError } from '../../documents/profile.ts'
import { useOwnCard } from '../../documents/use-people.ts'
import { usePlein } from '../../documents/use-plein.tsx'
import { useOpenSession } from '../../documents/use-session.ts'
import { Face } from '../../ui/Face.tsx'
import { Section } from '../../ui/Section.tsx'
import { FaceDialog } from './FaceDialog.tsx'
import { PasswordDialog } from './PasswordDialog.tsx'
import { ProfileFailure } from './ProfileFailure.tsx'
import classes from './SettingsScreen.module.css'

/** Oneself, as colleagues see one: face and name; and the password. */
export function ProfileSection() {
  const { t } = useTranslation()
  const { me, organisation } = useOpenSession()
  const card = useOwnCard()
  const [dialog, setDialog] = useState<'face' | 'password' | null>(null)
  const [isPasswordChanged, setPasswordChanged] = useState(false)
  const hasServer = organisation.kind === 'server'
  const close = () => setDialog(null)
  return (
    <Section title={t('settings.account')}>
      <div className={classes['me']}>
        <Face personId={me.id} name={me.name} size={64} />
        <div className={classes['who']}>
          <b>{me.name}</b>
          <p className={classes['soft']}>{me.email}</p>
          <p className={classes['soft']}>
            {t(`settings.role.${me.role}`)} · {organisation.name}
          </p>
        </div>
        {hasServer && <Button onClick={() => setDialog('face')}>{t('profile.face')}</Button>}
      </div>
      {hasServer && <NameForm key={me.name} name={me.name} />}
      {hasServer && (
        <div className={classes['setting']}>
          <span className={classes['name']}>
            {t('profile.password')}
            {isPasswordChanged && (
              <span className={classes['done']} role="status">
                {t('profile.passwordChanged')}
              </span>
            )}
          </span>
          <Button onClick={() => setDialog('password')}>{t('profile.changePassword')}</Button>
        </div>
      )}
      {dialog === 'face' && <FaceDialog hasPicture={card !== null && card.face !== null} onClose={close} />}
      {dialog === 'password' && (
        <PasswordDialog
          onClose={close}
          onDone={() => {
            close()
            setPasswordChanged(true)
          }}
        />
      )}
    </Section>
  )
}

function NameForm({ name }: { name: string }) {
  const { t } = useTranslation()
  const { profile } = usePlein()
  const [next, setNext] = useState(name)
  const [failure, setFailure] = useState<ProfileError | null>(null)
  const [isBusy, setBusy] = useState(false)
  const isChanged = next.trim() !== name && next.trim() !== ''
  const save = async (event: FormEvent) => {
    event.preventDefault()
    if (!isChanged) return
    setBusy(true)
    setFailure(null)
    const saved = await profile.rename(next.trim())
    setBusy(false)
    if (!saved.ok) setFailure(saved.error)
  }
  return (
    <form className={classes['setting']} onSubmit={(event) => void save(event)}>
      <TextInput
        className={classes['field'] ?? ''}
        label={t('account.name')}
        autoComplete="name"
        maxLength={120}
        value={next}
        onChange={(event) => setNext(event.currentTarget.value)}
      />
      <Button type="submit" loading={isBusy} disabled={!isChanged}>
        {t('profile.saveName')}
      </Button>
      {failure !== null && <ProfileFailure error={failure} />}
    </form>
  )
}
