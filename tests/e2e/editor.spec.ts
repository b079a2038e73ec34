import { expect, test } from '../support/test.ts'
import type { Locator, Page } from '@playwright/test'
import { openEditorHarness } from './support/editor-harness.ts'
import type { EditorHarness } from './support/editor-harness.ts'
import type { Desk } from './support/editor-harness/desk.ts'

declare global {
  interface Window {
    desk: Desk
  }
}

let harness: EditorHarness

test.beforeAll(async () => {
  harness = await openEditorHarness()
})

test.afterAll(async () => {
  await harness.close()
})

async function openDesk(page: Page, query = ''): Promise<{ readonly left: Locator; readonly right: Locator }> {
  await page.goto(`${harness.url}?${query}`)
  const side = (name: string) =>
    page.getByRole('region', { name }).getByRole('textbox', { name: /Text of the page|Tekst van de pagina/ })
  await expect(side('left')).toBeVisible()
  return { left: side('left'), right: side('right') }
}

const xml = (page: Page, side: 'left' | 'right') => page.evaluate((name) => window.desk.xml(name), side)

test('typing on the left appears on the right', async ({ page }) => {
  const { left, right } = await openDesk(page)
  await left.click()
  await page.keyboard.type('Zout ligt klaar.')
  await expect(right).toHaveText('Zout ligt klaar.')
  expect(await xml(page, 'right')).toBe('<paragraph>Zout ligt klaar.</paragraph>')
})

test('a caret that the browser has just moved stays where it went, whatever is drawn at that moment', async ({
  page,
}) => {
  const { left } = await openDesk(page)
  await left.click()
  await page.keyboard.type('Boven')
  await page.keyboard.press('Enter')
  await page.keyboard.type('Onder')
  await expect.poll(() => page.evaluate(() => window.desk.caret('left'))).toBe('Onder|')
  const caret = await page.evaluate(() => {
    const { desk } = window
    // As by Home: the browser tells of it only after what runs here.
    const line = document.activeElement?.querySelector('p:last-child')?.firstChild ?? null
    document.getSelection()?.collapse(line, 0)
    const above = desk.doc('right').getXmlFragment('body').get(0)
    const text = above instanceof desk.Y.XmlElement ? above.get(0) : null
    if (text instanceof desk.Y.XmlText) text.insert(0, 'Nog ')
    return desk.caret('left')
  })
  await expect(left).toHaveText('Nog BovenOnder')
  expect(caret).toBe('|Onder')
})

test('mounting an empty page or a known page writes nothing', async ({ page }) => {
  await openDesk(page)
  expect(await xml(page, 'left')).toBe('')
  await page.evaluate(() => {
    const { Y } = window.desk
    const paragraph = new Y.XmlElement('paragraph')
    paragraph.insert(0, [new Y.XmlText('Een bekende pagina')])
    window.desk.doc('left').getXmlFragment('body').insert(0, [paragraph])
    window.desk.update({ isMounted: false })
  })
  const before = await page.evaluate(() => window.desk.fingerprint('left'))
  await page.evaluate(() => {
    window.desk.update({ isMounted: true })
  })
  await expect(page.getByRole('textbox').first()).toHaveText('Een bekende pagina')
  await page.getByRole('textbox').first().click()
  await page.keyboard.press('ArrowLeft')
  expect(await page.evaluate(() => window.desk.fingerprint('left'))).toEqual(before)
})

test('Markdown shortcuts make headings, lists, quotes, code, tasks, marks and links', async ({ page }) => {
  const { left } = await openDesk(page, 'sides=1')
  await left.click()
  const lines = ['## Kop', '- punt', '', '1. eerst', '', '> citaat', '', '```ts ', 'let x', '', '']
  for (const line of lines.slice(0, 7)) {
    await page.keyboard.type(line)
    await page.keyboard.press('Enter')
  }
  await page.keyboard.type('**vet** *schuin* ~~weg~~ `code` https://plein.example/a. klaar')
  await expect(left.locator('h2')).toHaveText('Kop')
  await expect(left.locator('ul li')).toHaveText('punt')
  await expect(left.locator('ol li')).toHaveText('eerst')
  await expect(left.locator('blockquote')).toHaveText('citaat')
  await expect(left.locator('strong')).toHaveText('vet')
  await expect(left.locator('em')).toHaveText('schuin')
  await expect(left.locator('s')).toHaveText('weg')
  await expect(left.locator('code')).toHaveText('code')
  await expect(left.locator('a')).toHaveAttribute('href', 'https://plein.example/a')
  await expect(left.locator('a')).toHaveText('https://plein.example/a')
  await page.keyboard.press('Enter')
  await page.keyboard.type('- [ ] taak')
  await expect(left.getByRole('checkbox', { name: 'Task: taak' })).not.toBeChecked()
  await expect(left.locator('ul:not([data-type]) [data-type=taskList]')).toHaveCount(0)
  await page.keyboard.press('Enter')
  await page.keyboard.press('Enter')
  await page.keyboard.type('```ts ')
  await page.keyboard.type('let x = 1')
  await expect(left.locator('pre code')).toHaveText('let x = 1')
})

test('the slash menu is used by keyboard, in the language of the interface', async ({ page }) => {
  const { left } = await openDesk(page, 'sides=1&language=nl')
  await left.click()
  await page.keyboard.type('/')
  const menu = page.getByRole('listbox', { name: 'Blok invoegen' })
  await expect(menu.getByRole('option')).toHaveCount(16)
  await page.keyboard.type('taken')
  await expect(menu.getByRole('option')).toHaveCount(1)
  await expect(menu.getByRole('option', { name: /Takenlijst/ })).toHaveAttribute('aria-selected', 'true')
  await expect(left).toHaveAttribute('aria-activedescendant', 'plein-slash-taskList')
  await page.keyboard.press('Enter')
  await page.keyboard.type('Rooster rondsturen')
  await expect(left.getByRole('checkbox', { name: 'Taak: Rooster rondsturen' })).toBeVisible()
  await page.keyboard.press('Enter')
  await page.keyboard.press('Enter')
  await page.keyboard.type('/')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await page.keyboard.type('Tussenkop')
  await expect(left.locator('h2')).toHaveText('Tussenkop')
  await page.keyboard.press('Enter')
  await page.keyboard.type('/kop')
  await page.keyboard.press('Escape')
  await expect(menu).toBeHidden()
  await page.keyboard.press('Enter')
  await expect(left).toContainText('/kop')
})

test('a table takes Tab, rows and columns, and a task is ticked by mouse', async ({ page }) => {
  const { left, right } = await openDesk(page)
  await left.click()
  await page.keyboard.type('/table')
  await page.keyboard.press('Enter')
  await expect(left.locator('th')).toHaveCount(3)
  await page.keyboard.type('Route')
  await page.keyboard.press('Tab')
  await page.keyboard.type('Wagens')
  await expect(right.locator('th').nth(1)).toHaveText('Wagens')
  const tools = page.getByRole('toolbar', { name: 'Table' })
  await tools.getByRole('button', { name: 'Row below' }).click()
  await expect(right.locator('tr')).toHaveCount(4)
  await tools.getByRole('button', { name: 'Column right' }).click()
  await expect(right.locator('tr').first().locator('th')).toHaveCount(4)
  await tools.getByRole('button', { name: 'Delete row' }).click()
  await expect(right.locator('tr')).toHaveCount(3)
  await left.locator('td').last().click()
  await page.keyboard.type('laatste')
  await expect(right.locator('td').last()).toHaveText('laatste')
  await page.keyboard.press('Tab')
  await expect(right.locator('tr')).toHaveCount(4)
  await page.keyboard.press('Control+End')
  await page.evaluate(() => {
    window.desk.update({ mode: 'read-only' }, 'right')
  })
  await expect(right).toHaveAttribute('contenteditable', 'false')
})

test('Enter over a selection from a paragraph into a list replaces it by a new line', async ({ page }) => {
  const { left } = await openDesk(page, 'sides=1')
  const faults: string[] = []
  page.on('pageerror', (error) => faults.push(error.message))
  await left.click()
  await page.keyboard.type('boven')
  await page.keyboard.press('Enter')
  await page.keyboard.type('- punt')
  await page.keyboard.press('ControlOrMeta+Shift+Home')
  await expect(page.getByRole('toolbar')).toBeVisible()
  await page.keyboard.press('Enter')
  await page.keyboard.type('nieuw')
  await expect(left).toHaveText('nieuw')
  expect(faults).toEqual([])
})

test('undo takes back own edits only, and redo makes them again', async ({ page }) => {
  const { left, right } = await openDesk(page)
  await left.click()
  await page.keyboard.type('van links')
  await right.click()
  await page.keyboard.press('Control+End')
  await page.keyboard.press('Enter')
  await page.keyboard.type('van rechts')
  await expect(left).toContainText('van rechts')
  await left.getByText('van links').click()
  await page.keyboard.press('Control+z')
  await expect(left).not.toContainText('van links')
  await expect(left).toContainText('van rechts')
  await page.keyboard.press('Control+z')
  await expect(right).toContainText('van rechts')
  await page.keyboard.press('Control+Shift+z')
  await expect(right).toContainText('van links')
  expect(await xml(page, 'left')).toBe(await xml(page, 'right'))
})

test('the caret of the other is shown with a name for two seconds, and never counts as text', async ({ page }) => {
  const { left, right } = await openDesk(page)
  await left.click()
  await page.keyboard.type('Waar ben ik')
  const caret = right.locator('[data-name="Noor"]')
  await expect(caret).toHaveAttribute('data-moved', '')
  expect(await caret.evaluate((element) => getComputedStyle(element, '::after').visibility)).toBe('visible')
  await expect(right).toHaveText('Waar ben ik')
  await expect(caret).not.toHaveAttribute('data-moved')
  expect(await caret.evaluate((element) => getComputedStyle(element, '::after').visibility)).toBe('hidden')
  await page.evaluate(() => {
    window.desk.update({ isMounted: false }, 'left')
  })
  await expect(caret).toHaveCount(0)
})

test('two who type apart in one paragraph and one empty page converge, with everything of both', async ({ page }) => {
  const { left, right } = await openDesk(page)
  await page.evaluate(() => {
    window.desk.part()
  })
  await left.click()
  await page.keyboard.type('links')
  await right.click()
  await page.keyboard.type('rechts')
  await page.evaluate(() => {
    window.desk.meet()
  })
  await expect(left).toContainText('links')
  await expect(left).toContainText('rechts')
  expect(await xml(page, 'left')).toBe(await xml(page, 'right'))
  await page.evaluate(() => {
    window.desk.part()
  })
  await left.getByText('links').click()
  await page.keyboard.press('Home')
  await page.keyboard.type('A ')
  await right.getByText('links').click()
  await page.keyboard.press('End')
  await page.keyboard.type(' Z')
  await page.evaluate(() => {
    window.desk.meet()
  })
  await expect(left).toContainText('A links Z')
  await expect(right).toContainText('A links Z')
  expect(await xml(page, 'left')).toBe(await xml(page, 'right'))
})

test('two who type the first letters of one empty paragraph never double them', async ({ page }) => {
  const { left, right } = await openDesk(page)
  await left.click()
  await page.keyboard.type('boven')
  await page.keyboard.press('Enter')
  await page.evaluate(() => {
    window.desk.part()
  })
  await page.keyboard.type('aaa')
  await right.click()
  await page.keyboard.press('Control+End')
  await page.keyboard.type('bbb')
  await page.evaluate(() => {
    window.desk.meet()
  })
  await page.keyboard.type('b')
  await left.click()
  await page.keyboard.press('Control+End')
  await page.keyboard.type('c')
  const text = await left.locator('p').last().textContent()
  expect([...(text ?? '')].sort().join('')).toBe('aaabbbbc')
  expect(await xml(page, 'left')).toBe(await xml(page, 'right'))
})

test('two who add a column to one table at once get both, and the table stays as it is', async ({ page }) => {
  const { left, right } = await openDesk(page)
  await left.click()
  await page.keyboard.type('/table')
  await page.keyboard.press('Enter')
  await page.evaluate(() => {
    window.desk.part()
  })
  await page.getByRole('region', { name: 'left' }).getByRole('button', { name: 'Column right' }).click()
  await right.locator('td').first().click()
  await page.getByRole('region', { name: 'right' }).getByRole('button', { name: 'Row below' }).click()
  await page.evaluate(() => {
    window.desk.meet()
  })
  const merged = await xml(page, 'left')
  expect(await xml(page, 'right')).toBe(merged)
  await expect(left.locator('tr')).toHaveCount(4)
  await left.locator('th').first().click()
  await page.keyboard.type('x')
  await expect(right.locator('th').first()).toHaveText('x')
  expect(await xml(page, 'left')).toBe(await xml(page, 'right'))
})

test('a task is ticked by mouse and by keyboard, and the other sees it', async ({ page }) => {
  const { left, right } = await openDesk(page)
  await left.click()
  await page.keyboard.type('[ ] zout tellen')
  await left.getByRole('checkbox').click()
  await expect(right.getByRole('checkbox')).toBeChecked()
  await left.getByRole('checkbox').press('Space')
  await expect(right.getByRole('checkbox')).not.toBeChecked()
})
