// While you were away: what others did around one's own edits, and words that come back.
import { expect, test, type Page } from '../support/test.ts'
import { openHouse } from '../support/house.ts'
import { axeViolations } from '../support/axe.ts'
import { body, connection, openByTitle, openPerson, receipt, signIn, typeAfter } from '../support/people.ts'

const panelOf = (page: Page) => page.getByRole('complementary', { name: 'While you were away' })
const entryOf = (page: Page) =>
  page.getByRole('navigation', { name: 'Sidebar' }).getByRole('link', { name: /While you were away/ })
const isSaved = (page: Page) => expect(receipt(page)).toHaveAccessibleName(/On the server/)

/** Deletes the paragraph that begins with `start`. */
async function deleteParagraph(page: Page, start: string): Promise<void> {
  await body(page).locator('p', { hasText: start }).first().click({ clickCount: 3 })
  await page.keyboard.press('Delete')
  await page.keyboard.press('Backspace')
  await expect(body(page)).not.toContainText(start)
}

test('words that I wrote in a paragraph that another deleted are offered on return, and come back on both screens', async ({
  browser,
}) => {
  await using house = await openHouse()
  const { line, server, joris, noor, api, space } = house
  const markdown = 'The first stays.\n\nResidents fetch a bag of salt.\n\nThe last stays.'
  const { id } = await api.createPage(space.id, { title: 'Salt bags', markdown })
  const [one, other] = [await openPerson(browser, line.url, joris), await openPerson(browser, server.url, noor)]
  for (const { page } of [one, other]) await openByTitle(page, 'Salt bags')
  await expect(body(one.page)).toContainText('bag of salt')

  line.cut()
  await expect(connection(one.page)).toContainText(/Offline/)
  await typeAfter(one.page, 'Residents fetch', ' Bring a pass.')
  await typeAfter(one.page, 'The first', ' So I say.')
  const unsent = body(one.page).locator('[data-unsent]')
  await expect(unsent).toHaveText([/^The first stays/, /^Residents fetch/])
  await deleteParagraph(other.page, 'Residents fetch')
  await typeAfter(other.page, 'The first', ' So says Noor.')
  await isSaved(other.page)
  await expect(entryOf(one.page)).toHaveCount(0)

  line.mend()
  await expect(body(one.page)).not.toContainText('Bring a pass.', { timeout: 30_000 })
  await expect(unsent).toHaveCount(0)
  await entryOf(one.page).click()
  const panel = panelOf(one.page)
  const question = panel.getByRole('listitem', { name: 'Deleted while you were working on it' })
  await expect(question).toContainText('Noor de Wit took this away.')
  await expect(question.getByRole('insertion')).toHaveText(' Bring a pass.')
  await expect(question.getByRole('deletion')).toHaveText('Residents fetch a bag of salt.')
  expect(await axeViolations(one.page)).toEqual([])
  await one.page.emulateMedia({ colorScheme: 'dark' })
  expect(await axeViolations(one.page)).toEqual([])
  await one.page.emulateMedia({ colorScheme: 'light' })

  // By key: the focus is on the question.
  await expect(question).toBeFocused()
  await one.page.keyboard.press('t')
  const whole = 'Residents fetch a bag of salt. Bring a pass.'
  for (const { page } of [one, other]) await expect(body(page).locator('p').nth(1)).toHaveText(whole)
  await expect(body(other.page)).toContainText('So says Noor.')
  await expect(body(other.page)).toContainText('So I say.')

  await panel.getByRole('button', { name: 'Undo' }).click()
  await expect(body(other.page)).not.toContainText('Bring a pass.')
  await expect(question).toBeVisible()
  await question.getByRole('button', { name: 'Put back' }).click()
  await expect(body(other.page)).toContainText(whole)
  await expect.poll(() => api.markdown(id)).toContain(whole)
})

test('words that another wrote in a paragraph that I deleted without a line are offered to me, who come back last', async ({
  browser,
}) => {
  await using house = await openHouse()
  const { line, server, joris, noor, api, space } = house
  const markdown = 'The first stays.\n\nResidents fetch a bag of salt.\n\nThe last stays.'
  await api.createPage(space.id, { title: 'Bags of salt', markdown })
  const [one, other] = [await openPerson(browser, line.url, joris), await openPerson(browser, server.url, noor)]
  for (const { page } of [one, other]) await openByTitle(page, 'Bags of salt')
  await expect(body(one.page)).toContainText('bag of salt')

  line.cut()
  await expect(connection(one.page)).toContainText(/Offline/)
  await deleteParagraph(one.page, 'Residents fetch')
  await typeAfter(other.page, 'Residents fetch', ' Bring a pass.')
  await isSaved(other.page)

  line.mend()
  await expect(body(other.page)).not.toContainText('Bring a pass.', { timeout: 30_000 })
  await entryOf(one.page).click()
  const question = panelOf(one.page).getByRole('listitem', { name: 'Added to while you were deleting it' })
  await expect(question).toContainText('Noor de Wit wrote in what you took away')
  await question.getByRole('button', { name: 'Put back' }).click()
  const whole = 'Residents fetch a bag of salt. Bring a pass.'
  for (const { page } of [one, other]) await expect(body(page).locator('p').nth(1)).toHaveText(whole)
})

test('a return after the app was closed tells of it too, keeps it until it was looked at, and ends', async ({
  browser,
}) => {
  await using house = await openHouse()
  const { line, server, joris, noor, api, space } = house
  await api.createPage(space.id, { title: 'Rota', markdown: 'Monday is for Kees.\n\nTuesday is for Nadia.' })
  const [one, other] = [await openPerson(browser, line.url, joris), await openPerson(browser, server.url, noor)]
  for (const { page } of [one, other]) await openByTitle(page, 'Rota')
  await expect(body(one.page)).toContainText('Tuesday')

  line.cut()
  await expect(connection(one.page)).toContainText(/Offline/)
  await typeAfter(one.page, 'Tuesday', ' And for me.')
  await expect(receipt(one.page)).toHaveAccessibleName(/Offline · \d+ waiting/)
  await one.page.close()
  await deleteParagraph(other.page, 'Tuesday is')
  await typeAfter(other.page, 'Monday', ' And for Sem.')
  await isSaved(other.page)

  line.mend()
  const again = await one.context.newPage()
  await again.goto(line.url)
  await expect(connection(again)).toHaveText('Connected')
  await expect(entryOf(again)).toBeVisible({ timeout: 30_000 })
  await again.reload()
  await entryOf(again).click()
  const panel = panelOf(again)
  await expect(panel.getByRole('listitem', { name: 'Deleted while you were working on it' })).toBeVisible()
  await panel.getByText('Merged by itself').click()
  await panel.getByRole('button', { name: /Noor de Wit changed a paragraph/ }).click()
  await expect(panel.getByText('And for Sem.')).toBeVisible()
  await panel.getByRole('listitem', { name: 'Deleted while you were working on it' }).focus()
  await again.keyboard.press('w')
  await panel.getByRole('button', { name: 'Looked at everything' }).click()
  await expect(panel.getByText('That was everything.')).toBeVisible()
  await expect(entryOf(again)).toHaveCount(0)
})

test('whoever was away without waiting words is asked nothing', async ({ browser }) => {
  await using house = await openHouse()
  const { line, server, joris, noor, api, space } = house
  await api.createPage(space.id, { title: 'Quiet', markdown: 'Here it is quiet.' })
  const context = await browser.newContext({ locale: 'en-GB', viewport: { width: 1366, height: 768 } })
  const page = await context.newPage()
  await signIn(page, line.url, joris)
  await openByTitle(page, 'Quiet')
  line.cut()
  await expect(connection(page)).toContainText(/Offline/)
  const other = await openPerson(browser, server.url, noor)
  await openByTitle(other.page, 'Quiet')
  await typeAfter(other.page, 'Here', ' Not any more.')
  await isSaved(other.page)
  line.mend()
  await expect(body(page)).toContainText('Not any more.', { timeout: 30_000 })
  await expect(connection(page)).toHaveText('Connected')
  await expect(entryOf(page)).toHaveCount(0)
})
