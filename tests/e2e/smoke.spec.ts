import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test, type Page } from '../support/test.ts'
import { builtFolder } from '../../build/build-app.ts'
import { openTestServer } from '../support/start-server.ts'

test('the app starts from the server without an error in its console', async ({ page }) => {
  await using server = await openTestServer()
  const troubles = collectTroubles(page)
  await page.goto(server.url)
  await expectApp(page)
  expect(troubles).toEqual([])
})

test('a cold start with the server stopped shows the app, at a deep address too', async ({ page, context }) => {
  await using server = await openTestServer()
  await page.goto(server.url)
  await expectApp(page)
  await page.evaluate(async () => {
    await navigator.serviceWorker.ready
  })
  await page.close()
  await server.stop()

  const later = await context.newPage()
  await later.goto(server.url)
  await expectApp(later)
  await later.close()
  const deep = await context.newPage()
  await deep.goto(`${server.url}/#/settings`)
  await expectApp(deep)
})

test('what the server answers itself never comes from the service worker', async ({ page }) => {
  await using server = await openTestServer()
  await page.goto(server.url)
  await page.evaluate(async () => {
    await navigator.serviceWorker.ready
  })
  await page.reload()
  const response = await page.goto(`${server.url}/healthz`)
  expect(response?.fromServiceWorker()).toBe(false)
})

test('a new version of the app takes over at the next start, and not in an open window', async ({ page, context }) => {
  await using app = await openAppFolder()
  await using server = await openTestServer({ appDir: app.folder })
  await page.goto(server.url)
  await page.evaluate(async () => {
    await navigator.serviceWorker.ready
  })
  await app.publish('newer')
  await page.evaluate(async () => {
    const registration = await navigator.serviceWorker.ready
    await registration.update()
    const { installing } = registration
    if (!installing) return
    await new Promise<void>((settle) => {
      installing.addEventListener('statechange', () => {
        if (installing.state === 'installed') settle()
      })
    })
  })
  expect(await versionOf(page)).toBe('')
  await page.close()

  const later = await context.newPage()
  await later.goto(server.url)
  await expect.poll(() => versionOf(later)).toBe('newer')
})

function versionOf(page: Page): Promise<string> {
  return page.evaluate(() => document.documentElement.dataset['version'] ?? '')
}

/** A copy of the built app of which another version can be published. */
async function openAppFolder() {
  const folder = await mkdtemp(join(tmpdir(), 'plein-app-'))
  await cp(builtFolder('renderer'), folder, { recursive: true })
  return {
    folder,
    async publish(version: string) {
      await change('index.html', '<html', `<html data-version="${version}"`)
      await change('service-worker.js', /plein-app-(?=[0-9a-f]{16})/, `plein-app-${version}-`)
    },
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }),
  }
  async function change(file: string, from: string | RegExp, to: string) {
    const path = join(folder, file)
    await writeFile(path, (await readFile(path, 'utf8')).replace(from, to))
  }
}

/** The page drew something into its root: which screen that is, is for the specs of the features. */
async function expectApp(page: Page): Promise<void> {
  await expect(page).toHaveTitle(/Plein/)
  await expect(page.locator('#root')).not.toBeEmpty()
  await expect(page.locator('#root')).toBeVisible()
}

function collectTroubles(page: Page): readonly string[] {
  const troubles: string[] = []
  page.on('pageerror', (error) => troubles.push(error.message))
  page.on('console', (message) => {
    if (message.type() === 'error') troubles.push(message.text())
  })
  return troubles
}
