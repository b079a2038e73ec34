import { Button, Radio, Select, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { parseId, type SpaceId } from '../../../model/ids.ts'
import { type SpaceRole, spaceRoles } from '../../../model/permission.ts'
import type { AccountError } from '../../documents/plein.ts'
import type { InvitationMade, NewInvitation } from '../../documents/space-admin.ts'
import { useMay, useMayInSpace } from '../../documents/use-may.ts'
import { usePlein } from '../../documents/use-plein.tsx'
import { useCanMail } from '../../documents/use-space-admin.ts'
import { useSpaces } from '../../documents/use-spaces.ts'
import { CopyButton } from '../../ui/CopyButton.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { DialogButtons } from '../../ui/DialogButtons.tsx'
import { Notice } from '../../ui/Notice.tsx'
import classes from './InviteDialog.module.css'

interface Fields {
  readonly role: 'member' | 'guest'
  readonly spaceId: SpaceId | null
  readonly spaceRole: SpaceRole
  readonly email: string
}

/** Makes an invitation for one person: a colleague, or a guest of one space. */
export function InviteDialog({ spaceId, onClose }: { spaceId: SpaceId | null; onClose: () => void }) {
  const { t } = useTranslation()
  const mayInviteMembers = useMay('invite')
  const first = spaceId === null && mayInviteMembers ? 'member' : 'guest'
  const [fields, setFields] = useState<Fields>({ role: first, spaceId, spaceRole: 'commenter', email: '' })
  const { made, error, isBusy, make } = useInvitation()
  const canMail = useCanMail()
  return (
    <Dialog
      onClose={onClose}
      title={t(fields.role === 'guest' && spaceId !== null ? 'members.inviteGuest' : 'invite.title')}
    >
      <p className={classes['text']}>{t('invite.text')}</p>
      {mayInviteMembers && spaceId === null && (
        <RoleChoice role={fields.role} onChoose={(role) => setFields({ ...fields, role })} />
      )}
      {fields.role === 'guest' && <GuestFields fields={fields} onChange={setFields} />}
      {canMail && (
        <TextInput
          className={classes['email'] ?? ''}
          type="email"
          label={t('inviteTo.email')}
          description={t('inviteTo.emailText')}
          value={fields.email}
          onChange={(event) => setFields({ ...fields, email: event.currentTarget.value })}
        />
      )}
      <Outcome made={made} error={error} email={fields.email} />
      <DialogButtons onCancel={onClose} isDone={made !== null}>
        <Button variant={made === null ? 'filled' : 'default'} loading={isBusy} onClick={() => void make(fields)}>
          {t(made === null ? 'invite.make' : 'invite.another')}
        </Button>
      </DialogButtons>
    </Dialog>
  )
}

interface OutcomeProps {
  readonly made: InvitationMade | null
  readonly error: AccountError | 'no-space' | null
  readonly email: string
}

function Outcome({ made, error, email }: OutcomeProps) {
  const { t } = useTranslation()
  return (
    <>
      {made?.isMailed === true && <Notice tone="calm">{t('inviteTo.mailed', { email })}</Notice>}
      {made !== null && <InvitationLink link={made.link} />}
      {error !== null && (
        <Notice tone="stop">{error === 'no-space' ? t('inviteTo.needSpace') : t(`accountError.${error}`)}</Notice>
      )}
    </>
  )
}

function useInvitation() {
  const { spaceAdmin } = usePlein()
  const [made, setMade] = useState<InvitationMade | null>(null)
  const [error, setError] = useState<AccountError | 'no-space' | null>(null)
  const [isBusy, setBusy] = useState(false)
  const make = async (fields: Fields) => {
    const invitation = invitationOf(fields)
    if (invitation === null) return setError('no-space')
    setBusy(true)
    setError(null)
    const answer = await spaceAdmin.invite(invitation)
    setBusy(false)
    if (answer.ok) setMade(answer.value)
    else setError(answer.error)
  }
  return { made, error, isBusy, make }
}

/** Null for a guest without a space. */
function invitationOf({ role, spaceId, spaceRole, email }: Fields): NewInvitation | null {
  const address = email.trim() === '' ? null : email.trim()
  if (role === 'member') return { role, space: null, email: address }
  return spaceId === null ? null : { role, space: { id: spaceId, role: spaceRole }, email: address }
}

function RoleChoice({ role, onChoose }: { role: Fields['role']; onChoose: (role: Fields['role']) => void }) {
  const { t } = useTranslation()
  return (
    <Radio.Group
      label={t('invite.role')}
      value={role}
      onChange={(value) => onChoose(value === 'guest' ? 'guest' : 'member')}
    >
      <div className={classes['roles']}>
        <Radio value="member" label={t('invite.member')} description={t('invite.memberText')} />
        <Radio value="guest" label={t('invite.guest')} description={t('invite.guestText')} />
      </div>
    </Radio.Group>
  )
}

/** Where a guest comes in and what they may do there. An administrator may choose every space that they are in. */
function GuestFields({ fields, onChange }: { fields: Fields; onChange: (fields: Fields) => void }) {
  const { t } = useTranslation()
  const may = useMayInSpace()
  const mayInvite = useMay('invite')
  const spaces = useSpaces().filter(
    (space) =>
      space.kind !== 'personal' && space.kind !== 'organisation' && (mayInvite || may('manage-members', space)),
  )
  if (spaces.length === 0) return <Notice tone="wait">{t('inviteTo.noSpace')}</Notice>
  return (
    <div className={classes['guest']}>
      <Select
        label={t('inviteTo.space')}
        placeholder={t('inviteTo.spacePlaceholder')}
        searchable
        value={fields.spaceId}
        data={spaces.map(({ id, name }) => ({ value: id, label: name }))}
        onChange={(value) => onChange({ ...fields, spaceId: parseId<SpaceId>(value) ?? null })}
      />
      <Select
        label={t('inviteTo.role')}
        allowDeselect={false}
        value={fields.spaceRole}
        data={spaceRoles
          .filter((role) => role !== 'owner')
          .map((role) => ({ value: role, label: `${t(`roles.name.${role}`)}: ${t(`roles.text.${role}`)}` }))}
        onChange={(value) =>
          onChange({ ...fields, spaceRole: spaceRoles.find((role) => role === value) ?? fields.spaceRole })
        }
      />
    </div>
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
