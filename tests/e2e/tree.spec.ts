import { expect, test, type Locator, type Page } from '../support/test.ts'
import { openHouse, type House } from '../support/house.ts'
import { body, connection, openByTitle, openPerson, typeAtEnd } from '../support/people.ts'

// Two laptops each, on a machine that may be busy.
test.describe.configure({ timeout: 120_000 })

let house: House
let server: House['server']
let line: House['line']

test.beforeAll(async () => {
  house = await openHouse()
  ;({ server, line } = house)
})
test.afterAll(() => house[Symbol.asyncDispose]())

const tree = (page: Page) => page.getByRole('tree')
const row = (page: Page, title: string) => page.getByRole('treeitem', { name: title, exact: true })
const favourites = (page: Page) => page.getByRole('region', { name: 'Favourites' })
const said = (page: Page, words: string | RegExp) => page.getByRole('status').filter({ hasText: words })

/** Pages of this test alone, under one of their own. */
async function makePages(root: string, titles: readonly string[]): Promise<void> {
  const { id } = await house.api.createPage(house.space.id, { title: root, markdown: `Over ${root}.` })
  for (const title of titles)
    await house.api.createPage(house.space.id, { title, parent: id, markdown: `Tekst ${title}.` })
}

/** Opens the page, so that the tree shows it, and the branch under it. */
async function showBranch(page: Page, root: string, first: string): Promise<void> {
  await openByTitle(page, root)
  await tree(page).focus()
  await page.keyboard.press('ArrowRight')
  await expect(row(page, first)).toBeVisible()
}

/** What stands under `root` in the tree: titles, indented by their level. */
async function branch(page: Page, root: string): Promise<readonly string[]> {
  const rows = await page.getByRole('treeitem').evaluateAll((items) =>
    items
      .map((item) => ({
        title: item.getAttribute('aria-label')?.split(',')[0] ?? '',
        level: Number(item.getAttribute('aria-level')),
        top: item.getBoundingClientRect().top,
      }))
      .sort((a, b) => a.top - b.top),
  )
  const start = rows.findIndex(({ title }) => title === root)
  const level = rows[start]?.level ?? 0
  const below = rows.slice(start + 1)
  const end = below.findIndex((item) => item.level <= level)
  return (end === -1 ? below : below.slice(0, end)).map((item) => ' '.repeat(item.level - level - 1) + item.title)
}

/** Drags with the mouse to a place within the row: 0 is its upper edge, 1 its lower one. */
async function drag(page: Page, from: Locator, to: Locator, height: number): Promise<void> {
  // Tall enough that both places are in sight, whatever else stands in the sidebar.
  await page.setViewportSize({ width: 1366, height: 1200 })
  await from.hover()
  await page.mouse.down()
  const box = await to.boundingBox()
  if (box === null) throw new Error('There is nothing to drop on')
  const [x, y] = [box.x + box.width / 2, box.y + 1 + (box.height - 2) * height]
  await page.mouse.move(x, y - 3, { steps: 4 })
  // The driver tells of a drag only when the mouse moves: once may be before the list of rows heard that it began.
  await expect(async () => {
    await page.mouse.move(x, y - 1)
    await page.mouse.move(x, y, { steps: 2 })
    await expect(page.getByTestId('drop-line').or(page.locator('[data-target="true"]'))).toBeVisible({ timeout: 1000 })
  }).toPass({ timeout: 15_000 })
  await page.mouse.up()
}

test('pages that one drags and the other moves by keys, offline, stand where both put them', async ({ browser }) => {
  await makePages('Verhuizing', ['Aa', 'Bb', 'Cc', 'Dd', 'Ee'])
  const noor = await openPerson(browser, server.url, house.noor)
  const joris = await openPerson(browser, line.url, house.joris)
  for (const { page } of [noor, joris]) await showBranch(page, 'Verhuizing', 'Aa')
  line.cut()
  await expect(connection(joris.page)).toHaveText(/^Offline/)

  await drag(noor.page, row(noor.page, 'Aa'), row(noor.page, 'Cc'), 0.5)
  await expect(said(noor.page, 'Aa: now under Cc')).toBeAttached()
  await drag(noor.page, row(noor.page, 'Bb'), row(noor.page, 'Ee'), 0.02)
  await expect.poll(() => branch(noor.page, 'Verhuizing')).toEqual(['Cc', ' Aa', 'Dd', 'Bb', 'Ee'])

  await row(joris.page, 'Ee').click()
  await tree(joris.page).focus()
  await joris.page.keyboard.press('Alt+ArrowUp')
  await expect(said(joris.page, 'Ee: now before Dd')).toBeAttached()
  await joris.page.keyboard.press('Alt+ArrowRight')
  await expect.poll(() => branch(joris.page, 'Verhuizing')).toEqual(['Aa', 'Bb', 'Cc', ' Ee', 'Dd'])

  line.mend()
  await expect(connection(joris.page)).toHaveText('Connected')
  // Both came to the end of Cc at the same time: which of them stands first is not for this test to say.
  const both = [' Aa', ' Ee', 'Bb', 'Cc', 'Dd']
  for (const { page } of [noor, joris])
    await expect.poll(async () => (await branch(page, 'Verhuizing')).toSorted()).toEqual(both)
  expect(await branch(noor.page, 'Verhuizing')).toEqual(await branch(joris.page, 'Verhuizing'))
  await joris.context.close()
  await noor.context.close()
})

test('a move is taken back by its notice and by Ctrl+Z, one after another, where nobody has moved the page since', async ({
  browser,
}) => {
  await makePages('Terug', ['Noord', 'Oost', 'Zuid', 'West'])
  const noor = await openPerson(browser, server.url, house.noor)
  const joris = await openPerson(browser, server.url, house.joris)
  for (const { page } of [noor, joris]) await showBranch(page, 'Terug', 'Noord')
  const first = ['Noord', 'Oost', 'Zuid', 'West']
  for (const { page } of [noor, joris]) await expect.poll(() => branch(page, 'Terug')).toEqual(first)
  await row(noor.page, 'Zuid').click()
  await tree(noor.page).focus()
  await noor.page.keyboard.press('Alt+ArrowUp')
  await expect.poll(() => branch(joris.page, 'Terug')).toEqual(['Noord', 'Zuid', 'Oost', 'West'])
  await said(noor.page, 'Zuid moved').getByRole('button', { name: 'Undo' }).click()
  await expect(said(noor.page, 'Zuid moved')).toHaveCount(0)
  for (const { page } of [noor, joris]) await expect.poll(() => branch(page, 'Terug')).toEqual(first)

  await row(noor.page, 'West').click()
  await tree(noor.page).focus()
  await noor.page.keyboard.press('Alt+ArrowUp')
  await expect.poll(() => branch(noor.page, 'Terug')).toEqual(['Noord', 'Oost', 'West', 'Zuid'])
  await noor.page.keyboard.press('Alt+ArrowUp')
  await expect.poll(() => branch(joris.page, 'Terug')).toEqual(['Noord', 'West', 'Oost', 'Zuid'])
  for (let i = 0; i < 2; i += 1) await noor.page.keyboard.press('Control+z')
  for (const { page } of [noor, joris]) await expect.poll(() => branch(page, 'Terug')).toEqual(first)

  // Joris has moved it since: it stays where he put it.
  await noor.page.keyboard.press('Alt+ArrowUp')
  await expect.poll(() => branch(joris.page, 'Terug')).toEqual(['Noord', 'Oost', 'West', 'Zuid'])
  await row(joris.page, 'West').click()
  await tree(joris.page).focus()
  await joris.page.keyboard.press('Alt+ArrowUp')
  const theirs = ['Noord', 'West', 'Oost', 'Zuid']
  await expect.poll(() => branch(noor.page, 'Terug')).toEqual(theirs)
  await noor.page.keyboard.press('Control+z')
  await expect(said(noor.page, 'Not taken back')).toBeAttached()
  for (const { page } of [noor, joris]) expect(await branch(page, 'Terug')).toEqual(theirs)
})

test('several pages are chosen, moved, archived and put back with what stands under them', async ({ browser }) => {
  await makePages('Opruimen', ['Een', 'Twee', 'Drie', 'Vier'])
  const { context, page } = await openPerson(browser, server.url, house.noor)
  await showBranch(page, 'Opruimen', 'Een')
  await row(page, 'Een').click({ modifiers: ['Control'] })
  await row(page, 'Drie').click({ modifiers: ['Shift'] })
  await expect(page.getByRole('toolbar')).toContainText('3 chosen')
  await row(page, 'Twee').click({ modifiers: ['Control'] })
  await drag(page, row(page, 'Drie'), row(page, 'Vier'), 0.5)
  await expect.poll(() => branch(page, 'Opruimen')).toEqual(['Twee', 'Vier', ' Een', ' Drie'])

  await page.keyboard.press('Escape')
  await row(page, 'Vier').click()
  await tree(page).focus()
  await page.keyboard.press('Shift+ArrowUp')
  await page.getByRole('toolbar').getByRole('button', { name: 'Archive' }).click()
  await expect.poll(() => branch(page, 'Opruimen')).toEqual([])
  await page.goto(`${server.url}/#/space/${house.space.id}/archive`)
  const archived = page.getByRole('listitem').filter({ hasText: 'Vier' })
  await archived.getByRole('button', { name: 'Put back' }).click()
  await expect.poll(() => branch(page, 'Opruimen')).toEqual(['Vier', ' Een', ' Drie'])
  await context.close()
})

test('a copy has the words of its page, and what is written in it stays there', async ({ browser }) => {
  await makePages('Model', ['Bijlage'])
  const { context, page } = await openPerson(browser, server.url, house.noor)
  await showBranch(page, 'Model', 'Bijlage')
  await row(page, 'Model').click({ button: 'right' })
  await page.getByRole('menuitem', { name: 'Copy with everything under it' }).click()
  await row(page, 'Model (copy)').click()
  await expect(body(page)).toContainText('Over Model.')
  await typeAtEnd(page, ' Alleen hier.')
  await tree(page).focus()
  await page.keyboard.press('ArrowRight')
  await expect.poll(() => branch(page, 'Model (copy)')).toEqual(['Bijlage'])
  await row(page, 'Model').click()
  await expect(body(page)).toContainText('Over Model.')
  await expect(body(page)).not.toContainText('Alleen hier')
  await context.close()
})

test('what one follows says when a colleague changed something, until one has read it', async ({ browser }) => {
  await makePages('Volgen', ['Dienstregeling'])
  const noor = await openPerson(browser, server.url, house.noor)
  const joris = await openPerson(browser, line.url, house.joris)
  const followed = joris.page.getByRole('region', { name: 'Following' })
  await openByTitle(joris.page, 'Dienstregeling')
  await joris.page.getByRole('button', { name: 'More about this page' }).click()
  await joris.page.getByRole('menuitem', { name: 'Follow' }).click()
  // It is read when it has been in front of one for a moment.
  const page = followed.getByRole('link', { name: /^Dienstregeling/ })
  await expect(page).not.toHaveAccessibleName(/changed since/)
  await row(joris.page, house.space.name).click()
  await joris.page.getByRole('button', { name: 'More about this space' }).click()
  await joris.page.getByRole('menuitem', { name: 'Follow' }).click()
  const space = followed.getByRole('link', { name: house.space.name })
  for (const link of [page, space]) await expect(link).not.toHaveAccessibleName(/changed since/)

  line.cut()
  await openByTitle(noor.page, 'Dienstregeling')
  await typeAtEnd(noor.page, ' Vanaf maandag.')
  line.mend()
  for (const link of [page, space]) await expect(link).toHaveAccessibleName(/changed since you read it/)
  await page.click()
  await expect(body(joris.page)).toContainText('Vanaf maandag.')
  for (const link of [page, space]) await expect(link).not.toHaveAccessibleName(/changed since/)
  await joris.page.getByRole('button', { name: 'More about this page' }).click()
  await joris.page.getByRole('menuitem', { name: 'Stop following' }).click()
  await expect(followed.getByRole('link')).toHaveCount(1)
})

test('favourites of two devices, one of them offline, are on both; colleagues see none of them', async ({
  browser,
}) => {
  await makePages('Favoriet', ['Thuis', 'Werk'])
  const desk = await openPerson(browser, server.url, house.noor)
  const laptop = await openPerson(browser, line.url, house.noor)
  const mark = async (page: Page, title: string) => {
    await openByTitle(page, title)
    await page.getByRole('button', { name: 'More about this page' }).click()
    await page.getByRole('menuitem', { name: 'Add to favourites' }).click()
    await expect(favourites(page).getByRole('link', { name: title })).toBeVisible()
  }
  for (const { page } of [desk, laptop]) await showBranch(page, 'Favoriet', 'Thuis')
  line.cut()
  await expect(connection(laptop.page)).toHaveText(/^Offline/)
  await mark(laptop.page, 'Thuis')
  await mark(desk.page, 'Werk')
  line.mend()
  for (const { page } of [desk, laptop]) {
    await expect(favourites(page).getByRole('link')).toHaveCount(2)
    await page.getByRole('button', { name: 'Recently read' }).click()
    await expect(page.getByRole('region', { name: 'Recently read' }).getByRole('link', { name: 'Thuis' })).toBeVisible()
  }
  await laptop.page.reload()
  await expect(favourites(laptop.page).getByRole('link')).toHaveCount(2)
  const joris = await openPerson(browser, server.url, house.joris)
  await expect(tree(joris.page)).toBeVisible()
  await expect(favourites(joris.page)).toHaveCount(0)
  for (const { context } of [desk, laptop, joris]) await context.close()
})
