// `npm start`: builds what changed, starts the sync server, and shows the app in Electron or in the browser. This
// process always owns the server and tells the shell its address (`--server-url`); only a packaged app starts its own.
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { buildApp, builtFolder } from './build-app.ts'
import { downloadElectron, findElectron } from './electron-binary.ts'
import { aborted, hasScreen, openBrowser, openElectron, type ElectronWindow } from './open-app.ts'
import { startServerProcess, type ServerProcess } from './server-process.ts'
import { parseStartOptions, type StartOptions } from './start-options.ts'

const root = resolve(import.meta.dirname, '..')

/** How long somebody should wait for a window before the browser has to do. */
const electronReadyMs = 20_000

process.stdout.on('error', () => {}) // whoever read our lines has left; the server goes on
process.exitCode = await start()
process.exit()

async function start(): Promise<number> {
  const options = parseStartOptions(process.argv.slice(2))
  if ('problem' in options) return sayProblem(options.problem)
  const controller = new AbortController()
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => controller.abort())
  try {
    return await buildAndServe(options, controller.signal)
  } finally {
    controller.abort()
  }
}

async function buildAndServe(options: StartOptions, ending: AbortSignal): Promise<number> {
  const electron = mayUseElectron(options) ? prepareElectron(ending) : undefined
  try {
    await buildApp(electron ? ['renderer', 'electron'] : ['renderer'])
  } catch (error) {
    return sayProblem(`The app could not be built: ${error instanceof Error ? error.message : String(error)}`)
  }
  if (ending.aborted) return 0
  return serve(options, electron, ending)
}

async function serve(options: StartOptions, electron: Promise<string | undefined> | undefined, ending: AbortSignal) {
  const server = startServerProcess({ args: serverArgs(options), onLine: (line) => console.log(line) })
  const serverGone = server.ended.then(() => 'server' as const)
  const end = aborted(ending).then(() => 'signal' as const)
  const ready = server.ready.then(
    (url) => ({ url }),
    () => 'server' as const,
  )
  const first = await Promise.race([ready, end])
  const window = typeof first === 'object' ? await show(first.url, options, electron, ending) : undefined
  const waitFor = [serverGone, end, ...(window ? [window.closed.then(() => 'window' as const)] : [])]
  const why = await Promise.race(waitFor)
  window?.end()
  return exitCode(server, why)
}

async function exitCode(server: ServerProcess, why: 'server' | 'signal' | 'window'): Promise<number> {
  if (why !== 'server') {
    await server.stop()
    return 0
  }
  const { code } = await server.ended
  return code ?? 1
}

async function show(
  url: string,
  options: StartOptions,
  electron: Promise<string | undefined> | undefined,
  ending: AbortSignal,
): Promise<ElectronWindow | undefined> {
  if (options.open === 'nothing') return undefined
  if (!hasScreen(process.platform, process.env)) {
    console.log(`There is no screen here: open ${url} in a browser.`)
    return undefined
  }
  const window = electron && (await showInElectron(url, electron, ending))
  if (window || ending.aborted) return window
  if (electron) console.log('The desktop window is not ready on this computer, so Plein opens in your browser.')
  if (!(await openBrowser(url))) console.log(`No browser could be opened here: open ${url} in one.`)
  return undefined
}

async function showInElectron(url: string, electron: Promise<string | undefined>, ending: AbortSignal) {
  const limit = AbortSignal.any([ending, AbortSignal.timeout(electronReadyMs)])
  const program = await Promise.race([electron, aborted(limit).then(() => undefined)])
  return program === undefined ? undefined : openElectron(program, url, limit)
}

function mayUseElectron(options: StartOptions): boolean {
  return options.open === 'electron' && hasScreen(process.platform, process.env)
}

/**
 * The first start without Electron waits for its download as long as somebody may be kept waiting; later ones, which
 * may be offline, open the browser at once. Either way the download goes on behind it, for the next start.
 */
async function prepareElectron(ending: AbortSignal): Promise<string | undefined> {
  const present = findElectron()
  if (present !== undefined) return present
  const download = downloadElectron(ending)
  const triedBefore = join(root, '.plein/electron-tried')
  if (existsSync(triedBefore)) return undefined
  mkdirSync(join(root, '.plein'), { recursive: true })
  writeFileSync(triedBefore, '')
  return download
}

function serverArgs(options: StartOptions): string[] {
  const typedIn = process.env['INIT_CWD'] ?? process.cwd() // npm changes to the checkout; paths mean where one typed
  const data = options.dataDir === undefined ? join(root, '.plein/data') : resolve(typedIn, options.dataDir)
  return [
    ...['--port', String(options.port), '--data', data, '--app-dir', builtFolder('renderer')],
    ...(options.host === undefined ? [] : ['--host', options.host]),
    ...(options.publicUrl === undefined ? [] : ['--public-url', options.publicUrl]),
    ...options.allowOrigins.flatMap((origin) => ['--allow-origin', origin]),
    ...(options.demo ? ['--demo'] : []),
  ]
}

function sayProblem(sentence: string): number {
  console.error(sentence)
  return 1
}
