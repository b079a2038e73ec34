import { cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { builtFolder } from '../../build/build-app.ts'
import { startServerProcess, type ServerProcess } from '../../build/server-process.ts'

/** Names the folder of the sample that was made for this run; set in end-to-end runs only. */
export const sampleVariable = 'PLEIN_TEST_SAMPLE'

export interface TestServer {
  /** Stays the same through every restart, like the origin of a real server. */
  readonly url: string
  readonly dataDir: string
  /** Everything that it printed so far, on stdout and stderr, over all its lives. */
  readonly lines: readonly string[]
  readonly pid: number
  /** The orderly end: SIGTERM, drain, close. */
  stop(): Promise<void>
  /** kill -9: nothing is drained, nothing is flushed. */
  crash(): Promise<void>
  /** The next life, on the same port and data. */
  start(): Promise<void>
  /** Ends it and removes the data that was made for it. */
  [Symbol.asyncDispose](): Promise<void>
}

export interface TestServerOptions {
  /** A folder that the caller owns and removes; without it a temporary one is made and removed. */
  readonly dataDir?: string
  /** The app that it serves; without it the built one. */
  readonly appDir?: string
  /** Further flags, such as `--demo`. */
  readonly args?: readonly string[]
  readonly env?: NodeJS.ProcessEnv
}

/** The sign-in lines of `--demo`, by role. */
export interface SampleAccount {
  readonly role: string
  readonly email: string
  readonly password: string
}

/**
 * Starts the sync server as a process of its own on a free port, with the built app when there is one. The end-to-end tests run the built
 * server, as it ships in the app, and begin with a copy of the sample (see sample-folder.ts); others run the sources.
 */
export async function openTestServer(options: TestServerOptions = {}): Promise<TestServer> {
  const dataDir = options.dataDir ?? (await newDataDir(options.args ?? []))
  const lines: string[] = []
  let port = '0'
  const launch = () => launchServer(dataDir, port, lines, options)
  let server = launch()
  const url = await address(server, lines)
  port = new URL(url).port
  const stop = async () => void (await server.stop())
  return {
    url,
    dataDir,
    lines,
    get pid() {
      return server.child.pid ?? 0
    },
    stop,
    async crash() {
      server.child.kill('SIGKILL')
      await server.ended
    },
    async start() {
      server = launch()
      await address(server, lines)
    },
    async [Symbol.asyncDispose]() {
      await stop()
      if (options.dataDir === undefined) await rm(dataDir, { recursive: true, force: true })
    },
  }
}

export function sampleAccounts(server: TestServer): readonly SampleAccount[] {
  return server.lines.flatMap((line) => {
    const [, role, email, password] = /^sign-in (\S+) (\S+) (\S+)$/.exec(line) ?? []
    return role && email && password ? [{ role, email, password }] : []
  })
}

async function newDataDir(args: readonly string[]): Promise<string> {
  const dataDir = await mkdtemp(join(tmpdir(), 'plein-server-'))
  const sample = process.env[sampleVariable]
  if (sample && args.includes('--demo')) await cp(sample, dataDir, { recursive: true })
  return dataDir
}

function launchServer(dataDir: string, port: string, lines: string[], options: TestServerOptions): ServerProcess {
  return startServerProcess({
    args: [
      '--port',
      port,
      '--data',
      dataDir,
      '--app-dir',
      options.appDir ?? builtFolder('renderer'),
      ...(options.args ?? []),
    ],
    onLine: (line) => lines.push(line),
    onErrorLine: (line) => lines.push(line),
    ...(process.env[sampleVariable] ? { entry: join(builtFolder('sync-server'), 'main.js') } : {}),
    ...(options.env === undefined ? {} : { env: { ...process.env, ...options.env } }),
  })
}

async function address(server: ServerProcess, lines: readonly string[]): Promise<string> {
  try {
    return await server.ready
  } catch (cause) {
    throw new Error(`The sync server did not start:\n${lines.join('\n')}`, { cause })
  }
}
