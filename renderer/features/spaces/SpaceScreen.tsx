import { Button } from '@mantine/core'
import { IconNotebook, IconPlus } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { SpaceId } from '../../../model/ids.ts'
import type { PageKind } from '../../../model/kinds.ts'
import { pagesOf } from '../../documents/page-tree.ts'
import type { SpaceSnapshot } from '../../documents/plein.ts'
import { useMayInSpace } from '../../documents/use-may.ts'
import { useRequests } from '../../documents/use-requests.ts'
import { useSpaceDetails } from '../../documents/use-space-admin.ts'
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
import { MemberStrip } from './MemberStrip.tsx'
import { SectionList } from './SectionList.tsx'
import { SpaceMenu } from './SpaceMenu.tsx'
import { SpaceRights } from './SpaceRights.tsx'
import { SpaceTrouble } from './SpaceTrouble.tsx'
import { WaitingChange } from './WaitingChange.tsx'
import { WaitingSpace } from './WaitingSpace.tsx'

/** A space: what it is for, who belongs to it, what changed, and its pages. */
export function SpaceScreen({ spaceId }: { spaceId: SpaceId }) {
  const snapshot = useSpace(spaceId)
  const asked = useRequests().find(({ ask }) => ask.type === 'create-space' && ask.spaceId === spaceId)
  if (snapshot !== null) return <OpenSpace snapshot={snapshot} />
  return asked === undefined ? <SpaceTrouble /> : <WaitingSpace request={asked} />
}

function OpenSpace({ snapshot }: { snapshot: SpaceSnapshot }) {
  const { t } = useTranslation()
  const may = useMayInSpace()
  const { space, archived } = snapshot
  const details = useSpaceDetails(space.id)
  const description = details?.description ?? ''
  return (
    <Screen
      title={space.name}
      lead={description === '' ? t(`space.kind.${space.kind}`) : description}
      mark={<SpaceMark spaceId={space.id} name={space.name} icon={details?.icon ?? null} size={56} />}
      actions={
        <>
          {snapshot.tree.length > 0 && <CreateButtons snapshot={snapshot} />}
          {details !== null && <SpaceMenu details={details} />}
        </>
      }
    >
      {space.kind !== 'personal' && <MemberStrip spaceId={space.id} />}
      <WaitingChange spaceId={space.id} />
      <SpaceRights snapshot={snapshot} details={details} />
      <Changed snapshot={snapshot} />
      <Pages snapshot={snapshot} />
      <SectionList parent={space.id} />
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
  const details = useSpaceDetails(space.id)
  if (!may('create-shared-page', space) || details?.archived === true) return undefined
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

/** As many as one takes in at a glance. */
const shownChanges = 4

/** What changed last; absent where the list of all pages is as short. */
function Changed({ snapshot }: { snapshot: SpaceSnapshot }) {
  const { t } = useTranslation()
  const times = useTimes()
  const nowMs = useNow(60_000)
  const pages = pagesOf(snapshot.tree)
  if (pages.length <= shownChanges) return null
  const latest = pages.toSorted((a, b) => b.changedAtMs - a.changedAtMs).slice(0, shownChanges)
  return (
    <Section title={t('spaceHome.changed')}>
      <Rows>
        {latest.map((page) => (
          <PageRow
            key={page.id}
            page={page}
            hasChildren={page.children.length > 0}
            side={times.day(page.changedAtMs, nowMs)}
          />
        ))}
      </Rows>
    </Section>
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
