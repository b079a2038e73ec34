import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { expect, test } from '../support/test.ts'
import type { Page } from '@playwright/test'
import { openEditorHarness } from './support/editor-harness.ts'
import type { EditorHarness } from './support/editor-harness.ts'

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
let harness: EditorHarness

test.beforeAll(async () => {
  harness = await openEditorHarness()
})

test.afterAll(async () => {
  await harness.close()
})

async function openEditor(page: Page, query = '') {
  await page.goto(`${harness.url}?sides=1&${query}`)
  const editor = page.getByRole('textbox', { name: 'Text of the page' })
  await editor.click()
  return editor
}

async function paste(page: Page, data: Readonly<Record<string, string>>): Promise<void> {
  await page.evaluate((given) => {
    const transfer = new DataTransfer()
    for (const [type, value] of Object.entries(given)) transfer.setData(type, value)
    document.activeElement?.dispatchEvent(
      new ClipboardEvent('paste', { clipboardData: transfer, bubbles: true, cancelable: true }),
    )
  }, data)
}

test('pasted Markdown becomes structure; a sentence with a dash stays a sentence', async ({ page }) => {
  const editor = await openEditor(page)
  await paste(page, {
    'text/plain':
      '# Kop\n\n- een\n- twee\n\n- [x] klaar\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n> citaat\n\n```ts\nlet x\n```\n',
  })
  await expect(editor.locator('h1')).toHaveText('Kop')
  await expect(editor.locator('ul:not([data-type]) > li')).toHaveText(['een', 'twee'])
  await expect(editor.getByRole('checkbox')).toBeChecked()
  await expect(editor.locator('th')).toHaveText(['a', 'b'])
  await expect(editor.locator('blockquote')).toHaveText('citaat')
  await expect(editor.locator('pre')).toHaveText('let x')
  await page.keyboard.press('Control+a')
  await page.keyboard.press('Delete')
  await paste(page, { 'text/plain': 'We gaan - denk ik - naar 3 * 4 = 12' })
  await expect(editor.locator('p').first()).toHaveText('We gaan - denk ik - naar 3 * 4 = 12')
})

test('pasted HTML keeps its structure and loses its scripts, styles and tricks', async ({ page }) => {
  const editor = await openEditor(page)
  await page.evaluate(() => {
    Object.assign(window, { stolen: 0 })
  })
  await paste(page, {
    'text/html': `<h2 style="color:red" onclick="window.stolen++">Kop</h2><script>window.stolen++</script>
      <img src="x" onerror="window.stolen++"><svg onload="window.stolen++"></svg><iframe srcdoc="<script>parent.stolen++</script>"></iframe>
      <p>Een <b>vet</b> woord en <a href="javascript:window.stolen++">kwaad</a>, <a href=" java\nscript:window.stolen++">erger</a>,
      <a href="https://plein.example/">goed</a></p><table><tr><td>cel</td></tr></table>`,
  })
  await expect(editor.locator('h2')).toHaveText('Kop')
  await expect(editor.locator('strong')).toHaveText('vet')
  await expect(editor.locator('td')).toHaveText('cel')
  await expect(editor.locator('a')).toHaveText(['goed'])
  await expect(editor.locator('script, iframe, svg, [onclick], [style*="red"], img')).toHaveCount(0)
  expect(await page.evaluate(() => Reflect.get(window, 'stolen'))).toBe(0)
})

const bad = [
  'javascript:alert(1)',
  'JaVaScRiPt:alert(1)',
  'java\tscript:alert(1)',
  'data:text/html,<script>1</script>',
  'vbscript:x',
  'file:///etc/passwd',
  '\u0001javascript:alert(1)',
]

test('a link with a bad address in the page itself is drawn as words, in the editor and in the read-only page', async ({
  page,
}) => {
  const editor = await openEditor(page)
  const add = (isNewer: boolean) =>
    page.evaluate(
      ({ addresses, newer }) => {
        const { Y } = window.desk
        const body = window.desk.doc('left').getXmlFragment('body')
        for (const href of addresses) {
          const paragraph = new Y.XmlElement('paragraph')
          const text = new Y.XmlText()
          text.insert(0, 'kwaad', { link: { href } })
          paragraph.insert(0, [text])
          body.insert(0, [paragraph])
        }
        if (newer) body.insert(0, [new Y.XmlElement('poll')])
      },
      { addresses: bad, newer: isNewer },
    )
  await add(false)
  await expect(editor.getByText('kwaad')).toHaveCount(bad.length)
  await expect(editor.locator('a')).toHaveCount(0)
  await add(true)
  await expect(page.getByRole('article').getByText('kwaad')).toHaveCount(bad.length * 2)
  await expect(page.getByRole('article').locator('a')).toHaveCount(0)
})

test('a link opens by Mod-click only, and through the screen', async ({ page }) => {
  const editor = await openEditor(page)
  await page.keyboard.type('https://plein.example/x klaar')
  await editor.locator('a').click()
  expect(await page.evaluate(() => window.desk.opened)).toEqual([])
  await editor.locator('a').click({ modifiers: ['ControlOrMeta'] })
  expect(await page.evaluate(() => window.desk.opened)).toEqual(['https://plein.example/x'])
  expect(page.url()).toBe(`${harness.url}?sides=1&`)
})

test('Mod-K asks for an address, refuses a bad one in words, and sets a good one', async ({ page }) => {
  const editor = await openEditor(page)
  await page.keyboard.type('de gids')
  await page.keyboard.press('Shift+Home')
  await expect(page.getByRole('toolbar')).toBeVisible()
  await page.keyboard.press('Control+k')
  const field = page.getByRole('textbox', { name: 'Address of the link' })
  await expect(field).toBeFocused()
  await field.fill('javascript:alert(1)')
  await field.press('Enter')
  await expect(page.getByRole('alert')).toContainText('cannot be a link')
  await field.fill('plein.example/gids')
  await field.press('Enter')
  await expect(editor.locator('a')).toHaveAttribute('href', 'https://plein.example/gids')
  await expect(editor).toBeFocused()
})

test('a pasted image is kept, and stands in the page by its hash', async ({ page }) => {
  const editor = await openEditor(page)
  await page.keyboard.type('voor')
  await page.evaluate(() => {
    const transfer = new DataTransfer()
    transfer.items.add(new File([new Uint8Array([1])], 'kaart.png', { type: 'image/png' }))
    document.activeElement?.dispatchEvent(
      new ClipboardEvent('paste', { clipboardData: transfer, bubbles: true, cancelable: true }),
    )
  })
  await expect(editor.getByRole('img', { name: 'kaart' })).toBeVisible()
  await expect(editor.getByRole('img', { name: 'kaart' })).toHaveAttribute('src', /^data:image\/gif/)
  expect(await page.evaluate(() => window.desk.xml('left'))).toContain(`file="${'a'.repeat(64)}"`)
})

test('marks are set by keyboard and by the toolbar, which the keyboard reaches', async ({ page }) => {
  const editor = await openEditor(page)
  await page.keyboard.type('woord')
  await page.keyboard.press('Shift+Home')
  const toolbar = page.getByRole('toolbar', { name: 'Formatting' })
  await expect(toolbar).toBeVisible()
  await page.keyboard.press('Control+b')
  await expect(editor.locator('strong')).toHaveText('woord')
  await expect(toolbar.getByRole('button', { name: 'Bold' })).toHaveAttribute('aria-pressed', 'true')
  await page.keyboard.press('Alt+F10')
  await expect(toolbar.getByRole('button', { name: 'Bold' })).toBeFocused()
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('Enter')
  await expect(editor.locator('em')).toHaveText('woord')
})

test('the editor with its menus has no fault that axe finds', async ({ page }) => {
  const editor = await openEditor(page)
  await page.keyboard.type('# Kop')
  await page.keyboard.press('Enter')
  await page.keyboard.type('[ ] taak')
  await page.keyboard.press('Enter')
  await page.keyboard.press('Enter')
  await page.keyboard.type('/table')
  await page.keyboard.press('Enter')
  for (const heading of ['Route', 'Wagens', 'Klaar']) {
    await page.keyboard.type(heading)
    await page.keyboard.press('Tab')
  }
  await page.keyboard.type('cel')
  await page.keyboard.press('Shift+Home')
  await expect(page.getByRole('toolbar')).toHaveCount(2)
  expect(await axeFaults(page)).toEqual([])
  await page.keyboard.press('End')
  await page.keyboard.type(' /')
  await expect(page.getByRole('listbox')).toBeVisible()
  expect(await axeFaults(page)).toEqual([])
  await expect(editor).toBeFocused()
})

async function axeFaults(page: Page): Promise<readonly string[]> {
  await page.evaluate(axeSource)
  return page.evaluate(async () => {
    const axe: {
      run(): Promise<{ violations: { id: string; nodes: { html: string; failureSummary?: string }[] }[] }>
    } = Reflect.get(window, 'axe')
    const { violations } = await axe.run()
    return violations.flatMap(({ id, nodes }) =>
      nodes.map(({ html, failureSummary }) => `${id}: ${html} ${failureSummary ?? ''}`),
    )
  })
}
