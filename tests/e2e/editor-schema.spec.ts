import { expect, test } from '../support/test.ts'
import type { Page } from '@playwright/test'
import { openEditorHarness } from './support/editor-harness.ts'
import type { EditorHarness } from './support/editor-harness.ts'

let harness: EditorHarness

test.beforeAll(async () => {
  harness = await openEditorHarness()
})

test.afterAll(async () => {
  await harness.close()
})

type Newer = 'node' | 'mark' | 'attribute' | 'embed'

/** Twenty paragraphs, and among them what a newer app wrote. */
async function fillPage(page: Page, newer: readonly Newer[]): Promise<void> {
  await page.evaluate((kinds) => {
    const { Y } = window.desk
    const doc = window.desk.doc('left')
    const paragraphOf = (text: string) => {
      const paragraph = new Y.XmlElement('paragraph')
      paragraph.insert(0, [new Y.XmlText(text)])
      return paragraph
    }
    const body = doc.getXmlFragment('body')
    body.insert(
      0,
      Array.from({ length: 20 }, (_, index) => paragraphOf(`Alinea ${index + 1}`)),
    )
    if (kinds.includes('node')) {
      const poll = new Y.XmlElement('poll')
      poll.setAttribute('tone', 'wait')
      poll.insert(0, [paragraphOf('Let op: dit blok is nieuw')])
      body.insert(7, [poll])
    }
    const textAt = (index: number) => {
      const paragraph = body.get(index)
      const text = paragraph instanceof Y.XmlElement ? paragraph.get(0) : null
      if (!(text instanceof Y.XmlText)) throw new Error('No text there')
      return text
    }
    if (kinds.includes('mark')) textAt(3).format(0, 6, { highlight: { colour: 'mark' } })
    if (kinds.includes('attribute'))
      doc.transact(() => (body.get(2) as InstanceType<typeof Y.XmlElement>).setAttribute('dir', 'rtl'))
    if (kinds.includes('embed')) textAt(4).insertEmbed(0, { formula: 'x' })
  }, newer)
}

const fingerprint = (page: Page) => page.evaluate(() => window.desk.fingerprint('left'))

async function mount(page: Page, isMounted: boolean): Promise<void> {
  await page.evaluate((value) => {
    window.desk.update({ isMounted: value })
  }, isMounted)
}

async function openWith(page: Page, newer: readonly Newer[], query = ''): Promise<void> {
  await page.goto(`${harness.url}?sides=1&${query}`)
  await expect(page.getByRole('textbox')).toBeVisible()
  await mount(page, false)
  await fillPage(page, newer)
}

for (const kind of ['node', 'mark', 'attribute', 'embed'] as const) {
  test(`a page with an unknown ${kind} is opened and left without a byte changing`, async ({ page }) => {
    await openWith(page, [kind])
    const before = await fingerprint(page)
    await mount(page, true)
    const shown = page.getByRole('article')
    await expect(shown).toContainText('Alinea 20')
    await expect(page.getByRole('status').first()).toContainText('newer version of Plein')
    expect(await fingerprint(page)).toEqual(before)
    expect(await page.evaluate(() => window.desk.unknown.length)).toBe(1)
    // An attempt to edit: nothing there takes it.
    await shown.getByText('Alinea 1', { exact: true }).click()
    await page.keyboard.type('x')
    await page.keyboard.press('Control+a')
    await page.keyboard.press('Delete')
    await expect(page.getByRole('textbox')).toHaveCount(0)
    expect(await fingerprint(page)).toEqual(before)
    await mount(page, false)
    expect(await fingerprint(page)).toEqual(before)
  })
}

test('unknown blocks show their words in a box that says why, known ones their form', async ({ page }) => {
  await openWith(page, ['node', 'mark'], 'language=nl')
  await mount(page, true)
  const box = page.getByText('Let op: dit blok is nieuw')
  await expect(box).toBeVisible()
  await expect(page.getByText('Gemaakt met een nieuwere versie van Plein', { exact: true })).toBeVisible()
  await expect(
    page
      .getByRole('article')
      .locator('p')
      .filter({ hasText: /^Alinea 4$/ }),
  ).toBeVisible()
})

test('unknown content from somebody else unbinds the editor in time: nothing of it is deleted, also not by a later edit', async ({
  page,
}) => {
  await openWith(page, [])
  await mount(page, true)
  const editor = page.getByRole('textbox')
  await editor.getByText('Alinea 5', { exact: true }).click()
  await page.keyboard.type(' van mij')
  await expect(editor).toContainText('van mij')
  const { bytes, after } = await page.evaluate(() => {
    const { Y } = window.desk
    const mine = window.desk.doc('left')
    const newer = new Y.Doc()
    Y.applyUpdate(newer, Y.encodeStateAsUpdate(mine))
    const poll = new Y.XmlElement('poll')
    poll.insert(0, [new Y.XmlText('nieuw')])
    newer.getXmlFragment('body').insert(3, [poll])
    const update = Y.encodeStateAsUpdate(newer, Y.encodeStateVector(mine))
    Y.applyUpdate(mine, update, 'plein:remote')
    return { bytes: Y.encodeStateAsUpdate(newer).length, after: window.desk.fingerprint('left') }
  })
  expect(after.state.length / 2).toBe(bytes)
  await expect(page.getByRole('article')).toContainText('nieuw')
  await expect(page.getByRole('textbox')).toHaveCount(0)
  await page.keyboard.type('nog een letter')
  expect(await fingerprint(page)).toEqual(after)
  // And more of it while it is being read.
  await page.evaluate(() => {
    const { Y } = window.desk
    const newer = new Y.Doc()
    Y.applyUpdate(newer, Y.encodeStateAsUpdate(window.desk.doc('left')))
    newer.getXmlFragment('body').insert(0, [new Y.XmlElement('board')])
    Y.applyUpdate(window.desk.doc('left'), Y.encodeStateAsUpdate(newer), 'plein:remote')
  })
  await expect(page.getByText('Made with a newer version of Plein', { exact: true })).toHaveCount(2)
  expect(await page.evaluate(() => window.desk.xml('left'))).toContain('<board></board>')
  expect(await page.evaluate(() => window.desk.xml('left'))).toContain('<poll>nieuw</poll>')
})

test('an app of an older schema shows a page of today read-only and writes nothing', async ({ page }) => {
  await openWith(page, [], 'schema=0')
  const before = await fingerprint(page)
  await mount(page, true)
  await expect(page.getByRole('article')).toContainText('Alinea 1')
  expect(await fingerprint(page)).toEqual(before)
})

test('words in a place where the editor has none are never thrown away', async ({ page }) => {
  await openWith(page, [])
  await page.evaluate(() => {
    const { Y } = window.desk
    const table = new Y.XmlElement('table')
    const stray = new Y.XmlElement('paragraph')
    stray.insert(0, [new Y.XmlText('verdwaald')])
    table.insert(0, [stray])
    window.desk.doc('left').getXmlFragment('body').insert(0, [table])
  })
  const before = await fingerprint(page)
  await mount(page, true)
  await expect(page.getByRole('article')).toContainText('verdwaald')
  expect(await fingerprint(page)).toEqual(before)
})

test('somebody who may only read writes nothing, whatever comes in', async ({ page }) => {
  await openWith(page, [], 'mode=read-only')
  const before = await fingerprint(page)
  await mount(page, true)
  const editor = page.getByRole('textbox')
  await expect(editor).toContainText('Alinea 20')
  await editor.getByText('Alinea 1', { exact: true }).click()
  await page.keyboard.type('x')
  expect(await fingerprint(page)).toEqual(before)
})
