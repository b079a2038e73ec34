// The ways into Plein, from the first screen of a fresh browser on: join, create, just write, look around, and back in again.
import { expect, test, type Page } from '../support/test.ts'
import { axeViolations } from '../support/axe.ts'
import {
  body,
  colleaguesOf,
  connection,
  openByTitle,
  openPerson,
  receipt,
  typeAfter,
  typeAtEnd,
  waitingNotice,
} from '../support/people.ts'
import { openTestServer } from '../support/start-server.ts'

const password = 'four quiet canal boats'

test('an organisation is created, a colleague joins by the copied link, and both see each other write', async ({
  browser,
}) => {
  test.setTimeout(120_000)
  await using server = await openTestServer()
  const context = await browser.newContext({ permissions: ['clipboard-read', 'clipboard-write'] })
  const founder = await context.newPage()
  await founder.goto(server.url)
  await founder.getByRole('button', { name: /^Create an organisation/ }).click()
  await founder.getByLabel('Name of the organisation').fill('Bakery Kruim')
  await introduce(founder, 'Anna Smit', 'anna@kruim.example')
  await founder.getByRole('button', { name: 'Create organisation' }).click()
  await expect(founder.getByRole('heading', { level: 1 })).toContainText('Anna')
  await expect(connection(founder)).toHaveText('Connected')

  await createPage(founder, 'General', 'Opening hours')
  await typeAtEnd(founder, 'From Anna.')
  await expect(receipt(founder)).toHaveAccessibleName(/On the server/)
  await founder.getByRole('button', { name: /^Organisation: Bakery Kruim/ }).click()
  await founder.getByRole('menuitem', { name: 'Invite a colleague' }).click()
  await founder.getByRole('button', { name: 'Make a link' }).click()
  await expect(founder.getByLabel('Link to send')).toHaveValue(/#\/join\//)
  await founder.getByRole('button', { name: 'Copy' }).click()
  const link = await founder.evaluate(() => navigator.clipboard.readText())
  await founder.keyboard.press('Escape')

  const joiner = await (await browser.newContext()).newPage()
  await joiner.goto(link)
  await expect(joiner.getByText('Invited by Anna Smit, 1 colleague')).toBeVisible()
  await joiner.getByRole('button', { name: /^Continue/ }).click()
  await expect(joiner.getByRole('heading', { level: 1 })).toHaveText('Welcome to Bakery Kruim')
  await introduce(joiner, 'Bram de Vries', 'bram@kruim.example')
  await joiner.getByRole('button', { name: 'Join', exact: true }).click()
  await expect(joiner.getByRole('heading', { level: 1 })).toHaveText('Welcome, Bram. This comes along on your laptop')
  await expect(joiner.getByText('Anna Smit')).toBeVisible()
  await expect(joiner.getByText('The one page is on your laptop')).toBeVisible()
  expect(await axeViolations(joiner)).toEqual([])
  await joiner.getByRole('button', { name: 'To the square' }).click()
  await expect(connection(joiner)).toHaveText('Connected')
  await openByTitle(joiner, 'Opening hours')
  await typeAfter(joiner, 'From Anna', ' From Bram.')
  await expect(body(founder)).toContainText('From Anna. From Bram.')
  await expect(founder.locator('[data-name="Bram de Vries"]')).toBeAttached()
  await typeAfter(founder, 'From Anna', ' Anna again.')
  await expect(body(joiner)).toContainText('From Bram. Anna again.')

  // The link worked once.
  const late = await (await browser.newContext()).newPage()
  await late.goto(link)
  await expect(late.getByRole('alert')).toContainText(/has been used|does not know/)
})

test('just writing: pages and notes are created, renamed, archived, restored, and there after a reload', async ({
  page,
}) => {
  test.setTimeout(180_000)
  await using server = await openTestServer()
  await startPersonal(page, server.url, 'Anna Smit')
  await createPage(page, 'My space', 'Recipes')
  await typeAtEnd(page, 'Bread takes time.')
  const title = page.getByRole('textbox', { name: 'Title of the page' })
  await title.fill('Recipes of mine')
  await title.press('Enter')
  await expect(receipt(page)).toHaveAccessibleName('Receipt: On this laptop')
  await page.getByRole('link', { name: 'Home' }).first().click()
  await page.getByLabel('Title of the note').fill('A thought')
  await page.getByRole('button', { name: 'Write it down' }).click()
  await expect(title).toHaveValue('A thought')
  await typeAtEnd(page, 'Ovens are loud.')
  await expect(receipt(page)).toHaveAccessibleName('Receipt: On this laptop')
  await page.reload()
  await expect(title).toHaveValue('A thought')
  await expect(body(page)).toContainText('Ovens are loud.')

  for (const [name, text] of [
    ['A thought', 'Ovens are loud.'],
    ['Recipes of mine', 'Bread takes time.'],
  ] as const) {
    await openByTitle(page, name)
    await page.getByRole('button', { name: 'More about this page' }).click()
    await page.getByRole('menuitem', { name: 'Archive' }).click()
    await expect(page.getByText('This page is in the archive and can only be read.')).toBeVisible()
    await page.reload()
    await expect(page.getByText('This page is in the archive and can only be read.')).toBeVisible()
    await expect(page.getByText(text)).toBeVisible()
    await page.getByRole('treeitem', { name: 'My space' }).click()
    await page.getByRole('link', { name: '1 page in the archive' }).click()
    await page.getByRole('button', { name: 'Put back' }).click()
    await expect(page.getByText('There is nothing in the archive.')).toBeVisible()
    await page.reload()
    await expect(page.getByText('There is nothing in the archive.')).toBeVisible()
    await openByTitle(page, name)
    await expect(body(page)).toContainText(text)
  }
  await expect(page.getByRole('treeitem', { name: 'Recipes of mine' })).toBeVisible()
})

test('looking around needs no server once the app is there, and what one writes stays', async ({ page }) => {
  await using server = await openTestServer()
  await page.goto(server.url)
  await expect(page.getByRole('button', { name: /^Look around first/ })).toBeVisible()
  await page.evaluate(async () => {
    await navigator.serviceWorker.ready
  })
  await server.stop()
  await page.getByRole('button', { name: /^Look around first/ }).click()
  await expect(page.getByText('Example: nothing leaves this laptop')).toBeVisible()
  for (const title of ['Routes en kaarten', 'Storing bij een brug']) {
    await openByTitle(page, title)
    await expect(page.getByRole('textbox', { name: 'Title of the page' })).toHaveValue(title)
    await typeAtEnd(page, ` Written in ${title}.`)
    await expect(body(page)).toContainText(`Written in ${title}.`)
    await expect(receipt(page)).toHaveAccessibleName('Receipt: On this laptop')
  }
  await page.reload()
  await expect(body(page)).toContainText('Written in Storing bij een brug.')
  await openByTitle(page, 'Routes en kaarten')
  await expect(body(page)).toContainText('Written in Routes en kaarten.')
})

test('one profile holds several organisations, and switching shows each its own pages', async ({ page }) => {
  await using server = await openTestServer()
  await startPersonal(page, server.url, 'Anna Smit')
  await createPage(page, 'My space', 'Mine alone')
  await typeAtEnd(page, 'Personal words.')
  await page.getByRole('button', { name: /^Organisation: / }).click()
  await page.getByRole('menuitem', { name: 'Add an organisation' }).click()
  await page.getByRole('button', { name: /^Look around first/ }).click()
  await expect(page.getByRole('treeitem', { name: 'Openbare ruimte', exact: true })).toBeVisible()
  await expect(page.getByText('Mine alone')).toHaveCount(0)

  await page.getByRole('button', { name: 'Organisation: Gemeente Oeverdam' }).click()
  await page.getByRole('menuitem', { name: 'Anna Smit' }).click()
  await expect(page.getByRole('treeitem', { name: 'Openbare ruimte', exact: true })).toHaveCount(0)
  await openByTitle(page, 'Mine alone')
  await expect(body(page)).toContainText('Personal words.')
  await page.reload()
  await expect(body(page)).toContainText('Personal words.')
})

test('signing out and in again keeps what was not sent, and then sends it', async ({ browser }) => {
  await using server = await openTestServer({ args: ['--demo'] })
  const { joris, api, space } = await colleaguesOf(server)
  const { id } = await api.createPage(space.id, { title: 'Unsent', markdown: 'Begin here.' })
  const { page } = await openPerson(browser, server.url, joris, { keepsApp: true })
  await openByTitle(page, 'Unsent')
  await server.stop()
  await expect(connection(page)).toContainText('Offline')
  await typeAfter(page, 'Begin', ' Never sent yet.')
  await expect(waitingNotice(page)).toBeVisible()
  await signOut(page, /changes? (has|have) not been sent/)
  await page.reload()
  await server.start()
  await openByTitle(page, 'Unsent')
  await expect(body(page)).toContainText('Begin here. Never sent yet.')
  await typeAfter(page, 'Begin', ' Signed out.')

  await signInAgain(page, joris)
  await openByTitle(page, 'Unsent')
  await expect(receipt(page)).toHaveAccessibleName(/On the server/, { timeout: 60_000 })
  await expect(waitingNotice(page)).toHaveCount(0)
  expect(await api.markdown(id)).toContain('Begin here. Never sent yet. Signed out.')
})

test('somebody else signs in on this laptop when nothing waits, and not while something does', async ({ browser }) => {
  await using server = await openTestServer({ args: ['--demo'] })
  const { joris, noor, api, space } = await colleaguesOf(server)
  await api.createPage(space.id, { title: 'Shared laptop', markdown: 'Begin here.' })
  const { page } = await openPerson(browser, server.url, joris)
  await openByTitle(page, 'Shared laptop')
  const otherWindow = await page.context().newPage()
  await otherWindow.goto(server.url)
  await expect(otherWindow.getByText('Joris van Dam').first()).toBeVisible()
  await signOut(page, /Your work stays on this laptop/)
  await signInAgain(page, noor)
  await expect(page.getByText('Noor de Wit')).toBeVisible()
  // No window may write in the name of the person before.
  await expect(otherWindow.getByText('Noor de Wit').first()).toBeVisible()
  await expect(otherWindow.getByText('Joris van Dam')).toHaveCount(0)
  await openByTitle(page, 'Shared laptop')
  await typeAfter(page, 'Begin', ' By Noor.')
  await expect(receipt(page)).toHaveAccessibleName(/On the server/)

  await signOut(page, /Your work stays on this laptop/)
  await openByTitle(page, 'Shared laptop')
  await typeAfter(page, 'Begin', ' Not sent.')
  await expect(waitingNotice(page)).toBeVisible()
  await signInAgain(page, joris, { expected: 'refused' })
  await expect(page.getByRole('alert')).toContainText('changes of the colleague who signed in here before')
})

for (const colorScheme of ['light', 'dark'] as const) {
  test(`axe finds nothing on the real screens in ${colorScheme}`, async ({ browser }) => {
    test.setTimeout(120_000)
    await using server = await openTestServer({ args: ['--demo'] })
    const { joris, space } = await colleaguesOf(server)
    const context = await browser.newContext({ colorScheme, reducedMotion: 'reduce' })
    const page = await context.newPage()
    await page.goto(server.url)
    await expect(page.getByRole('button', { name: 'I already have an account' })).toBeVisible()
    expect(await axeViolations(page), 'welcome').toEqual([])
    await page.getByRole('button', { name: 'I already have an account' }).click()
    await fillSignIn(page, joris)
    await expect(connection(page)).toHaveText('Connected')
    await expect(page.getByRole('treeitem', { name: space.name, exact: true })).toBeVisible()
    expect(await axeViolations(page), 'home').toEqual([])
    await openByTitle(page, 'Routes en kaarten')
    await expect(receipt(page)).toHaveAccessibleName(/On the server/)
    expect(await axeViolations(page), 'page').toEqual([])
    await page.goto(`${server.url}/#/space/${space.id}`)
    await expect(page.getByRole('heading', { level: 1, name: space.name })).toBeVisible()
    expect(await axeViolations(page), 'space').toEqual([])
    await openSettings(page)
    expect(await axeViolations(page), 'settings').toEqual([])
  })
}

async function introduce(page: Page, name: string, email: string): Promise<void> {
  await page.getByLabel('Your name').fill(name)
  await page.getByLabel('E-mail address').fill(email)
  await page.getByLabel('Password', { exact: true }).fill(password)
}

async function startPersonal(page: Page, url: string, name: string): Promise<void> {
  await page.goto(url)
  await page.getByRole('button', { name: /^Just write/ }).click()
  await page.getByLabel('Your name').fill(name)
  await page.getByRole('button', { name: 'Start writing' }).click()
  await expect(page.getByRole('treeitem', { name: 'My space' })).toBeVisible()
}

/** The first page of a space, or one more, from the screen of the space. */
async function createPage(page: Page, spaceName: string, title: string): Promise<void> {
  await page.getByRole('treeitem', { name: spaceName, exact: true }).click()
  await page
    .getByRole('main')
    .getByRole('button', { name: /^(Create the first page|New page)$/ })
    .click()
  await page.getByRole('dialog').getByLabel('Title').fill(title)
  await page.getByRole('button', { name: 'Create', exact: true }).click()
  await expect(page.getByRole('textbox', { name: 'Title of the page' })).toHaveValue(title)
  await expect(body(page)).toBeVisible()
}

async function openSettings(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Settings' }).first().click()
  await expect(page.getByRole('heading', { level: 1, name: 'Settings' })).toBeVisible()
}

async function signOut(page: Page, warning: RegExp): Promise<void> {
  await openSettings(page)
  await expect(page.getByText(warning)).toBeVisible()
  await page.getByRole('button', { name: 'Sign out', exact: true }).click()
  await expect(page.getByRole('link', { name: 'Sign in again' })).toBeVisible()
}

interface Credentials {
  readonly email: string
  readonly password: string
}

async function fillSignIn(page: Page, credentials: Credentials): Promise<void> {
  await page.getByLabel('E-mail address').fill(credentials.email)
  await page.getByLabel('Password', { exact: true }).fill(credentials.password)
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
}

async function signInAgain(
  page: Page,
  credentials: Credentials,
  { expected }: { expected: 'taken' | 'refused' } = { expected: 'taken' },
): Promise<void> {
  await page.getByRole('link', { name: 'Sign in again' }).click()
  await fillSignIn(page, credentials)
  if (expected === 'taken') await expect(connection(page)).toHaveText('Connected')
}
