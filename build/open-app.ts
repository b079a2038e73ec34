import { spawn, type ChildProcess } from 'node:child_process'
import { resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { findOnPath, isRoot } from './chromium.ts'

const root = resolve(import.meta.dirname, '..')

/** What the main process of the shell prints when its window shows the app; see docs/decisions on starting. */
const windowReadyLine = 'Plein window is ready'

/** A browser that cannot run here ends at once; one that still runs after this is taken for open. */
const browserProofMs = 1_500

export function hasScreen(platform: NodeJS.Platform, env: NodeJS.ProcessEnv): boolean {
  return platform !== 'linux' || Boolean(env['DISPLAY']) || Boolean(env['WAYLAND_DISPLAY'])
}

export interface ElectronWindow {
  /** Resolves when the person has quit the app; never rejects. */
  readonly closed: Promise<void>
  end(): void
}

/** Starts the shell on a server that already runs. Undefined when its window is not there before the signal. */
export async function openElectron(
  program: string,
  serverUrl: string,
  signal: AbortSignal,
): Promise<ElectronWindow | undefined> {
  const child = startElectron(program, serverUrl)
  const closed = new Promise<void>((settle) => {
    child.once('error', () => settle())
    child.once('close', () => settle())
  })
  const isReady = await Promise.race([
    windowReady(child).then(() => true),
    closed.then(() => false),
    aborted(signal).then(() => false),
  ])
  const end = () => void child.kill()
  if (isReady) return { closed, end }
  end()
  return undefined
}

function startElectron(program: string, serverUrl: string): ChildProcess {
  const args = [root, '--server-url', serverUrl]
  if (process.platform === 'linux' && isRoot()) args.unshift('--no-sandbox') // Chromium refuses to start as root with it
  const { ELECTRON_RUN_AS_NODE: _, NODE_OPTIONS: __, ...env } = process.env
  return spawn(program, args, { env, stdio: ['ignore', 'pipe', 'inherit'] })
}

function windowReady(child: ChildProcess): Promise<void> {
  return new Promise((settle) => {
    if (!child.stdout) return
    createInterface({ input: child.stdout }).on('line', (line) => {
      if (line === windowReadyLine) settle()
      else console.error(line)
    })
  })
}

export function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((settle) => {
    if (signal.aborted) settle()
    else signal.addEventListener('abort', () => settle(), { once: true })
  })
}

/** Shows the address in a browser; false when this machine has none that starts. */
export async function openBrowser(url: string): Promise<boolean> {
  for (const [program, ...args] of browserCommands(url, process.platform)) {
    if (program !== undefined && (await starts(program, args))) return true
  }
  return false
}

/** Commands that show an address, the best first. As root the ordinary openers start browsers that refuse to run. */
export function browserCommands(url: string, platform: NodeJS.Platform, asRoot = isRoot()): string[][] {
  if (platform === 'darwin') return [['open', url]]
  if (platform === 'win32') return [['rundll32', 'url.dll,FileProtocolHandler', url]]
  const chromium = findOnPath(['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'])
  const firefox = findOnPath(['firefox', 'firefox-esr'])
  const direct = [
    ...(chromium ? [[chromium, ...(asRoot ? ['--no-sandbox'] : []), url]] : []),
    ...(firefox ? [[firefox, url]] : []),
  ]
  return asRoot ? direct : [['xdg-open', url], ...direct]
}

function starts(program: string, args: readonly string[]): Promise<boolean> {
  return new Promise((settle) => {
    const child = spawn(program, args, { detached: true, stdio: 'ignore' })
    const timer = setTimeout(() => settle(true), browserProofMs)
    const answer = (isOpen: boolean) => {
      clearTimeout(timer)
      settle(isOpen)
    }
    child.once('error', () => answer(false))
    child.once('exit', (code) => answer(code === 0))
    child.unref()
  })
}
