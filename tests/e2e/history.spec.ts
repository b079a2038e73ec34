// The history of a page: versions, what differs, and going back to one while others write.
import { expect, test, type Page } from '../support/test.ts'
import { axeViolations } from '../support/axe.ts'
import { openHouse } from '../support/house.ts'
import { body, colleaguesOf, connection, openByTitle, openPerson, receipt, typeAfter } from '../support/people.ts'
import { openTestServer } from '../support/start-server.ts'

async function openHistory(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'More about this page' }).click()
  await page.getByRole('menuitem', { name: 'History' }).click()
  await expect(page.getByRole('complementary', { name: 'History' })).toBeVisible()
}

const versions = (page: Page) => page.getByRole('list', { name: 'Versions' }).getByRole('link')
const isSaved = (page: Page) => expect(receipt(page)).toHaveAccessibleName(/On the server/)

test('a version kept by hand shows what differs word by word, and is restored while another writes', async ({
  browser,
}) => {
  await using server = await openTestServer({ args: ['--demo'] })
  const { joris, noor, api, space } = await colleaguesOf(server)
  const markdown =
    '## Routes\n\nWe spread salt at six.\n\n- Centre\n- Bridges\n\n| Route | Ready |\n| - | - |\n| A | early |'
  await api.createPage(space.id, { title: 'Winter service', markdown })
  const [one, other] = [await openPerson(browser, server.url, joris), await openPerson(browser, server.url, noor)]
  for (const { page } of [one, other]) await openByTitle(page, 'Winter service')
  await typeAfter(one.page, 'We spread', ' Every day.')
  await expect(body(other.page)).toContainText('Every day.')
  await isSaved(one.page)

  await openHistory(one.page)
  await one.page.getByLabel('Name of this version').fill('Agreed')
  await one.page.getByRole('button', { name: 'Keep version' }).click()
  await expect(versions(one.page).filter({ hasText: 'Agreed' })).toContainText('by Joris van Dam')

  // Noor changes a sentence and adds an item.
  // Not by a double click: beside the text that takes the end of the paragraph along.
  await body(other.page).locator('p', { hasText: 'We spread' }).click()
  await other.page.keyboard.press('Home')
  await other.page.keyboard.type('Note: ')
  await typeAfter(other.page, 'Bridges', ' and locks')
  await isSaved(other.page)
  await expect(body(one.page)).toContainText('Note: We spread')
  await expect(body(one.page)).toContainText('Bridges and locks')

  await versions(one.page).filter({ hasText: 'Agreed' }).click()
  await expect(one.page.getByRole('insertion').filter({ hasText: 'Note:' })).toBeVisible()
  await expect(one.page.getByRole('insertion').filter({ hasText: 'and locks' })).toBeVisible()
  await expect(one.page.getByRole('heading', { name: 'Routes' })).toBeVisible()
  expect(await axeViolations(one.page)).toEqual([])
  await one.page.emulateMedia({ colorScheme: 'dark' })
  expect(await axeViolations(one.page)).toEqual([])
  await one.page.emulateMedia({ colorScheme: 'light' })

  await one.page.getByRole('button', { name: 'Restore this version' }).click()
  await typeAfter(other.page, 'Centre', ' first')
  await expect(one.page.getByText('The page is again as in this version.')).toBeVisible()
  await expect(body(other.page)).not.toContainText('Note:')
  await expect(body(other.page)).not.toContainText('and locks')
  await expect(body(other.page)).toContainText('Centre first')
  await expect(versions(one.page).filter({ hasText: 'Before a restore' })).toBeVisible()

  // Taken back, and what the other wrote meanwhile stays.
  await one.page.getByRole('button', { name: 'Undo' }).click()
  await expect(body(other.page)).toContainText('Bridges and locks')
  await expect(body(other.page)).toContainText('Centre first')
  await expect(body(other.page)).toContainText('Note:')
})

test('a large deletion keeps a version first, and it comes back on both screens', async ({ browser }) => {
  await using server = await openTestServer({ args: ['--demo'] })
  const { joris, noor, api, space } = await colleaguesOf(server)
  const markdown = 'This is a long page about salt.\n\nIt says where the salt lies, and who may take it.'
  const { id } = await api.createPage(space.id, { title: 'Salt', markdown })
  const [one, other] = [await openPerson(browser, server.url, joris), await openPerson(browser, server.url, noor)]
  for (const { page } of [one, other]) await openByTitle(page, 'Salt')
  await body(other.page).click()
  await other.page.keyboard.press('Control+a')
  await other.page.keyboard.press('Delete')
  await expect(body(one.page)).not.toContainText('where the salt lies')
  await isSaved(other.page)

  await openHistory(one.page)
  await versions(one.page).filter({ hasText: 'Before a large deletion' }).click()
  await expect(one.page.getByRole('deletion').filter({ hasText: 'where the salt lies' })).toBeVisible()
  await one.page.getByRole('button', { name: 'Restore this version' }).click()
  await expect(body(other.page)).toContainText('where the salt lies, and who may take it.')
  await expect.poll(() => api.markdown(id)).toContain('where the salt lies')
})

test('without a line the page shows what changed since one began to write here', async ({ browser }) => {
  await using house = await openHouse()
  const { line, joris, api, space } = house
  await api.createPage(space.id, { title: 'Alone', markdown: 'The first words.' })
  const { page } = await openPerson(browser, line.url, joris)
  await openByTitle(page, 'Alone')
  await expect(receipt(page)).toBeVisible()
  line.cut()
  await expect(connection(page)).toContainText(/Offline/)
  // Before the first word: what one looks back at comes into an open list by itself.
  await openHistory(page)
  const panel = page.getByRole('complementary', { name: 'History' })
  await expect(panel.getByText('Versions are on the server, which cannot be reached now.')).toBeVisible()
  await typeAfter(page, 'The first', ' And my own.')
  await versions(page).filter({ hasText: 'On this laptop' }).click()
  await expect(page.getByRole('insertion').filter({ hasText: 'And my own.' })).toBeVisible()
  await page.getByRole('button', { name: 'Restore this version' }).click()
  await expect(page.getByText('This version is the same as the page is now.')).toBeVisible()
  await page.getByRole('link', { name: 'Back to the page' }).click()
  await expect(body(page)).not.toContainText('And my own.')
  line.mend()
  await isSaved(page)
})
