import { EventEmitter } from 'node:events'
import { isPrevented } from './app.ts'
import { decodeClone, encodeClone } from './clone-codec.ts'
import type { IpcMainDouble } from './ipc-main.ts'
import type { PageHost } from './page-host.ts'
import { defaultSession } from './session.ts'
import { originOf, toAppAddress } from './web-origin.ts'

type Double = Pick<
  Electron.WebContents,
  'executeJavaScript' | 'getURL' | 'id' | 'isDestroyed' | 'reload' | 'send' | 'setWindowOpenHandler'
>
type WindowOpenHandler = Parameters<Electron.WebContents['setWindowOpenHandler']>[0]

/** What the page tells main: a request of the preload script, or a link that wants a window. */
type FromPage =
  | { readonly kind: 'invoke'; readonly id: number; readonly channel: string; readonly args: unknown }
  | { readonly kind: 'open'; readonly url: string }

/** A navigation that Chromium is about to begin. */
export interface Navigation {
  readonly address: string
  readonly isMainFrame: boolean
  readonly isRedirect: boolean
}

export class WebContentsDouble extends EventEmitter implements Double {
  readonly id: number
  /** Put here by the window: what the app knows these contents as. */
  proxy: Electron.WebContents | undefined
  host: Promise<PageHost> | undefined
  readonly #ipcMain: IpcMainDouble
  #isDestroyed = false
  #address = ''
  #openHandler: WindowOpenHandler | undefined

  constructor(ipcMain: IpcMainDouble, id: number) {
    super()
    this.#ipcMain = ipcMain
    this.id = id
  }

  isDestroyed(): boolean {
    return this.#isDestroyed
  }

  markDestroyed(): void {
    this.#isDestroyed = true
    this.emit('destroyed')
  }

  getURL(): string {
    return this.#address
  }

  setWindowOpenHandler(handler: WindowOpenHandler): void {
    this.#openHandler = handler
  }

  send(channel: string, ...args: unknown[]): void {
    const value = encodeClone(args, null)
    void this.host?.then((host) => host.push({ channel, value }))
  }

  async executeJavaScript(code: string): Promise<unknown> {
    return (await this.host)?.run(code)
  }

  reload(): void {
    void this.host?.then((host) => host.page.reload())
  }

  /** Electron's events around a navigation; answers whether it may go on. */
  decideNavigation({ address, isMainFrame, isRedirect }: Navigation): boolean {
    const url = toAppAddress(address, defaultSession.schemes)
    const details = { url, isMainFrame, isSameDocument: false, frame: null, initiator: null }
    const names = isRedirect
      ? ['will-redirect']
      : isMainFrame
        ? ['will-navigate', 'will-frame-navigate']
        : ['will-frame-navigate']
    return !names.some((name) => isPrevented((event) => this.emit(name, Object.assign(event, details), url)))
  }

  /** The page begins anew at an address. */
  noteNavigation(address: string): void {
    this.#address = toAppAddress(address, defaultSession.schemes)
    this.emit('did-start-navigation', {
      url: this.#address,
      isMainFrame: true,
      isSameDocument: false,
      frame: null,
      initiator: null,
    })
  }

  async hear(text: string): Promise<void> {
    const message = JSON.parse(text) as FromPage
    if (message.kind === 'open') this.#decideOpen(message.url)
    else await this.#answer(message)
  }

  #decideOpen(address: string): void {
    const url = toAppAddress(address, defaultSession.schemes)
    const details = {
      url,
      frameName: '',
      features: '',
      disposition: 'foreground-tab',
      referrer: { url: '', policy: 'default' },
    } as const
    if (this.#openHandler?.(details).action !== 'deny')
      throw new Error('stand-in: windows that the page opens are not supported, deny them')
  }

  async #answer({ id, channel, args }: Extract<FromPage, { kind: 'invoke' }>): Promise<void> {
    const host = await this.host
    const list = decodeClone(args, null)
    try {
      const value = await this.#ipcMain.invoke(channel, this.#event(), Array.isArray(list) ? list : [])
      await host?.push({ id, value: encodeClone(value, null) })
    } catch (error) {
      await host?.push({ id, failed: true, value: `Error invoking remote method '${channel}': ${String(error)}` })
    }
  }

  /** The preload script runs in the main frame only, so that is where every message comes from. */
  #event(): Electron.IpcMainInvokeEvent {
    const frame = {
      url: this.#address,
      origin: originOf(this.#address),
      parent: null,
      frames: [],
      processId: 1,
      routingId: 1,
    }
    const event = {
      sender: this.proxy,
      senderFrame: frame,
      frameId: 1,
      processId: 1,
      type: 'frame',
      defaultPrevented: false,
    }
    return event as unknown as Electron.IpcMainInvokeEvent
  }
}
