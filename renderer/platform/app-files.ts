/** The files of one version of the app, as the build lists them for the service worker. */
export interface AppFiles {
  /** Begins with `plein-app-` and ends with a fingerprint of all files, so it differs for each version. */
  readonly cacheName: string
  /** Addresses from the origin, such as `/assets/main-8f3a.js`; `/index.html` among them. */
  readonly paths: readonly string[]
}

export interface AppRequest {
  readonly method: string
  readonly isNavigation: boolean
  readonly url: string
}

export interface CachedAnswer {
  readonly path: string
  readonly isNavigation: boolean
}

const cachePrefix = 'plein-app-'

/** What the sync server answers itself; a navigation there (an API description, a download) is not a screen of the app. */
const serverPaths = ['/api', '/connect', '/ws', '/files', '/sign-in', '/healthz', '/readyz', '/metrics']

/** Which cached file answers a request; null means that the service worker keeps out of it. */
export function answerFor(request: AppRequest, origin: string, files: AppFiles): CachedAnswer | null {
  const url = new URL(request.url)
  if (request.method !== 'GET' || url.origin !== origin) return null
  if (serverPaths.some((path) => url.pathname === path || url.pathname.startsWith(`${path}/`))) return null
  if (files.paths.includes(url.pathname)) return { path: url.pathname, isNavigation: request.isNavigation }
  return request.isNavigation ? { path: '/index.html', isNavigation: true } : null
}

/** Caches of other versions of the app; caches that somebody else made are left alone. */
export function staleCaches(names: readonly string[], current: string): readonly string[] {
  return names.filter((name) => name.startsWith(cachePrefix) && name !== current)
}
