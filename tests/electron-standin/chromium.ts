import { mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { BrowserContext } from 'playwright'
import { chromiumFlags, findChromium } from '../../build/chromium.ts'
import { startOriginProxy } from './origin-proxy.ts'
import { defaultSession } from './session.ts'
import { toAppAddress, toWebAddress } from './web-origin.ts'

/** The real Chromium behind the doubles. */
export interface Chromium {
  readonly context: BrowserContext
  readonly debuggingPort: number
  readonly pid: number
  close(): Promise<void>
}

/** Starts Chromium with its profile in `profile`. All it loads goes through the proxy, so nothing leaves this computer. */
export async function startChromium(profile: string): Promise<Chromium> {
  mkdirSync(profile, { recursive: true })
  // Loaded here, because a second instance, which is gone at once, needs none of it.
  const { chromium } = await import('playwright')
  const proxy = await startOriginProxy({
    toAppAddress: (address) => toAppAddress(address, defaultSession.schemes),
    toWebAddress: (address) => toWebAddress(address, defaultSession.schemes),
    serve: (request) => defaultSession.serve(request),
  })
  const withWindows = process.env['STANDIN_HEADFUL'] === '1'
  const executablePath = findChromium(process.env, { withWindows }) ?? chromium.executablePath()
  const context = await chromium.launchPersistentContext(profile, {
    executablePath,
    headless: !withWindows,
    viewport: null,
    // Signals go to the app, which quits in order.
    handleSIGHUP: false,
    handleSIGINT: false,
    handleSIGTERM: false,
    args: [
      ...chromiumFlags(),
      `--proxy-server=http://127.0.0.1:${proxy.port}`,
      '--proxy-bypass-list=<-loopback>',
      // Electron 45 does not hold connections to this computer back.
      '--disable-features=LocalNetworkAccessChecks,LocalNetworkAccessChecksWebSockets',
      '--remote-debugging-port=0',
    ],
  })
  const [port] = readFileSync(join(profile, 'DevToolsActivePort'), 'utf8').split('\n')
  return { context, debuggingPort: Number(port), pid: await findPid(context), close: () => context.close() }
}

async function findPid(context: BrowserContext): Promise<number> {
  const browser = context.browser()
  if (browser === null) throw new Error('stand-in: Chromium has no browser process')
  const session = await browser.newBrowserCDPSession()
  const { processInfo } = await session.send('SystemInfo.getProcessInfo')
  await session.detach()
  return processInfo.find(({ type }) => type === 'browser')?.id ?? 0
}
