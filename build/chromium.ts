import { spawnSync } from 'node:child_process'
import { accessSync, constants, existsSync, statSync } from 'node:fs'
import { delimiter, join } from 'node:path'

const windowedNames = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'microsoft-edge']
/** The same engine without the windows, menus and their processes that no test looks at. */
const shellName = 'chromium-headless-shell'

const fixedPlaces: Partial<Record<NodeJS.Platform, readonly string[]>> = {
  darwin: [
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
  ],
  win32: [
    'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
    'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
  ],
}

/**
 * A Chromium of this machine: the one that PLEIN_CHROMIUM names, else one on PATH, else one in its usual place. The headless shell comes
 * first, but where somebody wants to see windows.
 */
export function findChromium(env: NodeJS.ProcessEnv = process.env, { withWindows = false } = {}): string | undefined {
  const named = env['PLEIN_CHROMIUM']
  if (named) return isProgram(named) ? named : undefined
  return (
    findOnPath(withWindows ? windowedNames : [shellName, ...windowedNames], env) ??
    fixedPlaces[process.platform]?.find(isProgram)
  )
}

/** The first program on PATH out of several names, in the order of the names. */
export function findOnPath(names: readonly string[], env: NodeJS.ProcessEnv = process.env): string | undefined {
  const folders = (env['PATH'] ?? '').split(delimiter).filter(Boolean)
  return names.flatMap((name) => folders.map((folder) => join(folder, name))).find(isProgram)
}

/** Flags that keep a test browser quiet and working as root, where Chromium has no sandbox. */
export function chromiumFlags(): string[] {
  const quiet = ['--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update']
  const flags = [...quiet, '--disable-sync', '--disable-gpu']
  return isRoot() ? ['--no-sandbox', ...flags] : flags
}

export function isRoot(): boolean {
  return process.getuid?.() === 0
}

export type ChromiumSetUp = { readonly path: string } | { readonly problem: string }

/**
 * Finds a Chromium or brings one: Debian's package as root, else Playwright's own download. `say` gets one line before
 * anything slow begins.
 */
export async function setUpChromium(say: (line: string) => void): Promise<ChromiumSetUp> {
  const named = process.env['PLEIN_CHROMIUM']
  const present = findChromium() ?? (named ? undefined : await playwrightChromium())
  if (present) return { path: present }
  if (named) return { problem: `PLEIN_CHROMIUM names ${named}, which is no program that runs here.` }
  if (isRoot() && findOnPath(['apt-get'])) {
    say('Installing Chromium from the packages of this system ...')
    installFromDebian()
  }
  const installed = findChromium()
  if (installed) return { path: installed }
  say('Downloading a Chromium for the tests ...')
  run(process.execPath, [join(import.meta.dirname, '../node_modules/playwright/cli.js'), 'install', 'chromium'])
  const downloaded = await playwrightChromium()
  if (downloaded) return { path: downloaded }
  return {
    problem: 'No Chromium could be found or installed: install it, or name one in PLEIN_CHROMIUM, then try again.',
  }
}

function installFromDebian(): void {
  const env = { DEBIAN_FRONTEND: 'noninteractive' }
  run('apt-get', ['update', '-qq'], env)
  run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', shellName], env)
  // Older Debians and others have no package of that name.
  if (!findChromium()) run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium'], env)
}

function run(program: string, args: string[], env: Record<string, string> = {}): void {
  spawnSync(program, args, {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'ignore', 'inherit'],
    timeout: 300_000,
  })
}

async function playwrightChromium(): Promise<string | undefined> {
  const { chromium } = await import('playwright')
  const path = chromium.executablePath()
  return path && isProgram(path) ? path : undefined
}

function isProgram(path: string): boolean {
  if (!existsSync(path) || !statSync(path).isFile()) return false
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}
