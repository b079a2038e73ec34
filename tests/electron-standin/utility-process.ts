import { fork, type ChildProcess } from 'node:child_process'
import { EventEmitter } from 'node:events'
import type { Readable } from 'node:stream'
import { pathToFileURL } from 'node:url'
import { join } from 'node:path'

type Double = Pick<Electron.UtilityProcess, 'kill' | 'postMessage' | 'pid' | 'stdout' | 'stderr'>

/** A utility process as an ordinary Node child; `utility-register.ts` gives it Electron's `process.parentPort`. */
class UtilityProcessDouble extends EventEmitter implements Double {
  readonly stdout: Readable | null
  readonly stderr: Readable | null
  readonly #child: ChildProcess
  pid: number | undefined

  constructor(child: ChildProcess) {
    super()
    this.#child = child
    this.stdout = child.stdout
    this.stderr = child.stderr
    child.once('spawn', () => {
      this.pid = child.pid
      this.emit('spawn')
    })
    child.on('message', (message) => this.emit('message', message))
    child.once('exit', (code) => {
      this.pid = undefined
      this.emit('exit', code ?? 1)
    })
  }

  kill(): boolean {
    return this.#child.kill('SIGTERM')
  }

  postMessage(message: unknown, transfer: readonly unknown[] = []): void {
    if (transfer.length > 0) throw new Error('stand-in: ports cannot be transferred')
    if (this.#child.connected) this.#child.send({ data: message })
  }
}

/** `utilityProcess.fork`. */
export function forkUtility(
  isReady: () => boolean,
  program: string,
  args: readonly string[] = [],
  options: Electron.ForkOptions = {},
): UtilityProcessDouble {
  if (!isReady()) throw new Error('utilityProcess cannot be created before app is ready.')
  const { stdio = 'inherit', serviceName: _serviceName, env, cwd, ...unknown } = options
  if (Object.keys(unknown).length > 0)
    throw new Error(`stand-in: utilityProcess.fork has no ${Object.keys(unknown).join(', ')}`)
  const [stdin = 'ignore', stdout = 'inherit', stderr = 'inherit'] = Array.isArray(stdio)
    ? stdio
    : ['ignore' as const, stdio as 'pipe', stdio as 'pipe']
  if (stdin !== 'ignore') throw new Error('Configuring stdin for UtilityProcess is not supported') // Electron's own refusal
  const child = fork(program, [...args], {
    execArgv: [
      '--disable-warning=ExperimentalWarning',
      '--import',
      pathToFileURL(join(import.meta.dirname, 'utility-register.ts')).href,
    ],
    serialization: 'advanced',
    stdio: [stdin, stdout, stderr, 'ipc'],
    ...(env === undefined ? {} : { env: env as NodeJS.ProcessEnv }),
    ...(cwd === undefined ? {} : { cwd }),
  })
  return new UtilityProcessDouble(child)
}
