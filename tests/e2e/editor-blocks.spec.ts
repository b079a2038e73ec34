// The blocks of schema 2, made, shared, and met by an older app.
import { expect, test } from '@playwright/test'
import type { Locator, Page } from '@playwright/test'
import { openEditorHarness } from './support/editor-harness.ts'
import type { EditorHarness } from './support/editor-harness.ts'

let harness: EditorHarness

test.beforeAll(async () => {
  harness = await openEditorHarness()
})

test.afterAll(async () => {
  await harness.close()
})

async function openDesk(page: Page, query = ''): Promise<{ readonly left: Locator; readonly right: Locator }> {
  await page.goto(`${harness.url}?${query}`)
  const side = (name: string) => page.getByRole('region', { name }).getByRole('textbox', { name: 'Text of the page' })
  await expect(side('left')).toBeVisible()
  return { left: side('left'), right: side('right') }
}

const handleIn = (page: Page, side: 'left' | 'right') =>
  page.getByRole('region', { name: side }).getByRole('button', { name: 'Move or change this block' })

async function bottomOf(element: Locator): Promise<number> {
  const box = await element.boundingBox()
  return box === null ? Infinity : box.y + box.height
}

const xml = (page: Page, side: 'left' | 'right') => page.evaluate((name) => window.desk.xml(name), side)

async function write(page: Page, editor: Locator, lines: readonly string[]): Promise<void> {
  await editor.click()
  for (const [index, line] of lines.entries()) {
    if (index > 0) await page.keyboard.press('Enter')
    await page.keyboard.type(line)
  }
}

/** Clicks into a line and waits until the editor has heard of it, as it has long before a person presses the next key. */
async function goTo(page: Page, side: 'left' | 'right', words: string): Promise<void> {
  await page.getByRole('region', { name: side }).getByText(words).click()
  await expect.poll(() => page.evaluate((name) => window.desk.caret(name).replace('|', ''), side)).toBe(words)
}

test('`> [!warning] ` makes a warning, and both sides write in it, parted and joined', async ({ page }) => {
  const { left, right } = await openDesk(page)
  await write(page, left, ['> [!warning] Gladheid'])
  await expect(right.getByRole('note', { name: 'Warning' })).toHaveText('Gladheid')
  await page.evaluate(() => window.desk.part())
  await page.keyboard.type(' vannacht')
  await right.getByText('Gladheid').click()
  await page.keyboard.press('Home')
  await page.keyboard.type('Let op: ')
  await page.evaluate(() => window.desk.meet())
  for (const side of [left, right]) await expect(side.getByRole('note')).toHaveText('Let op: Gladheid vannacht')
  expect(await xml(page, 'left')).toBe(
    '<callout kind="warning"><paragraph>Let op: Gladheid vannacht</paragraph></callout>',
  )
})

test('a toggle opens for one person only, and Backspace before its heading gives its words back', async ({ page }) => {
  const { left, right } = await openDesk(page)
  await write(page, left, ['/toggle'])
  await page.getByRole('option', { name: 'Toggle' }).click()
  await page.keyboard.type('Meer weten')
  await page.keyboard.press('Enter')
  await page.keyboard.type('De rest.')
  await expect(left.getByText('De rest.')).toBeVisible()
  await expect(right.locator('summary')).toHaveText('Meer weten')
  await expect(right.getByText('De rest.')).toBeHidden()
  await right.getByRole('button', { name: 'Open or close' }).click()
  await expect(right.getByText('De rest.')).toBeVisible()
  await left.locator('summary').click()
  await page.keyboard.press('Home')
  // As it has long before a person presses the next key.
  await expect.poll(() => page.evaluate(() => window.desk.caret('left'))).toBe('|Meer weten')
  await page.keyboard.press('Backspace')
  await expect(right.locator('summary')).toHaveCount(0)
  expect(await xml(page, 'right')).toContain('<paragraph>Meer weten</paragraph><paragraph>De rest.</paragraph>')
})

test('`[[` links to a page, follows its new title, opens it, and makes a page that is not there', async ({ page }) => {
  const { left, right } = await openDesk(page)
  await write(page, left, ['Zie [[afval'])
  await expect(page.getByRole('option')).toHaveText([/Afval scheiden/, /Create “afval”/])
  await page.keyboard.press('Enter')
  await page.keyboard.type('en [[Nieuwe route')
  await page.keyboard.press('Enter')
  await expect(right).toHaveText('Zie Afval scheiden en Nieuwe route ')
  expect(await page.evaluate(() => window.desk.around.made)).toEqual(['Nieuwe route'])
  await page.evaluate(() => {
    for (const title of window.desk.around.titles.values())
      if (title.snapshot() === 'Afval scheiden') title.set('Afval')
  })
  await expect(right).toHaveText('Zie Afval en Nieuwe route ')
  await right.getByText('Afval', { exact: true }).click()
  expect(await page.evaluate(() => window.desk.opened)).toEqual([`#/page/${'p'.repeat(26)}`])
})

test('`@` names a colleague, and an address in the text does not', async ({ page }) => {
  const { left, right } = await openDesk(page)
  await write(page, left, ['Vraag @noo'])
  await expect(page.getByRole('option')).toHaveText([/Noor de Wit/])
  await page.keyboard.press('Enter')
  await page.keyboard.type('of info@noo')
  await expect(page.getByRole('option')).toHaveCount(0)
  await expect(right).toHaveText('Vraag @Noor de Wit of info@noo')
  expect(await xml(page, 'right')).toContain(`person="${'b'.repeat(26)}"`)
})

test('a dropped file becomes a block that says where it stands and opens', async ({ page }) => {
  const { left, right } = await openDesk(page)
  await write(page, left, ['Bijlage:'])
  const data = await page.evaluateHandle(() => {
    const transfer = new DataTransfer()
    transfer.items.add(new File(['x'.repeat(2_500)], 'begroting.pdf', { type: 'application/pdf' }))
    return transfer
  })
  const line = await left.getByText('Bijlage:').boundingBox()
  await left.dispatchEvent('drop', { dataTransfer: data, clientX: (line?.x ?? 0) + 4, clientY: (line?.y ?? 0) + 4 })
  const open = right.getByRole('button', { name: 'begroting.pdf' })
  await expect(open).toBeVisible()
  await expect(right).toContainText('2.5 kB · waiting on this laptop')
  await page.evaluate(() => window.desk.around.file.set({ kind: 'uploading', doneBytes: 1, sizeBytes: 4 }))
  await expect(right.getByRole('progressbar', { name: 'being sent' })).toHaveAttribute('value', '1')
  await page.evaluate(() => window.desk.around.file.set({ kind: 'on-server' }))
  await expect(right).toContainText('on the server')
  await open.click()
  expect(await page.evaluate(() => window.desk.around.filesOpened)).toEqual(['begroting.pdf dddd'])
  // A file does not become a heading.
  await left.getByText('begroting.pdf').hover()
  await handleIn(page, 'left').click()
  await expect(page.getByRole('menuitem')).toHaveText(['Duplicate', 'Delete'])
})

test('a block moves while a colleague without a line writes in it and in those that it passes', async ({ page }) => {
  const { left, right } = await openDesk(page)
  await write(page, left, ['Een', 'Twee', 'Drie'])
  await expect(right).toContainText('Drie')
  await page.evaluate(() => window.desk.part())
  await goTo(page, 'left', 'Een')
  await page.keyboard.press('Alt+Shift+ArrowDown')
  await page.keyboard.press('Alt+Shift+ArrowDown')
  await expect(left.locator('p')).toHaveText(['Twee', 'Drie', 'Een'])
  // The caret went along.
  await page.keyboard.press('Home')
  await page.keyboard.type('Nu ')
  for (const words of ['Twee', 'Drie', 'Een']) {
    await goTo(page, 'right', words)
    await page.keyboard.press('End')
    await page.keyboard.type(' van Sem')
  }
  await page.evaluate(() => window.desk.meet())
  // So does the caret of who writes in it.
  await page.keyboard.type('!')
  for (const side of [left, right])
    await expect(side.locator('p')).toHaveText(['Twee van Sem', 'Drie van Sem', 'Nu Een van Sem!'])
})

test('a move is taken back by undo and made again, and takes nothing of a colleague along', async ({ page }) => {
  const { left, right } = await openDesk(page)
  await write(page, left, ['Een', 'Twee', 'Drie'])
  await right.getByText('Twee').click()
  await page.keyboard.press('End')
  await page.keyboard.type(' van Sem')
  await goTo(page, 'left', 'Een')
  await page.keyboard.press('Alt+Shift+ArrowDown')
  await expect(right.locator('p')).toHaveText(['Twee van Sem', 'Een', 'Drie'])
  await page.keyboard.press('Control+z')
  await expect(right.locator('p')).toHaveText(['Een', 'Twee van Sem', 'Drie'])
  await page.keyboard.press('Control+y')
  await expect(right.locator('p')).toHaveText(['Twee van Sem', 'Een', 'Drie'])
  await right.getByText('Een').click()
  await page.keyboard.press('End')
  await page.keyboard.type(' van Sem')
  await left.getByText('Drie').click()
  await page.keyboard.press('Control+z')
  await expect(right).toContainText(' van SemDrie')
})

test('a block is dragged by its handle, and its menu makes a heading of it', async ({ page }) => {
  const { left, right } = await openDesk(page)
  await write(page, left, ['Een', 'Twee', 'Drie'])
  await left.getByText('Een').hover()
  const handle = handleIn(page, 'left')
  await handle.dragTo(left.getByText('Drie'), { targetPosition: { x: 10, y: 24 } })
  await expect(right.locator('p')).toHaveText(['Twee', 'Drie', 'Een'])
  await left.getByText('Drie').hover()
  // In a low window the whole menu is in sight.
  await page.setViewportSize({ width: 1024, height: 480 })
  await left.getByText('Drie').hover()
  await handle.click()
  const menu = page.getByRole('menu', { name: 'Move or change this block' })
  await expect.poll(async () => bottomOf(menu)).toBeLessThanOrEqual(480)
  await page.getByRole('menuitem', { name: 'Heading 2' }).click()
  await expect(right.locator('h2')).toHaveText('Drie')
  await page.keyboard.press('Control+/')
  await page.getByRole('menuitem', { name: 'Duplicate' }).press('Enter')
  await expect(right.locator('h2')).toHaveText(['Drie', 'Drie'])
})

test('find and replace counts, goes on, replaces, and stays right while a colleague writes', async ({ page }) => {
  const { left, right } = await openDesk(page)
  await write(page, left, ['De fiets en de Fiets', 'fietspad', 'tram'])
  await page.keyboard.press('Control+f')
  const bar = page.getByRole('search', { name: 'Find on this page' })
  await bar.getByRole('textbox', { name: 'Find on this page' }).fill('fiets')
  await expect(bar.getByRole('status')).toHaveText('1 of 3')
  await bar.getByRole('button', { name: 'Next' }).click()
  await expect(bar.getByRole('status')).toHaveText('2 of 3')
  await right.getByText('tram').click()
  await page.keyboard.press('End')
  await page.keyboard.type(' of fiets')
  await expect(bar.getByRole('status')).toHaveText(/of 4$/)
  await bar.getByRole('button', { name: 'Match case' }).click()
  await expect(bar.getByRole('status')).toHaveText(/of 3$/)
  await bar.getByRole('button', { name: 'Whole words only' }).click()
  await expect(bar.getByRole('status')).toHaveText(/of 2$/)
  await bar.getByRole('textbox', { name: 'Replace with' }).fill('bus')
  await bar.getByRole('button', { name: 'Replace all' }).click()
  await expect(right.locator('p')).toHaveText(['De bus en de Fiets', 'fietspad', 'tram of bus'])
  await expect(bar.getByRole('status')).toHaveText('Nothing found')
  await page.keyboard.press('Escape')
  await expect(bar).toHaveCount(0)
})

test('the outline lists the headings, follows edits of others, and goes to one', async ({ page }) => {
  const { left, right } = await openDesk(page)
  await write(page, left, ['## Begin', 'tekst', '### Daarna', 'meer'])
  const side = page.getByRole('region', { name: 'left' })
  await side.getByRole('button', { name: 'Contents of this page' }).click()
  const items = side.getByRole('navigation', { name: 'Contents of this page' }).getByRole('button')
  await expect(items).toHaveText(['Begin', 'Daarna'])
  await expect(items.nth(1)).toHaveAttribute('aria-current', 'location')
  await right.getByText('Begin').click()
  await page.keyboard.press('End')
  await page.keyboard.type(' hier')
  await expect(items).toHaveText(['Begin hier', 'Daarna'])
})

test('columns become wider by keyboard for both, without raising the schema', async ({ page }) => {
  const { left, right } = await openDesk(page)
  await write(page, left, ['/table'])
  await page.keyboard.press('Enter')
  await page.getByRole('toolbar', { name: 'Table' }).getByRole('button', { name: 'Wider column' }).click()
  await expect(right.locator('col').first()).toHaveCSS('width', '200px')
})

test('an app of schema 1 shows a page of schema 2 to be read, and changes nothing of it', async ({ page }) => {
  const { left } = await openDesk(page)
  await write(page, left, ['> [!note] Nieuw', '', 'Zie [[afval'])
  await page.keyboard.press('Enter')
  const bytes = await page.evaluate(() => [...window.desk.Y.encodeStateAsUpdate(window.desk.doc('left'))])
  await page.goto(`${harness.url}?sides=1&schema=1`)
  await expect(page.getByRole('textbox', { name: 'Text of the page' })).toBeVisible()
  // The editor that wrote the page still holds what was deleted, for its undo; a page that only arrived does not.
  const arrived = await page.evaluate((update) => {
    const { Y } = window.desk
    Y.applyUpdate(window.desk.doc('left'), Uint8Array.from(update), 'plein:remote')
    const untouched = new Y.Doc()
    Y.applyUpdate(untouched, Uint8Array.from(update))
    return [...Y.encodeStateAsUpdate(untouched)]
  }, bytes)
  await expect(page.getByRole('article')).toContainText('Nieuw')
  await expect(page.getByRole('status').first()).toContainText('newer version of Plein')
  await expect(page.getByRole('textbox', { name: 'Text of the page' })).toHaveCount(0)
  expect(await page.evaluate(() => [...window.desk.Y.encodeStateAsUpdate(window.desk.doc('left'))])).toEqual(arrived)
})
