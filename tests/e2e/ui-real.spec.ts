import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { expect, test, type Locator, type Page } from '../support/test.ts'
import { accountOf, body, openByTitle, openPerson, receipt, typeAfter, typeAtEnd } from '../support/people.ts'
import { openTestServer, sampleAccounts, type TestServer } from '../support/start-server.ts'

let server: TestServer
let axeSource = ''

test.beforeAll(async () => {
  server = await openTestServer({ args: ['--demo'] })
  await expect.poll(() => sampleAccounts(server).length).toBe(4)
  axeSource = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
})

test.afterAll(async () => {
  await server[Symbol.asyncDispose]()
})

interface AxeWindow {
  readonly axe: { run(): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> }
}

/** What axe finds in the page as it stands. */
async function violations(page: Page): Promise<readonly string[]> {
  await page.evaluate(axeSource)
  return page.evaluate(async () => {
    const { axe } = window as unknown as AxeWindow
    const { violations: found } = await axe.run()
    return found.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html.slice(0, 160)).join(' | ')}`)
  })
}

const schemes = ['light', 'dark'] as const

async function inBothSchemes(page: Page, screen: string): Promise<void> {
  for (const colorScheme of schemes) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    expect(await violations(page), `${screen} in ${colorScheme}`).toEqual([])
  }
}

test('axe finds nothing in the real app, with its editor, menus and receipt', async ({ browser }) => {
  test.slow() // axe walks eight screens in two colour schemes
  const { context, page } = await openPerson(browser, server.url, accountOf(server, 'community-manager'))
  await inBothSchemes(page, 'home')
  await openByTitle(page, 'Draaiboek gladheid')
  await inBothSchemes(page, 'page')
  await typeAtEnd(page, ' ')
  await page.keyboard.press('Enter')
  await page.keyboard.type('/ta')
  await expect(page.getByRole('option').first()).toBeVisible()
  await inBothSchemes(page, 'slash menu')
  await page.keyboard.press('Escape')
  await receipt(page).click()
  await expect(page.getByText('Confirmed by the server')).toBeVisible()
  await inBothSchemes(page, 'receipt')
  for (const address of ['/#/notes', '/#/settings', '/#/set-aside', '/#/welcome']) {
    await page.goto(server.url + address)
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
    await inBothSchemes(page, address)
  }
  await context.close()
})

test('a page is made, written and archived by keyboard alone', async ({ browser }) => {
  const { context, page } = await openPerson(browser, server.url, accountOf(server, 'administrator'))
  const tree = page.getByRole('tree')
  await tree.focus()
  await page.keyboard.press('Home')
  await page.keyboard.press('Shift+F10')
  await walkTo(page, page.getByRole('menuitem', { name: /^New page/ }))
  await page.keyboard.press('Enter')
  await page.keyboard.type('Snoeiplan')
  await page.keyboard.press('Enter')
  // With its title given, one goes on in the text.
  await expect(body(page)).toBeFocused()
  await page.keyboard.type('Linde en eik.')
  await expect(body(page)).toContainText('Linde en eik.')
  await page.getByRole('button', { name: 'More about this page' }).press('Enter')
  await walkTo(page, page.getByRole('menuitem', { name: 'Archive' }))
  await page.keyboard.press('Enter')
  await expect(page.getByText('This page is in the archive')).toBeVisible()
  await context.close()
})

test('a dialog has the focus before the next key is pressed, and gives it back when it goes', async ({ browser }) => {
  const { context, page } = await openPerson(browser, server.url, accountOf(server, 'community-manager'))
  await openByTitle(page, 'Welkom op het plein')
  await body(page).click()
  // Both keys in one go: nothing may be left for later than the first of them.
  const focused = await page.evaluate(async () => {
    const { activeElement } = document
    activeElement?.dispatchEvent(new KeyboardEvent('keydown', { key: 'k', ctrlKey: true, bubbles: true }))
    for (let turn = 0; turn < 3; turn += 1) await Promise.resolve()
    return document.activeElement?.getAttribute('role') ?? ''
  })
  expect(focused).toBe('combobox')
  await page.keyboard.press('Escape')
  await expect(body(page)).toBeFocused()
  await context.close()
})

/** Down a menu that has the focus, as one does without a mouse. */
async function walkTo(page: Page, item: Locator): Promise<void> {
  await expect(page.getByRole('menu').locator(':focus').or(page.locator('[role="menu"]:focus'))).toHaveCount(1)
  const entries = await page.getByRole('menuitem').count()
  for (let step = 0; step < entries; step += 1) {
    if (await item.evaluate((element) => element === document.activeElement)) return
    await page.keyboard.press('ArrowDown')
  }
  await expect(item).toBeFocused()
}

test('what a colleague writes leaves the slash menu open', async ({ browser }) => {
  const noor = await openPerson(browser, server.url, accountOf(server, 'community-manager'))
  const joris = await openPerson(browser, server.url, accountOf(server, 'member'))
  for (const { page } of [noor, joris]) await openByTitle(page, 'Routes en kaarten')
  await typeAtEnd(noor.page, ' ')
  await noor.page.keyboard.press('Enter')
  await noor.page.keyboard.type('/ta')
  await expect(noor.page.getByRole('option').first()).toBeVisible()
  const first = (await body(joris.page).locator('p').first().innerText()).slice(0, 30)
  await typeAfter(joris.page, first, ' Gezien.')
  await expect(body(noor.page)).toContainText('Gezien.')
  await expect(noor.page.getByRole('option').first()).toBeVisible()
  await noor.page.keyboard.press('Enter')
  await expect(body(noor.page).getByRole('checkbox')).toBeVisible()
  await noor.context.close()
  await joris.context.close()
})

test('a link that Plein may not open says why and offers its address', async ({ browser }) => {
  const { context, page } = await openPerson(browser, server.url, accountOf(server, 'administrator'))
  await openByTitle(page, 'Groenbeheer')
  await body(page).click()
  await page.evaluate(() => {
    const data = new DataTransfer()
    data.setData('text/html', '<p><a href="http://oud.example/kaart">de oude kaart</a></p>')
    const target = document.querySelector('.ProseMirror')
    target?.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }))
  })
  await body(page)
    .getByRole('link', { name: 'de oude kaart' })
    .click({ modifiers: ['Control'] })
  await expect(page.getByRole('status').filter({ hasText: 'http://oud.example/kaart' })).toBeVisible()
  await expect(page.getByRole('button', { name: 'Copy address' })).toBeVisible()
  await context.close()
})

test('an image on another site is a link by its description', async ({ browser }) => {
  const { context, page } = await openPerson(browser, server.url, accountOf(server, 'administrator'))
  await openByTitle(page, 'Groenbeheer')
  await body(page).click()
  await page.evaluate(() => {
    const data = new DataTransfer()
    data.setData('text/html', '<p><img src="https://elders.example/boom.png" alt="een linde"></p>')
    const target = document.querySelector('.ProseMirror')
    target?.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }))
  })
  await expect(body(page).getByRole('link', { name: 'een linde' })).toHaveAttribute(
    'href',
    'https://elders.example/boom.png',
  )
  await context.close()
})

test('a laptop that the browser emptied says so until one begins again', async ({ page }) => {
  await page.goto(server.url)
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  await page.evaluate(async () => {
    await new Promise((resolve) => {
      const request = indexedDB.deleteDatabase('plein')
      request.addEventListener('blocked', resolve)
      request.addEventListener('success', resolve)
    })
  })
  await page.reload()
  const words = page.getByText('What Plein stored on this laptop was cleared')
  await expect(words).toBeVisible()
  await page.reload()
  await expect(words).toBeVisible()
  await page.getByRole('button', { name: /^Just write/ }).click()
  await page.goBack()
  await page.getByRole('button', { name: /^Look around/ }).click()
  await expect(page.getByRole('tree')).toBeVisible()
  await page.reload()
  await expect(page.getByRole('tree')).toBeVisible()
  await expect(words).toBeHidden()
})
