import { Button } from '@mantine/core'
import { IconNotebook, IconPlus } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { SpaceId } from '../../../model/ids.ts'
import type { PageKind } from '../../../model/kinds.ts'
import type { SpaceSnapshot } from '../../documents/plein.ts'
import { useMayInSpace } from '../../documents/use-may.ts'
import { useSpace } from '../../documents/use-spaces.ts'
import { useTimes } from '../../i18n/use-times.ts'
import { ArchiveLink } from '../../ui/ArchiveLink.tsx'
import { useDialog } from '../../ui/dialogs.tsx'
import { FilesLink } from '../../ui/FilesLink.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { InOutLinks } from '../../ui/InOutLinks.tsx'
import { PageRow, Rows } from '../../ui/Rows.tsx'
import { Screen } from '../../ui/Screen.tsx'
import { Section } from '../../ui/Section.tsx'
import { SpaceMark } from '../../ui/SpaceMark.tsx'
import { useNow } from '../../ui/use-now.ts'
import { SpaceTrouble } from './SpaceTrouble.tsx'

/** A space: what it is, one's own role in it, and its pages. */
export function SpaceScreen({ spaceId }: { spaceId: SpaceId }) {
  const snapshot = useSpace(spaceId)
  return snapshot === null ? <SpaceTrouble /> : <OpenSpace snapshot={snapshot} />
}

function OpenSpace({ snapshot }: { snapshot: SpaceSnapshot }) {
  const { t } = useTranslation()
  const may = useMayInSpace()
  const { space, archived } = snapshot
  return (
    <Screen
      title={space.name}
      lead={`${t(`space.kind.${space.kind}`)} · ${t(`space.role.${space.role}`)}`}
      mark={<SpaceMark spaceId={space.id} name={space.name} size={56} />}
      actions={snapshot.tree.length > 0 && <CreateButtons snapshot={snapshot} />}
    >
      <Pages snapshot={snapshot} />
      {snapshot.notes.length > 0 && <Notes snapshot={snapshot} />}
      <FilesLink spaceId={space.id} />
      <ArchiveLink spaceId={space.id} count={archived.length} />
      <InOutLinks spaceId={space.id} mayImport={may('create-shared-page', space)} />
    </Screen>
  )
}

function useCreatePage({ space }: SpaceSnapshot): ((kind: PageKind) => void) | undefined {
  const openDialog = useDialog()
  const may = useMayInSpace()
  if (!may('create-shared-page', space)) return undefined
  return (kind) => {
    openDialog({ name: 'create-page', spaceId: space.id, parent: null, kind })
  }
}

function CreateButtons({ snapshot }: { snapshot: SpaceSnapshot }) {
  const { t } = useTranslation()
  const createPage = useCreatePage(snapshot)
  if (createPage === undefined) return null
  return (
    <>
      <Button
        leftSection={<IconNotebook size={18} stroke={1.75} aria-hidden="true" />}
        onClick={() => {
          createPage('document')
        }}
      >
        {t('space.newDocument')}
      </Button>
      <Button
        variant="filled"
        leftSection={<IconPlus size={18} stroke={1.75} aria-hidden="true" />}
        onClick={() => {
          createPage('wiki')
        }}
      >
        {t('space.newPage')}
      </Button>
    </>
  )
}

function Pages({ snapshot }: { snapshot: SpaceSnapshot }) {
  const { t } = useTranslation()
  const times = useTimes()
  const nowMs = useNow(60_000)
  const createPage = useCreatePage(snapshot)
  if (snapshot.tree.length === 0) {
    if (snapshot.notes.length > 0) return null
    const action =
      createPage === undefined ? null : (
        <Button variant="filled" onClick={() => createPage('wiki')}>
          {t('home.firstPage')}
        </Button>
      )
    return <EmptyState text={t(createPage === undefined ? 'space.emptyReader' : 'space.empty')} action={action} />
  }
  return (
    <Section title={t('space.pages')}>
      <Rows>
        {snapshot.tree.map((page) => (
          <PageRow
            key={page.id}
            page={page}
            hasChildren={page.children.length > 0}
            side={times.day(page.changedAtMs, nowMs)}
            {...(page.children.length > 0 ? { text: t('space.children', { count: page.children.length }) } : {})}
          />
        ))}
      </Rows>
    </Section>
  )
}

function Notes({ snapshot }: { snapshot: SpaceSnapshot }) {
  const { t } = useTranslation()
  const times = useTimes()
  const nowMs = useNow(60_000)
  return (
    <Section title={t('notes.title')}>
      <Rows>
        {snapshot.notes.map((page) => (
          <PageRow key={page.id} page={page} side={times.day(page.changedAtMs, nowMs)} />
        ))}
      </Rows>
    </Section>
  )
}
