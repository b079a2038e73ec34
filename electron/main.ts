// Starts the desktop app. Decisions are in the policy files beside this one; here they are only wired to Electron.
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { app, Menu, safeStorage, session, type BrowserWindow } from 'electron'
import type { ServerAddress } from '../model/ipc.ts'
import { registerAppScheme, serveAppFiles } from './app-protocol.ts'
import { parseCommandLine } from './command-line.ts'
import { openDeepLinkInbox } from './deep-link-inbox.ts'
import { deepLinkScheme, findDeepLink, parseDeepLink } from './deep-link.ts'
import { startEmbeddedServer, type EmbeddedServer } from './embedded-server.ts'
import { openFlushHandshake } from './flush-handshake.ts'
import { makeHandlers } from './handlers.ts'
import { sendNotice, serveRequests } from './ipc-main.ts'
import { menuTemplate } from './menu.ts'
import { openSecretStore } from './secret-store.ts'
import { guardAllWindows, guardSession } from './security.ts'
import { describeReport, runSelfTest } from './self-test.ts'
import { forkServer } from './server-child.ts'
import { bringForward, openWindow } from './window.ts'
import { readIfThere, writeAtomically } from './write-atomically.ts'

const built = join(import.meta.dirname, '..')
const commandLine = parseCommandLine(process.argv)
const links = openDeepLinkInbox()
const flushing = openFlushHandshake((delayMs) => sleep(delayMs, undefined, { ref: false }))
const ownWindows = new Set<BrowserWindow>()
const flushedWindows = new WeakSet<BrowserWindow>()
let hasStarted = false

process.stdout.on('error', () => {}) // the terminal that started the app has gone; the app goes on
app.setName('Plein')
const temporaryProfile = placeProfile()
guardAllWindows()
registerAppScheme()

// The self-test has a profile of its own, so it runs beside the app.
if (commandLine.complaint !== null) {
  console.error(commandLine.complaint)
  app.exit(2)
} else if (commandLine.selfTest || app.requestSingleInstanceLock()) {
  listenForLinks()
  void app.whenReady().then(commandLine.selfTest ? selfTest : start)
} else {
  app.quit()
}

/** IndexedDB is found again only in the same folder, so it is fixed; Chromium's own switch, which tests use, goes first. */
function placeProfile(): string | undefined {
  if (commandLine.selfTest) {
    const folder = mkdtempSync(join(tmpdir(), 'plein-self-test-'))
    useProfile(folder)
    return folder
  }
  if (app.commandLine.hasSwitch('user-data-dir')) return undefined
  const folder = join(app.getPath('appData'), 'Plein')
  mkdirSync(folder, { recursive: true }) // Electron takes only what is there
  useProfile(folder)
  return undefined
}

/** `userData` is ours; `sessionData` is where Chromium keeps IndexedDB. Both said, so that no default decides. */
function useProfile(folder: string): void {
  app.setPath('userData', folder)
  app.setPath('sessionData', folder)
}

function listenForLinks(): void {
  if (app.isPackaged && !commandLine.selfTest) app.setAsDefaultProtocolClient(deepLinkScheme)
  app.on('open-url', (event, link) => {
    event.preventDefault()
    const id = parseDeepLink(link)
    if (id !== undefined) links.receive(id)
    presentWindow()
  })
  app.on('second-instance', (_event, argv) => {
    const id = findDeepLink(argv)
    if (id !== undefined) links.receive(id)
    presentWindow()
  })
  const id = findDeepLink(process.argv)
  if (id !== undefined) links.receive(id)
}

function start(): void {
  const server = prepare(4680)
  hasStarted = true
  showWindow()
  app.on('activate', presentWindow)
  app.on('window-all-closed', () => {
    if (process.platform !== 'darwin') app.quit()
  })
  quitInOrder(server)
}

/** Everything that needs no window: the guards, the files, the requests, the server. */
function prepare(port: number): EmbeddedServer | undefined {
  guardSession(session.defaultSession)
  serveAppFiles(join(built, 'renderer'))
  Menu.setApplicationMenu(
    Menu.buildFromTemplate(menuTemplate({ locale: app.getLocale(), isMac: process.platform === 'darwin' })),
  )
  const server = startServer(port)
  const secretFile = join(app.getPath('userData'), 'secrets.json')
  const secrets = openSecretStore(
    safeStorage,
    { read: () => readIfThere(secretFile), write: (text) => writeAtomically(secretFile, text) },
    process.platform,
  )
  const handlers = makeHandlers({
    secrets,
    links,
    flushing,
    serverAddress: () => addressOf(server),
  })
  serveRequests(handlers, (sender) => [...ownWindows].some((window) => window.webContents === sender))
  return server
}

function startServer(port: number): EmbeddedServer | undefined {
  if (commandLine.serverUrl !== null && !commandLine.selfTest) return undefined
  const files = {
    program: join(built, 'sync-server/main.js'),
    appDir: join(built, 'renderer'),
    dataDir: join(app.getPath('userData'), 'server'),
    port,
  }
  return startEmbeddedServer({
    fork: () => forkServer(files),
    wait: (delayMs) => sleep(delayMs, undefined, { ref: false }),
  })
}

async function addressOf(server: EmbeddedServer | undefined): Promise<ServerAddress> {
  if (server !== undefined) return server.current() ?? server.first
  const url = commandLine.serverUrl
  return url === null ? { state: 'failed', reason: 'not-installed' } : { state: 'ready', url }
}

/** Brings the app forward; on macOS it may be running without a window. */
function presentWindow(): void {
  if (!hasStarted) return
  if (ownWindows.size === 0) showWindow()
  for (const window of ownWindows) bringForward(window)
}

function showWindow(): void {
  const { window, loaded } = openWindow({
    preload: join(import.meta.dirname, 'preload.cjs'),
    stateFile: windowFile(),
    show: true,
  })
  ownWindows.add(window)
  window.webContents.on('did-start-navigation', ({ isMainFrame, isSameDocument }) => {
    if (isMainFrame && !isSameDocument) links.pause()
  })
  window.on('close', (event) => closeInOrder(window, event))
  window.on('closed', () => {
    ownWindows.delete(window)
    links.pause()
  })
  // `npm start` waits for this line on stdout, and shows the app in the browser when it does not come.
  const isShown = () => process.stdout.write('Plein window is ready\n')
  loaded.then(isShown, (error: unknown) => console.error('The app could not be shown:', error))
}

/** A window closes when its page has written what was unwritten, or has had its time for it. */
function closeInOrder(window: BrowserWindow, event: { preventDefault(): void }): void {
  if (flushedWindows.has(window)) return
  event.preventDefault()
  void flushWindow(window).then(() => closeIfThere(window))
}

/** While its page was flushing, the window may have gone. */
function closeIfThere(window: BrowserWindow): void {
  if (!window.isDestroyed()) window.close()
}

async function flushWindow(window: BrowserWindow): Promise<void> {
  await flushing.ask((number) => sendNotice(window.webContents, 'flush', number))
  flushedWindows.add(window)
}

function windowFile(): string {
  return join(app.getPath('userData'), 'window.json')
}

/** First the renderers write what is unwritten, then the server drains, then the app quits; each within its time. */
function quitInOrder(server: EmbeddedServer | undefined): void {
  let stage: 'running' | 'flushing' | 'done' = 'running'
  app.on('before-quit', (event) => {
    if (stage === 'done') return
    event.preventDefault()
    if (stage === 'flushing') return
    stage = 'flushing'
    void finish(server).then(() => {
      stage = 'done'
      app.quit()
    })
  })
}

async function finish(server: EmbeddedServer | undefined): Promise<void> {
  const windows = [...ownWindows]
  await Promise.all(windows.map(flushWindow))
  // Closed before the server drains, so that nobody writes on in the meantime.
  windows.forEach(closeIfThere)
  await server?.stop()
}

async function selfTest(): Promise<void> {
  const server = prepare(0)
  const { window, loaded } = openWindow({
    preload: join(import.meta.dirname, 'preload.cjs'),
    stateFile: windowFile(),
    show: false,
  })
  ownWindows.add(window)
  const report = await runSelfTest({ window, loaded, serverAddress: () => addressOf(server) })
  process.stdout.write(`${JSON.stringify(report)}\n${describeReport(report)}\n`)
  await server?.stop()
  if (temporaryProfile !== undefined) app.once('quit', () => removeProfile(temporaryProfile))
  app.exit(report.passed ? 0 : 1)
}

function removeProfile(folder: string): void {
  try {
    rmSync(folder, { recursive: true, force: true })
  } catch (error) {
    console.error(`The self-test could not remove ${folder}:`, error)
  }
}
