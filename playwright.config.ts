import { defineConfig } from '@playwright/test'
import { chromiumFlags, findChromium } from './build/chromium.ts'

const executablePath = findChromium()

// Two runs beside each other must not empty each other's folder; the workers inherit the name from the first process.
process.env['PLEIN_E2E_OUTPUT'] ??= `test-results/${process.pid}`

export default defineConfig({
  testDir: 'tests/e2e',
  globalSetup: './tests/support/sample-folder.ts',
  outputDir: process.env['PLEIN_E2E_OUTPUT'],
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
    // Recording costs a fifth of the run: asked for when a failure has to be looked into.
    trace: process.env['PLEIN_E2E_TRACE'] ? 'retain-on-failure' : 'off',
    actionTimeout: 15_000,
    // What moves costs the machine and every click, which waits until it stands; people who ask for less of it see the same app.
    contextOptions: { reducedMotion: 'reduce' },
  },
})
