import { app, shell, type Session, type WebContents } from 'electron'
import type { ExternalLink } from '../model/external-link.ts'
import { decideWindowOpen, mayNavigate } from './navigation-policy.ts'
import { mayHavePermission } from './permission-policy.ts'

/** Web preferences of every window. Electron's defaults today, written down so that no default can change them. */
export const securePreferences = {
  sandbox: true,
  contextIsolation: true,
  nodeIntegration: false,
  nodeIntegrationInWorker: false,
  nodeIntegrationInSubFrames: false,
  webSecurity: true,
  allowRunningInsecureContent: false,
  webviewTag: false,
  navigateOnDragDrop: false,
  // The dictionaries would be fetched from a third party at the first misspelt word, unasked.
  spellcheck: false,
} as const

/** Before the app is ready: every window, whoever opens it, is held to the navigation policy from its first moment. */
export function guardAllWindows(): void {
  app.enableSandbox()
  app.on('web-contents-created', (_event, contents) => guardContents(contents))
}

/** After the app is ready: who may have which permission. */
export function guardSession(session: Session): void {
  session.setPermissionRequestHandler((_contents, permission, answer, details) => {
    answer(mayHavePermission(permission, details.requestingUrl))
  })
  session.setPermissionCheckHandler((_contents, permission, origin) => mayHavePermission(permission, origin))
  session.setDevicePermissionHandler(() => false)
}

/** Hands an address to the system's browser or mail. False where the system has none or refuses. */
export async function openOutside(link: ExternalLink): Promise<boolean> {
  try {
    await shell.openExternal(link)
    return true
  } catch {
    return false
  }
}

function guardContents(contents: WebContents): void {
  contents.on('will-navigate', (navigation) => {
    if (!mayNavigate(navigation)) navigation.preventDefault()
  })
  contents.on('will-frame-navigate', (navigation) => {
    if (!mayNavigate(navigation)) navigation.preventDefault()
  })
  contents.on('will-redirect', (navigation) => {
    if (!mayNavigate(navigation)) navigation.preventDefault()
  })
  contents.on('will-attach-webview', (event) => {
    event.preventDefault()
  })
  contents.setWindowOpenHandler(({ url }) => {
    const link = decideWindowOpen(url)
    if (link !== undefined) void openOutside(link)
    return { action: 'deny' }
  })
}
