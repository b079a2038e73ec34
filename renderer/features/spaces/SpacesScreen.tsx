import { Button, TextInput } from '@mantine/core'
import { IconPlus, IconSearch } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { JoinableSpace } from '../../documents/space-admin.ts'
import { useMay } from '../../documents/use-may.ts'
import { usePlein } from '../../documents/use-plein.tsx'
import { useWaitingRequest } from '../../documents/use-request-of.ts'
import { useArchivedSpaces, useJoinableSpaces, useSpaceDetails } from '../../documents/use-space-admin.ts'
import { useSpaces } from '../../documents/use-spaces.ts'
import type { SpaceSummary } from '../../documents/plein.ts'
import { useDialog } from '../../ui/dialogs.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { Rows } from '../../ui/Rows.tsx'
import { Screen } from '../../ui/Screen.tsx'
import { Section } from '../../ui/Section.tsx'
import { SpaceLine } from './SpaceLine.tsx'
import classes from './SpacesScreen.module.css'

/** All spaces that one can join, is in, or was in before they were archived. */
export function SpacesScreen() {
  const { t } = useTranslation()
  const [query, setQuery] = useState('')
  const fits = ({ name }: { readonly name: string }) =>
    name.toLocaleLowerCase().includes(query.trim().toLocaleLowerCase())
  const all = useJoinableSpaces()
  const joinable = all.filter(fits)
  const own = useSpaces().filter((space) => space.kind !== 'personal' && fits(space))
  const archived = useArchivedSpaces().filter(fits)
  return (
    <Screen title={t('browse.title')} lead={t('browse.lead')} actions={<CreateButton />}>
      <TextInput
        className={classes['find'] ?? ''}
        aria-label={t('browse.find')}
        placeholder={t('browse.find')}
        leftSection={<IconSearch size={16} stroke={1.75} aria-hidden="true" />}
        value={query}
        onChange={(event) => setQuery(event.currentTarget.value)}
      />
      <Section title={t('browse.canJoin')}>
        {joinable.length === 0 ? (
          <EmptyState text={t(all.length === 0 ? 'browse.none' : 'browse.noMatch')} />
        ) : (
          <Rows>
            {joinable.map((space) => (
              <Joinable key={space.id} space={space} />
            ))}
          </Rows>
        )}
      </Section>
      {own.length > 0 && (
        <Section title={t('browse.yours')}>
          <Rows>
            {own.map((space) => (
              <OwnSpace key={space.id} space={space} />
            ))}
          </Rows>
        </Section>
      )}
      {archived.length > 0 && (
        <Section title={t('browse.archived')}>
          <Rows>
            {archived.map((space) => (
              <SpaceLine key={space.id} space={space} text={space.description} isMine />
            ))}
          </Rows>
        </Section>
      )}
    </Screen>
  )
}

function CreateButton() {
  const { t } = useTranslation()
  const openDialog = useDialog()
  const mayCreate = useMay('create-space')
  if (!mayCreate) return null
  return (
    <Button
      variant="filled"
      leftSection={<IconPlus size={18} stroke={1.75} aria-hidden="true" />}
      onClick={() => openDialog({ name: 'create-space' })}
    >
      {t('frame.createSpace')}
    </Button>
  )
}

function OwnSpace({ space }: { space: SpaceSummary }) {
  const { t } = useTranslation()
  const details = useSpaceDetails(space.id)
  const { icon, memberCount, description } = details ?? { icon: null, memberCount: 0, description: '' }
  const text = description === '' ? `${t(`space.kind.${space.kind}`)} · ${t(`roles.name.${space.role}`)}` : description
  return <SpaceLine space={{ ...space, icon, memberCount }} text={text} isMine />
}

function Joinable({ space }: { space: JoinableSpace }) {
  const { t } = useTranslation()
  const { spaceAdmin } = usePlein()
  const waiting = useWaitingRequest(['join-space'], space.id)
  const text = space.description === '' ? t(`space.kind.${space.kind}`) : space.description
  const words = t(space.joining === 'open' ? 'browse.join' : 'browse.ask')
  const action =
    waiting === undefined ? (
      <Button size="sm" aria-label={`${words}: ${space.name}`} onClick={() => void spaceAdmin.join(space.id)}>
        {words}
      </Button>
    ) : (
      <span className={classes['waits']} role="status">
        {t(waiting.state === 'asked' ? 'browse.asked' : 'browse.joining')}
      </span>
    )
  return <SpaceLine space={space} text={text} action={action} />
}
