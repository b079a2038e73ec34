import { Button, PasswordInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ProfileError } from '../../documents/profile.ts'
import { usePlein } from '../../documents/use-plein.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { DialogButtons } from '../../ui/DialogButtons.tsx'
import classes from './PasswordDialog.module.css'
import { ProfileFailure } from './ProfileFailure.tsx'

/** Another password; the other devices are signed out. */
export function PasswordDialog({ onClose, onDone }: { onClose: () => void; onDone: () => void }) {
  const { t } = useTranslation()
  const { profile } = usePlein()
  const [current, setCurrent] = useState('')
  const [next, setNext] = useState('')
  const [failure, setFailure] = useState<ProfileError | null>(null)
  const [isBusy, setBusy] = useState(false)
  const save = async (event: FormEvent) => {
    event.preventDefault()
    setBusy(true)
    setFailure(null)
    const saved = await profile.changePassword({ current, next })
    setBusy(false)
    if (saved.ok) onDone()
    else setFailure(saved.error)
  }
  const toggle = { 'aria-label': t('account.showPassword'), tabIndex: 0, 'aria-hidden': false } as const
  return (
    <Dialog onClose={onClose} title={t('profile.password')}>
      <form className={classes['form']} onSubmit={(event) => void save(event)}>
        <PasswordInput
          data-autofocus
          label={t('profile.currentPassword')}
          autoComplete="current-password"
          visibilityToggleButtonProps={toggle}
          value={current}
          onChange={(event) => setCurrent(event.currentTarget.value)}
        />
        <PasswordInput
          label={t('profile.nextPassword')}
          description={t('account.passwordHint')}
          autoComplete="new-password"
          visibilityToggleButtonProps={toggle}
          value={next}
          onChange={(event) => setNext(event.currentTarget.value)}
        />
        {failure !== null && <ProfileFailure error={failure} />}
        <DialogButtons onCancel={onClose}>
          <Button type="submit" variant="filled" loading={isBusy} disabled={current === '' || next === ''}>
            {t('profile.changePassword')}
          </Button>
        </DialogButtons>
      </form>
    </Dialog>
  )
}
