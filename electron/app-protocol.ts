import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { protocol } from 'electron'
import { securityHeaders } from '../model/content-security-policy.ts'
import { findAppFile } from './app-files.ts'
import { appScheme } from './app-origin.ts'

/** Before the app is ready: makes `app://plein` an origin like https, with storage, fetch and WebAssembly, but without service workers. */
export function registerAppScheme(): void {
  const privileges = { standard: true, secure: true, supportFetchAPI: true, stream: true, codeCache: true }
  protocol.registerSchemesAsPrivileged([{ scheme: appScheme, privileges }])
}

/** After the app is ready: answers `app://plein/…` with the files of the renderer and nothing else. */
export function serveAppFiles(folder: string): void {
  protocol.handle(appScheme, (request) => answerAppRequest(folder, request))
}

async function answerAppRequest(folder: string, request: Request): Promise<Response> {
  const headers = securityHeaders('desktop')
  const file = request.method === 'GET' ? findAppFile(request.url) : { kind: 'missing' as const }
  if (file.kind === 'missing') return new Response('Not found', { status: 404, headers })
  const bytes = await readBytes(join(folder, file.path))
  if (bytes === undefined) return new Response('Not found', { status: 404, headers })
  const caching = file.forever ? 'public, max-age=31536000, immutable' : 'no-cache'
  return new Response(bytes, { headers: { ...headers, 'content-type': file.contentType, 'cache-control': caching } })
}

async function readBytes(path: string): Promise<Uint8Array<ArrayBuffer> | undefined> {
  try {
    return new Uint8Array(await readFile(path))
  } catch {
    // Not in this build; a folder; no right to read. For the page it is missing.
    return undefined
  }
}
