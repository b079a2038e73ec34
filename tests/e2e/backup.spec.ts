// The drill: a backup is taken while people write, more is written, the server is lost and restored from that older backup.
import { mkdtemp, readFile, rename, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { apiPaths, type FilesAnswer } from '../../model/api.ts'
import { runToEnd } from '../http/support/server-process.ts'
import { expect, test, type Page } from '../support/test.ts'
import { body, colleaguesOf, connection, openByTitle, openPerson, receipt } from '../support/people.ts'
import { openTestServer, type TestServer } from '../support/start-server.ts'

const patient = { timeout: 60_000 }
const photo = Buffer.from('The lock at night, in words of one photograph.')

test('a server restored from an older backup is given back what was written since, and nobody signs in again', async ({
  browser,
}) => {
  test.setTimeout(240_000)
  await using folder = await temporaryFolder()
  await using server = await openTestServer({ args: ['--demo'] })
  const { joris, noor, api, space } = await colleaguesOf(server)
  const logbook = await api.createPage(space.id, { title: 'Logbook', markdown: 'Begin here.\n\nYonder.' })
  const [one, other] = [await openPerson(browser, server.url, joris), await openPerson(browser, server.url, noor)]
  for (const { page } of [one, other]) await openByTitle(page, 'Logbook')

  // Both write for as long as it takes to make a backup, and it keeps neither waiting.
  const backup = join(folder.path, 'backup')
  await goToEndOf(one.page, 'Begin')
  await goToEndOf(other.page, 'Yonder')
  const backedUp = done(['backup', '--to', backup, '--data', server.dataDir])
  const [jorisLines, noorLines] = await Promise.all([
    writeUntil(backedUp, one.page, 'Joris'),
    writeUntil(backedUp, other.page, 'Noor'),
  ])
  await done(['verify', '--from', backup])

  // What comes now is in no backup.
  await writeLine(one.page, 'After the backup, by Joris.')
  await writeLine(other.page, 'After the backup, by Noor.')
  await expect(receipt(one.page)).toHaveAccessibleName(/On the server/)
  await comments(other.page).getByRole('textbox').fill('Said after the backup.')
  await comments(other.page).getByRole('button', { name: 'Post' }).click()
  await expect(comments(one.page)).toContainText('Said after the backup.')
  await addPage(one.page, space.name, 'Made later')
  await body(one.page).click()
  await one.page.keyboard.type('A page that no backup has.')
  await expect(receipt(one.page)).toHaveAccessibleName(/On the server/)
  const viaApi = await api.createPage(space.id, { title: 'Made by a program', markdown: 'It cannot write it again.' })
  await openByTitle(other.page, 'Made by a program')
  await expect(body(other.page)).toContainText('It cannot write it again.')
  await openByTitle(other.page, 'Made later')
  await expect(body(other.page)).toContainText('A page that no backup has.')
  await expect(receipt(other.page)).toHaveAccessibleName(/On the server/)
  await addFile(other.page, server, space.id)
  const before = await textsOf(api, [logbook.id, viaApi.id])
  expect(before[0]).toMatch(/(?=.*by Joris)(?=.*by Noor)/s)

  await server.stop()
  await rename(server.dataDir, join(folder.path, 'lost'))
  const said = await done(['restore', '--from', backup, '--data', server.dataDir])
  expect(said).toContain('comes back by itself')
  expect(await pagesIn(backup)).toBe((await pagesOnServer(join(folder.path, 'lost'), folder.path)) - 2)
  await server.start()

  for (const { page } of [one, other]) await expect(connection(page)).toHaveText('Connected', patient)
  await expect(body(one.page)).toContainText('A page that no backup has.')
  await expect(receipt(one.page)).toHaveAccessibleName(/On the server/, patient)
  await expect(fileRow(other.page)).toContainText('On this laptop and on the server', patient)
  await expect.poll(() => textsOf(api, [logbook.id, viaApi.id]), patient).toEqual(before)
  await expect.poll(() => fileOnServer(server, api.token, space.id), patient).toBe(photo.toString())
  for (const { page } of [one, other]) await openByTitle(page, 'Logbook')
  await goToEndOf(other.page, 'After the backup, by Noor')
  await writeLine(other.page, 'And on.')
  await expect(body(one.page)).toContainText('And on.')
  await expect(receipt(other.page)).toHaveAccessibleName(/On the server/, patient)
  for (const { page } of [one, other]) await expect(page.getByText(/(was|were) set aside/)).toHaveCount(0)

  // A laptop that knew nothing of it has all of it from the server.
  const fresh = await openPerson(browser, server.url, joris)
  await openByTitle(fresh.page, 'Made later')
  await expect(body(fresh.page)).toContainText('A page that no backup has.')
  await openByTitle(fresh.page, 'Logbook')
  const lines = [`Joris ${jorisLines}.`, `Noor ${noorLines}.`, 'by Joris.', 'by Noor.', 'And on.']
  for (const line of lines) await expect(body(fresh.page)).toContainText(line)
  await expect(comments(fresh.page)).toContainText('Said after the backup.')
})

const comments = (page: Page) => page.getByRole('region', { name: 'Comments on this page' })
const fileRow = (page: Page) =>
  page.getByRole('row').filter({ has: page.getByRole('button', { name: 'sluis.txt', exact: true }) })

/** A command of the administrator, which must succeed. */
async function done(args: readonly string[]): Promise<string> {
  const { code, stdout, stderr } = await runToEnd('admin.ts', args)
  expect(stderr).toBe('')
  expect(code).toBe(0)
  return stdout
}

async function goToEndOf(page: Page, start: string): Promise<void> {
  await body(page).locator('p', { hasText: start }).first().click()
  await page.keyboard.press('End')
}

/** A paragraph of its own, behind where the caret is. */
async function writeLine(page: Page, text: string): Promise<void> {
  await page.keyboard.press('Enter')
  await page.keyboard.type(text)
}

/** Writes numbered lines until the work is done; answers how many. */
async function writeUntil(work: Promise<unknown>, page: Page, name: string): Promise<number> {
  const state = { isDone: false }
  const ended = work.finally(() => {
    state.isDone = true
  })
  let lines = 0
  while (!state.isDone) {
    lines += 1
    await writeLine(page, `${name} ${lines}.`)
  }
  await ended
  return lines
}

async function addPage(page: Page, spaceName: string, title: string): Promise<void> {
  await page.getByRole('treeitem', { name: spaceName, exact: true }).click()
  await page.getByRole('main').getByRole('button', { name: 'New page' }).first().click()
  await page.getByRole('dialog').getByLabel('Title').fill(title)
  await page.getByRole('button', { name: 'Create', exact: true }).click()
  await expect(page.getByRole('textbox', { name: 'Title of the page' })).toHaveValue(title)
  await expect(body(page)).toBeVisible()
}

async function addFile(page: Page, server: TestServer, spaceId: string): Promise<void> {
  await page.goto(`${server.url}/#/space/${spaceId}/files`)
  const file = { name: 'sluis.txt', mimeType: 'text/plain', buffer: photo }
  await page.locator('input[type=file]').first().setInputFiles(file, patient)
  await expect(fileRow(page)).toContainText('On this laptop and on the server', patient)
}

function textsOf(api: { markdown(id: string): Promise<string> }, ids: readonly string[]): Promise<readonly string[]> {
  // What the server has not got back yet is no error of the drill.
  return Promise.all(ids.map((id) => api.markdown(id).catch(() => '')))
}

async function fileOnServer(server: TestServer, token: string, spaceId: string): Promise<string | undefined> {
  const headers = { authorization: `Bearer ${token}` }
  const list = (await (await fetch(server.url + apiPaths.files(spaceId), { headers })).json()) as FilesAnswer
  const file = list.files.find(({ name }) => name === 'sluis.txt')
  if (file === undefined) return undefined
  return (await fetch(server.url + apiPaths.file(spaceId, file.id), { headers })).text()
}

async function pagesIn(backup: string): Promise<number> {
  const manifest: unknown = JSON.parse(await readFile(join(backup, 'manifest.json'), 'utf8'))
  return Number(Reflect.get(Object(Reflect.get(Object(manifest), 'counts')), 'pages'))
}

/** By a backup of the folder that was lost, which is also the one of a server that is stopped. */
async function pagesOnServer(dataDir: string, folder: string): Promise<number> {
  await done(['backup', '--to', join(folder, 'of-the-lost'), '--data', dataDir])
  return pagesIn(join(folder, 'of-the-lost'))
}

async function temporaryFolder() {
  const path = await mkdtemp(join(tmpdir(), 'plein-drill-'))
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }) }
}
