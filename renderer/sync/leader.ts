import type { OrganisationId } from '../../model/ids.ts'

export interface LeaderOptions {
  readonly organisationId: OrganisationId
  readonly appVersion: string
  /** Default true; without a server nothing is synced, and the search index is all that the leader keeps. */
  readonly hasServer?: boolean
  /** Default: `navigator.locks`; undefined where the browser has none. */
  readonly locks?: LockManager | undefined
  /** Starts what the leader runs; answers how to stop it. Default: the workers of sync and of search. */
  readonly start?: () => () => void
  /** What this browser lacks. Without locks every window leads, and the server hears one of them at a time. */
  readonly onLacking?: (what: 'locks' | 'workers') => void
}

/**
 * Takes part in the election of the one window that runs sync for an organisation. The lock goes to another window when this one
 * closes or crashes: that is the whole takeover. Answers how to leave.
 */
export function joinElection(options: LeaderOptions): () => void {
  const locks = 'locks' in options ? options.locks : navigator.locks
  const start = options.start ?? (() => startWorkers(options))
  const leaving = new AbortController()
  if (locks === undefined) {
    options.onLacking?.('locks')
    return start()
  }
  const lead = () =>
    new Promise<void>((resolve) => {
      if (leaving.signal.aborted) {
        resolve()
        return
      }
      const stop = start()
      leaving.signal.addEventListener('abort', () => {
        stop()
        resolve()
      })
    })
  locks.request(`plein-leader-${options.organisationId}`, { signal: leaving.signal }, lead).catch((error: unknown) => {
    // Leaving before the lock came is no failure.
    if (!leaving.signal.aborted) console.warn('No sync in this window', error)
  })
  return () => leaving.abort()
}

function startWorkers(options: LeaderOptions): () => void {
  const stops = [options.hasServer === false ? undefined : startSync(options), startSearch(options.organisationId)]
  return () => {
    for (const stop of stops) stop?.()
  }
}

function startSync({ organisationId, appVersion, onLacking }: LeaderOptions): () => void {
  if (typeof Worker === 'undefined') {
    onLacking?.('workers')
    return startHere(organisationId, appVersion)
  }
  const worker = new Worker(new URL('./sync-worker.ts', import.meta.url), { type: 'module', name: 'plein-sync' })
  worker.postMessage({ organisationId, appVersion })
  return () => worker.terminate()
}

/** What is there at once goes first: the pages, the line, and what one types. */
const searchAfterMs = 2500

/** A worker of its own: filling an index takes seconds, and the line must not wait for it. Without workers titles alone are found. */
function startSearch(organisationId: OrganisationId): (() => void) | undefined {
  if (typeof Worker === 'undefined') return undefined
  let worker: Worker | null = null
  const timer = setTimeout(() => {
    worker = new Worker(new URL('../search/search-worker.ts', import.meta.url), {
      type: 'module',
      name: 'plein-search',
    })
    worker.postMessage({ organisationId })
  }, searchAfterMs)
  return () => {
    clearTimeout(timer)
    worker?.terminate()
  }
}

/** Without workers sync runs in the window itself: slower while typing, and otherwise the same. */
function startHere(organisationId: OrganisationId, appVersion: string): () => void {
  const starting = import('./sync-host.ts').then(({ startSyncHost }) => startSyncHost({ organisationId, appVersion }))
  return () => {
    starting.then((stop) => stop()).catch((error: unknown) => console.warn('Sync did not stop', error))
  }
}
