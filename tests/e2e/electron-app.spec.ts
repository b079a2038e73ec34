// The app itself in the desktop shell: written without a server, and together with somebody in a browser.
import { chromium, expect, type Page } from '@playwright/test'
import { chromiumFlags, findChromium } from '../../build/chromium.ts'
import type { SignedIn, SpaceAnswer } from '../../model/api.ts'
import { test } from '../electron-standin/test-desktop.ts'
import { openTestServer, sampleAccounts, type SampleAccount } from '../support/start-server.ts'

const sharedTitle = 'Letters of two people'

test('what one writes in the desktop app without a server is there after kill -9', async ({ desktop }) => {
  const first = await desktop.start()
  await startPersonal(first.page, 'Ada')
  await writeNote(first.page, 'Written on the train', 'A sentence that must not be lost.')
  await expect(receipt(first.page)).toHaveAccessibleName(/On this laptop/)
  await first.app.kill()

  const { page } = await desktop.start()
  await page.getByRole('link', { name: 'Written on the train' }).first().click()
  await expect(body(page)).toContainText('A sentence that must not be lost.')
})

test('a note that is still unwritten when the person quits is written first', async ({ desktop }) => {
  const first = await desktop.start()
  await startPersonal(first.page, 'Ada')
  await writeNote(first.page, 'Quit at once', 'The last word')
  await first.app.close()

  const { page } = await desktop.start()
  await page.getByRole('link', { name: 'Quit at once' }).first().click()
  await expect(body(page)).toContainText('The last word')
})

test('a deep link asks the person before it goes to the page', async ({ desktop }) => {
  const { page } = await desktop.start()
  await startPersonal(page, 'Ada')
  await writeNote(page, 'Linked to', 'From outside')
  const [, pageId = ''] = /#\/page\/([a-z2-7]{26})/.exec(page.url()) ?? []
  await page.getByRole('link', { name: 'Home' }).first().click()
  await expect(body(page)).toHaveCount(0)

  expect((await desktop.run({ args: [`plein://page/${pageId}`] })).code).toBe(0)
  const question = page.getByRole('dialog', { name: 'Link to a page' })
  await expect(question).toContainText('Linked to')
  expect(page.url()).not.toContain(pageId)
  await question.getByRole('button', { name: 'Open the page' }).click()
  await expect(body(page)).toContainText('From outside')
})

test('the desktop and a browser see each other’s letters', async ({ desktop }) => {
  await using server = await openTestServer({ args: ['--demo'] })
  const [here, there] = [
    mustGetAccount(sampleAccounts(server), 'administrator'),
    mustGetAccount(sampleAccounts(server), 'community-manager'),
  ]
  await createSharedPage(server.url, here, there)
  const { page: desktopPage } = await desktop.start({ args: ['--server-url', server.url] })
  await signIn(desktopPage, server.url, here)
  const executablePath = findChromium()
  const browser = await chromium.launch({
    args: chromiumFlags(),
    ...(executablePath === undefined ? {} : { executablePath }),
  })
  try {
    const browserPage = await browser.newPage({ locale: 'en-GB' })
    await browserPage.goto(server.url)
    await signIn(browserPage, server.url, there)
    for (const page of [desktopPage, browserPage]) {
      await page.getByRole('main').getByRole('link', { name: sharedTitle }).click()
      await expect(body(page)).toContainText('Begun by the server.')
    }
    await typeAtEnd(desktopPage, ' From the desktop.')
    await expect(body(browserPage)).toContainText('From the desktop.')
    await typeAtEnd(browserPage, ' From the browser.')
    await expect(body(desktopPage)).toContainText('From the browser.')
    await expect(receipt(desktopPage)).toHaveAccessibleName(/On the server/)
  } finally {
    await browser.close()
  }
})

function receipt(page: Page) {
  return page.getByRole('button', { name: /^Receipt/ })
}

function body(page: Page) {
  return page.locator('[contenteditable=true]')
}

async function startPersonal(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name: /Just write/ }).click()
  await page.getByLabel('Your name').fill(name)
  await page.getByRole('button', { name: 'Start writing' }).click()
}

async function writeNote(page: Page, title: string, text: string): Promise<void> {
  await page.getByLabel('Title of the note').fill(title)
  await page.getByRole('button', { name: 'Write it down' }).click()
  await body(page).click()
  await page.keyboard.type(text)
  await expect(body(page)).toContainText(text)
}

async function signIn(page: Page, serverUrl: string, account: SampleAccount): Promise<void> {
  await page.getByRole('button', { name: 'I already have an account' }).click()
  await page.getByLabel('Address of the server').fill(serverUrl)
  await page.getByLabel('E-mail address').fill(account.email)
  await page.getByLabel('Password', { exact: true }).fill(account.password)
  await page.getByRole('button', { name: 'Sign in' }).click()
}

/** A page where both of them may write. */
async function createSharedPage(serverUrl: string, one: SampleAccount, other: SampleAccount): Promise<void> {
  const [first, second] = [await openSession(serverUrl, one), await openSession(serverUrl, other)]
  const theirs = (await second.get('/api/spaces')).filter(mayEdit)
  const shared = (await first.get('/api/spaces')).find(
    (space) => mayEdit(space) && theirs.some(({ id }) => id === space.id),
  )
  if (shared === undefined) throw new Error('The sample has no space where both may edit')
  await first.post(`/api/spaces/${shared.id}/pages`, {
    title: sharedTitle,
    kind: 'wiki',
    markdown: 'Begun by the server.',
  })
}

function mayEdit({ role }: SpaceAnswer): boolean {
  return role === 'editor' || role === 'owner'
}

async function openSession(serverUrl: string, { email, password }: SampleAccount) {
  const ask = async (path: string, init: RequestInit): Promise<unknown> => {
    const response = await fetch(serverUrl + path, init)
    expect(response.ok, `${path} answered ${response.status}`).toBe(true)
    return response.json()
  }
  const headers = { 'content-type': 'application/json' }
  const send = (path: string, content: object, more = {}) =>
    ask(path, { method: 'POST', headers: { ...headers, ...more }, body: JSON.stringify(content) })
  const { token } = (await send('/api/sessions', { email, password })) as SignedIn
  const authorization = `Bearer ${token}`
  return {
    get: async (path: string) => spacesIn(await ask(path, { headers: { authorization } })),
    post: (path: string, content: object) => send(path, content, { authorization }),
  }
}

function spacesIn(answer: unknown): readonly SpaceAnswer[] {
  const list: unknown = Array.isArray(answer) ? answer : Reflect.get(Object(answer), 'spaces')
  return Array.isArray(list) ? (list as SpaceAnswer[]) : []
}

async function typeAtEnd(page: Page, text: string): Promise<void> {
  await body(page).click()
  await page.keyboard.press('Control+End')
  await page.keyboard.type(text)
}

function mustGetAccount(accounts: readonly SampleAccount[], role: string): SampleAccount {
  const account = accounts.find((each) => each.role === role)
  if (account === undefined) throw new Error(`The sample has no ${role}`)
  return account
}
