import { parseExternalLink } from '../../model/external-link.ts'
import type { OrganisationId } from '../../model/ids.ts'
import type { Platform, Secrets } from './platform.ts'

/** The part of a window that this platform uses. */
export interface BrowserHost {
  readonly origin: string
  readonly storage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>
  open(link: string): void
  /** Calls back whenever the page may be put away: hidden, frozen or left. */
  onPutAway(onPutAway: () => void): () => void
}

/** The platform in an ordinary browser, where the server that sent the page is the organisation's server. */
export function openBrowserPlatform(host: BrowserHost): Platform {
  return {
    capabilities: {
      secretKeeping: 'browser',
      deepLinks: false,
      ownServer: true,
      pageServerUrl: host.origin,
      severalOrganisations: false,
      needsServiceWorker: true,
      hostVersion: null,
    },
    secrets: browserSecrets(host.storage),
    ownServer: () => Promise.resolve({ state: 'ready', url: host.origin }),
    openExternal: (link) => Promise.resolve(openOutside(host, link)),
    onDeepLink: () => () => {},
    onQuit: (flush) => host.onPutAway(() => void flush()),
  }
}

/** The window that this code runs in. */
export function thisBrowser(): BrowserHost {
  return {
    origin: location.origin,
    storage: localStorage,
    open: (link) => window.open(link, '_blank', 'noopener,noreferrer'),
    onPutAway(onPutAway) {
      const whenHidden = () => {
        if (document.visibilityState === 'hidden') onPutAway()
      }
      document.addEventListener('visibilitychange', whenHidden)
      window.addEventListener('pagehide', onPutAway)
      return () => {
        document.removeEventListener('visibilitychange', whenHidden)
        window.removeEventListener('pagehide', onPutAway)
      }
    },
  }
}

/** One key of localStorage per organisation. A browser that refuses storage keeps them in memory. */
function browserSecrets(storage: BrowserHost['storage']): Secrets {
  const memory = new Map<OrganisationId, string>()
  return {
    get: (id) => Promise.resolve(memory.get(id) ?? attempt(() => storage.getItem(keyOf(id))) ?? null),
    set(id, secret) {
      memory.set(id, secret)
      const stored = attempt(() => {
        storage.setItem(keyOf(id), secret)
        return true
      })
      return Promise.resolve(stored === true ? 'browser' : 'memory')
    },
    delete(id) {
      memory.delete(id)
      attempt(() => storage.removeItem(keyOf(id)))
      return Promise.resolve()
    },
  }
}

function keyOf(id: OrganisationId): string {
  return `plein:session:${id}`
}

/** Undefined where the browser refuses storage or has no room: a window must not break on it. */
function attempt<T>(access: () => T): T | undefined {
  try {
    return access()
  } catch {
    return undefined
  }
}

function openOutside(host: BrowserHost, link: string): boolean {
  const external = parseExternalLink(URL.canParse(link) ? new URL(link).href : undefined)
  if (external === undefined) return false
  host.open(external)
  return true
}
