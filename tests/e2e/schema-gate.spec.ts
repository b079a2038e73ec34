// Content from a newer app: shown to be read, never bound to the editor, and so never deleted by merely being opened.
import { expect, test, type Page } from '../support/test.ts'
import * as Y from 'yjs'
import { currentSchema } from '../../model/schema-version.ts'
import { body, colleaguesOf, connection, openByTitle, openPerson, typeAfter } from '../support/people.ts'
import { openStockClient, readServerState, type ServerState, type StockClient } from '../support/stock-client.ts'
import { openTestServer } from '../support/start-server.ts'

/** Higher than what this app and this server know. */
const newerSchema = currentSchema + 1

const twentyParagraphs = Array.from({ length: 20 }, (_, at) => `Paragraph ${at + 1}.`).join('\n\n')

const newerNotice = /^This page was made with a newer version of Plein\. You can read it here; update Plein to write\.$/

/** A node and a mark that no app has had yet, in the middle of the text. */
function writeUnknown({ doc, fragment }: StockClient): void {
  doc.transact(() => {
    const marked = fragment.get(4)
    const text = marked instanceof Y.XmlElement ? marked.get(0) : undefined
    if (!(text instanceof Y.XmlText)) throw new Error('The fifth paragraph has no text')
    text.format(0, 9, { shimmer: { depth: 3 } })
    const board = new Y.XmlElement('board')
    board.insert(0, [new Y.XmlText('On the board.')])
    fragment.insert(10, [board])
  })
}

async function tryToType(page: Page, words: string): Promise<void> {
  const article = page.getByRole('article', { name: 'Text of the page' })
  await article.getByText('Paragraph 5.').click()
  await page.keyboard.type(words)
  await page.keyboard.press('Control+a')
  await page.keyboard.press('Delete')
}

async function expectReadOnly(page: Page): Promise<void> {
  await expect(page.getByText(newerNotice)).toBeVisible()
  await expect(page.getByRole('textbox', { name: 'Text of the page' })).toHaveCount(0)
  await expect(body(page)).toHaveCount(0)
}

test('a page with an unknown node and mark is the same, byte for byte, after opening it, trying to edit it and a reconnect', async ({
  browser,
}) => {
  await using server = await openTestServer({ args: ['--demo'] })
  const { joris, api, space } = await colleaguesOf(server)
  const { id } = await api.createPage(space.id, { title: 'From a newer app', markdown: twentyParagraphs })
  const stock = { url: server.url, documentId: id, schema: newerSchema }
  {
    using writer = await openStockClient(api, stock)
    writeUnknown(writer)
    await expect.poll(async () => (await readServerState(api, stock)).state).toBe(stateOf(writer))
  }
  const before = await readServerState(api, stock)

  const { page, context } = await openPerson(browser, server.url, joris)
  await openReadOnly(page, 'From a newer app')
  await expect(page.getByText('On the board.')).toBeVisible()
  await expect(page.getByText('Paragraph 20.')).toBeVisible()
  expect(await readServerState(api, stock)).toEqual(before)

  await tryToType(page, 'Not for this page.')
  await expect(page.getByText('Paragraph 5.')).toBeVisible()
  await expectNothingWaits(page)
  expect(await readServerState(api, stock)).toEqual(before)

  await server.stop()
  await expect(connection(page)).toContainText('Offline')
  await tryToType(page, 'Not offline either.')
  await server.start()
  await expect(connection(page)).toHaveText('Connected', { timeout: 30_000 })
  await expectReadOnly(page)
  await expectNothingWaits(page)
  expect(await readServerState(api, stock)).toEqual(before)
  await context.close()
})

test('an unknown node that arrives while one is writing takes the editor away and loses nothing', async ({
  browser,
}) => {
  await using server = await openTestServer({ args: ['--demo'] })
  const { joris, api, space } = await colleaguesOf(server)
  const { id } = await api.createPage(space.id, { title: 'Open when it came', markdown: twentyParagraphs })
  const stock = { url: server.url, documentId: id, schema: newerSchema }
  const { page, context } = await openPerson(browser, server.url, joris)
  await openByTitle(page, 'Open when it came')
  await typeAfter(page, 'Paragraph 3.', ' Written here.')
  using writer = await openStockClient(api, stock)
  await expect.poll(() => writer.fragment.toString()).toContain('Written here.')

  writeUnknown(writer)
  await expectReadOnly(page)
  await expect(page.getByText('On the board.')).toBeVisible()
  await expect(page.getByText('Paragraph 3. Written here.')).toBeVisible()
  await tryToType(page, 'Not any more.')
  await expectNothingWaits(page)
  const after = await readServerState(api, stock)
  expect(after.state).toBe(stateOf(writer))
  expect(writer.fragment.toString()).toContain('<board>On the board.</board>')
  await context.close()
})

function stateOf({ doc }: StockClient): ServerState['state'] {
  return Buffer.from(Y.encodeStateAsUpdate(doc)).toString('hex')
}

/** Like openByTitle, for a page that gets no editor. */
async function openReadOnly(page: Page, title: string): Promise<void> {
  await page
    .getByRole('button', { name: /^Search/ })
    .first()
    .click()
  await page.getByRole('dialog').getByRole('combobox').fill(title)
  await page.getByRole('option', { name: title }).filter({ hasNotText: 'New page' }).first().click()
  await expectReadOnly(page)
}

/** What one tried to type would stand here as a change under way, if any of it had come through. */
async function expectNothingWaits(page: Page): Promise<void> {
  await expect(page.getByRole('button', { name: /^Receipt: On the server/ })).toBeVisible()
}
