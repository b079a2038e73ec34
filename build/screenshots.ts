// `npm run screenshots [-- NAME ...]`: takes the pictures of docs/screens/ from the sample organisation, scene by scene.
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { chromium, type Browser } from 'playwright'
import { buildApp, builtFolder } from './build-app.ts'
import { chromiumFlags, setUpChromium } from './chromium.ts'
import { pictureName, scenes, type Account, type Scene, type Stage } from './scenes.ts'
import { startServerProcess } from './server-process.ts'

const pictures = resolve(import.meta.dirname, '../docs/screens')

const names = process.argv.slice(2)
const chosen = scenes.filter((scene) => names.length === 0 || names.includes(scene.name))
if (chosen.length === 0) {
  const known = [...new Set(scenes.map(({ name }) => name))].join(', ')
  console.error(`There is no scene "${names.join(' ')}". Choose from: ${known}.`)
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
  const path = join(pictures, `${pictureName(scene)}.png`)
  await withSample(on, scene, async (stage) => {
    const page = await scene.play(stage)
    await page.evaluate('document.fonts.ready')
    await page.mouse.move(0, 0) // nothing under the pointer
    await page.screenshot({ path, animations: 'disabled', caret: 'initial' })
  })
  console.log(path)
}

async function withSample(on: Browser, scene: Scene, take: (stage: Stage) => Promise<void>): Promise<void> {
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
  const crashServer = async () => {
    server.child.kill('SIGKILL')
    await server.ended
  }
  try {
    const url = await server.ready
    await Promise.race([guest.promise, server.ended])
    await take({ url, ...stageOf(on, scene, accounts), crashServer })
  } finally {
    for (const context of on.contexts()) await context.close()
    await server.stop()
    rmSync(data, { recursive: true, force: true })
  }
}

function stageOf(on: Browser, scene: Scene, accounts: readonly Account[]): Pick<Stage, 'openLaptop' | 'account'> {
  return {
    openLaptop: async () => {
      const context = await on.newContext({
        viewport: { width: scene.width, height: scene.height },
        colorScheme: scene.scheme,
        locale: scene.language,
        reducedMotion: 'reduce',
      })
      return context.newPage()
    },
    account: (role) => {
      const account = accounts.find((each) => each.role === role)
      if (account === undefined) throw new Error(`The sample has no ${role}`)
      return account
    },
  }
}
