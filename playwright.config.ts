import { defineConfig } from '@playwright/test'
import { chromiumFlags, findChromium } from './build/chromium.ts'

const executablePath = findChromium()

export default defineConfig({
  testDir: 'tests/e2e',
  outputDir: 'test-results',
  timeout: 60_000,
  expect: { timeout: 15_000 },
  // A test that needs a second try is broken; one that was left focused hides all others.
  retries: 0,
  forbidOnly: true,
  workers: Number(process.env['PLEIN_E2E_WORKERS'] ?? 2),
  reporter: [['line']],
  use: {
    browserName: 'chromium',
    launchOptions: { args: chromiumFlags(), ...(executablePath === undefined ? {} : { executablePath }) },
    locale: 'en-GB',
    trace: 'retain-on-failure',
    actionTimeout: 15_000,
  },
})
