import { spawn, type ChildProcess } from 'node:child_process'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { text } from 'node:stream/consumers'

const root = resolve(import.meta.dirname, '../../..')
const nodeFlags = ['--disable-warning=ExperimentalWarning']

export function newDataDir(): string {
  return mkdtempSync(join(tmpdir(), 'plein-data-'))
}

export interface Ended {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

/** Runs a program of the server to its end. */
export async function runToEnd(
  file: 'main.ts' | 'admin.ts',
  args: readonly string[],
  options: { readonly stdin?: string; readonly env?: NodeJS.ProcessEnv } = {},
): Promise<Ended> {
  const child = spawn(process.execPath, [...nodeFlags, join(root, 'sync-server', file), ...args], {
    env: { ...process.env, ...options.env },
  })
  child.stdin.end(options.stdin ?? '')
  const [stdout, stderr, code] = await Promise.all([text(child.stdout), text(child.stderr), exitOf(child)])
  return { code, stdout, stderr }
}

function exitOf(child: ChildProcess): Promise<number | null> {
  return new Promise((settle) => child.once('close', settle))
}

export interface RunningProcess {
  readonly child: ChildProcess
  readonly url: string
  /** Everything on stdout so far. */
  readonly lines: readonly string[]
  readonly errorLines: readonly string[]
  /** The first line on stderr, past or future, that fits. */
  errorLine(pattern: RegExp): Promise<string>
  stop(signal?: NodeJS.Signals): Promise<number | null>
}

/** Starts the server as people do, and waits for its ready line. */
export async function startProcess(args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<RunningProcess> {
  const child = spawn(process.execPath, [...nodeFlags, join(root, 'sync-server/main.ts'), ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...env },
  })
  const lines: string[] = []
  const errorLines: string[] = []
  const listeners = new Set<(line: string) => void>()
  const ended = exitOf(child)
  createInterface({ input: child.stderr }).on('line', (line) => {
    errorLines.push(line)
    for (const listener of listeners) listener(line)
  })
  const ready = new Promise<string>((settle) => {
    createInterface({ input: child.stdout }).on('line', (line) => {
      lines.push(line)
      const url = /^Plein is ready at (\S+)$/.exec(line)?.[1]
      if (url !== undefined) settle(url)
    })
  })
  const tooEarly = ended.then((code) => {
    throw new Error(`The server ended with ${code}: ${errorLines.join('\n')}`)
  })
  const url = await Promise.race([ready, tooEarly])
  return {
    child,
    url,
    lines,
    errorLines,
    errorLine: (pattern) =>
      new Promise((settle) => {
        const known = errorLines.find((line) => pattern.test(line))
        if (known !== undefined) settle(known)
        else listeners.add((line) => pattern.test(line) && settle(line))
      }),
    async stop(signal = 'SIGTERM') {
      child.kill(signal)
      return ended
    },
  }
}
