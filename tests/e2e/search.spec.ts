// Search, palette, tabs and shortcuts: in real Chromium, with the index in this browser's own files.
import { expect, test, type Locator, type Page } from '../support/test.ts'
import { axeViolations } from '../support/axe.ts'
import {
  accountOf,
  type Api,
  body,
  type Colleagues,
  colleaguesOf,
  openApi,
  openByTitle,
  openPerson,
  typeAfter,
} from '../support/people.ts'
import { openTestServer, sampleAccounts, type TestServer } from '../support/start-server.ts'

const palette = (page: Page) => page.getByRole('dialog', { name: 'Search and do' })
const titleField = (page: Page) => page.getByRole('textbox', { name: 'Title of the page' })
const tabs = (page: Page) => page.getByRole('navigation', { name: 'Open pages' }).getByRole('link')

/** Outside the text, where Ctrl K without a selection searches too. */
async function openPalette(page: Page): Promise<void> {
  // Right after a start nobody listens to keys yet.
  await expect(page.getByRole('treeitem').first()).toBeVisible()
  await page.keyboard.press('Control+k')
  await expect(palette(page).getByRole('combobox')).toBeFocused()
}

/** Types a question until this is seen: the index follows what is stored within a second or so. */
async function askUntil(page: Page, question: string, seen: Locator): Promise<void> {
  const field = palette(page).getByRole('combobox')
  await expect(async () => {
    await field.fill('')
    await field.fill(question)
    await expect(seen).toBeVisible({ timeout: 1000 })
  }).toPass({ timeout: 60_000 })
}

/** Asks until the page is among the answers. */
async function expectFound(page: Page, question: string, title: string): Promise<void> {
  await askUntil(page, question, palette(page).getByRole('option', { name: title }).first())
}

/** Asks on the page of search. */
async function searchFor(page: Page, question: string): Promise<void> {
  await page.keyboard.press('Control+Shift+f')
  await page.getByRole('searchbox', { name: 'Search' }).fill(question)
}

/** The two colleagues, with one more page in their space. */
async function colleaguesWithPage(server: TestServer, title: string, markdown: string): Promise<Colleagues> {
  const colleagues = await colleaguesOf(server)
  await colleagues.api.createPage(colleagues.space.id, { title, markdown })
  return colleagues
}

test('what one person types another finds within seconds, in every form, and offline after a reload too', async ({
  browser,
}) => {
  await using server = await openTestServer({ args: ['--demo'] })
  const { joris, noor } = await colleaguesWithPage(server, 'Werkvoorraad', 'Begin hier.')
  const one = await openPerson(browser, server.url, joris)
  const two = await openPerson(browser, server.url, noor, { keepsApp: true })
  await openByTitle(one.page, 'Werkvoorraad')
  await typeAfter(one.page, 'Begin', ' De strooizoutloods staat bij de coördinator, onder de kastanjebomen.')

  await openPalette(two.page)
  for (const question of ['coordinator', 'strooizout', 'loods', 'kastanjeboom', 'LOODSEN']) {
    await expectFound(two.page, question, 'Werkvoorraad')
  }
  await expect(palette(two.page).locator('mark').first()).toHaveText(/loods/i)
  await two.page.keyboard.press('Escape')

  await two.context.setOffline(true)
  await two.page.reload()
  await openPalette(two.page)
  await expectFound(two.page, 'zoutloods', 'Werkvoorraad')
  await two.context.close()
  await one.context.close()
})

/** A space of the sample in which this person is, and somebody else who may take them out of it. */
async function ownedSpaceOf(
  server: TestServer,
  person: Api,
): Promise<{ readonly owner: Api; readonly spaceId: string }> {
  const theirs = new Set((await person.spaces()).map(({ id }) => id))
  for (const account of sampleAccounts(server)) {
    const owner = await openApi(server.url, account)
    const space = (await owner.spaces()).find(
      ({ id, role, kind }) => role === 'owner' && kind !== 'organisation' && theirs.has(id),
    )
    if (space !== undefined && owner.person.id !== person.person.id) return { owner, spaceId: space.id }
  }
  throw new Error('Nobody of the sample owns a space in which this person is')
}

test('what one may no longer read is found no more', async ({ browser }) => {
  await using server = await openTestServer({ args: ['--demo'] })
  const noor = accountOf(server, 'community-manager')
  const noorApi = await openApi(server.url, noor)
  const { owner, spaceId } = await ownedSpaceOf(server, noorApi)
  await owner.createPage(spaceId, { title: 'Vertrouwelijk', markdown: 'Het wachtwoord is zeeanemoon.' })
  const { page } = await openPerson(browser, server.url, noor)
  await openPalette(page)
  await expectFound(page, 'zeeanemoon', 'Vertrouwelijk')

  const removed = await fetch(`${server.url}/api/spaces/${spaceId}/members/${noorApi.person.id}`, {
    method: 'DELETE',
    headers: { authorization: `Bearer ${owner.token}` },
  })
  expect(removed.ok, `removing answered ${removed.status}`).toBe(true)
  await askUntil(page, 'zeeanemoon', palette(page).getByText('Nothing found for'))
})

test('a page that is not on this laptop is found on the server and opens, and offline the search says where it looked', async ({
  browser,
}) => {
  await using server = await openTestServer({ args: ['--demo'] })
  const { noor, api, space } = await colleaguesOf(server)
  const { context, page } = await openPerson(browser, server.url, noor)
  await page.goto(`${server.url}/#/keep`)
  const kept = page.getByRole('combobox', { name: `Pages of ${space.name} on this laptop` })
  await kept.selectOption({ label: 'Nothing beforehand' })
  await api.createPage(space.id, { title: 'Ligplaatsen', markdown: 'In de oude haven groeien zeeanemonen.' })

  await openPalette(page)
  await expectFound(page, 'zeeanemoon', 'Ligplaatsen')
  const elsewhere = palette(page).getByRole('group', { name: 'On the server' })
  await expect(elsewhere.getByRole('option', { name: 'Ligplaatsen' })).toContainText('On the server')
  await expect(elsewhere.locator('mark')).toHaveText('zeeanemonen')
  expect(await axeViolations(page)).toEqual([])
  await page.keyboard.press('Escape')

  await context.setOffline(true)
  await openPalette(page)
  await page.keyboard.type('zeeanemoon')
  await expect(palette(page).getByText('Only this laptop was searched')).toBeVisible()
  await page.keyboard.press('Escape')

  await context.setOffline(false)
  await searchFor(page, 'zeeanemoon')
  await page.getByRole('region', { name: 'On the server' }).getByRole('link', { name: 'Ligplaatsen' }).click()
  await expect(body(page)).toContainText('In de oude haven groeien zeeanemonen.')
  await context.close()
})

test('everything is done by keyboard: pages, actions, tabs, back and forward', async ({ browser }) => {
  await using server = await openTestServer({ args: ['--demo'] })
  const { context, page } = await openPerson(browser, server.url, accountOf(server, 'member'))
  const choose = async (question: string, key = 'Enter') => {
    await openPalette(page)
    await page.keyboard.type(question)
    await expect(palette(page).getByRole('option', { selected: true })).toContainText(new RegExp(question, 'i'))
    await page.keyboard.press(key)
    await expect(palette(page)).toBeHidden()
  }
  await choose('winterdienst')
  await expect(titleField(page)).toHaveValue('Winterdienst')
  await choose('routes en kaarten', 'Control+Enter')
  await expect(tabs(page)).toHaveCount(2)
  await page.keyboard.press('Alt+PageDown')
  await expect(titleField(page)).toHaveValue('Routes en kaarten')
  await page.keyboard.press('Alt+ArrowLeft')
  await expect(titleField(page)).toHaveValue('Winterdienst')
  await expect(tabs(page).and(page.locator('[aria-current=page]'))).toHaveText('Winterdienst')
  await page.keyboard.press('Alt+ArrowRight')
  await expect(tabs(page).and(page.locator('[aria-current=page]'))).toHaveText('Routes en kaarten')

  await tabs(page).nth(1).focus()
  await page.keyboard.press('Alt+ArrowLeft')
  await expect(tabs(page)).toHaveText(['Routes en kaarten', 'Winterdienst'])
  await page.reload()
  await expect(tabs(page)).toHaveText(['Routes en kaarten', 'Winterdienst'])
  await page.keyboard.press('Alt+w')
  await expect(tabs(page)).toHaveText(['Winterdienst'])
  await page.keyboard.press('Alt+Shift+t')
  await expect(tabs(page)).toHaveText(['Routes en kaarten', 'Winterdienst'])

  await choose('dark theme')
  await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', 'dark')
  await body(page).locator('p').first().click()
  await page.keyboard.press('Home')
  await page.keyboard.press('Shift+End')
  await expect(page.getByRole('toolbar', { name: 'Formatting' })).toBeVisible()
  await page.keyboard.press('Control+k')
  await expect(page.getByRole('textbox', { name: 'Address of the link' })).toBeFocused()
  await page.keyboard.press('Escape')
  await context.close()
})

test('the overview shows the shortcuts, and keys alone can be switched off', async ({ browser }) => {
  await using server = await openTestServer({ args: ['--demo'] })
  const { context, page } = await openPerson(browser, server.url, accountOf(server, 'member'))
  const overview = page.getByRole('dialog', { name: 'Keyboard shortcuts' })
  await page.keyboard.press('?')
  await expect(overview.getByText('Alt Shift N')).toBeVisible()
  await overview.getByRole('switch').press('Space')
  await page.keyboard.press('Escape')
  await expect(overview).toBeHidden()
  await page.keyboard.press('?')
  await page.keyboard.press('Control+/')
  await expect(overview).toBeVisible()
  await context.close()
})

test('axe finds nothing in palette, search and shortcuts, in light and dark', async ({ browser }) => {
  await using server = await openTestServer({ args: ['--demo'] })
  const { context, page } = await openPerson(browser, server.url, accountOf(server, 'member'))
  await page.emulateMedia({ reducedMotion: 'reduce' })
  for (const theme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme: theme })
    await openPalette(page)
    await page.keyboard.type('brug')
    await expect(palette(page).locator('mark').first()).toBeVisible()
    expect(await axeViolations(page), `palette, ${theme}`).toEqual([])
    await page.keyboard.press('Escape')
    await searchFor(page, 'brug')
    await expect(page.getByRole('status').filter({ hasText: 'found' })).toBeVisible()
    expect(await axeViolations(page), `search, ${theme}`).toEqual([])
    await page.keyboard.press('Control+/')
    await expect(page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeVisible()
    expect(await axeViolations(page), `shortcuts, ${theme}`).toEqual([])
    await page.keyboard.press('Escape')
  }
  await context.close()
})

test('what was said about a page and the names of files are found offline, and open where they stand', async ({
  browser,
}) => {
  await using server = await openTestServer({ args: ['--demo'] })
  const { joris, noor, space } = await colleaguesWithPage(server, 'Sluisdienst', 'De sluis gaat om zes uur open.')
  const one = await openPerson(browser, server.url, joris)
  await openByTitle(one.page, 'Sluisdienst')
  const said = one.page.getByRole('textbox', { name: 'Comment on the whole page' })
  await said.fill('Ook voor de kwelderboot?')
  await said.press('Control+Enter')
  await expect(one.page.locator('[data-thread]').filter({ hasText: 'kwelderboot' }).first()).toBeVisible()
  await one.page.goto(`${server.url}/#/space/${space.id}/files`)
  const file = { name: 'Waterstanden.txt', mimeType: 'text/plain', buffer: Buffer.from('zes uur') }
  await one.page.locator('input[type=file]').first().setInputFiles(file)
  const added = one.page.getByRole('row').filter({ hasText: 'Waterstanden' }).filter({ hasText: 'and on the server' })
  await expect(added).toBeVisible({ timeout: 60_000 })

  // Lists of files come when the line comes.
  const two = await openPerson(browser, server.url, noor, { keepsApp: true })
  await openPalette(two.page)
  await expectFound(two.page, 'kwelderboot', 'Sluisdienst')
  await expectFound(two.page, 'waterstanden', 'Waterstanden.txt')
  await two.page.keyboard.press('Escape')
  await two.context.setOffline(true)
  await openPalette(two.page)
  await expectFound(two.page, 'waterstanden', 'Waterstanden.txt')
  await palette(two.page).getByRole('group', { name: 'Files' }).getByRole('option').click()
  await expect(two.page).toHaveURL(new RegExp(`/space/${space.id}/files/`))
  await openPalette(two.page)
  await expectFound(two.page, 'kwelderboot', 'Sluisdienst')
  const comments = palette(two.page).getByRole('group', { name: 'Comments' })
  await expect(comments.locator('mark')).toHaveText('kwelderboot')
  await comments.getByRole('option').click()
  await expect(body(two.page)).toContainText('De sluis gaat om zes uur open.')
  await expect(two.page.locator('[data-thread]').filter({ hasText: 'kwelderboot' })).toBeInViewport()

  await searchFor(two.page, 'kwelderboot')
  await expect(two.page.getByRole('region', { name: 'Comments' }).getByRole('link')).toContainText('kwelderboot')
  expect(await axeViolations(two.page)).toEqual([])
  await two.context.close()
  await one.context.close()
})

test('Enter right after typing waits for the answer, and makes no page of what is found', async ({ browser }) => {
  await using server = await openTestServer({ args: ['--demo'] })
  const { noor } = await colleaguesWithPage(server, 'Onderzoek', 'Hier groeit de zeeanemoon.')
  const { context, page } = await openPerson(browser, server.url, noor)
  await openPalette(page)
  await expectFound(page, 'zeeanemoon', 'Onderzoek')
  await page.keyboard.press('Escape')
  await page.evaluate(() => {
    // The question does not reach the index before `letAsk` is called.
    const { prototype } = BroadcastChannel
    const post = Reflect.get(prototype, 'postMessage')
    const held: (() => void)[] = []
    let isLetThrough = false
    prototype.postMessage = function (data: unknown) {
      const message: unknown = Reflect.get(Object(data), 'message')
      const send = () => Reflect.apply(post, this, [data])
      if (Reflect.get(Object(message), 'type') === 'ask' && !isLetThrough) held.push(send)
      else send()
    }
    Reflect.set(window, 'letAsk', () => {
      // On a slow machine the last question is asked only now.
      isLetThrough = true
      held.forEach((send) => send())
    })
  })
  await openPalette(page)
  await page.keyboard.type('zeeanemoon')
  await page.keyboard.press('Enter')
  await expect(palette(page)).toBeVisible()
  await page.evaluate(() => Reflect.apply(Reflect.get(window, 'letAsk'), window, []))
  await expect(titleField(page)).toHaveValue('Onderzoek')
  await expect(palette(page)).toBeHidden()
  await context.close()
})
