import { expect, test, type Page } from '../support/test.ts'
import { openHouse, type House } from '../support/house.ts'
import { axeViolations } from '../support/axe.ts'
import { body, connection, openApi, openByTitle, openPerson } from '../support/people.ts'

let house: House
let server: House['server']
let line: House['line']

test.beforeAll(async () => {
  house = await openHouse()
  ;({ server, line } = house)
})
test.afterAll(() => house[Symbol.asyncDispose]())

const row = (page: Page, title: string | RegExp) =>
  page.getByRole('treeitem', { name: title, exact: typeof title === 'string' })
const heading = (page: Page, name: string) => page.getByRole('heading', { level: 1, name })
const inList = (page: Page, words: string | RegExp) => page.getByRole('listitem').filter({ hasText: words })

async function go(page: Page, path: string): Promise<void> {
  await page.evaluate((to) => {
    location.hash = to
  }, path)
}

async function createSpace(page: Page, name: string, joining: 'Everybody' | 'By asking' | 'Closed'): Promise<void> {
  await go(page, '/spaces')
  await page.getByRole('main').getByRole('button', { name: 'Create a space' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('textbox', { name: 'Name of the space' }).fill(name)
  await dialog.getByRole('textbox', { name: 'What the space is for' }).fill(`Alles over ${name}`)
  await dialog.getByRole('radio', { name: joining }).check()
  await dialog.getByRole('button', { name: 'Create space' }).click()
}

test('a space that is asked for without a line is made when there is one, and colleagues join it', async ({
  browser,
}) => {
  const noor = await openPerson(browser, line.url, house.noor)
  const joris = await openPerson(browser, server.url, house.joris)
  line.cut()
  await expect(connection(noor.page)).toHaveText(/^Offline/)
  await createSpace(noor.page, 'Brugdagen', 'Everybody')
  await expect(inList(noor.page, 'Make the space Brugdagen')).toContainText('Waits for a connection')
  await expect(row(noor.page, 'Brugdagen')).toHaveCount(0)
  line.mend()
  await expect(inList(noor.page, 'Make the space Brugdagen')).toContainText('Done')
  await expect(row(noor.page, 'Brugdagen')).toBeVisible()

  await go(joris.page, '/spaces')
  await joris.page.getByRole('button', { name: 'Join: Brugdagen' }).click()
  await row(joris.page, 'Brugdagen').click()
  await expect(heading(joris.page, 'Brugdagen')).toBeVisible()
  await expect(joris.page.getByText('Alles over Brugdagen')).toBeVisible()
  await row(noor.page, 'Brugdagen').click()
  await expect(noor.page.getByRole('link', { name: /^Who belongs here: 2 people/ })).toBeVisible()
  await noor.context.close()
  await joris.context.close()
})

test('one asks to join, is declined, asks again and is let in; a role that changes changes the open page', async ({
  browser,
}) => {
  test.slow() // two people, one after the other, eight answers of the server
  const noor = await openPerson(browser, server.url, house.noor)
  const joris = await openPerson(browser, server.url, house.joris)
  await createSpace(noor.page, 'Sluiswerk', 'By asking')
  await expect(heading(noor.page, 'Sluiswerk')).toBeVisible()
  await noor.page.getByRole('button', { name: 'Create the first page' }).click()
  await noor.page.keyboard.type('Sluisplan')
  await noor.page.keyboard.press('Enter')
  await expect(body(noor.page)).toBeFocused()
  await noor.page.keyboard.type('De sluis gaat om zes uur open.')

  await go(joris.page, '/spaces')
  await joris.page.getByRole('button', { name: 'Ask to join: Sluiswerk' }).click()
  await expect(inList(joris.page, 'Sluiswerk')).toContainText('Asked')
  await noor.page.getByRole('link', { name: 'Requests' }).click()
  await expect(inList(noor.page, 'wants to join Sluiswerk')).toBeVisible()
  await noor.page.getByRole('button', { name: /^Decline: Joris/ }).click()
  await go(joris.page, '/requests')
  await expect(inList(joris.page, 'Join Sluiswerk')).toContainText('An owner said no.')
  await go(joris.page, '/spaces')
  await joris.page.getByRole('button', { name: 'Ask to join: Sluiswerk' }).click()
  await noor.page.getByRole('button', { name: /^Allow: Joris/ }).click()
  await row(joris.page, 'Sluiswerk').click()
  await expect(heading(joris.page, 'Sluiswerk')).toBeVisible()

  await joris.page.getByRole('main').getByRole('link', { name: 'Sluisplan' }).first().click()
  await expect(body(joris.page)).toHaveAttribute('contenteditable', 'true')
  await row(noor.page, 'Sluiswerk').click()
  await noor.page.getByRole('link', { name: /^Who belongs here/ }).click()
  await noor.page.getByRole('combobox', { name: /^Role of Joris/ }).click()
  await noor.page.getByRole('option', { name: /^Commenter/ }).click()
  await expect(joris.page.getByText(/^You may read and comment here. Ask Noor de Wit to let you edit/)).toBeVisible()
  await joris.page.getByRole('button', { name: 'Ask to edit' }).click()
  await expect(joris.page.getByText('Your question lies with Noor de Wit.')).toBeVisible()
  await expect(inList(noor.page, 'asks to be editor')).toBeVisible()
  await noor.page.getByRole('button', { name: /^Allow: Joris/ }).click()
  await expect(body(joris.page)).toHaveAttribute('contenteditable', 'true')

  await noor.page.getByRole('button', { name: /^Remove Joris/ }).click()
  await noor.page.getByRole('dialog').getByRole('button', { name: 'Remove from the space' }).click()
  await expect(heading(joris.page, 'This page is not for you')).toBeVisible()
  await expect(joris.page.getByText('An owner of the space gives access.')).toBeVisible()
  await expect(joris.page.getByRole('main')).not.toContainText('Sluisplan')
  await expect(row(joris.page, 'Sluiswerk')).toHaveCount(0)
  await noor.context.close()
  await joris.context.close()
})

test('a page that moves to another space waits in sight without a line, and goes with it', async ({ browser }) => {
  await house.api.createPage(house.space.id, { title: 'Verhuist mee', markdown: 'Met alles erin.' })
  const noor = await openPerson(browser, line.url, house.noor)
  const joris = await openPerson(browser, server.url, house.joris)
  await createSpace(noor.page, 'Archiefzaken', 'Everybody')
  await expect(heading(noor.page, 'Archiefzaken')).toBeVisible()
  await openByTitle(noor.page, 'Verhuist mee')
  line.cut()
  await expect(connection(noor.page)).toHaveText(/^Offline/)
  await row(noor.page, /^Verhuist mee/).click({ button: 'right' })
  await noor.page.getByRole('menuitem', { name: 'Move to…' }).click()
  await noor.page.getByRole('textbox', { name: 'Where to' }).fill('archiefz')
  await noor.page.getByRole('option', { name: 'Archiefzaken' }).click()
  await noor.page.getByRole('button', { name: 'Move here' }).click()
  await expect(row(noor.page, /^Verhuist mee, waits to be moved/)).toBeVisible()
  line.mend()
  await expect(row(noor.page, /^Verhuist mee, waits/)).toHaveCount(0)
  await go(joris.page, '/spaces')
  await joris.page.getByRole('button', { name: 'Join: Archiefzaken' }).click()
  await row(joris.page, 'Archiefzaken').click()
  await joris.page.getByRole('main').getByRole('link', { name: 'Verhuist mee' }).first().click()
  await expect(body(joris.page)).toContainText('Met alles erin.')
  await noor.context.close()
  await joris.context.close()
})

test('an archived space can only be read until an owner restores it, and who leaves it keeps nothing of it', async ({
  browser,
}) => {
  const noorsApi = await openApi(server.url, house.noor)
  const { id } = await noorsApi.createSpace('Kadebeheer')
  const plan = await noorsApi.createPage(id, { title: 'Kadeplan', markdown: 'Elke kade eens per jaar.' })
  await house.api.joinSpace(id)
  const noor = await openPerson(browser, server.url, house.noor)
  const joris = await openPerson(browser, server.url, house.joris)
  await openByTitle(joris.page, 'Kadeplan')
  await expect(body(joris.page)).toHaveAttribute('contenteditable', 'true')

  await row(noor.page, 'Kadebeheer').click()
  await chooseInSpace(noor.page, 'Archive the space', 'Archive')
  await expect(noor.page.getByText('This space is archived: everything can be read, nothing changed.')).toBeVisible()
  await expect(row(joris.page, 'Kadebeheer')).toHaveCount(0)
  await expect(body(joris.page)).toHaveAttribute('contenteditable', 'false')
  await expect(body(joris.page)).toContainText('Elke kade')
  await go(joris.page, '/spaces')
  const archived = joris.page.locator('section', { has: joris.page.getByRole('heading', { name: 'Archived' }) })
  await expect(archived).toContainText('Kadebeheer')
  await noor.page.getByRole('button', { name: 'Restore the space' }).click()
  await row(joris.page, 'Kadebeheer').click()
  await joris.page.getByRole('main').getByRole('link', { name: 'Kadeplan' }).first().click()
  await expect(body(joris.page)).toHaveAttribute('contenteditable', 'true')

  await row(joris.page, 'Kadebeheer').click()
  await chooseInSpace(joris.page, 'Leave the space', 'Leave')
  await expect(row(joris.page, 'Kadebeheer')).toHaveCount(0)
  await go(joris.page, `/page/${plan.id}`)
  await expect(heading(joris.page, 'This page is not here')).toBeVisible()
  await go(joris.page, '/spaces')
  await expect(joris.page.getByRole('button', { name: 'Join: Kadebeheer' })).toBeVisible()
  await expect(noor.page.getByRole('link', { name: /^Who belongs here: 1 person/ })).toBeVisible()
})

test('a guest comes in by a link to one space, and a link that was revoked lets nobody in', async ({ browser }) => {
  const noorsApi = await openApi(server.url, house.noor)
  const { id } = await noorsApi.createSpace('Aannemers')
  await noorsApi.createPage(id, { title: 'Bestek', markdown: 'Wat de aannemer levert.' })
  const noor = await openPerson(browser, server.url, house.noor)
  await go(noor.page, `/space/${id}/members`)
  await expect(noor.page.getByText('No invitation is open.')).toBeVisible()
  const revoked = await inviteGuest(noor.page)
  await inList(noor.page, /^Link.*Commenter, until/)
    .getByRole('button', { name: 'Revoke' })
    .click()
  await expect(noor.page.getByText('No invitation is open.')).toBeVisible()
  const link = await inviteGuest(noor.page)

  const guest = await (await browser.newContext({ locale: 'en-GB' })).newPage()
  await guest.goto(revoked)
  await expect(guest.getByRole('alert')).toContainText(/has been used|does not know/)
  await guest.goto(link)
  await guest.getByRole('button', { name: /^Continue/ }).click()
  await guest.getByLabel('Your name').fill('Guus Gast')
  await guest.getByLabel('E-mail address').fill('guus@aannemer.example')
  await guest.getByLabel('Password', { exact: true }).fill('four quiet canal boats')
  await guest.getByRole('button', { name: 'Join', exact: true }).click()
  await guest.getByRole('button', { name: 'To the square' }).click()
  await openByTitle(guest, 'Bestek')
  await expect(body(guest)).toHaveAttribute('contenteditable', 'false')
  await expect(body(guest)).toContainText('Wat de aannemer levert.')
  // Of everything else there is nothing to see.
  await expect(row(guest, 'Aannemers')).toBeVisible()
  await expect(row(guest, house.space.name)).toHaveCount(0)
  await go(guest, '/spaces')
  await expect(guest.getByText('There is no space to join now.')).toBeVisible()
  await expect(noor.page.getByRole('listitem').filter({ hasText: 'Guus Gast' })).toContainText('Guest')
  await expect(noor.page.getByText('No invitation is open.')).toBeVisible()
})

/** By the menu of the space that is open, and the question that follows. */
async function chooseInSpace(page: Page, item: string, action: string): Promise<void> {
  await page.getByRole('button', { name: 'More about this space' }).click()
  await page.getByRole('menuitem', { name: item }).click()
  await page.getByRole('dialog').getByRole('button', { name: action, exact: true }).click()
}

/** On the screen of the space's people; answers the link. */
async function inviteGuest(page: Page): Promise<string> {
  await page.getByRole('button', { name: 'Invite a guest' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('button', { name: 'Make a link' }).click()
  const link = dialog.getByRole('textbox', { name: 'Link to send' })
  await expect(link).toHaveValue(/#\/join\//)
  const value = await link.inputValue()
  await dialog.getByText('Close', { exact: true }).click()
  return value
}

test('a closed section is in the tree of those in it alone, and axe finds nothing on the screens of spaces', async ({
  browser,
}) => {
  test.slow() // axe walks six screens in two colour schemes
  const noor = await openPerson(browser, server.url, house.noor)
  const joris = await openPerson(browser, server.url, house.joris)
  await createSpace(noor.page, 'Havendienst', 'Everybody')
  await expect(heading(noor.page, 'Havendienst')).toBeVisible()
  await go(joris.page, '/spaces')
  await joris.page.getByRole('button', { name: 'Join: Havendienst' }).click()
  await expect(row(joris.page, 'Havendienst')).toBeVisible()

  await noor.page.getByRole('button', { name: 'More about this space' }).click()
  await noor.page.getByRole('menuitem', { name: 'New closed section' }).click()
  await noor.page.getByRole('dialog').getByRole('textbox', { name: 'Name of the space' }).fill('Rooster')
  await axeInBoth(noor.page, 'new section')
  await noor.page.getByRole('dialog').getByRole('button', { name: 'New closed section' }).click()
  await expect(heading(noor.page, 'Rooster')).toBeVisible()
  await row(noor.page, 'Havendienst').click()
  await expect(noor.page.getByRole('main').getByText('Only for those in it')).toBeVisible()
  await axeInBoth(noor.page, 'space')
  await noor.page.getByRole('link', { name: /^Who belongs here/ }).click()
  await noor.page.getByRole('button', { name: 'Invite a guest' }).click()
  const dialog = noor.page.getByRole('dialog')
  await dialog.getByRole('button', { name: 'Make a link' }).click()
  await expect(dialog.getByRole('textbox', { name: 'Link to send' })).toHaveValue(/#\/join\//)
  await dialog.getByText('Close', { exact: true }).click()
  await axeInBoth(noor.page, 'members')
  for (const path of ['/spaces', '/requests']) {
    await go(noor.page, path)
    await axeInBoth(noor.page, path)
  }
  await go(joris.page, '/spaces')
  await expect(row(joris.page, 'Havendienst')).toBeVisible()
  await expect(joris.page.getByText('Rooster')).toHaveCount(0)
  await noor.context.close()
  await joris.context.close()
})

async function axeInBoth(page: Page, screen: string): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    expect(await axeViolations(page), `${screen} in ${colorScheme}`).toEqual([])
  }
}
