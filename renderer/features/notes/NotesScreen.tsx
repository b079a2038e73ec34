import { Button } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { SpaceId } from '../../../model/ids.ts'
import { useCreateNote, useNotebook } from '../../documents/use-notebook.ts'
import { usePages } from '../../documents/use-pages.ts'
import { useOpenSession } from '../../documents/use-session.ts'
import { useSpace } from '../../documents/use-spaces.ts'
import { useTimes } from '../../i18n/use-times.ts'
import { ArchiveLink } from '../../ui/ArchiveLink.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { PageRow, Rows } from '../../ui/Rows.tsx'
import { Screen } from '../../ui/Screen.tsx'
import { useNow } from '../../ui/use-now.ts'

/** One's own notes of all spaces, newest first. */
export function NotesScreen() {
  const { t } = useTranslation()
  const times = useTimes()
  const nowMs = useNow(60_000)
  const { organisation } = useOpenSession()
  const notes = usePages().filter(({ page }) => page.kind === 'note')
  const create = useNewNote()
  const button = create !== undefined && (
    <Button
      variant="filled"
      leftSection={<IconPlus size={18} stroke={1.75} aria-hidden="true" />}
      onClick={() => {
        create()
      }}
    >
      {t('notes.create')}
    </Button>
  )
  const lead = t(organisation.kind === 'server' ? 'notes.text' : 'notes.textPersonal')
  return (
    <Screen title={t('notes.title')} lead={lead} actions={notes.length > 0 && button}>
      {notes.length === 0 ? (
        <EmptyState text={t(create === undefined ? 'home.noNotebook' : 'notes.empty')} action={button} />
      ) : (
        <Rows>
          {notes.map(({ page }) => (
            <PageRow key={page.id} page={page} side={times.day(page.changedAtMs, nowMs)} />
          ))}
        </Rows>
      )}
      <ArchivedNotes />
    </Screen>
  )
}

/** Archived notes are with the other archived pages of the notebook. */
function ArchivedNotes() {
  const notebook = useNotebook()
  return notebook === undefined ? null : <ArchiveOf spaceId={notebook.id} />
}

function ArchiveOf({ spaceId }: { spaceId: SpaceId }) {
  const count = useSpace(spaceId)?.archived.filter((page) => page.kind === 'note').length ?? 0
  return <ArchiveLink spaceId={spaceId} count={count} />
}

function useNewNote(): (() => void) | undefined {
  const navigate = useNavigate()
  const createNote = useCreateNote()
  if (createNote === undefined) return undefined
  return () => {
    void createNote('').then((pageId) => navigate({ to: '/page/$pageId', params: { pageId } }))
  }
}
