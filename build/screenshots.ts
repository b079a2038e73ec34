// `npm run screenshots [-- NAME ...]`: takes the pictures of docs/screens/ from the sample organisation, scene by scene.
import { globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { chromium, type Browser, type Page } from 'playwright'
import { buildApp, builtFolder } from './build-app.ts'
import { chromiumFlags, setUpChromium } from './chromium.ts'
import { differences, type Compared } from './differences.ts'
import { measure, mostApart, openDrawing, readDrawnPicture, unusedTokens, type Drawing } from './design.ts'
import { drawings } from './drawings.ts'
import { pictureName, scenes, type Account, type Scene, type Stage } from './scenes.ts'
import { startServerProcess } from './server-process.ts'

const root = resolve(import.meta.dirname, '..')
const pictures = join(root, 'docs/screens')

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
const compared: Compared[] = []
try {
  for (const scene of chosen) await takeScene(browser, scene)
} finally {
  await browser.close()
}
if (chosen.length === scenes.length) {
  writeFileSync(join(pictures, 'differences.md'), differences(compared, unusedTokens(...readRules())))
}

/** Each picture starts from a server of its own: a scene may write, and must not find what another one wrote. */
async function takeScene(on: Browser, scene: Scene): Promise<void> {
  const path = join(pictures, `${pictureName(scene)}.png`)
  await withSample(on, scene, async (stage) => {
    const page = await scene.play(stage)
    await page.evaluate('document.fonts.ready')
    await page.mouse.move(0, 0) // nothing under the pointer
    await page.screenshot({ path, animations: 'disabled', caret: 'initial' })
    const drawing = drawings[`${scene.name}-${scene.scheme}`]
    if (drawing !== undefined) await compare(on, { scene, drawing, page, path })
  })
  console.log(path)
}

/** Measures the screen beside its drawing, and puts both in one picture. */
async function compare(
  on: Browser,
  shown: { readonly scene: Scene; readonly drawing: Drawing; readonly page: Page; readonly path: string },
): Promise<void> {
  const { scene, drawing, page, path } = shown
  const { width, height } = scene
  const design = await on.newPage({ viewport: { width, height } })
  await openDrawing(design, drawing)
  const measured = await measure(design, page, drawing.landmarks)
  compared.push({ name: pictureName(scene), picture: drawing.picture, measured })
  for (const { name, worst } of measured) if (worst > mostApart) console.log(`  ${name}: ${worst} px apart`)
  const both = await on.newPage({ viewport: { width: 2 * width + 24, height } })
  const ours = readFileSync(path).toString('base64')
  const pair = [readDrawnPicture(drawing), ours].map(
    (bytes) => `<img width="${width}" src="data:image/png;base64,${bytes}">`,
  )
  await both.setContent(`<body style="margin:0;display:flex;gap:24px;background:#888">${pair.join('')}</body>`)
  await both.screenshot({ path: join(pictures, `beside-${pictureName(scene)}.png`), scale: 'css' })
  await both.close()
  await design.close()
}

/** The custom properties of the interface, and everything that may use them. */
function readRules(): [string, string[]] {
  const files = globSync('renderer/**/*.{css,ts,tsx}', { cwd: root })
  return [
    readFileSync(join(root, 'renderer/ui/tokens.css'), 'utf8'),
    files.map((name) => readFileSync(join(root, name), 'utf8')),
  ]
}

async function withSample(on: Browser, scene: Scene, take: (stage: Stage) => Promise<void>): Promise<void> {
  const data = mkdtempSync(join(tmpdir(), 'plein-screens-'))
  const accounts: Account[] = []
  const guest = Promise.withResolvers<void>()
  const start = (port: string) =>
    startServerProcess({
      args: ['--port', port, '--demo', '--data', data, '--app-dir', builtFolder('renderer')],
      onLine: (line) => {
        const [, role, email, password] = /^sign-in (\S+) (\S+) (\S+)$/.exec(line) ?? []
        if (!role || !email || !password) return
        accounts.push({ role, email, password })
        if (role === 'guest') guest.resolve() // the last of the sample accounts to be printed
      },
    })
  let server = start('0')
  const crashServer = async () => {
    server.child.kill('SIGKILL')
    await server.ended
  }
  try {
    const url = await server.ready
    const startServer = async () => {
      server = start(new URL(url).port)
      await server.ready
    }
    await Promise.race([guest.promise, server.ended])
    await take({ url, ...stageOf(on, scene, accounts), crashServer, startServer })
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
