import { existsSync } from 'node:fs'
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
  // Its ready line is for terminals; on our stdout the self-test's report must stand alone.
  const child = utilityProcess.fork(files.program, args, {
    serviceName: 'Plein sync server',
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  return {
    onMessage(onMessage) {
      child.on('message', onMessage)
    },
    onEnd(onEnd) {
      child.once('exit', onEnd)
    },
    stop() {
      // A message and not a signal, which Windows has none of that a program could answer.
      child.postMessage({ type: 'stop' })
    },
  }
}
