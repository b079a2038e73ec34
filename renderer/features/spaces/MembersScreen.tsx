import { Button } from '@mantine/core'
import { IconUserPlus } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { SpaceId } from '../../../model/ids.ts'
import { spaceRoles } from '../../../model/permission.ts'
import type { SpaceDetails } from '../../documents/space-admin.ts'
import { useMayInSpace } from '../../documents/use-may.ts'
import { useMembers } from '../../documents/use-people.ts'
import { useOpenAsks } from '../../documents/use-requests.ts'
import { useSpaceDetails } from '../../documents/use-space-admin.ts'
import { AskRow } from '../../ui/AskRow.tsx'
import { useDialog } from '../../ui/dialogs.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { Rows } from '../../ui/Rows.tsx'
import { Screen } from '../../ui/Screen.tsx'
import { Section } from '../../ui/Section.tsx'
import { SpaceMark } from '../../ui/SpaceMark.tsx'
import { AddMember } from './AddMember.tsx'
import { MemberRow } from './MemberRow.tsx'
import classes from './MembersScreen.module.css'
import { OpenInvitations } from './OpenInvitations.tsx'
import { SpaceTrouble } from './SpaceTrouble.tsx'
import { useAskDecision } from '../../documents/use-ask-decision.ts'

/** Who belongs to a space and what each may do; owners change it here. */
export function MembersScreen({ spaceId }: { spaceId: SpaceId }) {
  const details = useSpaceDetails(spaceId)
  return details === null ? <SpaceTrouble /> : <Members details={details} />
}

function Members({ details }: { details: SpaceDetails }) {
  const { t } = useTranslation()
  const may = useMayInSpace()
  const openDialog = useDialog()
  const members = useMembers(details.id)
  const mayManage = may('manage-members', details) && !details.archived
  const { id, name, icon } = details
  return (
    <Screen
      title={t('members.title', { name })}
      lead={
        <Link to="/space/$spaceId" params={{ spaceId: id }} className={classes['back']}>
          {name}
        </Link>
      }
      mark={<SpaceMark spaceId={id} name={name} icon={icon} size={56} />}
      actions={
        mayManage && (
          <Button
            leftSection={<IconUserPlus size={18} stroke={1.75} aria-hidden="true" />}
            onClick={() => openDialog({ name: 'invite', spaceId: id })}
          >
            {t('members.inviteGuest')}
          </Button>
        )
      }
    >
      {mayManage && <Asks spaceId={id} />}
      <Section title={t('members.lead', { count: members.length })}>
        {members.length === 0 ? (
          <EmptyState text={t('members.notHere')} />
        ) : (
          <Rows>
            {members.map((member) => (
              <MemberRow key={member.person.id} member={member} space={details} mayManage={mayManage} />
            ))}
          </Rows>
        )}
      </Section>
      {mayManage && <AddMember space={details} />}
      {mayManage && <OpenInvitations spaceId={id} />}
      <RolesExplained />
    </Screen>
  )
}

/** What others ask of this space. */
function Asks({ spaceId }: { spaceId: SpaceId }) {
  const { t } = useTranslation()
  const asks = useOpenAsks().filter((ask) => ask.spaceId === spaceId)
  const decision = useAskDecision()
  if (asks.length === 0) return null
  return (
    <Section title={t('members.asks')}>
      <Rows>
        {asks.map((ask) => (
          <AskRow
            key={ask.id}
            personId={ask.personId}
            name={decision.nameOf(ask.personId)}
            words={
              ask.type === 'join-space'
                ? t('members.asksJoin')
                : t('members.asksRole', { role: t(`roles.name.${ask.role}`).toLocaleLowerCase() })
            }
            isWaiting={decision.isWaiting(ask.id)}
            onDecide={(isGranted) => decision.decide(ask.id, isGranted)}
          />
        ))}
      </Rows>
    </Section>
  )
}

/** The five roles in words, each adding to the one before. */
function RolesExplained() {
  const { t } = useTranslation()
  return (
    <Section title={t('roles.title')}>
      <dl className={classes['roles']}>
        {spaceRoles.map((role) => (
          <div key={role} className={classes['role']}>
            <dt>{t(`roles.name.${role}`)}</dt>
            <dd>{t(`roles.text.${role}`)}</dd>
          </div>
        ))}
      </dl>
    </Section>
  )
}
