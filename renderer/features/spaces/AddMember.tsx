import { Button, Select } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { parseId, type PersonId } from '../../../model/ids.ts'
import type { SpaceRole } from '../../../model/permission.ts'
import type { SpaceDetails } from '../../documents/space-admin.ts'
import { useMembers, usePeople } from '../../documents/use-people.ts'
import { usePlein } from '../../documents/use-plein.tsx'
import { useRequests } from '../../documents/use-requests.ts'
import { Rows } from '../../ui/Rows.tsx'
import { Section } from '../../ui/Section.tsx'
import classes from './MembersScreen.module.css'
import { RoleSelect } from './RoleSelect.tsx'

/** Adds a colleague, or a guest whom one knows from another space. */
export function AddMember({ space }: { space: SpaceDetails }) {
  const { t } = useTranslation()
  const { spaceAdmin } = usePlein()
  const members = useMembers(space.id)
  const others = usePeople().filter(
    ({ id, suspended }) => !suspended && members.every(({ person }) => person.id !== id),
  )
  const [personId, setPersonId] = useState<PersonId | null>(null)
  const [role, setRole] = useState<SpaceRole>('editor')
  const add = (event: FormEvent) => {
    event.preventDefault()
    if (personId === null) return
    void spaceAdmin.setMember(space.id, personId, role)
    setPersonId(null)
  }
  return (
    <Section title={t('members.add')}>
      <form className={classes['add']} onSubmit={add}>
        <Select
          className={classes['person'] ?? ''}
          label={t('members.addPerson')}
          placeholder={t(others.length === 0 ? 'members.nobodyToAdd' : 'members.addPlaceholder')}
          searchable
          disabled={others.length === 0}
          value={personId}
          data={others.map((person) => ({
            value: person.id,
            label: person.role === 'guest' ? `${person.name} (${t('members.guest')})` : person.name,
          }))}
          onChange={(value) => setPersonId(parseId<PersonId>(value) ?? null)}
        />
        <RoleSelect label={t('members.addRole')} isLabelShown role={role} onChange={setRole} />
        <Button type="submit" disabled={personId === null}>
          {t('members.addAction')}
        </Button>
      </form>
      <OnTheirWay space={space} />
    </Section>
  )
}

/** Whom one added while the server does not know yet. */
function OnTheirWay({ space }: { space: SpaceDetails }) {
  const { t } = useTranslation()
  const members = useMembers(space.id)
  const waiting = useRequests().filter(
    ({ ask, state }) =>
      state === 'waiting' &&
      ask.type === 'set-member' &&
      ask.spaceId === space.id &&
      members.every(({ person }) => person.id !== ask.personId),
  )
  if (waiting.length === 0) return null
  return (
    <Rows>
      {waiting.map(({ id, about }) => (
        <li key={id} className={classes['member']}>
          <span className={classes['words']}>{about}</span>
          <span className={classes['waits']} role="status">
            {t('members.waits')}
          </span>
        </li>
      ))}
    </Rows>
  )
}
