// A block that one person moves while another, without a line, writes in it and around it.
import { expect, test, type Page } from '../support/test.ts'
import { openHouse } from '../support/house.ts'
import { body, connection, openByTitle, openPerson, receipt, typeAfter } from '../support/people.ts'

const markdown = 'Salt is in the shed.\n\nThe key hangs at the desk.\n\nBring it back at five.'
const isSaved = (page: Page) => expect(receipt(page)).toHaveAccessibleName(/On the server/)
const lines = (page: Page) => body(page).locator('p')

/** Puts the first block at the end, by keyboard. */
async function moveFirstToEnd(page: Page): Promise<void> {
  await lines(page).first().click()
  await expect(lines(page).first()).toHaveAttribute('data-live')
  for (const place of [1, 2]) {
    await page.keyboard.press('Alt+Shift+ArrowDown')
    await expect(lines(page).nth(place)).toContainText('Salt is')
  }
}

test('what I wrote offline in a block that another moved, and in those that it passed, is all there once on return', async ({
  browser,
}) => {
  await using house = await openHouse()
  const { line, server, joris, noor, api, space } = house
  await api.createPage(space.id, { title: 'Salt', markdown })
  const [one, other] = [await openPerson(browser, line.url, joris), await openPerson(browser, server.url, noor)]
  for (const { page } of [one, other]) await openByTitle(page, 'Salt')
  await expect(lines(one.page)).toHaveCount(3)

  line.cut()
  await expect(connection(one.page)).toContainText(/Offline/)
  await typeAfter(one.page, 'The key', ' Ask Kees.')
  await typeAfter(one.page, 'Salt is', ' Behind the bikes.')
  await expect(receipt(one.page)).toHaveAccessibleName(/Offline · \d+ waiting/)
  await moveFirstToEnd(other.page)
  await typeAfter(other.page, 'Bring it', ' Sharp.')
  await isSaved(other.page)

  line.mend()
  for (const { page } of [one, other]) {
    await expect(lines(page)).toHaveText([
      'The key hangs at the desk. Ask Kees.',
      'Bring it back at five. Sharp.',
      'Salt is in the shed. Behind the bikes.',
    ])
  }
  await isSaved(one.page)
  // The caret went along with the block.
  await one.page.keyboard.type(' Yes.')
  await expect(lines(other.page).last()).toHaveText('Salt is in the shed. Behind the bikes. Yes.')
  await one.page.reload()
  await expect(lines(one.page).last()).toHaveText('Salt is in the shed. Behind the bikes. Yes.')
})

test('who moved a block offline is offered what another, gone by now, wrote in it', async ({ browser }) => {
  await using house = await openHouse()
  const { line, server, joris, noor, api, space } = house
  const { id } = await api.createPage(space.id, { title: 'Salt', markdown })
  const [one, other] = [await openPerson(browser, line.url, joris), await openPerson(browser, server.url, noor)]
  for (const { page } of [one, other]) await openByTitle(page, 'Salt')
  await expect(lines(one.page)).toHaveCount(3)

  line.cut()
  await expect(connection(one.page)).toContainText(/Offline/)
  await moveFirstToEnd(one.page)
  await typeAfter(other.page, 'Salt is', ' Behind the bikes.')
  await isSaved(other.page)
  await other.context.close()

  line.mend()
  await one.page
    .getByRole('navigation', { name: 'Sidebar' })
    .getByRole('link', { name: /While you were away/ })
    .click({ timeout: 30_000 })
  const panel = one.page.getByRole('complementary', { name: 'While you were away' })
  const question = panel.getByRole('listitem', { name: 'Written while you were moving it' })
  await expect(question).toContainText('Noor de Wit wrote this in a block that you had just moved.')
  await expect(question.getByRole('insertion')).toHaveText(' Behind the bikes.')
  await question.getByRole('button', { name: 'Put back' }).click()
  await expect(lines(one.page)).toHaveText([
    'The key hangs at the desk.',
    'Bring it back at five.',
    'Salt is in the shed.',
    'Behind the bikes.',
  ])
  await expect.poll(() => api.markdown(id)).toContain('Behind the bikes.')
})
