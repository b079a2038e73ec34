import type { OrganisationId, PageId } from '../../model/ids.ts'

/**
 * What the machine around the renderer can do. The renderer asks this, never which host it runs in,
 * so a third host needs no change outside this folder.
 */
export interface Capabilities {
  /**
   * Where a session token lives. `encrypted`: the system's key store. `browser`: this browser's storage, like a cookie.
   * `memory`: nowhere, so one signs in again after each start, and the screen says so.
   */
  readonly secretKeeping: 'encrypted' | 'browser' | 'memory'
  /** `plein://page/<id>` links of the system arrive here. */
  readonly deepLinks: boolean
  /** A sync server belongs to this app (`ownServer()`): an organisation can be created without knowing any address. */
  readonly ownServer: boolean
  /** Origin of the server that sent this page; null where the app came with its host, and servers are named by people. */
  readonly pageServerUrl: string | null
  /** One profile may hold several organisations; in a browser another organisation is another origin. */
  readonly severalOrganisations: boolean
  /** Without a service worker the app could not start cold while its server is away. */
  readonly needsServiceWorker: boolean
  /** Such as `0.1.0 · Electron 45.4.1`, for the about screen and problem reports. Null where only the page itself knows. */
  readonly hostVersion: string | null
}

/** Session tokens, one per organisation. Nothing else belongs here. */
export interface Secrets {
  get(id: OrganisationId): Promise<string | null>
  /** Answers how the token is kept from now on; `memory` where it could not be stored. */
  set(id: OrganisationId, secret: string): Promise<Capabilities['secretKeeping']>
  delete(id: OrganisationId): Promise<void>
}

export type OwnServer =
  | { readonly state: 'ready'; readonly url: string }
  | { readonly state: 'failed'; readonly reason: 'not-installed' | 'did-not-start' | 'stopped' }

export interface Platform {
  readonly capabilities: Capabilities
  readonly secrets: Secrets
  /** The server that belongs to this app: on this computer, or the one that served this page. Answers when it is ready or has failed. */
  ownServer(): Promise<OwnServer>
  /** Opens an `https:` or `mailto:` address outside the app. False: it is no such address, or the system refused. */
  openExternal(link: string): Promise<boolean>
  /** Somebody followed a link to a page. Ask the person before going there: a link does nothing by itself. Answers the undo. */
  onDeepLink(onLink: (id: PageId) => void): () => void
  /** `flush` writes what is unwritten; it runs before the app quits or the page is put away. Answers the undo. */
  onQuit(flush: () => Promise<void>): () => void
}
