// The browser edition without its server: started cold, read, written in, and sent later.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test, type BrowserContext, type Page } from '../support/test.ts'
import { openChromiumProfile } from '../support/chromium.ts'
import {
  body,
  colleaguesOf,
  connection,
  openByTitle,
  openPerson,
  receipt,
  signIn,
  typeAfter,
  waitingNotice,
} from '../support/people.ts'
import { openTestServer } from '../support/start-server.ts'

/** From here on the app's files are on this laptop. */
async function installed(page: Page): Promise<void> {
  await page.evaluate(async () => {
    await navigator.serviceWorker.ready
    if (navigator.serviceWorker.controller !== null) return
    await new Promise<void>((settle) => {
      navigator.serviceWorker.addEventListener('controllerchange', () => {
        settle()
      })
    })
  })
}

async function expectUsable(page: Page, spaceName: string): Promise<void> {
  await expect(page.getByRole('treeitem', { name: spaceName, exact: true })).toBeVisible()
  await expect(connection(page)).toContainText('Offline')
}

async function openProfile(folder: string): Promise<BrowserContext> {
  return openChromiumProfile(folder, { locale: 'en-GB', viewport: { width: 1366, height: 768 } })
}

test('with the server stopped the app starts cold, in a reload, a new tab and a new browser; what is written goes up later', async ({
  browser,
}) => {
  test.setTimeout(180_000)
  await using server = await openTestServer({ args: ['--demo'] })
  const { joris, noor, api, space } = await colleaguesOf(server)
  const created = await api.createPage(space.id, { title: 'Cold', markdown: 'Begin here.' })
  const folder = await mkdtemp(join(tmpdir(), 'plein-profile-'))
  let context = await openProfile(folder)
  try {
    const first = context.pages()[0] ?? (await context.newPage())
    await signIn(first, server.url, joris)
    await openByTitle(first, 'Cold')
    await expect(body(first)).toContainText('Begin here.')
    await first.getByRole('link', { name: 'Home' }).first().click()
    await installed(first)
    await server.stop()

    await first.reload()
    await expectUsable(first, space.name)
    await openByTitle(first, 'Cold')
    await typeAfter(first, 'Begin', ' In a reload.')
    await expect(receipt(first)).toHaveAccessibleName(/Offline · \d+ waiting/)
    await expect(waitingNotice(first)).toContainText(/\d+ changes? (is|are) waiting on this laptop/)

    const tab = await context.newPage()
    await tab.goto(server.url)
    await expectUsable(tab, space.name)
    await openByTitle(tab, 'Cold')
    await expect(body(tab)).toContainText('In a reload.')
    await typeAfter(tab, 'Begin', ' In a tab.')
    await expect(receipt(tab)).toHaveAccessibleName(/Offline · \d+ waiting/)

    await context.close()
    context = await openProfile(folder)
    const again = context.pages()[0] ?? (await context.newPage())
    await again.goto(server.url)
    await expectUsable(again, space.name)
    await expect(waitingNotice(again)).toBeVisible()
    await openByTitle(again, 'Cold')
    await expect(body(again)).toContainText('In a reload. In a tab.')
    await typeAfter(again, 'Begin', ' In a new browser.')
    await expect(receipt(again)).toHaveAccessibleName(/Offline · \d+ waiting/)

    await server.start()
    await expect(receipt(again)).toHaveAccessibleName(/On the server/, { timeout: 30_000 })
    await expect(waitingNotice(again)).toHaveCount(0)
    expect(await api.markdown(created.id)).toContain('In a reload. In a tab. In a new browser.')
    const colleague = await openPerson(browser, server.url, noor)
    await openByTitle(colleague.page, 'Cold')
    await expect(body(colleague.page)).toContainText('Begin here. In a reload. In a tab. In a new browser.')
    await colleague.context.close()
  } finally {
    await context.close()
    await rm(folder, { recursive: true, force: true })
  }
})

test('a page that was never opened is there too when the server is gone', async ({ context }) => {
  await using server = await openTestServer({ args: ['--demo'] })
  const { joris, api, space } = await colleaguesOf(server)
  await api.createPage(space.id, { title: 'Never opened', markdown: 'Fetched all the same.' })
  const page = await context.newPage()
  await signIn(page, server.url, joris)
  await installed(page)
  const spaceRow = page.getByRole('treeitem', { name: space.name, exact: true })
  await spaceRow.click()
  // A space whose tree has not come yet has nothing to fold open.
  await expect(spaceRow).toHaveAttribute('aria-expanded', 'false')
  await page.getByRole('tree').press('ArrowRight')
  // Its row says 'not on this laptop' for as long as that is true.
  const row = page.getByRole('treeitem', { name: 'Never opened', exact: true })
  await expect(row).toBeVisible()
  await server.stop()
  await page.reload()
  await openByTitle(page, 'Never opened')
  await expect(body(page)).toContainText('Fetched all the same.')
})
