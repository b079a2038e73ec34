import { existsSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { utilityProcess } from 'electron'
import type { ServerChild } from './embedded-server.ts'

export interface ServerFiles {
  /** The bundled server, `dist/sync-server/main.js`. */
  readonly program: string
  readonly dataDir: string
  /** The app's own files, which the server gives to colleagues with a browser. */
  readonly appDir: string
  /** 0 picks one. */
  readonly port: number
}

/** Runs the sync server in a utility process: in the app, but a crash of one leaves the other. Undefined where it is not installed. */
export function forkServer(files: ServerFiles): ServerChild | undefined {
  if (!existsSync(files.program)) return undefined
  const args = ['--port', String(files.port), '--data', files.dataDir, '--app-dir', files.appDir]
  const child = utilityProcess.fork(files.program, args, {
    serviceName: 'Plein sync server',
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const lines = child.stdout === null ? null : createInterface({ input: child.stdout })
  return {
    onLine(onLine) {
      lines?.on('line', onLine)
    },
    onEnd(onEnd) {
      child.once('exit', onEnd)
    },
    stop() {
      child.kill()
    },
  }
}
