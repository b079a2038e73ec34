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

/** Each of these once failed: marks on images that only one person saw, and commands of Tiptap that throw over several blocks. */
const seeds = [2, 7, 17, 19, 1863]

for (const seed of seeds) {
  test(`after 300 edits of two people, apart and together, both show the same whole page (seed ${seed})`, async ({
    page,
  }) => {
    await page.goto(`${harness.url}?seed=${seed}`)
    await expect(page.getByRole('textbox')).toHaveCount(2)
    const faults: string[] = []
    page.on('pageerror', (error) => faults.push(error.message))
    const result = await play(page, seed)
    expect(faults).toEqual([])
    expect(result.unknown).toBe(0)
    expect(result.right).toEqual(result.left)
    expect(result.rightXml).toBe(result.leftXml)
    expect(result.rebuilt).toEqual(result.left)
  })
}

/** Plays the seed in the page; `rebuilt` is what a fresh editor makes of the document in the end. */
async function play(page: Page, seed: number) {
  const played = await page.evaluate((first) => window.desk.playRandomly(first, 300), seed)
  const read = () => page.evaluate(() => window.desk.shown('left'))
  await page.evaluate(() => {
    window.desk.update({ isMounted: false })
  })
  await expect(page.getByRole('textbox')).toHaveCount(0)
  await page.evaluate(() => {
    window.desk.update({ isMounted: true })
  })
  await expect(page.getByRole('textbox')).toHaveCount(2)
  return { ...played, rebuilt: await read() }
}
