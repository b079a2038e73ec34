import { ActionIcon } from '@mantine/core'
import { IconUserMinus } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { SpaceMember } from '../../documents/people.ts'
import type { SpaceDetails } from '../../documents/space-admin.ts'
import { usePlein } from '../../documents/use-plein.tsx'
import { useRequests } from '../../documents/use-requests.ts'
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx'
import { Face } from '../../ui/Face.tsx'
import classes from './MembersScreen.module.css'
import { RoleSelect } from './RoleSelect.tsx'

interface MemberRowProps {
  readonly member: SpaceMember
  readonly space: SpaceDetails
  readonly mayManage: boolean
}

/** One person of a space with their role. A change waits in sight until the server has made it. */
export function MemberRow({ member, space, mayManage }: MemberRowProps) {
  const { t } = useTranslation()
  const { person, role } = member
  const isWaiting = useIsWaiting(space, member)
  return (
    <li className={classes['member']}>
      <Face personId={person.id} name={person.name} size={36} />
      <span className={classes['words']}>
        <span className={classes['name']}>
          <b>{person.name}</b>
          {person.isMe && <span className={classes['small']}>({t('members.you')})</span>}
          {person.role === 'guest' && (
            <span className={classes['guest']} title={t('members.cardGuest')}>
              {t('members.guest')}
            </span>
          )}
        </span>
        <span className={classes['small']}>
          {person.role === 'guest' ? t('members.cardGuest') : t(`roles.text.${role}`)}
        </span>
      </span>
      {isWaiting && (
        <span className={classes['waits']} role="status">
          {t('members.waits')}
        </span>
      )}
      {mayManage ? <Manage {...{ member, space }} /> : <span>{t(`roles.name.${role}`)}</span>}
    </li>
  )
}

function useIsWaiting(space: SpaceDetails, { person }: SpaceMember): boolean {
  return useRequests().some(
    ({ ask, state }) =>
      state === 'waiting' && ask.type === 'set-member' && ask.spaceId === space.id && ask.personId === person.id,
  )
}

function Manage({ member, space }: { member: SpaceMember; space: SpaceDetails }) {
  const { t } = useTranslation()
  const { spaceAdmin } = usePlein()
  const [isAsking, setAsking] = useState(false)
  const { person, role } = member
  const { name } = person
  return (
    <>
      <RoleSelect
        label={t('members.role', { name })}
        role={role}
        onChange={(next) => void spaceAdmin.setMember(space.id, person.id, next)}
      />
      {person.isMe ? (
        <span className={classes['noAction']} />
      ) : (
        <ActionIcon
          aria-label={t('members.remove', { name })}
          title={t('members.remove', { name })}
          onClick={() => setAsking(true)}
        >
          <IconUserMinus size={18} stroke={1.75} />
        </ActionIcon>
      )}
      {isAsking && (
        <ConfirmDialog
          title={t('members.removeTitle', { name, space: space.name })}
          text={t('members.removeText', { name })}
          action={t('members.removeAction')}
          onConfirm={() => void spaceAdmin.setMember(space.id, person.id, null)}
          onClose={() => setAsking(false)}
        />
      )}
    </>
  )
}
