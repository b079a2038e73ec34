// Serves the app of the browser edition from this computer, so that a cold start needs no server. It holds the files of
// one version, never data: what people write is in IndexedDB. A new version is fetched whole in the background and takes
// over at the next start, so that no window ever mixes files of two versions.
import { answerFor, staleCaches, type AppFiles } from './platform/app-files.ts'

declare const self: ServiceWorkerGlobalScope
/** Put in by the build: every file of this version, with a fingerprint of all of them. */
declare const __APP_FILES__: AppFiles

const app = __APP_FILES__
let hasHandedOver = false

self.addEventListener('install', (event) => {
  event.waitUntil(fetchWholeVersion())
})

self.addEventListener('activate', (event) => {
  event.waitUntil(removeOlderVersions())
})

self.addEventListener('message', (event) => {
  if (event.data === 'take-over') event.waitUntil(self.skipWaiting())
})

self.addEventListener('fetch', (event) => {
  const { method, mode, url } = event.request
  const answer = answerFor({ method, isNavigation: mode === 'navigate', url }, self.location.origin, app)
  if (answer === null) return
  event.respondWith(
    answer.isNavigation ? answerNavigation(event.request, answer.path) : cachedOr(event.request, answer.path),
  )
})

/** All or nothing: one missing file leaves the version that works in charge. */
async function fetchWholeVersion(): Promise<void> {
  const cache = await caches.open(app.cacheName)
  await Promise.all(app.paths.map(async (path) => cache.put(path, await fetchFile(path))))
}

async function fetchFile(path: string): Promise<Response> {
  const response = await fetch(path, { cache: 'no-cache' })
  if (!response.ok) throw new Error(`${path} answered ${response.status}`)
  // A response that was redirected may not answer a navigation; a copy of it may.
  return response.redirected ? new Response(response.body, { headers: response.headers }) : response
}

async function removeOlderVersions(): Promise<void> {
  const stale = staleCaches(await caches.keys(), app.cacheName)
  await Promise.all(stale.map((name) => caches.delete(name)))
  await self.clients.claim()
}

async function answerNavigation(request: Request, path: string): Promise<Response> {
  const waiting = self.registration.waiting
  if (waiting && !hasHandedOver && (await isOnlyWindow())) {
    // Once only: should the newer version fail to take over, this one goes on serving.
    hasHandedOver = true
    waiting.postMessage('take-over')
    return new Response('', { headers: { Refresh: '0', 'Content-Type': 'text/html' } })
  }
  return cachedOr(request, path)
}

async function isOnlyWindow(): Promise<boolean> {
  const windows = await self.clients.matchAll({ type: 'window' })
  return windows.length < 2
}

/** A browser short of space may have thrown the cache away: then the server answers, if it is there. */
async function cachedOr(request: Request, path: string): Promise<Response> {
  const cached = await caches.match(path, { cacheName: app.cacheName })
  return cached ?? fetch(request)
}
