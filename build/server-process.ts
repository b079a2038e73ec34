import { spawn, type ChildProcess } from 'node:child_process'
import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { pathToFileURL } from 'node:url'

const root = resolve(import.meta.dirname, '..')
const readyLine = /^Plein is ready at (http:\/\/\S+)$/

export interface ServerProcess {
  readonly child: ChildProcess
  /** Resolves with the address from the ready line; rejects when the process ends before it. */
  readonly ready: Promise<string>
  /** Resolves when the process has ended, for whatever reason; never rejects. */
  readonly ended: Promise<ServerEnd>
  /** Asks for an orderly end (drain, close) and resolves when the process has ended. */
  stop(): Promise<ServerEnd>
}

export interface ServerEnd {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
}

export interface ServerProcessOptions {
  readonly args: readonly string[]
  /** Every line that the server prints, the ready line included. */
  readonly onLine: (line: string) => void
  readonly onErrorLine?: (line: string) => void
  readonly env?: NodeJS.ProcessEnv
  /** The server's first file; without it the one of the sources, which needs no build. */
  readonly entry?: string
}

/** Starts the sync server as a child that ends itself when this process goes away. */
export function startServerProcess(options: ServerProcessOptions): ServerProcess {
  const entry = options.entry ?? join(root, 'sync-server/main.ts')
  const child = spawn(process.execPath, [...nodeFlags(), entry, ...options.args], {
    cwd: root,
    env: options.env ?? process.env,
    stdio: ['ignore', 'pipe', options.onErrorLine ? 'pipe' : 'inherit', 'ipc'],
  })
  const ended = new Promise<ServerEnd>((settle) => {
    child.once('error', () => settle({ code: 1, signal: null }))
    child.once('close', (code, signal) => settle({ code, signal }))
  })
  const ready = watchLines(child, options, ended)
  ready.catch(() => {}) // whoever waits for it is told; nobody has to
  return { child, ready, ended, stop: () => stopServer(child, ended) }
}

function nodeFlags(): string[] {
  const endWithParent = pathToFileURL(join(root, 'build/end-with-parent.mjs')).href
  return ['--disable-warning=ExperimentalWarning', '--import', endWithParent]
}

async function watchLines(child: ChildProcess, options: ServerProcessOptions, ended: Promise<ServerEnd>) {
  const { onLine, onErrorLine } = options
  const address = new Promise<string>((settle) => {
    if (child.stdout) {
      createInterface({ input: child.stdout }).on('line', (line) => {
        onLine(line)
        const found = readyLine.exec(line)?.[1]
        if (found) settle(found)
      })
    }
  })
  if (child.stderr && onErrorLine) createInterface({ input: child.stderr }).on('line', onErrorLine)
  const tooEarly = ended.then(({ code }) => {
    throw new Error(`The sync server ended before it was ready (exit code ${code}).`)
  })
  return Promise.race([address, tooEarly])
}

async function stopServer(child: ChildProcess, ended: Promise<ServerEnd>): Promise<ServerEnd> {
  if (child.connected) child.send('plein:stop')
  else child.kill('SIGTERM')
  return ended
}
