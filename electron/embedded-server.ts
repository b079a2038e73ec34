import { isLoopbackOrigin, type ServerAddress, type ServerFailure } from '../model/ipc.ts'

/** A server process as this file needs it; `main.ts` makes one with `utilityProcess.fork`. */
export interface ServerChild {
  onMessage(onMessage: (message: unknown) => void): void
  onEnd(onEnd: () => void): void
  /** Asks for an orderly end. */
  stop(): void
}

export interface EmbeddedServerOptions {
  /** Undefined: the server's files are not part of this installation. */
  fork(): ServerChild | undefined
  wait(delayMs: number): Promise<void>
}

export interface EmbeddedServer {
  /** Settles once, at the first ready or at the final failure; `current` follows what happens later. */
  readonly first: Promise<ServerAddress>
  current(): ServerAddress | undefined
  /** Resolves when the process has ended or `stopTimeoutMs` is over; from then on it is not started again. */
  stop(): Promise<void>
}

/** A server that crashes at once will go on doing so; one that crashes by accident is back within a second. */
const restartDelaysMs = [500, 3000, 10_000]
/** Tens of times what a start takes, so that a slow disk or a virus scanner at the first start is not taken for a failure. */
const startTimeoutMs = 30_000
/** For draining its sockets. The log is durable without it, so nothing is lost when the time is over. */
const stopTimeoutMs = 5000

/** Starts the sync server inside the app, learns its address by message, and starts it again when it crashes. */
export function startEmbeddedServer(options: EmbeddedServerOptions): EmbeddedServer {
  const { promise: first, resolve: settleFirst } = Promise.withResolvers<ServerAddress>()
  let current: ServerAddress | undefined
  let child: ServerChild | undefined
  let ended: Promise<void> = Promise.resolve()
  let isStopping = false

  function settle(address: ServerAddress): void {
    current = address
    settleFirst(address)
  }

  async function run(): Promise<void> {
    for (const delayMs of [...restartDelaysMs, null]) {
      const failure = await runOnce()
      if (isStopping) return settle({ state: 'failed', reason: 'stopped' })
      // A server that never came up will not by itself: a taken port, an unusable data folder.
      if (failure !== 'stopped' || delayMs === null) return settle({ state: 'failed', reason: failure })
      await options.wait(delayMs)
    }
  }

  async function runOnce(): Promise<ServerFailure> {
    const started = options.fork()
    if (started === undefined) return 'not-installed'
    child = started
    const end = Promise.withResolvers<void>()
    ended = end.promise
    const { promise: url, resolve: foundUrl } = Promise.withResolvers<string | undefined>()
    started.onEnd(() => {
      child = undefined
      foundUrl(undefined)
      end.resolve()
    })
    started.onMessage((message) => {
      const address = readyAddress(message)
      if (address !== undefined) foundUrl(address)
    })
    const ready = await Promise.race([url, options.wait(startTimeoutMs)])
    if (ready === undefined) {
      child?.stop()
      return 'did-not-start'
    }
    settle({ state: 'ready', url: ready })
    await ended
    return 'stopped'
  }

  void run()
  return {
    first,
    current: () => current,
    async stop() {
      isStopping = true
      child?.stop()
      await Promise.race([ended, options.wait(stopTimeoutMs)])
    },
  }
}

/** The address in the server's `{ type: 'ready', url }`; undefined for any other message, and for an address elsewhere. */
function readyAddress(message: unknown): string | undefined {
  if (typeof message !== 'object' || message === null || !('type' in message) || !('url' in message)) return undefined
  return message.type === 'ready' && isLoopbackOrigin(message.url) ? message.url : undefined
}
