import { fork, type ChildProcess } from 'node:child_process'
import { pathToFileURL } from 'node:url'
import { join } from 'node:path'

const root = join(import.meta.dirname, '../..')

/** A process of its own that answers questions over IPC, one at a time, and ends itself when this one goes away. */
export interface Child {
  readonly pid: number
  ask(question: string, argument?: unknown): Promise<unknown>
  stop(): Promise<void>
}

/** Starts a program that calls `answerQuestions` (children.mjs). */
export async function startChild(program: string, args: readonly string[] = []): Promise<Child> {
  const endWithParent = pathToFileURL(join(root, 'build/end-with-parent.mjs')).href
  const child = fork(join(import.meta.dirname, program), args, {
    execArgv: ['--disable-warning=ExperimentalWarning', '--import', endWithParent, ...profiling()],
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    serialization: 'advanced',
  })
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  const ask = (question: string, argument?: unknown) => askChild(child, program, { question, argument })
  await answered(child, program)
  return {
    pid: child.pid ?? 0,
    ask,
    stop: async () => {
      child.send('plein:stop')
      await ended
    },
  }
}

/** `PLEIN_BENCH_PROFILE=<folder>`: a CPU profile of every child, to see where a missed limit went. */
function profiling(): readonly string[] {
  const folder = process.env['PLEIN_BENCH_PROFILE']
  return folder === undefined ? [] : ['--cpu-prof', '--cpu-prof-dir', folder]
}

function askChild(child: ChildProcess, program: string, question: object): Promise<unknown> {
  const answer = answered(child, program)
  child.send(question)
  return answer
}

/** The next answer; the first one of a child, unasked, says that it listens. */
function answered(child: ChildProcess, program: string): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const end = (settle: () => void) => {
      child.off('exit', onExit)
      child.off('message', onMessage)
      settle()
    }
    const onExit = (code: number | null) => {
      end(() => reject(new Error(`${program} ended with ${code} before it answered`)))
    }
    const onMessage = (message: unknown) => {
      if (typeof message !== 'object' || message === null) return
      const error: unknown = Reflect.get(message, 'error')
      if (error !== undefined) end(() => reject(new Error(`${program}: ${String(error)}`)))
      else if (Reflect.has(message, 'answer')) end(() => resolve(Reflect.get(message, 'answer')))
    }
    child.once('exit', onExit)
    child.on('message', onMessage)
  })
}
