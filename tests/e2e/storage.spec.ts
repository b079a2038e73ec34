import { expect, test, type Page } from '../support/test.ts'
import { laptopStorageContract } from '../../renderer/storage/laptop-storage-contract.ts'
import { openStorageHarness } from './support/storage-harness.ts'
import type { StorageHarness } from './support/storage-harness/main.ts'

declare global {
  interface Window {
    storageHarness: StorageHarness
  }
}

let harness: Awaited<ReturnType<typeof openStorageHarness>>

test.beforeAll(async () => {
  harness = await openStorageHarness()
})

test.afterAll(async () => {
  await harness.close()
})

async function openHarness(page: Page): Promise<void> {
  await page.goto(harness.url)
  await page.waitForFunction(() => 'storageHarness' in window)
}

test('Chromium’s IndexedDB keeps the whole storage contract', async ({ page }) => {
  await openHarness(page)
  const titles = await page.evaluate(() => window.storageHarness.titles())
  for (const { title } of laptopStorageContract) expect(titles).toContain(title)
  for (const title of titles) {
    const problem = await page.evaluate((one) => window.storageHarness.run(one), title)
    expect(problem, title).toBeNull()
  }
})

test('LO1 a committed row is there for another page of the same profile', async ({ page, context }) => {
  await openHarness(page)
  expect(await page.evaluate(() => window.storageHarness.append('shared'))).toBe(1)
  const other = await context.newPage()
  await openHarness(other)
  expect(await other.evaluate(() => window.storageHarness.append('shared'))).toBe(2)
  await page.close()
  expect(await other.evaluate(() => window.storageHarness.waiting('shared'))).toBe(2)
})

test('LO1 two pages that write at once give no number twice', async ({ page, context }) => {
  await openHarness(page)
  const other = await context.newPage()
  await openHarness(other)
  const write = (one: Page) =>
    one.evaluate(async () => {
      const rows: number[] = []
      for (let i = 0; i < 25; i += 1) rows.push(await window.storageHarness.append('at-once'))
      return rows
    })
  const rows = (await Promise.all([write(page), write(other)])).flat()
  expect(rows.sort((one, next) => one - next)).toEqual(Array.from({ length: 50 }, (_, place) => place + 1))
})

test('10,000 documents are listed from one record after the storage was opened again', async ({ page }) => {
  await openHarness(page)
  const { listed, listBytes } = await page.evaluate(() => window.storageHarness.listing())
  expect(listed).toBe(10_000)
  expect(listBytes).toBeGreaterThan(10_000 * 20)
})
