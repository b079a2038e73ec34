// Mentions in the text of pages: told once to whom they name, also when they were written while one was away.
import { expect, test, type Page } from '../support/test.ts'
import { openHouse } from '../support/house.ts'
import { body, connection, openApi, openByTitle, openPerson, typeAfter } from '../support/people.ts'

/** In the sidebar: an open tab of the inbox has its name too. */
function inboxLink(page: Page, name: RegExp) {
  return page.getByRole('navigation', { name: 'Sidebar' }).getByRole('link', { name })
}

test('who is named in the text of a page hears of it once, when the line is back, and not of edits around it', async ({
  browser,
}) => {
  await using house = await openHouse()
  const { line, server, joris, noor, api, space } = house
  const noorsApi = await openApi(server.url, noor)
  const one = await openPerson(browser, line.url, joris)
  await inboxLink(one.page, /^Inbox/).click()
  // The sample has something for Joris: he has read it.
  await one.page.getByRole('button', { name: 'Mark all as read' }).click()
  await expect(inboxLink(one.page, /^Inbox$/)).toBeVisible()
  line.cut()
  await expect(connection(one.page)).toContainText(/Offline/)
  const named = (id: string) => `[@Somebody](plein:person/${id})`
  await noorsApi.createPage(space.id, {
    title: 'Takenlijst',
    markdown: `Dit doet ${named(api.person.id)}.\n\nEn dit doet ${named(noorsApi.person.id)}.`,
  })
  line.mend()
  await expect(inboxLink(one.page, /^Inbox.*1 new message/)).toBeVisible()
  const item = one.page.getByRole('link', { name: /mentions you in the text of Takenlijst/ })
  await expect(item).toContainText('Dit doet')

  // An edit around it is no news; opening the page reads it.
  const other = await openPerson(browser, server.url, noor)
  await openByTitle(other.page, 'Takenlijst')
  await typeAfter(other.page, 'Dit doet', ' Vandaag nog.')
  await expect(item).toContainText('Vandaag nog.')
  await expect(item).toHaveCount(1)
  await item.click()
  await expect(body(one.page)).toContainText('Vandaag nog.')
  await expect(inboxLink(one.page, /^Inbox$/)).toBeVisible()
  await typeAfter(other.page, 'Dit doet', ' En morgen.')
  await expect(body(one.page)).toContainText('En morgen.')
  await expect(inboxLink(one.page, /^Inbox$/)).toBeVisible()
  await one.page.reload()
  await expect(inboxLink(one.page, /^Inbox$/)).toBeVisible()
})
