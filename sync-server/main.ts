import { parseConfig } from './config.ts'
import { openLog, type Log } from './log.ts'
import { startServer, type RunningServer } from './start-server.ts'

/** A stuck disk or request must not keep the process: five seconds is what service managers give. */
const stopMs = 4500

await main()

async function main(): Promise<void> {
  // Whoever read our lines has left; the server goes on.
  process.stdout.on('error', () => {})
  process.stderr.on('error', () => {})
  const config = parseConfig(process.argv.slice(2), process.env)
  if (!config.ok) return refuse(config.error)
  const log = openLog(config.value.logLevel)
  const ending = watchForEnd(log)
  const started = await startServer(config.value, log)
  if (!started.ok) return refuse(started.error)
  announce(started.value)
  const exitCode = await ending
  await end(started.value, exitCode, log)
}

function refuse(sentence: string): void {
  console.error(sentence)
  process.exit(1)
}

function announce({ url, demoAccounts }: RunningServer): void {
  const lines = [
    `Plein is ready at ${url}`,
    ...demoAccounts.map(({ role, email, password }) => `sign-in ${role} ${email} ${password}`),
  ]
  process.stdout.write(`${lines.join('\n')}\n`)
  parentPort()?.postMessage({ type: 'ready', url })
}

/** Resolves with the exit code when the process should end: 0 on request, 1 after an error that nobody caught. */
function watchForEnd(log: Log): Promise<number> {
  return new Promise((resolve) => {
    for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) {
      process.on(signal, () => {
        resolve(0)
      })
    }
    parentPort()?.on('message', ({ data }) => {
      if (typeof data === 'object' && data !== null && Reflect.get(data, 'type') === 'stop') resolve(0)
    })
    // Of one request or one line; what the disk has was committed whole.
    process.on('unhandledRejection', (error) => {
      log.error({ err: error }, 'A failure that nobody waited for: the server goes on')
    })
    // What runs outside a handler's own try may have left something half-done: end in order, and start anew.
    process.on('uncaughtException', (error) => {
      log.fatal({ err: error }, 'An error that nobody caught: the server ends')
      resolve(1)
    })
  })
}

async function end(server: RunningServer, exitCode: number, log: Log): Promise<void> {
  const timer = setTimeout(() => {
    log.error('The server did not end in time. What was acknowledged is on the disk.')
    process.exit(1)
  }, stopMs)
  try {
    await server.stop()
    clearTimeout(timer)
    process.exit(exitCode)
  } catch (error) {
    log.error({ err: error }, 'The server did not end in order. What was acknowledged is on the disk.')
    process.exit(1)
  }
}

interface ParentPort {
  postMessage(message: unknown): void
  on(event: 'message', listener: (event: { readonly data: unknown }) => void): void
}

/** There in Electron's utility process alone. */
function parentPort(): ParentPort | undefined {
  return Reflect.get(process, 'parentPort') as ParentPort | undefined
}
