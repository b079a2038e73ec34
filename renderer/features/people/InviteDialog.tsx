import { Button, Modal, Radio, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { SpaceId } from '../../../model/ids.ts'
import type { AccountError } from '../../documents/plein.ts'
import { usePlein } from '../../documents/use-plein.tsx'
import { CopyButton } from '../../ui/CopyButton.tsx'
import { DialogButtons } from '../../ui/DialogButtons.tsx'
import { Notice } from '../../ui/Notice.tsx'
import classes from './InviteDialog.module.css'

type Role = 'member' | 'guest'

/** Makes an invitation link to send to one person. */
export function InviteDialog({ onClose }: { spaceId: SpaceId | null; onClose: () => void }) {
  const { t } = useTranslation()
  const plein = usePlein()
  const [role, setRole] = useState<Role>('member')
  const [link, setLink] = useState<string | null>(null)
  const [error, setError] = useState<AccountError | null>(null)
  const [isBusy, setBusy] = useState(false)
  const make = async () => {
    setBusy(true)
    setError(null)
    const made = await plein.invite({ role })
    setBusy(false)
    if (made.ok) setLink(made.value)
    else setError(made.error)
  }
  return (
    <Modal opened onClose={onClose} title={t('invite.title')} closeButtonProps={{ 'aria-label': t('common.close') }}>
      <p className={classes['text']}>{t('invite.text')}</p>
      <Radio.Group
        label={t('invite.role')}
        value={role}
        onChange={(value) => setRole(value === 'guest' ? 'guest' : 'member')}
      >
        <div className={classes['roles']}>
          <Radio value="member" label={t('invite.member')} description={t('invite.memberText')} />
          <Radio value="guest" label={t('invite.guest')} description={t('invite.guestText')} />
        </div>
      </Radio.Group>
      {link !== null && <InvitationLink link={link} />}
      {error !== null && <Notice tone="stop">{t(`accountError.${error}`)}</Notice>}
      <DialogButtons onCancel={onClose} isDone={link !== null}>
        <Button variant={link === null ? 'filled' : 'default'} loading={isBusy} onClick={() => void make()}>
          {t(link === null ? 'invite.make' : 'invite.another')}
        </Button>
      </DialogButtons>
    </Modal>
  )
}

function InvitationLink({ link }: { link: string }) {
  const { t } = useTranslation()
  return (
    <>
      <div className={classes['link']}>
        <TextInput
          className={classes['field'] ?? ''}
          label={t('invite.link')}
          description={t('invite.linkText')}
          readOnly
          value={link}
          onFocus={(event) => event.currentTarget.select()}
        />
        <CopyButton text={link} label={t('common.copy')} />
      </div>
      {isLoopback(link) && <Notice tone="wait">{t('invite.loopback')}</Notice>}
    </>
  )
}

function isLoopback(link: string): boolean {
  const host = URL.parse(link)?.hostname ?? ''
  return host === 'localhost' || host === '[::1]' || host.startsWith('127.')
}
