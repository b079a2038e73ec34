import type { AddressInfo } from 'node:net'
import { fail, ok, type Result } from '../model/result.ts'
import type { Config } from './config.ts'
import { openControl, type Control } from './control.ts'
import { openDemo, type DemoAccount } from './demo.ts'
import { openHttp, type App } from './http.ts'
import type { Log } from './log.ts'
import { openServices, type OpenServices } from './open-services.ts'
import { isAllowedOrigin } from './routes/origins.ts'
import { serverUrlOf } from './services.ts'
import { authenticateSocket } from './sign-in/authenticate-socket.ts'
import { attachWebSockets } from './websockets.ts'

export interface RunningServer {
  /** Where it listens: what the ready line says. */
  readonly url: string
  readonly demoAccounts: readonly DemoAccount[]
  /** Takes nothing new, says goodbye to every socket, commits what is here, closes the store. */
  stop(): Promise<void>
}

/** Requests that are being answered get this long; those who wait for nothing are cut at once. */
const drainMs = 2000

/** Starts everything, or says in a sentence why it cannot and what to do. */
export async function startServer(config: Config, log: Log): Promise<Result<RunningServer, string>> {
  const opened = await openServices(config, log)
  if (!opened.ok) return opened
  const { services, running } = opened.value
  const demoAccounts = config.demo ? await openDemo(services) : []
  const app = await openHttp(services)
  const endSockets = attachWebSockets({
    server: app.server,
    syncServer: services.syncServer,
    authenticate: (request, target) => authenticateSocket(request, target, services),
    isAllowedOrigin: (origin) => isAllowedOrigin(origin, services),
  })
  const listening = await listen(app, config)
  if (!listening.ok) {
    await endSockets()
    await opened.value.close()
    return listening
  }
  running.port = listening.value
  const control = await openControl(services)
  running.state = 'ready'
  await sayWhoMayCreate(opened.value)
  return ok({
    url: listenUrl(config, listening.value),
    demoAccounts,
    stop: () => stop(opened.value, { app, control, endSockets }),
  })
}

/** Never another port in silence: another port is another origin, where a browser's unsent work is out of sight. */
async function listen(app: App, config: Config): Promise<Result<number, string>> {
  try {
    await app.listen({ port: config.port, host: config.host })
  } catch (error) {
    return fail(describe(error, config))
  }
  return ok((app.server.address() as AddressInfo).port)
}

function describe(error: unknown, { port, host }: Config): string {
  const code: unknown = error instanceof Error ? Reflect.get(error, 'code') : undefined
  if (code === 'EADDRINUSE') {
    return `Port ${port} is taken by another program, perhaps another Plein. End that one, or choose another port with --port (0 picks a free one).`
  }
  if (code === 'EACCES')
    return `Port ${port} needs more rights than this user has. Choose one from 1024 up with --port.`
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND')
    return `${host} is not an address of this computer. Choose another with --host.`
  return `The server cannot listen on ${host}, port ${port}: ${error instanceof Error ? error.message : String(error)}.`
}

function listenUrl({ host }: Config, port: number): string {
  if (host === '0.0.0.0' || host === '::' || host === 'localhost') return `http://127.0.0.1:${port}`
  return host.includes(':') ? `http://[${host}]:${port}` : `http://${host}:${port}`
}

async function sayWhoMayCreate({ services }: OpenServices): Promise<void> {
  if ((await services.directory.getOrganisation()) !== undefined) return
  services.log.warn(
    `There is no organisation here yet. On this computer anybody may create it; from elsewhere (${serverUrlOf(services)}) it takes the setup code ${services.setupCode}`,
  )
}

async function stop(
  opened: OpenServices,
  { app, control, endSockets }: { app: App; control: Control; endSockets: () => Promise<void> },
): Promise<void> {
  opened.running.state = 'going-away'
  await control.close()
  const closed = app.close()
  await opened.services.syncServer.drain()
  await endSockets()
  const timer = setTimeout(() => app.server.closeAllConnections(), drainMs)
  try {
    await closed
  } finally {
    clearTimeout(timer)
  }
  await opened.close()
}
