import { expect, test, type Page } from '@playwright/test'
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
  await later.goto(`${server.url}/somewhere/deep?in=the#app`)
  await expectApp(later)
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
