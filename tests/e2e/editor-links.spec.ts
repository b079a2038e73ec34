// Page links, mentions and attachments in the real app, one person offline.
import { expect, test } from '@playwright/test'
import { openLineProxy } from '../support/line-proxy.ts'
import { body, colleaguesOf, connection, openByTitle, openPerson, typeAfter } from '../support/people.ts'
import { openTestServer } from '../support/start-server.ts'

test('`[[` makes a page offline, below this one; the colleague gets both, and a new title shows in the link', async ({
  browser,
}) => {
  await using line = await openLineProxy()
  await using server = await openTestServer({ args: ['--demo', '--allow-origin', line.url] })
  line.target = Number(new URL(server.url).port)
  const { joris, noor, api, space } = await colleaguesOf(server)
  await api.createPage(space.id, { title: 'Winter plan', markdown: 'Begin here.' })
  const one = await openPerson(browser, line.url, joris, { keepsApp: true })
  const other = await openPerson(browser, server.url, noor)
  for (const { page } of [one, other]) await openByTitle(page, 'Winter plan')

  line.cut()
  await expect(connection(one.page)).toContainText('Offline')
  await typeAfter(one.page, 'Begin', ' See [[Salt depots')
  await expect(one.page.getByRole('option', { name: 'Create “Salt depots”' })).toBeVisible()
  await one.page.keyboard.press('Enter')
  const link = body(one.page).getByRole('link', { name: 'Salt depots' })
  await expect(link).toBeVisible()
  await one.page.keyboard.type('and @Noor')
  await one.page.keyboard.press('Enter')
  await expect(body(one.page).locator('[data-person]')).toHaveText(/^@Noor/)
  await typeAfter(other.page, 'Begin', ' From Noor.')
  await one.page.reload()
  await expect(link).toBeVisible()

  line.mend()
  await expect(connection(one.page)).toHaveText('Connected', { timeout: 30_000 })
  const theirs = body(other.page).getByRole('link', { name: 'Salt depots' })
  await expect(theirs).toBeVisible({ timeout: 20_000 })
  await expect(body(other.page)).toContainText('From Noor.')
  await theirs.click()
  const title = other.page.getByRole('textbox', { name: /title/i })
  await expect(title).toHaveValue('Salt depots')
  await title.fill('Salt and sand')
  await title.press('Enter')
  await expect(body(one.page).getByRole('link', { name: 'Salt and sand' })).toBeVisible({ timeout: 20_000 })
})
