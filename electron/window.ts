import { BrowserWindow, screen } from 'electron'
import { appOrigin } from './app-origin.ts'
import { securePreferences } from './security.ts'
import { parseWindowState, placeWindow, type WindowState } from './window-state.ts'
import { readIfThere, writeAtomically } from './write-atomically.ts'

export interface WindowOptions {
  readonly preload: string
  /** Where the window's place is kept. */
  readonly stateFile: string
  /** False for the self-test. */
  readonly show: boolean
}

/** A page that dies more often than this is not brought back: it would die again. */
const mostRevivals = 3

/** Opens the app's window where it stood the last time. `loaded` rejects when the start page cannot be shown. */
export function openWindow(options: WindowOptions): { readonly window: BrowserWindow; readonly loaded: Promise<void> } {
  const state = placeWindow(parseWindowState(readIfThere(options.stateFile) ?? ''), listScreens())
  const window = new BrowserWindow({
    ...state.bounds,
    minWidth: 480,
    minHeight: 400,
    show: false,
    title: 'Plein',
    autoHideMenuBar: true,
    webPreferences: { ...securePreferences, preload: options.preload },
  })
  if (options.show) showWhenReady(window, state)
  window.on('close', () => saveState(window, options.stateFile))
  reviveWhenGone(window)
  return { window, loaded: window.loadURL(`${appOrigin}/`) }
}

/** Brings a window to the front, from wherever it was. */
export function bringForward(window: BrowserWindow): void {
  if (window.isMinimized()) window.restore()
  window.show()
  window.focus()
}

function showWhenReady(window: BrowserWindow, state: WindowState): void {
  window.once('ready-to-show', () => {
    if (state.maximized) window.maximize()
    window.show()
  })
}

function saveState(window: BrowserWindow, stateFile: string): void {
  const state: WindowState = { bounds: window.getNormalBounds(), maximized: window.isMaximized() }
  try {
    writeAtomically(stateFile, JSON.stringify(state))
  } catch (error) {
    // A full disk must not keep a window from closing; its place is no loss.
    console.error('The place of the window could not be kept:', error)
  }
}

function reviveWhenGone(window: BrowserWindow): void {
  let revivals = 0
  window.webContents.on('render-process-gone', (_event, { reason }) => {
    if (reason === 'clean-exit' || window.isDestroyed() || ++revivals > mostRevivals) return
    window.webContents.reload()
  })
}

function listScreens() {
  const main = screen.getPrimaryDisplay()
  const others = screen.getAllDisplays().filter((display) => display.id !== main.id)
  return [main, ...others].map((display) => display.workArea)
}
