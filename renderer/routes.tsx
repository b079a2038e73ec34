import {
  createHashHistory,
  createRootRoute,
  createRoute,
  createRouter,
  Navigate,
  useParams,
} from '@tanstack/react-router'
import { App } from './App.tsx'
import { type PageId, parseFileHash, parseId, type PersonId, type SpaceId, type VersionId } from '../model/ids.ts'
import { pageComments } from './features/comments/page-comments.ts'
import type { VersionKey } from './documents/history.ts'
import { AwayPanel } from './features/away/AwayPanel.tsx'
import { AwayScreen } from './features/away/AwayScreen.tsx'
import { HistoryPanel } from './features/history/HistoryPanel.tsx'
import { HistoryScreen } from './features/history/HistoryScreen.tsx'
import { FilesScreen } from './features/files/FilesScreen.tsx'
import { KeepScreen } from './features/files/KeepScreen.tsx'
import { HomeScreen } from './features/home/HomeScreen.tsx'
import { InboxScreen } from './features/inbox/InboxScreen.tsx'
import { ExportScreen } from './features/import-export/ExportScreen.tsx'
import { ImportScreen } from './features/import-export/ImportScreen.tsx'
import { NotesScreen } from './features/notes/NotesScreen.tsx'
import { PageScreen } from './features/pages/PageScreen.tsx'
import { PageTrouble } from './features/pages/PageTrouble.tsx'
import { SearchScreen } from './features/search/SearchScreen.tsx'
import { SetAsideScreen } from './features/set-aside/SetAsideScreen.tsx'
import { SettingsScreen } from './features/settings/SettingsScreen.tsx'
import { RequestsScreen } from './features/requests/RequestsScreen.tsx'
import { ArchiveScreen } from './features/spaces/ArchiveScreen.tsx'
import { MembersScreen } from './features/spaces/MembersScreen.tsx'
import { SpaceScreen } from './features/spaces/SpaceScreen.tsx'
import { SpacesScreen } from './features/spaces/SpacesScreen.tsx'
import { SpaceTrouble } from './features/spaces/SpaceTrouble.tsx'
import type { WelcomeStep } from './features/welcome/WelcomeScreen.tsx'

/** What may stand beside a page. */
const pagePanels = ['history', 'away'] as const
type PagePanel = (typeof pagePanels)[number]

function isPagePanel(value: unknown): value is PagePanel {
  return pagePanels.some((each) => each === value)
}

/** Every address in the app. They stand behind `#`, so that one build runs from `app://plein`, from a server and without either. */
const root = createRootRoute({ component: App, notFoundComponent: () => <PageTrouble error="unknown-page" /> })

const home = createRoute({ getParentRoute: () => root, path: '/', component: HomeScreen })
const notes = createRoute({ getParentRoute: () => root, path: '/notes', component: NotesScreen })
const inbox = createRoute({ getParentRoute: () => root, path: '/inbox', component: InboxScreen })
const setAside = createRoute({ getParentRoute: () => root, path: '/set-aside', component: SetAsideScreen })
const settings = createRoute({ getParentRoute: () => root, path: '/settings', component: SettingsScreen })

const search = createRoute({
  getParentRoute: () => root,
  path: '/search',
  component: SearchRoute,
  validateSearch: readSearchAddress,
})

const page = createRoute({
  getParentRoute: () => root,
  path: '/page/$pageId',
  component: PageRoute,
  validateSearch: ({ panel }: Readonly<Record<string, unknown>>): { readonly panel?: PagePanel } =>
    isPagePanel(panel) ? { panel } : {},
})

const away = createRoute({ getParentRoute: () => root, path: '/away', component: AwayScreen })

const history = createRoute({
  getParentRoute: () => root,
  path: '/page/$pageId/history',
  component: HistoryRoute,
  validateSearch: ({ version }: Readonly<Record<string, unknown>>): { readonly version?: VersionKey } => {
    const key = version === 'visit' ? version : parseId<VersionId>(version)
    return key === undefined ? {} : { version: key }
  },
})

const space = createRoute({
  getParentRoute: () => root,
  path: '/space/$spaceId',
  component: SpaceRoute,
})

const spaces = createRoute({ getParentRoute: () => root, path: '/spaces', component: SpacesScreen })
const requests = createRoute({ getParentRoute: () => root, path: '/requests', component: RequestsScreen })
const members = createRoute({ getParentRoute: () => root, path: '/space/$spaceId/members', component: MembersRoute })

const archive = createRoute({
  getParentRoute: () => root,
  path: '/space/$spaceId/archive',
  component: ArchiveRoute,
})

const importing = createRoute({ getParentRoute: () => root, path: '/space/$spaceId/import', component: ImportRoute })
const exporting = createRoute({ getParentRoute: () => root, path: '/space/$spaceId/export', component: ExportRoute })
const pageExport = createRoute({
  getParentRoute: () => root,
  path: '/space/$spaceId/export/$pageId',
  component: ExportRoute,
})
const files = createRoute({ getParentRoute: () => root, path: '/space/$spaceId/files', component: FilesRoute })
const file = createRoute({ getParentRoute: () => root, path: '/space/$spaceId/files/$hash', component: FilesRoute })
const keep = createRoute({ getParentRoute: () => root, path: '/keep', component: KeepScreen })

// These three are drawn by `App` instead of the frame, for they also exist where no organisation is open.
const goHome = () => <Navigate to="/" replace />
const welcome = createRoute({ getParentRoute: () => root, path: '/welcome', component: goHome })
const signIn = createRoute({ getParentRoute: () => root, path: '/sign-in', component: goHome })
const join = createRoute({ getParentRoute: () => root, path: '/join/$code', component: goHome })

export const router = createRouter({
  routeTree: root.addChildren([
    home,
    notes,
    inbox,
    setAside,
    settings,
    search,
    page,
    history,
    away,
    space,
    spaces,
    requests,
    members,
    archive,
    welcome,
    signIn,
    join,
    importing,
    exporting,
    pageExport,
    files,
    file,
    keep,
  ]),
  history: createHashHistory(),
  scrollRestoration: false,
})

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router
  }
  interface HistoryState {
    /** A page that was made just now: one goes on writing in its text. */
    readonly startWriting?: boolean
    /** A thread of the page to go to: its reference. */
    readonly thread?: string
    /** How far one is in the first run, so that the browser's back button leads a step back and not out of Plein. */
    readonly welcomeStep?: WelcomeStep
  }
}

function readSearchAddress(values: Record<string, unknown>): { q?: string; person?: string } {
  const { q, person } = values
  return { ...(typeof q === 'string' ? { q } : {}), ...(typeof person === 'string' ? { person } : {}) }
}

function SearchRoute() {
  const { q = '', person } = search.useSearch()
  const personId = parseId<PersonId>(person)
  return <SearchScreen key={`${q} ${personId ?? ''}`} text={q} person={personId} />
}

function PageRoute() {
  const id = parseId<PageId>(useParams({ strict: false }).pageId)
  const { panel } = page.useSearch()
  if (id === undefined) return <PageTrouble error="unknown-page" />
  return (
    <PageScreen
      pageId={id}
      comments={pageComments}
      panel={panel === undefined ? null : <PageSide panel={panel} pageId={id} />}
    />
  )
}

function PageSide({ panel, pageId }: { panel: PagePanel; pageId: PageId }) {
  return panel === 'history' ? <HistoryPanel pageId={pageId} /> : <AwayPanel pageId={pageId} />
}

function HistoryRoute() {
  const id = parseId<PageId>(useParams({ strict: false }).pageId)
  const { version = null } = history.useSearch()
  return id === undefined ? <PageTrouble error="unknown-page" /> : <HistoryScreen pageId={id} version={version} />
}

function SpaceRoute() {
  const id = parseId<SpaceId>(useParams({ strict: false }).spaceId)
  return id === undefined ? <SpaceTrouble /> : <SpaceScreen spaceId={id} />
}

function MembersRoute() {
  const id = parseId<SpaceId>(useParams({ strict: false }).spaceId)
  return id === undefined ? <SpaceTrouble /> : <MembersScreen spaceId={id} />
}

function ArchiveRoute() {
  const id = parseId<SpaceId>(useParams({ strict: false }).spaceId)
  return id === undefined ? <SpaceTrouble /> : <ArchiveScreen spaceId={id} />
}

function ImportRoute() {
  const id = parseId<SpaceId>(useParams({ strict: false }).spaceId)
  return id === undefined ? <SpaceTrouble /> : <ImportScreen spaceId={id} />
}

function ExportRoute() {
  const { spaceId, pageId } = useParams({ strict: false })
  const id = parseId<SpaceId>(spaceId)
  return id === undefined ? <SpaceTrouble /> : <ExportScreen spaceId={id} pageId={parseId<PageId>(pageId) ?? null} />
}

function FilesRoute() {
  const { spaceId, hash } = useParams({ strict: false })
  const id = parseId<SpaceId>(spaceId)
  return id === undefined ? <SpaceTrouble /> : <FilesScreen spaceId={id} opened={parseFileHash(hash) ?? null} />
}
