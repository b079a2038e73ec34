// Comments: beside the text and on the page, by those who may write and by those who may only comment, with and without a line.
import { expect, test, type Page } from '../support/test.ts'
import { openHouse } from '../support/house.ts'
import { axeViolations } from '../support/axe.ts'
import { body, colleaguesOf, connection, openApi, openByTitle, openPerson } from '../support/people.ts'
import { openTestServer, sampleAccounts, type SampleAccount, type TestServer } from '../support/start-server.ts'

// Two laptops in one test on a machine that does other things too.
test.setTimeout(150_000)

const beside = (page: Page) => page.getByRole('region', { name: 'Comments beside the text' })
const onPage = (page: Page) => page.getByRole('region', { name: 'Comments on this page' })
const panel = (page: Page) => page.getByRole('complementary', { name: 'Comments' })
const thread = (page: Page, words: string) => page.getByRole('article', { name: new RegExp(words) })
const marked = (page: Page) => body(page).locator('mark[data-comment]')

/** Selects the first letters of the paragraph that begins with them. */
async function select(page: Page, words: string): Promise<void> {
  await body(page).locator('p', { hasText: words }).first().click()
  await page.keyboard.press('Home')
  await page.keyboard.down('Shift')
  for (let i = 0; i < words.length; i += 1) await page.keyboard.press('ArrowRight')
  await page.keyboard.up('Shift')
  // The editor hears of a selection a moment after it is made.
  await expect.poll(() => page.evaluate(() => String(getSelection()))).toBe(words)
  await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))))
}

async function selectLine(page: Page, words: string): Promise<void> {
  await body(page).locator('p', { hasText: words }).first().click()
  await page.keyboard.press('Home')
  await page.keyboard.press('Shift+End')
}

async function commentOn(page: Page, words: string, text: string): Promise<void> {
  await select(page, words)
  await page.keyboard.press('Control+Alt+m')
  await page.getByRole('textbox', { name: 'Comment on the selected text' }).fill(text)
  await page.keyboard.press('Control+Enter')
  await expect(thread(page, text)).toBeVisible()
}

const markdown = 'The bridge always goes first, also in the weekend.\n\nCall the coordinator of the day.'

test('two people comment on one selection, one of them offline: both are read on return, answered and resolved', async ({
  browser,
}) => {
  await using house = await openHouse()
  const { line, server, joris, noor, api, space } = house
  await api.createPage(space.id, { title: 'Winter', markdown })
  const [one, other] = [await openPerson(browser, line.url, joris), await openPerson(browser, server.url, noor)]
  for (const { page } of [one, other]) await openByTitle(page, 'Winter')

  line.cut()
  await expect(connection(one.page)).toContainText(/Offline/)
  await commentOn(one.page, 'The bridge', 'Also when it is closed?')
  await expect(thread(one.page, 'Also when')).toContainText('On this laptop')
  await commentOn(other.page, 'The bridge', 'Is this still so?')
  await expect(thread(other.page, 'Is this')).not.toContainText('On this laptop')
  await expect(marked(other.page).first()).toHaveText('The bridge')

  line.mend()
  for (const { page } of [one, other]) {
    await expect(beside(page).getByRole('article')).toHaveCount(2, { timeout: 30_000 })
    await expect(page.getByText('On this laptop; it goes along')).toHaveCount(0)
  }

  // Noor answers; Joris nods and resolves what he began.
  await thread(other.page, 'Also when').click()
  await thread(other.page, 'Also when').getByRole('textbox').fill('Then route B goes first.')
  await thread(other.page, 'Also when').getByRole('button', { name: 'Reply', exact: true }).click()
  await thread(one.page, 'Also when').click()
  await expect(thread(one.page, 'Also when')).toContainText('Then route B goes first.')
  await thread(one.page, 'Also when')
    .getByRole('button', { name: /^More about the comment by Noor/ })
    .click()
  await one.page.getByRole('menuitem', { name: 'Agreed' }).click()
  await expect(thread(other.page, 'Also when').getByRole('button', { name: 'Agreed: Joris van Dam' })).toBeVisible()
  await thread(one.page, 'Also when').getByRole('button', { name: 'Resolve' }).click()
  for (const { page } of [one, other]) await expect(beside(page).getByRole('article')).toHaveCount(1)
  await other.page.getByRole('button', { name: 'Comments: 1 open' }).click()
  await panel(other.page).getByText('1 resolved').click()
  await panel(other.page)
    .getByRole('article', { name: /Also when/ })
    .click()
  await expect(panel(other.page)).toContainText('Resolved by Joris van Dam')
})

test('a commenter comments on a page that is read-only to them, by mouse and on the whole page', async ({
  browser,
}) => {
  await using server = await openTestServer({ args: ['--demo'] })
  const { joris, noor, api, space } = await colleaguesOf(server)
  await api.createPage(space.id, { title: 'Winter', markdown })
  const [one, other] = [await openPerson(browser, server.url, joris), await openPerson(browser, server.url, noor)]
  await setRole(server, { space: space.id, email: noor.email, role: 'commenter' })
  for (const { page } of [one, other]) await openByTitle(page, 'Winter')
  await expect(body(other.page)).toHaveAttribute('contenteditable', 'false')

  const words = body(other.page).locator('p', { hasText: 'Call the coordinator' })
  await words.click({ clickCount: 3 })
  await other.page.getByRole('toolbar').getByRole('button', { name: 'Comment' }).click()
  await other.page.getByRole('textbox', { name: 'Comment on the selected text' }).fill('Who is that today?')
  await other.page.getByRole('button', { name: 'Post' }).click()
  await expect(marked(other.page)).toHaveText('Call the coordinator of the day.')
  await onPage(other.page).getByRole('textbox').fill('A clear page.')
  await onPage(other.page).getByRole('button', { name: 'Post' }).click()
  await expect(onPage(one.page)).toContainText('A clear page.')
  await commentOn(one.page, 'The bridge', 'By Joris.')

  // What another began is an editor's to resolve; one's own words can be changed and taken back.
  await thread(other.page, 'By Joris').click()
  await expect(thread(other.page, 'By Joris').getByRole('textbox')).toBeVisible()
  await expect(thread(other.page, 'By Joris').getByRole('button', { name: 'Resolve' })).toHaveCount(0)
  await thread(other.page, 'A clear page').getByRole('button', { name: /^More/ }).click()
  await other.page.getByRole('menuitem', { name: 'Change' }).click()
  await other.page.getByRole('textbox', { name: 'Change your comment' }).fill('A very clear page.')
  await other.page.keyboard.press('Control+Enter')
  await expect(onPage(one.page)).toContainText('A very clear page.')
  await thread(other.page, 'A very clear page').getByRole('button', { name: /^More/ }).click()
  await other.page.getByRole('menuitem', { name: 'Take back' }).click()
  await expect(onPage(one.page)).not.toContainText('A very clear page.')
})

test('words that are deleted leave their comment in the panel, and undo brings it back to them', async ({
  browser,
}) => {
  await using server = await openTestServer({ args: ['--demo'] })
  const { joris, noor, api, space } = await colleaguesOf(server)
  await api.createPage(space.id, { title: 'Winter', markdown })
  const [one, other] = [await openPerson(browser, server.url, joris), await openPerson(browser, server.url, noor)]
  for (const { page } of [one, other]) await openByTitle(page, 'Winter')
  await commentOn(one.page, 'The bridge', 'Which one?')
  await expect(marked(other.page)).toHaveText('The bridge')

  // Written before, within and after: the comment stays with its words.
  await body(other.page).locator('p').first().click()
  await other.page.keyboard.press('Home')
  await other.page.keyboard.type('Note: ')
  await other.page.keyboard.press('Control+End')
  await other.page.keyboard.type(' Always.')
  await expect(body(one.page)).toContainText('Note: The bridge')
  for (const { page } of [one, other]) await expect(marked(page)).toHaveText('The bridge')

  // Taken away by a colleague, and back again.
  await selectLine(other.page, 'Note: The bridge')
  await other.page.keyboard.press('Delete')
  for (const { page } of [one, other]) await expect(marked(page)).toHaveCount(0)
  await one.page.getByRole('button', { name: 'Comments: 1 open' }).click()
  await expect(panel(one.page).getByRole('region', { name: 'The text of these is gone' })).toContainText('The bridge')
  await other.page.keyboard.press('Control+z')
  for (const { page } of [one, other]) await expect(marked(page)).toHaveText('The bridge')
  await expect(panel(one.page).getByRole('region', { name: 'The text of these is gone' })).toHaveCount(0)

  // Moved elsewhere in the page. What was typed right before the deletion is perhaps one step with it, and was taken back too.
  await selectLine(other.page, 'The bridge')
  await other.page.keyboard.press('Control+x')
  await expect(marked(other.page)).toHaveCount(0)
  await other.page.keyboard.press('Control+End')
  await other.page.keyboard.press('Enter')
  await other.page.keyboard.press('Control+v')
  for (const { page } of [one, other]) await expect(marked(page)).toHaveText('The bridge')
})

test('comments are reached and left by keyboard, say who they are by, and break no rule of axe', async ({
  browser,
}) => {
  await using server = await openTestServer({ args: ['--demo'] })
  const { joris, api, space } = await colleaguesOf(server)
  await api.createPage(space.id, { title: 'Winter', markdown })
  const { page } = await openPerson(browser, server.url, joris)
  await openByTitle(page, 'Winter')
  await commentOn(page, 'The bridge', 'First')
  await commentOn(page, 'Call the', 'Second')
  await body(page).locator('p').last().click()
  await page.keyboard.press('Control+Alt+j')
  await expect(thread(page, 'Second').or(thread(page, 'First')).and(page.locator(':focus'))).toBeVisible()
  await thread(page, 'First').focus()
  await page.keyboard.press('ArrowDown')
  await expect(thread(page, 'Second')).toBeFocused()
  await expect(marked(page).last()).toHaveAttribute('data-comment', 'active')
  await page.keyboard.press('Escape')
  await expect(body(page)).toBeFocused()
  await page.keyboard.type('X')
  await expect(body(page)).toContainText('Call theX')

  // What is half written stays while one looks elsewhere. People are completed after an @.
  await thread(page, 'First').click()
  await thread(page, 'First').getByRole('textbox').fill('Half a')
  await thread(page, 'Second').click()
  await thread(page, 'First').click()
  await expect(thread(page, 'First').getByRole('textbox')).toHaveValue('Half a')
  await thread(page, 'Second').click()
  await page.keyboard.press('Control+Alt+j')
  await page.keyboard.press('Tab')
  const field = thread(page, 'Second').getByRole('textbox')
  await field.fill('Ask @Jor')
  await expect(page.getByRole('option', { name: 'Joris van Dam' })).toBeVisible()
  await field.press('Enter')
  await expect(field).toHaveValue('Ask @Joris van Dam ')
  await field.press('Control+Enter')
  await expect(thread(page, 'Second').getByText('@Joris van Dam')).toBeVisible()

  await page.getByRole('button', { name: 'Comments: 2 open' }).click()
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme })
    expect(await axeViolations(page)).toEqual([])
  }
})

test('what is half written is there after a reload, with the words that it is about, and gone once it is sent', async ({
  browser,
}) => {
  await using server = await openTestServer({ args: ['--demo'] })
  const { joris, api, space } = await colleaguesOf(server)
  await api.createPage(space.id, { title: 'Winter', markdown })
  const { page } = await openPerson(browser, server.url, joris)
  await openByTitle(page, 'Winter')
  await onPage(page).getByRole('textbox').fill('Half about the page')
  await select(page, 'The bridge')
  await page.keyboard.press('Control+Alt+m')
  const field = page.getByRole('textbox', { name: 'Comment on the selected text' })
  await field.fill('Half about the bridge')
  await page.reload()
  await expect(field).toHaveValue('Half about the bridge')
  await expect(field).not.toBeFocused()
  await expect(marked(page)).toHaveText('The bridge')
  await expect(onPage(page).getByRole('textbox')).toHaveValue('Half about the page')
  // What was emptied is stored before what is sent after it.
  await onPage(page).getByRole('textbox').fill('')
  await field.press('Control+Enter')
  await expect(thread(page, 'Half about the bridge')).toBeVisible()
  await page.reload()
  await expect(thread(page, 'Half about the bridge')).toBeVisible()
  await expect(marked(page)).toHaveText('The bridge')
  await expect(field).toHaveCount(0)
  await expect(onPage(page).getByRole('textbox')).toHaveValue('')
})

test('in a window without room for a margin there are pins, and in a narrow one a panel', async ({ browser }) => {
  await using server = await openTestServer({ args: ['--demo'] })
  const { joris, api, space } = await colleaguesOf(server)
  await api.createPage(space.id, { title: 'Winter', markdown })
  const { page } = await openPerson(browser, server.url, joris)
  await openByTitle(page, 'Winter')
  await commentOn(page, 'The bridge', 'Which one?')
  await page.setViewportSize({ width: 1100, height: 800 })
  await page.getByRole('button', { name: 'Comment by Joris van Dam' }).click()
  await expect(thread(page, 'Which one')).toBeVisible()
  await page.keyboard.press('Escape')
  await page.setViewportSize({ width: 900, height: 700 })
  await marked(page).click()
  await expect(panel(page)).toContainText('Which one?')
  // The caret goes back to the words, and neither that nor walking through them opens it again.
  await page.keyboard.press('Escape')
  await expect(panel(page)).toHaveCount(0)
  await expect(body(page)).toBeFocused()
  for (const key of ['End', 'Home', 'ArrowRight', 'ArrowRight']) await page.keyboard.press(key)
  await page.keyboard.type('I ')
  await expect(body(page)).toContainText('ThI e bridge')
  await expect(panel(page)).toHaveCount(0)
})

/** As an owner of the space does it. */
async function setRole(
  server: TestServer,
  { space, email, role }: { readonly space: string; readonly email: string; readonly role: string },
): Promise<void> {
  for (const account of sampleAccounts(server)) {
    const api = await openApi(server.url, account)
    const isOwner = (await api.spaces()).some((each) => each.id === space && each.role === 'owner')
    if (!isOwner) continue
    const person = (await openApi(server.url, accountWith(server, email))).person.id
    const answer = await fetch(`${server.url}/api/spaces/${space}/members/${person}`, {
      method: 'PUT',
      headers: { authorization: `Bearer ${api.token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ role }),
    })
    expect(answer.status).toBe(204)
    return
  }
  throw new Error('The space has no owner among the sample accounts')
}

function accountWith(server: TestServer, email: string): SampleAccount {
  const account = sampleAccounts(server).find((each) => each.email === email)
  if (account === undefined) throw new Error(`There is no account ${email}`)
  return account
}

test('the inbox tells who names and answers me, until I have read it, also when it was said while I was away', async ({
  browser,
}) => {
  await using house = await openHouse()
  const { line, server, joris, noor, api, space } = house
  await api.createPage(space.id, { title: 'Winter', markdown })
  const [one, other] = [await openPerson(browser, line.url, joris), await openPerson(browser, server.url, noor)]
  for (const { page } of [one, other]) await openByTitle(page, 'Winter')
  await commentOn(one.page, 'The bridge', 'Which one?')
  await expect(thread(other.page, 'Which one')).toBeVisible()
  // The sample has something for Joris: he has read it.
  await inboxLink(one.page, /^Inbox/).click()
  await one.page.getByRole('button', { name: 'Mark all as read' }).click()
  await expect(inboxLink(one.page, /^Inbox$/)).toBeVisible()

  line.cut()
  await expect(one.page.getByText('You are offline.')).toBeVisible()
  await thread(other.page, 'Which one').click()
  await thread(other.page, 'Which one').getByRole('textbox').fill('That of the Lage Zijde.')
  await other.page.keyboard.press('Control+Enter')
  const field = onPage(other.page).getByRole('textbox')
  await field.fill('Do you know, @Joris')
  await expect(other.page.getByRole('option', { name: 'Joris van Dam' })).toBeVisible()
  await field.press('Enter')
  await field.press('Control+Enter')
  await expect(onPage(other.page)).toContainText('@Joris van Dam')
  await expect(inboxLink(one.page, /^Inbox$/)).toBeVisible()

  line.mend()
  await expect(inboxLink(one.page, /^Inbox.*2 new messages/)).toBeVisible({ timeout: 30_000 })
  await expect(one.page.getByRole('link', { name: /Noor de Wit replies in Winter/ })).toContainText('That of the Lage')
  for (const colorScheme of ['light', 'dark'] as const) {
    await one.page.emulateMedia({ colorScheme })
    expect(await axeViolations(one.page)).toEqual([])
  }
  await one.page.getByRole('link', { name: /Noor de Wit replies in Winter/ }).click()
  await expect(thread(one.page, 'Which one')).toContainText('That of the Lage Zijde.')
  await expect(marked(one.page)).toHaveAttribute('data-comment', 'active')
  // The other one stands in sight on the same page.
  await expect(inboxLink(one.page, /^Inbox$/)).toBeVisible()
})

test('what was said without a line goes with its page to where a colleague moved it meanwhile, or stays set aside', async ({
  browser,
}) => {
  await using house = await openHouse()
  const { line, server, joris, noor, api, space } = house
  const noorsApi = await openApi(server.url, noor)
  const [open, shut] = [await noorsApi.createSpace('Bruggen'), await noorsApi.createSpace('Sluizen')]
  await api.joinSpace(open.id)
  const [goes, away] = [
    await api.createPage(space.id, { title: 'Verhuist', markdown }),
    await api.createPage(space.id, { title: 'Verdwijnt', markdown }),
  ]
  const one = await openPerson(browser, line.url, joris)
  await expect(one.page.getByRole('treeitem', { name: 'Bruggen', exact: true })).toBeVisible()
  await openByTitle(one.page, 'Verdwijnt')
  await openByTitle(one.page, 'Verhuist')
  line.cut()
  await expect(connection(one.page)).toContainText(/Offline/)
  await commentOn(one.page, 'The bridge', 'Which bridge?')
  await thread(one.page, 'Which bridge').click()
  await thread(one.page, 'Which bridge').getByRole('textbox').fill('The one of the Lage Zijde?')
  await one.page.keyboard.press('Control+Enter')
  await openByTitle(one.page, 'Verdwijnt')
  await onPage(one.page).getByRole('textbox').fill('Stays with me.')
  await onPage(one.page).getByRole('button', { name: 'Post' }).click()
  await expect(onPage(one.page)).toContainText('On this laptop')
  await noorsApi.movePage(goes.id, { spaceId: open.id })
  await noorsApi.movePage(away.id, { spaceId: shut.id })

  line.mend()
  await one.page.getByRole('link', { name: /set aside/ }).click()
  await expect(one.page.getByRole('listitem').filter({ hasText: 'You may not comment where' })).toHaveCount(1)
  await one.page.getByRole('button', { name: 'Show the text' }).click()
  await expect(one.page.getByText('Stays with me.')).toBeVisible()
  const other = await openPerson(browser, server.url, noor)
  for (const { page } of [one, other]) {
    await openByTitle(page, 'Verhuist')
    await expect(beside(page).getByRole('article')).toHaveCount(1)
    await expect(marked(page)).toHaveText('The bridge')
    await thread(page, 'Which bridge').click()
    await expect(thread(page, 'Which bridge')).toContainText('The one of the Lage Zijde?')
    await expect(page.getByText('On this laptop; it goes along')).toHaveCount(0)
  }
})

/** In the sidebar: an open tab of the inbox has its name too. */
function inboxLink(page: Page, name: RegExp) {
  return page.getByRole('navigation', { name: 'Sidebar' }).getByRole('link', { name })
}
