import { isAppAddress } from './app-origin.ts'

/** What an `app://plein/…` address asks for. `path` is relative to the renderer's folder, with `/`, and stays inside it. */
export type AppFile =
  | { readonly kind: 'file'; readonly path: string; readonly contentType: string; readonly forever: boolean }
  | { readonly kind: 'missing' }

const startFile: AppFile = { kind: 'file', path: 'index.html', contentType: 'text/html; charset=utf-8', forever: false }

const contentTypes: Readonly<Record<string, string>> = {
  css: 'text/css; charset=utf-8',
  html: 'text/html; charset=utf-8',
  ico: 'image/x-icon',
  jpg: 'image/jpeg',
  js: 'text/javascript; charset=utf-8',
  json: 'application/json; charset=utf-8',
  mjs: 'text/javascript; charset=utf-8',
  png: 'image/png',
  svg: 'image/svg+xml',
  txt: 'text/plain; charset=utf-8',
  wasm: 'application/wasm',
  webmanifest: 'application/manifest+json',
  webp: 'image/webp',
  woff2: 'font/woff2',
}

// One segment: no dot in front (hidden files, `..`), and only what the build itself puts into file names.
const segmentPattern = /^[\w@-][\w.@-]*$/

/**
 * Which file of `dist/renderer` answers an address. An address inside the app without a file ending is a screen and gets `index.html`;
 * a file that the build cannot have made is missing. Nothing outside the folder can be named.
 */
export function findAppFile(address: string): AppFile {
  if (!isAppAddress(address)) return { kind: 'missing' }
  const path = decodePath(address)
  if (path === undefined) return { kind: 'missing' }
  if (path === '' || path === 'index.html') return startFile
  const segments = path.split('/')
  if (!segments.every((segment) => segmentPattern.test(segment))) return { kind: 'missing' }
  const name = segments.at(-1) ?? ''
  if (!name.includes('.')) return startFile
  const contentType = contentTypes[name.slice(name.lastIndexOf('.') + 1)]
  if (contentType === undefined) return { kind: 'missing' }
  return { kind: 'file', path, contentType, forever: segments[0] === 'assets' }
}

function decodePath(address: string): string | undefined {
  const [, encoded = ''] = /^app:\/\/plein\/?([^?#]*)/.exec(address) ?? []
  try {
    return decodeURIComponent(encoded).replace(/\/$/, '')
  } catch (error) {
    if (error instanceof URIError) return undefined
    throw error
  }
}
