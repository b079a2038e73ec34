import { Outlet, useLocation, useNavigate } from '@tanstack/react-router'
import { useCallback, useEffect, useMemo, useState } from 'react'
import { FacePhotographs } from './documents/face-photographs.ts'
import { usePlatform } from './documents/use-platform.tsx'
import { usePlein } from './documents/use-plein.tsx'
import { useSession } from './documents/use-session.ts'
import { Frame } from './features/frame/Frame.tsx'
import { InOutNotice } from './features/import-export/InOutNotice.tsx'
import { CreatePageDialog } from './features/pages/CreatePageDialog.tsx'
import { DeepLinkDialog } from './features/pages/DeepLinkDialog.tsx'
import { MovePagesDialog } from './features/pages/MovePagesDialog.tsx'
import { PageIconDialog } from './features/pages/PageIconDialog.tsx'
import { InviteDialog } from './features/people/InviteDialog.tsx'
import { Palette } from './features/search/Palette.tsx'
import { ShortcutsDialog } from './features/search/ShortcutsDialog.tsx'
import { useAppCommands } from './features/search/use-app-commands.ts'
import { CreateSpaceDialog } from './features/spaces/CreateSpaceDialog.tsx'
import { SpaceSettingsDialog } from './features/spaces/SpaceSettingsDialog.tsx'
import { StartingScreen } from './features/welcome/StartingScreen.tsx'
import { TroubleScreen } from './features/welcome/TroubleScreen.tsx'
import { WelcomeScreen } from './features/welcome/WelcomeScreen.tsx'
import { DialogContext, type DialogRequest } from './ui/dialogs.tsx'
import { FaceSourceContext } from './ui/face-source.ts'
import { ScreenCatch } from './ui/ScreenCatch.tsx'
import { useShortcuts } from './ui/use-shortcuts.ts'

/** What stands in the window: starting, trouble, first run, or an organisation in its frame. */
export function App() {
  const session = useSession()
  if (session.stage === 'starting') return <StartingScreen />
  if (session.stage === 'trouble') return <TroubleScreen reason={session.reason} />
  if (session.stage === 'welcome') return <Welcome isOpen={false} />
  return <Opened organisationId={session.organisation.id} />
}

function Opened({ organisationId }: { organisationId: string }) {
  const { pathname } = useLocation()
  if (isWelcomePath(pathname)) return <Welcome isOpen />
  // Another organisation is another window: nothing of the one before stays in its screens.
  return <Organisation key={organisationId} />
}

function isWelcomePath(pathname: string): boolean {
  return pathname === '/welcome' || pathname === '/sign-in' || pathname.startsWith('/join/')
}

/** First run; also where an open organisation is left for a moment to join another or to sign in again. */
function Welcome({ isOpen }: { isOpen: boolean }) {
  const { pathname } = useLocation()
  const navigate = useNavigate()
  const isInvited = pathname.startsWith('/join/')
  return (
    <WelcomeScreen
      key={pathname}
      firstStep={pathname === '/sign-in' ? 'sign-in' : 'choose'}
      {...(isInvited ? { invitation: location.href } : {})}
      {...(isOpen ? { onLeave: () => void navigate({ to: '/' }) } : {})}
    />
  )
}

function Organisation() {
  const [request, setRequest] = useState<DialogRequest | null>(null)
  const close = useCallback(() => setRequest(null), [])
  // The keys of the palette close it again.
  const open = useCallback(
    (next: DialogRequest) =>
      setRequest((was) => (next.name === 'quick-open' && was?.name === 'quick-open' ? null : next)),
    [],
  )
  const { pathname } = useLocation()
  const plein = usePlein()
  const faces = useMemo(() => new FacePhotographs(plein), [plein])
  useDeepLinks(setRequest)
  return (
    <FaceSourceContext value={faces}>
      <DialogContext value={open}>
        <Shortcuts />
        <Frame>
          <ScreenCatch key={pathname}>
            <Outlet />
          </ScreenCatch>
        </Frame>
        <InOutNotice />
        {request !== null && <Dialog request={request} onClose={close} />}
      </DialogContext>
    </FaceSourceContext>
  )
}

/** What can be done anywhere, and its keys; inside the context of dialogs, which most of it opens. */
function Shortcuts() {
  useAppCommands()
  useShortcuts()
  return null
}

function Dialog({ request, onClose }: { request: DialogRequest; onClose: () => void }) {
  if (request.name === 'quick-open') return <Palette onClose={onClose} />
  if (request.name === 'shortcuts') return <ShortcutsDialog onClose={onClose} />
  if (request.name === 'create-space') return <CreateSpaceDialog parent={request.parent ?? null} onClose={onClose} />
  if (request.name === 'invite') return <InviteDialog spaceId={request.spaceId ?? null} onClose={onClose} />
  if (request.name === 'space-settings') return <SpaceSettingsDialog spaceId={request.spaceId} onClose={onClose} />
  if (request.name === 'create-page') {
    return <CreatePageDialog spaceId={request.spaceId} parent={request.parent} kind={request.kind} onClose={onClose} />
  }
  if (request.name === 'move-pages') return <MovePagesDialog pages={request.pages} to={request.to} onClose={onClose} />
  return <PageDialog request={request} onClose={onClose} />
}

function PageDialog({
  request,
  onClose,
}: {
  request: Extract<DialogRequest, { pageId: unknown }>
  onClose: () => void
}) {
  const Shown = request.name === 'page-icon' ? PageIconDialog : DeepLinkDialog
  return <Shown pageId={request.pageId} onClose={onClose} />
}

/** A link of the system is only asked about: it does nothing without a click. */
function useDeepLinks(setRequest: (request: DialogRequest) => void): void {
  const platform = usePlatform()
  useEffect(
    () =>
      platform.onDeepLink((pageId) => {
        setRequest({ name: 'deep-link', pageId })
      }),
    [platform, setRequest],
  )
}
