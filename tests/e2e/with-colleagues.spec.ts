// The third square: how many colleagues have on a laptop of theirs what one wrote.
import { expect, test } from '../support/test.ts'
import { colleaguesOf, connection, openByTitle, openPerson, receipt, typeAfter } from '../support/people.ts'
import { openTestServer } from '../support/start-server.ts'

test('a receipt counts colleagues only when their laptop has what was written, and never before', async ({
  browser,
}) => {
  test.setTimeout(120_000)
  await using server = await openTestServer({ args: ['--demo'] })
  const { joris, noor, api, space } = await colleaguesOf(server)
  await api.createPage(space.id, { title: 'Counted', markdown: 'Begin here.' })
  const one = await openPerson(browser, server.url, joris)
  await openByTitle(one.page, 'Counted')
  await typeAfter(one.page, 'Begin', ' Nobody else is here.')
  await expect(receipt(one.page)).toHaveAccessibleName('Receipt: On the server')

  const other = await openPerson(browser, server.url, noor)
  await expect(receipt(one.page)).toHaveAccessibleName(/On the server · with 1 colleague$/, { timeout: 60_000 })

  await other.context.setOffline(true)
  await expect(connection(other.page)).toContainText('Offline')
  await typeAfter(one.page, 'Begin', ' She is away.')
  await expect(receipt(one.page)).toHaveAccessibleName('Receipt: On the server')
  await receipt(one.page).click()
  await expect(one.page.getByText('Not on a device of a colleague yet')).toBeVisible()
  await one.page.keyboard.press('Escape')

  await other.context.setOffline(false)
  await expect(receipt(one.page)).toHaveAccessibleName(/with 1 colleague$/, { timeout: 60_000 })
  await receipt(one.page).click()
  await expect(one.page.getByText('On a device of 1 colleague')).toBeVisible()
  await expect(one.page.getByText('Noor')).toHaveCount(0)
})
