import type { DocumentId, FileHash, OrganisationId, PageId, SpaceId } from '../../model/ids.ts'
import type { ChannelReason } from '../../model/protocol/reasons.ts'
import type { ConnectionState, ConnectionTrouble } from '../documents/plein.ts'
import type { WaitingRow } from '../storage/laptop-storage.ts'

/**
 * What windows and the sync worker tell one another, over one BroadcastChannel per organisation. All windows are equal;
 * the worker runs in whichever window holds the Web Lock. Values are structured-clone data.
 */
export type ToWorker =
  /** A window is there (or came back) and wants the present state; the worker answers with `status`. */
  | { readonly type: 'hello'; readonly windowId: string }
  /**
   * Rows were committed to this laptop's log: push them. Carries the updates for the other windows; with `rows`, as
   * `appendOwn` answered them, the worker need not read them back from disk.
   */
  | {
      readonly type: 'own-rows'
      readonly windowId: string
      readonly changes: readonly WindowChange[]
      readonly rows?: readonly WaitingRow[]
    }
  /** A window opened a document: its channel joins. `channelId` is unique over all windows. */
  | {
      readonly type: 'open'
      readonly windowId: string
      readonly channelId: string
      readonly documentId: DocumentId
      readonly schema: number
    }
  | { readonly type: 'close'; readonly channelId: string }
  /** y-websocket dialect from the provider of an open page. */
  | { readonly type: 'outward'; readonly channelId: string; readonly bytes: Uint8Array }
  /** Fetch a document that is not on this laptop. Answered by `documents-changed`, or `fetch-failed`. */
  | { readonly type: 'fetch'; readonly documentId: DocumentId }
  /** The person asks: also ends a refusal. */
  | { readonly type: 'retry-now' }
  /** The laptop woke up, the network came back, or a window became visible: ping at once, reconnect at once (HB3). */
  | { readonly type: 'wake-up' }
  /** Whether any window is visible: sets the heartbeat. */
  | { readonly type: 'visible'; readonly windowId: string; readonly visible: boolean }
  | { readonly type: 'window-gone'; readonly windowId: string }
  /** Rows of files were changed by a window: what waits is looked at again. Other windows hear it too. */
  | { readonly type: 'files-changed'; readonly spaceIds: readonly SpaceId[] }
  /** A window put a request into the outbox. */
  | { readonly type: 'request-put' }
  /** Fetch a file that is not on this laptop. Answered by `file`. */
  | { readonly type: 'fetch-file'; readonly spaceId: SpaceId; readonly hash: FileHash }
  /** Bring the list of the space's files up to date with the server. Answered by `files-changed` where it differs. */
  | { readonly type: 'refresh-files'; readonly spaceId: SpaceId }
  /** How much of the space's files stays on this laptop was changed. */
  | { readonly type: 'keep-changed'; readonly spaceId: SpaceId }
  /**
   * The device's token, from wherever the platform keeps secrets; null while signed out. Said at the start, to each new
   * worker, and when it changes: the worker keeps it in memory only, and connects anew when it is another one.
   */
  | { readonly type: 'token'; readonly token: string | null }

export interface WindowChange {
  readonly documentId: DocumentId
  readonly update: Uint8Array
}

export type FromWorker =
  | SyncStatus
  /** A worker has started (the leading window changed): windows say hello and announce their channels again. */
  | { readonly type: 'who-is-there' }
  /** Inward dialect bytes for the channel of one window: already stored on this laptop. */
  | { readonly type: 'inward'; readonly channelId: string; readonly bytes: Uint8Array }
  | {
      readonly type: 'channel-state'
      readonly channelId: string
      readonly open: boolean
      readonly reason?: ChannelReason
    }
  /** Changes from the server by feed or fetch, already stored: windows apply them to documents that they hold open. */
  | { readonly type: 'remote-changes'; readonly changes: readonly WindowChange[] }
  /** Lists changed in storage (rows, spaces, waiting counts): windows read again. Batched. */
  | { readonly type: 'documents-changed'; readonly documentIds: readonly DocumentId[]; readonly spacesChanged: boolean }
  | { readonly type: 'acknowledged'; readonly documentIds: readonly DocumentId[]; readonly atMs: number }
  /** What others say about these pages is in the tables now. */
  | { readonly type: 'acts-folded'; readonly pages: readonly PageId[] }
  /** So many colleagues have on a device of theirs what was written here last on the page. */
  | { readonly type: 'with-colleagues'; readonly documentId: DocumentId; readonly people: number }
  | { readonly type: 'set-aside-changed' }
  /** What others did while one was away is there to be looked at. */
  | { readonly type: 'reviews-changed' }
  /**
   * Content that the server refused was set aside and the stored document now holds the server's state alone: a window
   * that has it open throws its Y.Doc away and loads again.
   */
  | { readonly type: 'document-reset'; readonly documentId: DocumentId }
  | {
      readonly type: 'fetch-failed'
      readonly documentId: DocumentId
      readonly reason: 'offline' | 'unknown' | 'forbidden' | 'damaged'
    }
  | { readonly type: 'space-revoked'; readonly spaceId: SpaceId }
  /** What is being done with a file, and how far it is; null when nothing is being done any more. */
  | {
      readonly type: 'file'
      readonly spaceId: SpaceId
      readonly hash: FileHash
      readonly activity: FileActivity | null
    }
  /** People or members changed in storage: windows read them again. */
  | { readonly type: 'people-changed' }
  /** Rows of the files of these spaces changed in storage: windows read them again. Windows say it to one another too. */
  | { readonly type: 'files-changed'; readonly spaceIds: readonly SpaceId[] }
  /** Requests, what waits for owners or which spaces one can join changed in storage: windows read them again. */
  | { readonly type: 'requests-changed' }
  /** The organisation's record changed: its name, or one's own name or role. */
  | { readonly type: 'organisation-changed' }

/** `failed` stays until it is tried again; the other waits end by themselves. */
export type FileActivity =
  | { readonly kind: 'uploading'; readonly doneBytes: number; readonly sizeBytes: number }
  | { readonly kind: 'waiting'; readonly reason: UploadWait }
  | { readonly kind: 'fetching'; readonly doneBytes: number; readonly sizeBytes: number }
  | { readonly kind: 'failed'; readonly reason: FetchFileFailure }

export type UploadWait = 'offline' | 'quota' | 'server-full'
/** `unknown`: the server has no such file for this space. `full`: the disk of this laptop is. */
export type FetchFileFailure = 'offline' | 'unknown' | 'forbidden' | 'full'

export interface SyncStatus {
  readonly type: 'status'
  readonly organisationId: OrganisationId
  readonly state: ConnectionState
  readonly reason: ConnectionTrouble | null
  readonly offlineSinceMs: number | null
  readonly nextAttemptAtMs: number | null
  readonly storageFull: boolean
  /** The server cannot commit now (its disk is full); everything waits here. */
  readonly serverHolding: boolean
}
