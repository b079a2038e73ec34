// `npm run screenshots [-- NAME ...]`: takes the pictures of docs/screens/ from the sample organisation, each scene of
// scenes.ts at two sizes, in light and in dark.
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { chromium, type Browser } from 'playwright'
import { buildApp, builtFolder } from './build-app.ts'
import { chromiumFlags, setUpChromium } from './chromium.ts'
import { scenes, type Account, type Scene } from './scenes.ts'
import { startServerProcess } from './server-process.ts'

const pictures = resolve(import.meta.dirname, '../docs/screens')
const sizes = [
  { width: 1366, height: 768 },
  { width: 1440, height: 900 },
]
const schemes = ['light', 'dark'] as const

const names = process.argv.slice(2)
const chosen = scenes.filter(({ name }) => names.length === 0 || names.includes(name))
if (chosen.length === 0) {
  console.error(`There is no scene "${names.join(' ')}". Choose from: ${scenes.map(({ name }) => name).join(', ')}.`)
  process.exit(1)
}
const set = await setUpChromium((line) => console.log(line))
if ('problem' in set) {
  console.error(set.problem)
  process.exit(1)
}
await buildApp(['renderer'])
mkdirSync(pictures, { recursive: true })
const browser = await chromium.launch({ executablePath: set.path, args: chromiumFlags() })
try {
  for (const scene of chosen) await takeScene(browser, scene)
} finally {
  await browser.close()
}

/** Each picture starts from a server of its own: a scene may write, and must not find what another one wrote. */
async function takeScene(on: Browser, scene: Scene): Promise<void> {
  for (const size of sizes) {
    for (const scheme of schemes) {
      const path = join(pictures, `${scene.name}-${size.width}-${scheme}.png`)
      await withSample(async (url, accounts) => {
        const context = await on.newContext({
          viewport: size,
          colorScheme: scheme,
          locale: 'en-GB',
          reducedMotion: 'reduce',
        })
        const page = await context.newPage()
        await scene.play({ page, url, accounts })
        await page.screenshot({ path, animations: 'disabled' })
        await context.close()
      })
      console.log(path)
    }
  }
}

async function withSample(take: (url: string, accounts: readonly Account[]) => Promise<void>): Promise<void> {
  const data = mkdtempSync(join(tmpdir(), 'plein-screens-'))
  const accounts: Account[] = []
  const guest = Promise.withResolvers<void>()
  const server = startServerProcess({
    args: ['--port', '0', '--demo', '--data', data, '--app-dir', builtFolder('renderer')],
    onLine: (line) => {
      const [, role, email, password] = /^sign-in (\S+) (\S+) (\S+)$/.exec(line) ?? []
      if (!role || !email || !password) return
      accounts.push({ role, email, password })
      if (role === 'guest') guest.resolve() // the last of the sample accounts to be printed
    },
  })
  try {
    const url = await server.ready
    await Promise.race([guest.promise, server.ended])
    await take(url, accounts)
  } finally {
    await server.stop()
    rmSync(data, { recursive: true, force: true })
  }
}
