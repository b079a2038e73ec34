import { spawn, type ChildProcess } from 'node:child_process'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { _electron, chromium, type ElectronApplication, type Page } from 'playwright'
import { isRoot } from '../../build/chromium.ts'

export interface LaunchOptions {
  /** The built main process, such as `dist/electron/main.js`. */
  readonly main: string
  /** Null: where the app itself puts its profile. */
  readonly userData: string | null
  readonly args?: readonly string[]
  readonly env?: Readonly<Record<string, string>>
}

/** A running desktop app, on the stand-in or on real Electron. */
export interface DesktopApp {
  firstWindow(): Promise<Page>
  /** Runs a function in the main process with the `electron` module; it may use nothing from outside. */
  evaluate<Answer, Arg>(
    run: (electron: typeof Electron.CrossProcessExports, arg: Arg) => Answer | Promise<Answer>,
    arg: Arg,
  ): Promise<Answer>
  evaluate<Answer>(run: (electron: typeof Electron.CrossProcessExports) => Answer | Promise<Answer>): Promise<Answer>
  /** As by `kill -9`: no process of the app gets to do anything more. */
  kill(): Promise<void>
  /** Quits as a person does. */
  close(): Promise<void>
  /** After a test: ends it if it still runs. */
  end(): Promise<void>
}

export interface Outcome {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

/** Set, the same tests run on real Electron. */
const electronExecutable = process.env['ELECTRON_EXECUTABLE']
export const isStandIn = electronExecutable === undefined

/** Starts the app; where it ends before it has a window, this rejects. */
export async function launchDesktop(options: LaunchOptions): Promise<DesktopApp> {
  return electronExecutable === undefined ? launchStandIn(options) : launchElectron(electronExecutable, options)
}

/** Runs the app until it ends by itself: a second instance, a self-test. */
export async function runDesktop(options: LaunchOptions): Promise<Outcome> {
  const child =
    electronExecutable === undefined ? spawnStandIn(options, 'pipe') : spawnElectron(electronExecutable, options)
  let stdout = ''
  let stderr = ''
  child.stdout?.on('data', (chunk: Buffer) => (stdout += chunk.toString()))
  child.stderr?.on('data', (chunk: Buffer) => (stderr += chunk.toString()))
  const code = await new Promise<number | null>((ended) => child.once('close', ended))
  return { code, stdout, stderr }
}

function spawnStandIn({ main, userData, args = [], env = {} }: LaunchOptions, output: 'pipe' | 'ignore'): ChildProcess {
  const register = pathToFileURL(join(import.meta.dirname, 'register.ts')).href
  const flags = ['--disable-warning=ExperimentalWarning', '--import', register]
  return spawn(process.execPath, [...flags, main, ...profileSwitch(userData), ...args], {
    env: { ...process.env, ...env },
    stdio: ['ignore', output, output === 'pipe' ? 'pipe' : 'inherit', 'ipc'],
  })
}

function profileSwitch(userData: string | null): string[] {
  return userData === null ? [] : [`--user-data-dir=${userData}`]
}

function electronArgs({ main, userData, args = [] }: LaunchOptions): string[] {
  return [...(isRoot() ? ['--no-sandbox'] : []), main, ...profileSwitch(userData), ...args]
}

function spawnElectron(executable: string, options: LaunchOptions): ChildProcess {
  return spawn(executable, electronArgs(options), {
    env: { ...process.env, ...options.env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
}

async function launchElectron(executable: string, options: LaunchOptions): Promise<DesktopApp> {
  const env = Object.fromEntries(
    Object.entries({ ...process.env, ...options.env }).filter(
      (entry): entry is [string, string] => entry[1] !== undefined,
    ),
  )
  const application: ElectronApplication = await _electron.launch({
    executablePath: executable,
    args: electronArgs(options),
    env,
  })
  const child = application.process()
  const ended = endOf(child)
  const kill = async () => {
    child.kill('SIGKILL')
    await ended
  }
  return {
    firstWindow: () => application.firstWindow(),
    evaluate: (run: never, arg?: never) => application.evaluate(run, arg),
    kill,
    close: () => application.close(),
    end: () => (hasEnded(child) ? ended : application.close()),
  }
}

/** What the stand-in's process tells the test. */
type FromStandIn =
  | { readonly kind: 'ready'; readonly port: number; readonly pid: number }
  | { readonly kind: 'evaluated'; readonly id: number; readonly value?: unknown; readonly failure?: string }

async function launchStandIn(options: LaunchOptions): Promise<DesktopApp> {
  const child = spawnStandIn(options, 'ignore')
  const ended = endOf(child)
  const { port, pid } = await readyOf(child, ended)
  const browser = await chromium.connectOverCDP(`http://127.0.0.1:${port}`)
  const evaluate = evaluator(child)
  const close = async () => {
    // Not awaited: it may end before it answers.
    void evaluate('({ app }) => { app.quit() }', undefined)
    await ended
    await browser.close()
  }
  return {
    async firstWindow() {
      const [context] = browser.contexts()
      if (context === undefined) throw new Error('stand-in: Chromium has no profile open')
      const page = context.pages()[0] ?? (await context.waitForEvent('page'))
      await page.waitForURL(/^http:\/\/[a-z]+\.[a-z]+\.localhost\//)
      return page
    },
    evaluate: (run: unknown, arg?: unknown) => evaluate(String(run), arg) as Promise<never>,
    async kill() {
      // Chromium first: left alone it would notice that its pipe is gone and end in order.
      process.kill(pid, 'SIGKILL')
      child.kill('SIGKILL')
      await ended
      await browser.close()
    },
    close,
    end: () => (hasEnded(child) ? ended : close()),
  }
}

function hasEnded({ exitCode, signalCode }: ChildProcess): boolean {
  return exitCode !== null || signalCode !== null
}

function readyOf(child: ChildProcess, ended: Promise<void>): Promise<{ readonly port: number; readonly pid: number }> {
  return new Promise((ready, fail) => {
    child.on('message', (message) => {
      const told = message as FromStandIn
      if (told.kind === 'ready') ready(told)
    })
    void ended.then(() => fail(new Error('The app ended before it had a window.')))
  })
}

function evaluator(child: ChildProcess): (source: string, arg: unknown) => Promise<unknown> {
  const waiting = new Map<number, { resolve(value: unknown): void; reject(error: Error): void }>()
  let lastId = 0
  child.on('message', (message) => {
    const told = message as FromStandIn
    if (told.kind !== 'evaluated') return
    const settle = waiting.get(told.id)
    waiting.delete(told.id)
    if (told.failure === undefined) settle?.resolve(told.value)
    else settle?.reject(new Error(told.failure))
  })
  return (source, arg) =>
    new Promise((resolve, reject) => {
      const id = ++lastId
      waiting.set(id, { resolve, reject })
      child.send({ id, source, arg })
    })
}

function endOf(child: ChildProcess): Promise<void> {
  return new Promise((ended) => {
    child.once('close', () => ended())
  })
}
