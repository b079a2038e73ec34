import { EventEmitter } from 'node:events'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, watch, writeFileSync } from 'node:fs'
import { homedir, tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { startChromium, type Chromium } from './chromium.ts'
import { strict } from './strict.ts'

type AppPath = Parameters<Electron.App['getPath']>[0]

/** The windows as the app's end needs them; `browser-window.ts` puts them here. */
export interface ClosableWindow {
  close(): void
  destroy(): void
  isDestroyed(): boolean
}

type Double = Pick<
  Electron.App,
  | 'commandLine'
  | 'enableSandbox'
  | 'exit'
  | 'getAppPath'
  | 'getLocale'
  | 'getName'
  | 'getPath'
  | 'getVersion'
  | 'isPackaged'
  | 'isReady'
  | 'name'
  | 'quit'
  | 'requestSingleInstanceLock'
  | 'setAsDefaultProtocolClient'
  | 'setName'
  | 'setPath'
  | 'whenReady'
>

export class AppDouble extends EventEmitter implements Double {
  name = 'Electron'
  readonly isPackaged = false
  readonly windows: ClosableWindow[] = []
  readonly commandLine: Electron.CommandLine = strict('app.commandLine', {
    hasSwitch: (name: string) => findSwitch(name) !== undefined,
    getSwitchValue: (name: string) => findSwitch(name) ?? '',
  } as Electron.CommandLine)
  readonly #paths: Partial<Record<AppPath, string>> = {
    appData: process.env['XDG_CONFIG_HOME'] ?? join(homedir(), '.config'),
    home: homedir(),
    temp: tmpdir(),
  }
  readonly #ready = Promise.withResolvers<void>()
  #chromium: Chromium | undefined
  #isReady = false
  #isQuitting = false

  constructor() {
    super()
    const userData = findSwitch('user-data-dir')
    if (userData !== undefined) this.#paths.userData = userData
    // Electron too waits until the main module has been evaluated.
    setImmediate(() => void this.#start())
  }

  /** Chromium, once the app is ready. */
  mustGetChromium(): Chromium {
    if (this.#chromium === undefined) throw new Error('stand-in: used before the app is ready')
    return this.#chromium
  }

  whenReady(): Promise<void> {
    return this.#ready.promise
  }

  isReady(): boolean {
    return this.#isReady
  }

  enableSandbox(): void {
    if (this.#isReady) throw new Error('app.enableSandbox() can only be called before app is ready')
  }

  getPath(name: AppPath): string {
    const path = this.#paths[name] ?? this.#defaultPath(name)
    if (path === undefined) throw new Error(`stand-in has no path '${name}'`)
    return path
  }

  #defaultPath(name: AppPath): string | undefined {
    if (name === 'sessionData') return this.getPath('userData')
    return name === 'userData' ? join(this.getPath('appData'), this.name) : undefined
  }

  setPath(name: AppPath, path: string): void {
    if (this.#isReady) throw new Error('stand-in: paths move before the app is ready, or not at all')
    if (!existsSync(path)) throw new Error(`Failed to set path: ${path} does not exist`)
    this.#paths[name] = path
  }

  getAppPath(): string {
    return dirname(process.argv[1] ?? '')
  }

  getLocale(): string {
    return 'en'
  }

  getName(): string {
    return this.name
  }

  setName(name: string): void {
    this.name = name
  }

  getVersion(): string {
    return '0.0.0'
  }

  setAsDefaultProtocolClient(): boolean {
    throw new Error('stand-in: an app that is not packaged must not register itself with the system')
  }

  /** The first holds a file with its process id; the others leave their command line in a folder that it watches. */
  requestSingleInstanceLock(): boolean {
    const folder = this.getPath('userData')
    const inbox = join(folder, 'standin-inbox')
    mkdirSync(inbox, { recursive: true })
    if (isHeldByOther(this.#lockFile())) {
      writeFileSync(join(inbox, `${process.pid}.new`), JSON.stringify(process.argv))
      return false
    }
    writeFileSync(this.#lockFile(), String(process.pid))
    const watcher = watch(inbox, () => this.#readInbox(inbox))
    watcher.unref()
    return true
  }

  quit(): void {
    if (this.#isQuitting) return
    if (isPrevented((event) => this.emit('before-quit', event))) return
    for (const window of this.windows) if (!window.isDestroyed()) window.close()
    // A window that refuses to close stops the quitting, as in Electron.
    if (this.windows.some((window) => !window.isDestroyed())) return
    if (isPrevented((event) => this.emit('will-quit', event))) return
    this.exit(0)
  }

  exit(code = 0): void {
    if (this.#isQuitting) return
    this.#isQuitting = true
    for (const window of this.windows) if (!window.isDestroyed()) window.destroy()
    void this.#end(code)
  }

  async #start(): Promise<void> {
    if (this.#isQuitting) return
    this.#chromium = await startChromium(join(this.getPath('sessionData'), 'chromium'))
    this.#isReady = true
    process.send?.({ kind: 'ready', port: this.#chromium.debuggingPort, pid: this.#chromium.pid })
    this.emit('ready', {})
    this.#ready.resolve()
  }

  async #end(code: number): Promise<void> {
    await this.#chromium?.close()
    if (readIfThere(this.#lockFile()) === String(process.pid)) rmSync(this.#lockFile(), { force: true })
    this.emit('quit', {}, code)
    process.exit(code)
  }

  #lockFile(): string {
    return join(this.getPath('userData'), 'standin-lock')
  }

  #readInbox(inbox: string): void {
    for (const name of readdirSync(inbox)) {
      const argv: unknown = parseWhole(readIfThere(join(inbox, name)))
      if (!Array.isArray(argv)) continue
      rmSync(join(inbox, name), { force: true })
      void this.whenReady().then(() => this.emit('second-instance', {}, argv.map(String), process.cwd(), {}))
    }
  }
}

/** Emits an event that listeners may prevent; answers whether one did. */
export function isPrevented(
  emit: (event: { preventDefault(): void; readonly defaultPrevented: boolean }) => void,
): boolean {
  let prevented = false
  emit({
    preventDefault() {
      prevented = true
    },
    get defaultPrevented() {
      return prevented
    },
  })
  return prevented
}

function findSwitch(name: string): string | undefined {
  const found = process.argv.find((argument) => argument === `--${name}` || argument.startsWith(`--${name}=`))
  return found?.slice(name.length + 3)
}

function isHeldByOther(lockFile: string): boolean {
  const pid = Number(readIfThere(lockFile))
  if (!Number.isInteger(pid) || pid <= 0 || pid === process.pid) return false
  try {
    process.kill(pid, 0)
    return true
  } catch {
    // No such process: its holder was killed.
    return false
  }
}

function readIfThere(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return undefined
  }
}

/** Undefined while the other process is still writing; the folder's next event reads again. */
function parseWhole(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? '')
  } catch {
    return undefined
  }
}
