// What one wrote before joining comes along: every page, its place, and its history.
import { expect, test, type Page } from '../support/test.ts'
import { accountOf, body, openApi, openByTitle, openPerson, receipt, typeAfter, typeAtEnd } from '../support/people.ts'
import { openTestServer, type TestServer } from '../support/start-server.ts'

const account = { email: 'lena@oeverdam.example', password: 'four quiet canal boats' }

test('a personal space joins an organisation with all its pages, and is on another laptop too', async ({ browser }) => {
  test.setTimeout(120_000)
  await using server = await openTestServer({ args: ['--demo'] })
  const context = await browser.newContext({ locale: 'en-GB', viewport: { width: 1366, height: 768 } })
  const page = await context.newPage()
  await page.goto(server.url)
  await page.getByRole('button', { name: /^Just write/ }).click()
  await page.getByLabel('Your name').fill('Lena Bos')
  await page.getByRole('button', { name: 'Start writing' }).click()
  await createPage(page, 'My space', 'Garden plan')
  await typeAtEnd(page, 'Beans along the fence.')
  await createPage(page, 'My space', 'Old seeds')
  await typeAtEnd(page, 'From last year.')
  await page.getByRole('button', { name: 'More about this page' }).click()
  await page.getByRole('menuitem', { name: 'Archive' }).click()
  await expect(page.getByRole('treeitem', { name: 'Old seeds' })).toHaveCount(0)

  await join(page, await invitation(server))
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Take your own space along?')
  await expect(page.getByText('2 pages')).toBeVisible()
  await page.getByRole('button', { name: 'Take it along' }).click()
  await expect(page.getByRole('status')).toContainText('2 pages are in your personal space now')
  await page.getByRole('button', { name: 'Continue' }).click()

  await openByTitle(page, 'Garden plan')
  await expect(body(page)).toContainText('Beans along the fence.')
  await typeAfter(page, 'Beans', ' And peas.')
  await expect(receipt(page)).toHaveAccessibleName(/On the server/, { timeout: 60_000 })
  await page.getByRole('button', { name: /^Organisation: / }).click()
  await expect(page.getByRole('menuitem', { name: 'Lena Bos' })).toHaveCount(0)
  await page.keyboard.press('Escape')

  const { page: other } = await openPerson(browser, server.url, { role: 'member', ...account })
  await openByTitle(other, 'Garden plan')
  await expect(body(other)).toContainText('Beans along the fence. And peas.')
  await expect(other.getByRole('treeitem', { name: 'Old seeds' })).toHaveCount(0)
  await expect(other.getByText('Take your own space along')).toHaveCount(0)
})

test('who leaves it where it is finds both, and takes it along later from the settings', async ({ browser }) => {
  await using server = await openTestServer({ args: ['--demo'] })
  const page = await (await browser.newContext({ locale: 'en-GB' })).newPage()
  await page.goto(server.url)
  await page.getByRole('button', { name: /^Just write/ }).click()
  await page.getByLabel('Your name').fill('Lena Bos')
  await page.getByRole('button', { name: 'Start writing' }).click()
  await createPage(page, 'My space', 'Mine for now')
  await join(page, await invitation(server))
  await page.getByRole('button', { name: 'Leave it' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Lena')
  await expect(page.getByText('Mine for now')).toHaveCount(0)
  await page.getByRole('button', { name: 'Settings' }).first().click()
  await page.getByRole('button', { name: 'Take your own space along' }).click()
  await page.getByRole('button', { name: 'Take it along' }).click()
  await page.getByRole('button', { name: 'Continue' }).click()
  await openByTitle(page, 'Mine for now')
  await expect(receipt(page)).toHaveAccessibleName(/On the server/, { timeout: 60_000 })
})

async function invitation(server: TestServer): Promise<string> {
  const administrator = await openApi(server.url, accountOf(server, 'administrator'))
  const answer = await fetch(`${server.url}/api/invitations`, {
    method: 'POST',
    headers: { authorization: `Bearer ${administrator.token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ role: 'member' }),
  })
  return String(Reflect.get(Object(await answer.json()), 'link'))
}

async function join(page: Page, link: string): Promise<void> {
  await page.getByRole('button', { name: /^Organisation: / }).click()
  await page.getByRole('menuitem', { name: 'Add an organisation' }).click()
  await page.getByRole('textbox', { name: 'Invitation' }).fill(link)
  await page.getByRole('button', { name: /^Continue/ }).click()
  await page.getByLabel('Your name').fill('Lena Bos')
  await page.getByLabel('E-mail address').fill(account.email)
  await page.getByLabel('Password', { exact: true }).fill(account.password)
  await page.getByRole('button', { name: 'Join', exact: true }).click()
}

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
