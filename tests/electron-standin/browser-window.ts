import { EventEmitter } from 'node:events'
import { readFileSync } from 'node:fs'
import { isPrevented, type AppDouble } from './app.ts'
import { PageHost } from './page-host.ts'
import { defaultSession } from './session.ts'
import { strict } from './strict.ts'
import { WebContentsDouble } from './web-contents.ts'
import { toWebAddress } from './web-origin.ts'
import type { IpcMainDouble } from './ipc-main.ts'

type Double = Pick<
  Electron.BrowserWindow,
  | 'close'
  | 'destroy'
  | 'focus'
  | 'getBounds'
  | 'getNormalBounds'
  | 'hide'
  | 'id'
  | 'isDestroyed'
  | 'isFocused'
  | 'isMaximized'
  | 'isMinimized'
  | 'isVisible'
  | 'loadURL'
  | 'maximize'
  | 'restore'
  | 'setBounds'
  | 'show'
>

/** Set once by `electron.ts`, before any window can be made. */
interface Surroundings {
  readonly app: AppDouble
  readonly ipcMain: IpcMainDouble
}

const windows: BrowserWindowDouble[] = []
let surroundings: Surroundings | undefined
let lastId = 0

export function surroundWindows(given: Surroundings): void {
  surroundings = given
}

/** A window that is a page of real Chromium. Where it stands is remembered here; headless Chromium has no screen to show it on. */
export class BrowserWindowDouble extends EventEmitter implements Double {
  static getAllWindows(): Electron.BrowserWindow[] {
    return windows.filter((window) => !window.isDestroyed()).map((window) => window.asElectron)
  }

  static fromWebContents(contents: Electron.WebContents): Electron.BrowserWindow | null {
    return windows.find((window) => window.webContents === contents)?.asElectron ?? null
  }

  readonly id = ++lastId
  readonly webContents: Electron.WebContents
  /** The window as the app knows it: always the same object, and strict. */
  readonly asElectron: Electron.BrowserWindow
  readonly #contents: WebContentsDouble
  readonly #host: Promise<PageHost>
  readonly #app: AppDouble
  #bounds: Electron.Rectangle
  #isDestroyed = false
  #isVisible: boolean
  #isMaximized = false

  constructor(options: Electron.BrowserWindowConstructorOptions = {}) {
    super()
    if (surroundings === undefined) throw new Error('stand-in: no app')
    const { app, ipcMain } = surroundings
    if (!app.isReady()) throw new Error('Cannot create BrowserWindow before app is ready')
    refuseInsecure(options.webPreferences ?? {})
    this.#app = app
    this.#bounds = { x: options.x ?? 0, y: options.y ?? 0, width: options.width ?? 800, height: options.height ?? 600 }
    this.#isVisible = options.show !== false
    this.#contents = new WebContentsDouble(ipcMain, this.id)
    this.webContents = strict('webContents', this.#contents) as unknown as Electron.WebContents
    this.#contents.proxy = this.webContents
    const preload = options.webPreferences?.preload
    this.#host = PageHost.open(
      app.mustGetChromium().context,
      this.#contents,
      preload === undefined ? '' : readFileSync(preload, 'utf8'),
    )
    this.#contents.host = this.#host
    void this.#host.then((host) => this.#follow(host))
    this.asElectron = strict('BrowserWindow', this) as unknown as Electron.BrowserWindow
    windows.push(this)
    app.windows.push(this)
    app.emit('web-contents-created', {}, this.webContents)
    app.emit('browser-window-created', {}, this.asElectron)
    // The app must not get hold of the double itself
    return this.asElectron as unknown as this
  }

  async loadURL(address: string): Promise<void> {
    const host = await this.#host
    await host.load(toWebAddress(address, defaultSession.schemes))
  }

  close(): void {
    if (!this.#isDestroyed && !isPrevented((event) => this.emit('close', event))) this.destroy()
  }

  destroy(): void {
    if (this.#isDestroyed) return
    this.#isDestroyed = true
    this.#contents.markDestroyed()
    void this.#host.then((host) => host.close())
    this.emit('closed')
    if (BrowserWindowDouble.getAllWindows().length === 0 && !this.#app.emit('window-all-closed')) this.#app.quit()
  }

  isDestroyed(): boolean {
    return this.#isDestroyed
  }

  show(): void {
    this.#isVisible = true
    this.emit('show')
  }

  hide(): void {
    this.#isVisible = false
    this.emit('hide')
  }

  isVisible(): boolean {
    return this.#isVisible
  }

  focus(): void {
    void this.#host.then((host) => host.bringToFront())
    this.emit('focus')
  }

  isFocused(): boolean {
    return this.#isVisible
  }

  isMinimized(): boolean {
    return false
  }

  isMaximized(): boolean {
    return this.#isMaximized
  }

  maximize(): void {
    this.#isMaximized = true
    this.emit('maximize')
  }

  restore(): void {
    this.#isMaximized = false
    this.emit('restore')
  }

  getBounds(): Electron.Rectangle {
    return { ...this.#bounds }
  }

  getNormalBounds(): Electron.Rectangle {
    return { ...this.#bounds }
  }

  setBounds(bounds: Partial<Electron.Rectangle>): void {
    this.#bounds = { ...this.#bounds, ...bounds }
    void this.#host.then((host) => host.setBounds(this.#bounds))
    this.emit('resize')
  }

  async #follow(host: PageHost): Promise<void> {
    host.page.once('load', () => this.emit('ready-to-show'))
    host.page.once('close', () => this.destroy())
    await host.setBounds(this.#bounds)
  }
}

/** Stricter than Electron: an app that lowers its guard does not run here at all. */
function refuseInsecure(preferences: Electron.WebPreferences): void {
  const { sandbox, contextIsolation, nodeIntegration, webSecurity, webviewTag } = preferences
  const isInsecure =
    sandbox === false ||
    contextIsolation === false ||
    nodeIntegration === true ||
    webSecurity === false ||
    webviewTag === true
  if (isInsecure) throw new Error('stand-in refuses insecure webPreferences')
}
