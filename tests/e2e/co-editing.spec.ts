// Two people write together: with a line, without one, and with pages that nobody has open.
import { expect, test } from '../support/test.ts'
import { openHouse } from '../support/house.ts'
import {
  accountOf,
  body,
  connection,
  openApi,
  openByTitle,
  openPerson,
  receipt,
  sharedSpace,
  typeAfter,
} from '../support/people.ts'
import { openTestServer } from '../support/start-server.ts'

test('two people see each other’s letters, faces and carets', async ({ browser }) => {
  await using server = await openTestServer({ args: ['--demo'] })
  const [joris, noor] = [accountOf(server, 'member'), accountOf(server, 'community-manager')]
  const api = await openApi(server.url, joris)
  const space = await sharedSpace(api, await openApi(server.url, noor))
  await api.createPage(space.id, { title: 'Letters', markdown: 'Begin here.' })
  const [one, other] = [await openPerson(browser, server.url, joris), await openPerson(browser, server.url, noor)]
  for (const { page } of [one, other]) await openByTitle(page, 'Letters')

  await typeAfter(one.page, 'Begin', ' From Joris.')
  await expect(body(other.page)).toContainText('Begin here. From Joris.')
  await expect(other.page.locator('[data-name="Joris van Dam"]')).toBeAttached()
  await typeAfter(other.page, 'Begin', ' From Noor.')
  await expect(body(one.page)).toContainText('From Joris. From Noor.')

  // Undo takes back one's own words only.
  await one.page.keyboard.press('Control+z')
  await expect(body(one.page)).not.toContainText('From Joris.')
  await expect(body(one.page)).toContainText('From Noor.')
  await expect(receipt(one.page)).toHaveAccessibleName(/On the server/)
})

test('a page that nobody else has open changes in their lists', async ({ browser }) => {
  await using server = await openTestServer({ args: ['--demo'] })
  const [joris, noor] = [accountOf(server, 'member'), accountOf(server, 'community-manager')]
  const api = await openApi(server.url, joris)
  const space = await sharedSpace(api, await openApi(server.url, noor))
  await api.createPage(space.id, { title: 'An old title', markdown: 'Text.' })
  const [one, other] = [await openPerson(browser, server.url, joris), await openPerson(browser, server.url, noor)]
  await openByTitle(one.page, 'An old title')
  await expect(other.page.getByText('An old title').first()).toBeVisible()
  const title = one.page.getByRole('textbox', { name: /title/i })
  await title.fill('A new title')
  await title.press('Enter')
  // The promise is two seconds; a loaded machine gets ten times that.
  await expect(other.page.getByText('A new title').first()).toBeVisible({ timeout: 20_000 })
})

test('one person offline and one online in the same paragraph: both keep their words', async ({ browser }) => {
  await using house = await openHouse()
  const { line, server, joris, noor, api, space } = house
  const created = await api.createPage(space.id, { title: 'Merged', markdown: 'The middle.' })
  const [one, other] = [await openPerson(browser, line.url, joris), await openPerson(browser, server.url, noor)]
  for (const { page } of [one, other]) await openByTitle(page, 'Merged')
  await expect(body(one.page)).toContainText('The middle.')

  line.cut()
  await expect(connection(one.page)).toContainText(/Offline|waiting/)
  await typeAfter(one.page, 'The middle', ' Offline words.')
  await expect(receipt(one.page)).toHaveAccessibleName(/Offline/)
  await body(other.page).locator('p').first().click()
  await other.page.keyboard.press('Home')
  await other.page.keyboard.type('Online words. ')
  await expect(receipt(other.page)).toHaveAccessibleName(/On the server/)
  await expect(body(one.page)).not.toContainText('Online words.')

  line.mend()
  const merged = 'Online words. The middle. Offline words.'
  await expect(body(one.page)).toContainText(merged, { timeout: 30_000 })
  await expect(body(other.page)).toContainText(merged)
  await expect(receipt(one.page)).toHaveAccessibleName(/On the server/)
  expect(await api.markdown(created.id)).toContain(merged)
})

test('both write while the server is stopped, also in pages that are closed again: everything merges on return', async ({
  browser,
}) => {
  await using server = await openTestServer({ args: ['--demo'] })
  const [joris, noor] = [accountOf(server, 'member'), accountOf(server, 'community-manager')]
  const api = await openApi(server.url, joris)
  const space = await sharedSpace(api, await openApi(server.url, noor))
  const ids: string[] = []
  for (const title of ['First page', 'Second page'])
    ids.push((await api.createPage(space.id, { title, markdown: 'Start.' })).id)
  const [one, other] = [await openPerson(browser, server.url, joris), await openPerson(browser, server.url, noor)]
  for (const { page } of [one, other]) {
    await openByTitle(page, 'First page')
    await openByTitle(page, 'Second page')
  }
  await server.stop()
  for (const [{ page }, name] of [
    [one, 'Joris'],
    [other, 'Noor'],
  ] as const) {
    for (const title of ['First page', 'Second page']) {
      await openByTitle(page, title)
      await typeAfter(page, 'Start', ` ${name} in the ${title.toLowerCase()}.`)
      await expect(receipt(page)).toHaveAccessibleName(/Offline|laptop/)
    }
    await page.getByRole('link', { name: 'Home' }).first().click()
    await expect(body(page)).toHaveCount(0)
  }
  await server.start()
  const again = await openApi(server.url, joris)
  for (const [at, title] of ['first page', 'second page'].entries()) {
    await expect
      .poll(() => again.markdown(ids[at] ?? ''), { timeout: 30_000 })
      .toMatch(new RegExp(`(?=.*Joris in the ${title})(?=.*Noor in the ${title})`, 's'))
  }
  await openByTitle(one.page, 'First page')
  await expect(body(one.page)).toContainText('Noor in the first page.')
  await expect(connection(one.page)).toContainText('Connected')
})
