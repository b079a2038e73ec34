// Markdown in and out, in the app: offline on one laptop and there on the other; stopped half-way; out and in again.
import { readFile } from 'node:fs/promises'
import { expect, test, type Page } from '../support/test.ts'
import { openHouse } from '../support/house.ts'
import { axeViolations } from '../support/axe.ts'
import { makeZip, type MadeEntry } from '../support/make-zip.ts'
import { body, colleaguesOf, connection, openByTitle, openPerson, receipt, type Person } from '../support/people.ts'
import { openTestServer } from '../support/start-server.ts'

// Whole imports and exports, on a machine that may be busy.
test.describe.configure({ timeout: 240_000 })

const dot = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==',
  'base64',
)

async function chooseZip(page: Page, name: string, entries: readonly MadeEntry[]): Promise<void> {
  const file = { name, mimeType: 'application/zip', buffer: Buffer.from(makeZip(entries)) }
  await page.locator('input[type=file][accept*=zip]').setInputFiles(file)
}

/** The system's own dialog for saving cannot be driven by a test: then an export is a download. */
async function withoutSaveDialog({ page }: Person): Promise<void> {
  await page.addInitScript(() => Reflect.deleteProperty(window, 'showSaveFilePicker'))
  await page.evaluate(() => Reflect.deleteProperty(window, 'showSaveFilePicker'))
}

/** On the first two words of a paragraph. */
async function commentOn(page: Page, paragraph: string, text: string): Promise<void> {
  await body(page).locator('p', { hasText: paragraph }).click()
  await page.keyboard.press('Home')
  for (let i = 0; i < 'De brug'.length; i += 1) await page.keyboard.press('Shift+ArrowRight')
  // The editor hears of a selection a moment after it is made.
  await expect.poll(() => page.evaluate(() => String(getSelection()))).toBe('De brug')
  await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))))
  await page.keyboard.press('Control+Alt+m')
  await page.getByRole('textbox', { name: 'Comment on the selected text' }).fill(text)
  await page.keyboard.press('Control+Enter')
  await expect(page.getByRole('article', { name: new RegExp(text) })).toBeVisible()
}

function treeItem(page: Page, name: string) {
  return page.getByRole('navigation', { name: 'Sidebar' }).getByRole('treeitem', { name })
}

test('a zip comes in while the line is cut, with its images and links, and is on another laptop when it is mended', async ({
  browser,
}) => {
  await using house = await openHouse()
  const { line, server, joris, noor, space } = house
  const [one, other] = [
    await openPerson(browser, line.url, joris, { keepsApp: true }),
    await openPerson(browser, server.url, noor),
  ]
  line.cut()
  await expect(connection(one.page)).toContainText('Offline')
  await one.page.goto(`${line.url}/#/space/${space.id}`)
  await one.page.getByRole('link', { name: 'Import', exact: true }).click()
  await chooseZip(one.page, 'gladheid.zip', [
    { name: 'Gladheid/README.md', content: '# Gladheid van alle tijden\n\nZie [de routes](routes.md).\n' },
    {
      name: 'Gladheid/routes.md',
      content:
        '---\ntags: [winter]\n---\n# Zoutroutes\n\n![stip](img/dot.png) ![kwijt](img/weg.png)\n\n| a | b |\n| - | - |\n| 1 | 2 |\n',
    },
    { name: 'Gladheid/img/dot.png', content: dot },
    { name: 'Gladheid/los.bin', content: 'x' },
    { name: '../boven.md', content: 'x' },
  ])
  await expect(one.page.getByRole('heading', { name: 'This comes in from gladheid.zip' })).toBeVisible()
  await expect(one.page.getByRole('main')).toContainText('2 pages')
  await expect(one.page.getByRole('main')).toContainText('3 things do not come in as they stand')
  await expect(one.page.getByRole('main')).toContainText('img/weg.png')
  expect(await axeViolations(one.page)).toEqual([])
  await one.page.getByRole('button', { name: 'Import', exact: true }).click()
  await expect(one.page.getByRole('heading', { name: '2 pages are in' })).toBeVisible()
  expect(await axeViolations(one.page)).toEqual([])
  await one.page.getByRole('button', { name: 'Keep the report as a page' }).click()
  await one.page.getByRole('button', { name: 'To the first page' }).click()
  await expect(body(one.page)).toContainText('Zie de routes')
  await expect(receipt(one.page)).toHaveAccessibleName(/Offline/)

  line.mend()
  await expect(receipt(one.page)).toHaveAccessibleName(/On the server/)
  await openByTitle(other.page, 'Zoutroutes')
  await expect(body(other.page).getByRole('img', { name: 'stip' })).toHaveJSProperty('naturalWidth', 1, {
    timeout: 90_000,
  })
  await expect(body(other.page).getByRole('table')).toContainText('1')
  await expect(body(other.page)).toContainText('kwijt')
  await openByTitle(other.page, 'Report of the import of gladheid.zip')
  await expect(body(other.page)).toContainText('Gladheid/los.bin')
  await Promise.all([one.context.close(), other.context.close()])
})

test('an import that is stopped stands nowhere, and what is no zip is refused in words', async ({ browser }) => {
  await using server = await openTestServer({ args: ['--demo'] })
  const { joris, space, api } = await colleaguesOf(server)
  const one = await openPerson(browser, server.url, joris)
  await one.page.goto(`${server.url}/#/space/${space.id}/import`)
  const pages = Array.from({ length: 600 }, (_, i) => ({
    name: `stop/${i}.md`,
    content: `# Halverwege ${i}\n\n${'Een zin met **vet** en [een link](1.md). '.repeat(60)}`,
  }))
  await chooseZip(one.page, 'stop.zip', pages)
  await one.page.getByRole('button', { name: 'Import', exact: true }).click()
  await expect(one.page.getByRole('progressbar')).toHaveAttribute('aria-valuenow', /^[1-9]\d/)
  await one.page.getByRole('button', { name: 'Stop' }).click()
  await expect(one.page.getByRole('heading', { name: 'Stopped' })).toBeVisible()
  await expect(one.page.getByRole('main')).toContainText('nothing half-made is in sight')
  await expect(treeItem(one.page, 'stop')).toHaveCount(0)
  await one.page.getByRole('button', { name: 'To the archive' }).click()
  await expect(one.page.getByRole('main').getByText('stop', { exact: true })).toBeVisible()
  await expect(connection(one.page)).toHaveText('Connected')
  const listed = async () => (await api.pages(space.id)).filter((each) => each.title.startsWith('Halverwege'))
  await expect.poll(async () => (await listed()).length, { timeout: 60_000 }).toBeGreaterThan(10)
  expect((await listed()).filter(({ archived }) => !archived)).toEqual([])

  await one.page.goto(`${server.url}/#/space/${space.id}/import`)
  await one.page.getByRole('button', { name: 'Import something else' }).click()
  await one.page
    .locator('input[type=file][accept*=zip]')
    .setInputFiles({ name: 'geen.zip', mimeType: 'application/zip', buffer: Buffer.from('# tekst') })
  await expect(one.page.getByRole('alert')).toHaveText('This is no zip.')
  await one.page.getByRole('button', { name: 'Choose something else' }).click()
  await chooseZip(one.page, 'leeg.zip', [{ name: 'foto.png', content: dot }])
  await expect(one.page.getByRole('alert')).toContainText('There is no Markdown in it')
  await expect(one.page.getByRole('button', { name: 'Import', exact: true })).toHaveCount(0)
  await one.context.close()
})

test('a space goes out as a zip and comes in again in a personal space without a server, the same', async ({
  browser,
}) => {
  await using server = await openTestServer({ args: ['--demo'] })
  const { joris, space, api } = await colleaguesOf(server)
  const parent = await api.createPage(space.id, { title: 'Uit en in', markdown: 'Boven.' })
  await api.createPage(space.id, {
    title: 'Eerste',
    parent: parent.id,
    markdown: `Terug naar [boven](plein:page/${parent.id}).\n\nDe brug gaat open.\n\nDe brug gaat dicht.`,
  })
  const one = await openPerson(browser, server.url, joris)
  await withoutSaveDialog(one)
  await openByTitle(one.page, 'Eerste')
  await commentOn(one.page, 'De brug gaat dicht.', 'Hoe laat?')
  await openByTitle(one.page, 'Uit en in')
  await one.page.getByRole('button', { name: 'More about this page' }).click()
  await one.page.getByRole('menuitem', { name: 'Export…' }).click()
  await one.page.getByRole('button', { name: 'Export', exact: true }).click()
  await expect(one.page.getByRole('heading', { name: '2 pages are in Uit en in.zip' })).toBeVisible()
  expect(await axeViolations(one.page)).toEqual([])
  const [download] = await Promise.all([
    one.page.waitForEvent('download'),
    one.page.getByRole('button', { name: 'Download the zip' }).click(),
  ])
  const zip = await readFile(await download.path())

  const alone = await browser.newPage({ locale: 'en-GB', viewport: { width: 1366, height: 768 } })
  await alone.goto(server.url)
  await alone.getByRole('button', { name: /Just write/ }).click()
  await alone.getByLabel(/name/i).fill('Sanne')
  await alone.getByRole('button', { name: 'Start writing' }).click()
  await treeItem(alone, 'My space').click()
  await alone.getByRole('link', { name: 'Import', exact: true }).click()
  await alone
    .locator('input[type=file][accept*=zip]')
    .setInputFiles({ name: 'terug.zip', mimeType: 'application/zip', buffer: zip })
  await alone.getByRole('button', { name: 'Import', exact: true }).press('Enter')
  await expect(alone.getByRole('heading', { name: '2 pages are in' })).toBeVisible()
  await expect(alone.getByRole('main')).toContainText('Everything comes in as it stands.')
  await openByTitle(alone, 'Eerste')
  await expect(body(alone)).toContainText('Terug naar boven.')
  await expect(body(alone).getByRole('link', { name: 'boven' })).toHaveAttribute('href', /^plein:page\//)
  // On the same words, of which there are others like them.
  await expect(body(alone).locator('p', { hasText: 'dicht' }).locator('mark[data-comment]')).toHaveText('De brug')
  await expect(body(alone).locator('mark[data-comment]')).toHaveCount(1)
  await expect(alone.getByRole('article', { name: /Hoe laat/ })).toBeVisible()
  await Promise.all([one.context.close(), alone.close()])
})
