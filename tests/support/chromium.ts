import { chromium, type Browser, type BrowserContext, type BrowserContextOptions } from 'playwright'
import { chromiumFlags, findChromium } from '../../build/chromium.ts'

function launchOptions() {
  const executablePath = findChromium()
  return { args: chromiumFlags(), ...(executablePath === undefined ? {} : { executablePath }) }
}

/** A Chromium for tests outside Playwright's own runner. */
export async function openChromium(): Promise<Browser> {
  return chromium.launch(launchOptions())
}

/** A profile on disk, which survives a kill -9 of its browser and can be opened again. */
export async function openChromiumProfile(
  folder: string,
  options: BrowserContextOptions = {},
): Promise<BrowserContext> {
  return chromium.launchPersistentContext(folder, { ...launchOptions(), ...options })
}
