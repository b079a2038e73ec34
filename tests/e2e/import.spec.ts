// Real input: a folder of Markdown that nobody here wrote becomes pages, and people write on in them.
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test, type Page } from '../support/test.ts'
import type { ImportAnswer, PageAnswer } from '../../model/api.ts'
import { runToEnd } from '../http/support/server-process.ts'
import { heldOf } from '../support/laptop-records.ts'
import { openHouse } from '../support/house.ts'
import { body, colleaguesOf, connection, openPerson, receipt, waitingNotice } from '../support/people.ts'
import { copyRealMarkdown } from '../support/real-markdown-folder.ts'
import { openTestServer, type TestServer } from '../support/start-server.ts'

async function importFolder(server: TestServer, root: string, space: string, as: string) {
  return runToEnd('admin.ts', ['import-markdown', root, '--space', space, '--as', as, '--data', server.dataDir])
}

/** Goes to a page as a bookmark would, and waits until that page and no other can be written in. */
async function openById(page: Page, url: string, { id, title }: PageAnswer): Promise<void> {
  await page.goto(`${url}/#/page/${id}`)
  await expect(page.getByRole('textbox', { name: /title/i })).toHaveText(title)
  await expect(body(page)).toBeVisible()
}

async function writeAtEnd(page: Page, words: string): Promise<void> {
  await body(page).focus()
  await page.keyboard.press('Control+End')
  await page.keyboard.type(words)
  await expect(body(page)).toContainText(words.trim())
}

function timesIn(text: string, word: string): number {
  return text.split(word).length - 1
}

test('three hundred files come in beside a running server, and two people write in twenty of them, one offline', async ({
  browser,
}) => {
  test.setTimeout(300_000)
  await using folder = await copyRealMarkdown(300)
  await using house = await openHouse()
  const { line, server, joris, noor, api, space } = house
  const before = new Set((await api.pages(space.id)).map(({ id }) => id))

  const report = await importFolder(server, folder.root, space.id, joris.email)
  expect(report).toMatchObject({ code: 0, stderr: '' })
  expect(report.stdout).toContain(
    `Imported ${folder.paths.length} pages into ${space.name}, and ${folder.bareFolders.length} for folders.`,
  )
  expect(report.stdout).not.toContain('Not imported')
  const imported = (await api.pages(space.id)).filter(({ id }) => !before.has(id))
  expect(imported).toHaveLength(folder.paths.length + folder.bareFolders.length)

  const first = new Map<PageAnswer, string>()
  for (let at = 0; first.size < 20; at += 3) {
    const page = imported[at]
    if (page === undefined) throw new Error('Fewer than twenty of the imported pages have text')
    const text = await api.markdown(page.id)
    // What is typed after code at the very end would be code too.
    if (text.length > 200 && /[\p{L}.!?]\s*$/u.test(text)) first.set(page, text)
  }
  const twenty = [...first.keys()]
  // Ten pages each of their own hands at least, and four that both write in.
  const [ofJoris, ofNoor] = [twenty.slice(0, 12), twenty.slice(8)]

  const [one, other] = [
    await openPerson(browser, line.url, joris, { keepsApp: true }),
    await openPerson(browser, server.url, noor),
  ]
  const ids = imported.map(({ id }) => id)
  await expect.poll(() => heldOf(one.page, ids), { timeout: 60_000 }).toBe(ids.length)
  line.cut()
  await expect(connection(one.page)).toContainText('Offline')
  for (const [at, page] of ofJoris.entries()) {
    await openById(one.page, line.url, page)
    await writeAtEnd(one.page, ` JorisWrote${at}End`)
    await expect(receipt(one.page)).toHaveAccessibleName(/Offline/)
  }
  for (const [at, page] of ofNoor.entries()) {
    await openById(other.page, server.url, page)
    await writeAtEnd(other.page, ` NoorWrote${at}End`)
    await expect(receipt(other.page)).toHaveAccessibleName(/On the server/)
  }
  await expect(waitingNotice(one.page)).toBeVisible()

  line.mend()
  await expect(connection(one.page)).toHaveText('Connected', { timeout: 60_000 })
  await expect(waitingNotice(one.page)).toHaveCount(0, { timeout: 60_000 })
  for (const page of twenty) {
    const marks = [
      ...(ofJoris.includes(page) ? [`JorisWrote${ofJoris.indexOf(page)}End`] : []),
      ...(ofNoor.includes(page) ? [`NoorWrote${ofNoor.indexOf(page)}End`] : []),
    ]
    const text = await api.markdown(page.id)
    for (const mark of marks) expect(timesIn(text, mark), `${mark} in ${page.title}:\n${text}`).toBe(1)
    // What nobody touched is as it came in.
    const rest = marks.reduce((left, mark) => left.replace(new RegExp(` ?${mark}`), ''), text)
    expect(rest.trim()).toBe(first.get(page)?.trim())
  }
  // Nobody made or lost a page on the way, and both screens show what both wrote.
  expect(await api.pages(space.id)).toHaveLength(before.size + imported.length)
  const shared = twenty[8]
  if (shared === undefined) throw new Error('There is no page of both')
  for (const [{ page }, url] of [
    [one, line.url],
    [other, server.url],
  ] as const) {
    await openById(page, url, shared)
    await expect(body(page)).toContainText('JorisWrote8End')
    await expect(body(page)).toContainText('NoorWrote0End')
  }
})

test('beside a stopped server the files come in too, and one that is no text is named and left out', async () => {
  await using folder = await copyRealMarkdown(30)
  await writeFile(join(folder.root, 'picture.md'), Buffer.from('89504e470d0a1a0a0000000d49484452ff00', 'hex'))
  await using server = await openTestServer({ args: ['--demo'] })
  const { joris, api, space } = await colleaguesOf(server)
  const before = await api.pages(space.id)
  await server.stop()
  const report = await importFolder(server, folder.root, space.id, joris.email)
  expect(report).toMatchObject({ code: 0, stderr: '' })
  expect(report.stdout.split('\n').slice(0, 2)).toEqual([
    `Imported 30 pages into ${space.name}, and ${folder.bareFolders.length} for folders.`,
    'Not imported: picture.md (no text in UTF-8)',
  ])
  await server.start()
  const after = await api.pages(space.id)
  expect(after).toHaveLength(before.length + 30 + folder.bareFolders.length)
  expect(after.map(({ title }) => title)).not.toContain('picture')
})

test('an integrator’s import makes the same tree, names what did not come in, and leaves nothing when it is refused', async () => {
  await using folder = await copyRealMarkdown(6)
  await using server = await openTestServer({ args: ['--demo'] })
  const { api, space } = await colleaguesOf(server)
  const before = (await api.pages(space.id)).length
  const files = await Promise.all(
    folder.paths.map(async (path) => ({ path, base64: await readFile(join(folder.root, path), 'base64') })),
  )
  const post = (list: readonly { path: string; base64: string }[]) =>
    fetch(`${server.url}/api/spaces/${space.id}/imports`, {
      method: 'POST',
      headers: { authorization: `Bearer ${api.token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ files: list }),
    })

  const refused = await post([...files, { path: 'broken.md', base64: 'not base64!' }])
  expect(refused.status).toBe(400)
  expect(await refused.text()).toContain('The content of broken.md is not base64.')
  expect(await api.pages(space.id)).toHaveLength(before)

  const answer = await post([...files, { path: 'picture.md', base64: 'iVBORw0KGgoAAAAN/w==' }])
  expect(answer.status).toBe(200)
  const { pages, skipped } = (await answer.json()) as ImportAnswer
  expect(skipped).toEqual([{ path: 'picture.md', reason: 'not-text' }])
  expect(pages.map(({ path }) => path).toSorted()).toEqual(
    [...folder.paths, ...folder.bareFolders.map((path) => `${path}/`)].toSorted(),
  )
  const titles = new Map((await api.pages(space.id)).map(({ id, title }) => [id, title]))
  for (const { id, title } of pages) expect(titles.get(id)).toBe(title)
})
