import { randomBytes } from 'node:crypto'
import { rename, rm, writeFile } from 'node:fs/promises'
import { createServer, type IncomingMessage, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { deserialize, serialize } from 'node:v8'
import { parseAdminCommand, runAdminCommand, type AdminAnswer } from './admin-commands.ts'
import type { Services } from './services.ts'
import { isSameSecret } from './sign-in/secrets.ts'

/** Lies in the data folder, readable by its owner alone: who can read it can read the database as well. */
export const controlFile = 'control.json'

/** A command is a few words: what it reads or writes are files on this computer. */
const maxControlBytes = 64 * 1024

export interface Control {
  close(): Promise<void>
}

/**
 * How `npm run admin` reaches a running server: a listener of its own on a free loopback port, so that no address of the
 * public interface opens anything, whatever `--host` and proxies there are. Its secret is new at every start.
 */
export async function openControl(services: Services): Promise<Control> {
  const secret = randomBytes(32).toString('hex')
  const server = createServer((request, response) => {
    answer(request, secret, services)
      .catch((error: unknown): AdminAnswer => {
        services.log.error({ err: error }, 'A command failed')
        return {
          exitCode: 1,
          lines: [`The server could not do this: ${error instanceof Error ? error.message : String(error)}`],
        }
      })
      .then((result) => response.end(serialize(result)))
      .catch(() => response.destroy())
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(0, '127.0.0.1', resolve)
  })
  const path = join(services.config.dataDir, controlFile)
  const { port } = server.address() as AddressInfo
  await writeFile(`${path}.new`, JSON.stringify({ url: `http://127.0.0.1:${port}/`, secret }), { mode: 0o600 })
  await rename(`${path}.new`, path)
  return { close: () => close(server, path) }
}

async function answer(request: IncomingMessage, secret: string, services: Services): Promise<AdminAnswer> {
  if (!isSameSecret(request.headers.authorization ?? '', `Bearer ${secret}`)) {
    return { exitCode: 1, lines: ['The server did not accept this command.'] }
  }
  const command = parseAdminCommand(deserialize(await readAll(request)))
  if (command === undefined)
    return { exitCode: 1, lines: ['The running server is another version and does not know this command.'] }
  return runAdminCommand(command, services)
}

async function readAll(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size > maxControlBytes) throw new RangeError('more than 300 MB at once')
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

async function close(server: Server, path: string): Promise<void> {
  await rm(path, { force: true })
  server.closeAllConnections()
  await new Promise((resolve) => server.close(resolve))
}
