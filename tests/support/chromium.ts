import { chromium, type BrowserContext, type BrowserContextOptions } from 'playwright'
import { chromiumFlags, findChromium } from '../../build/chromium.ts'

function launchOptions() {
  const executablePath = findChromium()
  return { args: chromiumFlags(), ...(executablePath === undefined ? {} : { executablePath }) }
}

/** A profile on disk, which survives a kill -9 of its browser and can be opened again. */
export async function openChromiumProfile(
  folder: string,
  options: BrowserContextOptions = {},
): Promise<BrowserContext> {
  return chromium.launchPersistentContext(folder, { ...launchOptions(), ...options })
}
