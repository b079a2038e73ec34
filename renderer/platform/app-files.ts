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

/**
 * Which cached file answers a request; null means that the service worker keeps out of it. Addresses inside the app
 * stand behind `#`, so `/` is its only page: whatever else the server answers, now or later, is never hidden by a copy.
 */
export function answerFor(request: AppRequest, origin: string, files: AppFiles): CachedAnswer | null {
  const url = new URL(request.url)
  if (request.method !== 'GET' || url.origin !== origin) return null
  const path = url.pathname === '/' ? '/index.html' : url.pathname
  return files.paths.includes(path) ? { path, isNavigation: request.isNavigation } : null
}

/** Caches of other versions of the app; caches that somebody else made are left alone. */
export function staleCaches(names: readonly string[], current: string): readonly string[] {
  return names.filter((name) => name.startsWith(cachePrefix) && name !== current)
}
