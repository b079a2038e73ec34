import { test as base } from '@playwright/test'

export { expect, type Browser, type BrowserContext, type Locator, type Page } from '@playwright/test'

/**
 * A test whose laptops are shut when it ends. Playwright leaves contexts that a test opened itself until its whole worker ends: ever
 * more apps would go on seeking servers that are gone, and every test would be slower than the one before.
 */
export const test = base.extend<{ readonly laptopsShut: void }>({
  laptopsShut: [
    async ({ browser }, use) => {
      const before = new Set(browser.contexts())
      await use()
      const opened = browser.contexts().filter((context) => !before.has(context))
      await Promise.all(opened.map((context) => context.close()))
    },
    { auto: true },
  ],
})
