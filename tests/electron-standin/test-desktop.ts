import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { test as base, type Page } from '@playwright/test'
import { launchDesktop, runDesktop, type DesktopApp, type LaunchOptions, type Outcome } from './launch.ts'

/** PLEIN_DIST names another build, such as one taken out of a package. */
export const mainPath = join(
  resolve(import.meta.dirname, '../..', process.env['PLEIN_DIST'] ?? 'dist'),
  'electron/main.js',
)

export const preloadPath = join(mainPath, '../preload.cjs')
export const sharedServerUrl = 'http://127.0.0.1:1'

/** Nobody answers there: a test that needs a server names its own. Without this the app would start its embedded one. */
const noServer = ['--server-url', sharedServerUrl]

export interface Desktop {
  readonly userData: string
  /** Starts the app on this test's profile and waits for its window. */
  start(options?: Partial<LaunchOptions>): Promise<{ readonly app: DesktopApp; readonly page: Page }>
  /** Runs it on the same profile until it ends by itself. */
  run(options?: Partial<LaunchOptions>): Promise<Outcome>
}

/** One app for all tests of a worker that leave it as it was; the page is loaded anew before each. */
export interface SharedWindow {
  readonly app: DesktopApp
  readonly page: Page
}

/** `desktop`: a profile of this test's own, which is removed afterwards. `shared`: an app that runs already. */
export const test = base.extend<{ desktop: Desktop; shared: SharedWindow }, { sharedApp: SharedWindow }>({
  // oxlint-disable-next-line no-empty-pattern -- Playwright reads the fixtures that are asked for from this pattern
  desktop: async ({}, provide) => {
    const { desktop, end } = openDesktop()
    await provide(desktop)
    await end()
  },
  sharedApp: [
    // oxlint-disable-next-line no-empty-pattern -- as above
    async ({}, provide) => {
      const { desktop, end } = openDesktop()
      await provide(await desktop.start())
      await end()
    },
    { scope: 'worker' },
  ],
  shared: async ({ sharedApp }, provide) => {
    await sharedApp.page.reload()
    await provide(sharedApp)
  },
})

function openDesktop(): { readonly desktop: Desktop; end(): Promise<void> } {
  const userData = mkdtempSync(join(tmpdir(), 'plein-desktop-'))
  const running: DesktopApp[] = []
  const desktop: Desktop = {
    userData,
    async start(options = {}) {
      const app = await launchDesktop({ main: mainPath, userData, args: noServer, ...options })
      running.push(app)
      return { app, page: await app.firstWindow() }
    },
    run: (options = {}) => runDesktop({ main: mainPath, userData, args: noServer, ...options }),
  }
  return {
    desktop,
    async end() {
      for (const app of running) await app.end()
      rmSync(userData, { recursive: true, force: true, maxRetries: 3 })
    },
  }
}
