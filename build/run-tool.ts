import { spawn } from 'node:child_process'
import { join, resolve } from 'node:path'

const root = resolve(import.meta.dirname, '..')

export interface ToolRun {
  readonly code: number
  readonly output: string
}

export interface ToolOptions {
  /** `collect` keeps the output for later; `pass` shows it while it comes. */
  readonly output: 'collect' | 'pass'
  readonly env?: NodeJS.ProcessEnv
  /** A tool that takes longer is ended, and counts as failed. */
  readonly limitMs: number
}

/** Runs a JavaScript tool of node_modules (`typescript/bin/tsc`) under this Node, from the root of the checkout. */
export async function runTool(tool: string, args: readonly string[], options: ToolOptions): Promise<ToolRun> {
  const child = spawn(process.execPath, [join(root, 'node_modules', tool), ...args], {
    cwd: root,
    env: { ...process.env, ...options.env },
    stdio: options.output === 'pass' ? ['ignore', 'inherit', 'inherit'] : ['ignore', 'pipe', 'pipe'],
    // A group of its own, so that a tool which hangs is ended together with the browsers and servers it started.
    detached: process.platform !== 'win32',
  })
  const chunks: string[] = []
  child.stdout?.setEncoding('utf8').on('data', (chunk: string) => chunks.push(chunk))
  child.stderr?.setEncoding('utf8').on('data', (chunk: string) => chunks.push(chunk))
  const endGroup = (signal: NodeJS.Signals) => killGroup(child.pid, signal)
  const timer = setTimeout(() => {
    chunks.push(`\nEnded after ${options.limitMs / 1000} s.\n`)
    endGroup('SIGKILL')
  }, options.limitMs)
  let isInterrupted = false
  const forward = () => {
    isInterrupted = true
    endGroup('SIGTERM')
  }
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, forward)
  const code = await new Promise<number>((settle) => {
    child.once('error', () => settle(1))
    child.once('close', (status) => settle(status ?? 1))
  })
  clearTimeout(timer)
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.off(signal, forward)
  if (isInterrupted) process.exit(130) // whoever asked for an end does not want the next tool
  return { code, output: chunks.join('') }
}

function killGroup(pid: number | undefined, signal: NodeJS.Signals): void {
  if (pid === undefined) return
  try {
    process.kill(process.platform === 'win32' ? pid : -pid, signal)
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error
  }
}
