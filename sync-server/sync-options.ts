import type { FillRandom, PersonId, SpaceId } from '../model/ids.ts'
import type { OrganisationRole } from '../model/permission.ts'
import type { Compactor } from './compaction.ts'
import type { OnAccepted } from './requests/request-desk.ts'
import type { DocumentRecord, Store } from './store/store.ts'
import type { VersionStore } from './store/version-store.ts'

/** What the core needs of a socket: a WebSocket in production, an array in the simulation. */
export interface ServerSocket {
  /** One binary frame. */
  send(bytes: Uint8Array): void
  close(code: number, reason: string): void
  /** Bytes handed to `send` that have not left this machine. */
  queuedBytes(): number
}

/** The signed-in person behind a socket, as the accounts know them at the moment of the upgrade. */
export interface Identity {
  readonly personId: PersonId
  readonly name: string
  readonly email: string
  readonly role: OrganisationRole
  /** The sign-in that the socket belongs to; `endSession` closes its sockets. */
  readonly sessionId: string
}

/** One socket as its transport sees it. */
export interface Session {
  /** A frame as it came: bytes, or the text of a text frame. Never throws. */
  receive(frame: Uint8Array | string): void
  /** The socket has ended, for whatever reason. */
  closed(): void
}

export interface Clock {
  /** Milliseconds since 1970. For display, and for waiting; never for order. */
  nowMs(): number
}

/** Runs `run` once after `ms`; 0 means after the frames that are already here. Returns the undo. */
export type Schedule = (ms: number, run: () => void) => () => void

/** One line of the log. Never holds text of pages, tokens or addresses. */
export type Log = (
  level: 'info' | 'warn' | 'error',
  message: string,
  details?: Readonly<Record<string, unknown>>,
) => void

/** Bounds that tests make small. Everything that both sides must know is in model/protocol/limits.ts. */
export interface SyncLimits {
  /** Time for the first frame. */
  readonly helloMs: number
  /** Rows and bytes of one commit. */
  readonly commitRows: number
  readonly commitBytes: number
  /** Pause before the rows are tried again while the store cannot commit. */
  readonly retryMs: number
  /** Bytes of document states, and of feed rows of all spaces together, kept in memory. */
  readonly documentCacheBytes: number
  readonly feedRingBytes: number
  /** Bytes of one document, snapshot and tail, beyond which it takes no more rows. */
  readonly documentBytes: number
  /** Frames of one socket that wait for their turn. */
  readonly waitingFrameBytes: number
  readonly compactAfterRows: number
  readonly compactAfterBytes: number
  /** How long a document has been quiet before it is compacted, and the pause between two compactions. */
  readonly compactIdleMs: number
  readonly compactPauseMs: number
  /** How long after a change titles are read anew; below the feed's own second, so that the feed carries the new title. */
  readonly deriveMs: number
  /** How long a page is quiet before its state is kept, how long it may be written without, and how often that is looked at. */
  readonly versionQuietMs: number
  readonly versionWritingMs: number
  readonly versionSweepMs: number
  /** Presence messages of one socket in a second. */
  readonly presencePerSecond: number
}

/**
 * Faults for the simulation only, each of which must turn it red. Production never sets them.
 * They live in `commit.ts` and `feed.ts`, at the places that call `faults`.
 */
export interface Faults {
  readonly 'broadcast-before-commit'?: boolean
  readonly 'skip-commit'?: boolean
  readonly 'drop-row-from-feed'?: boolean
  readonly 'double-feed-number'?: boolean
  readonly 'move-tree-alone'?: boolean
}

export interface SyncServerOptions {
  readonly store: Store
  readonly clock: Clock
  readonly random: FillRandom
  readonly schedule: Schedule
  readonly log: Log
  readonly limits?: Partial<SyncLimits>
  /** Merges documents off the main thread; without one, compaction runs inline (tests, simulation). */
  readonly compactor?: Compactor
  /** Where states of pages are kept; without one, none are. */
  readonly versions?: VersionStore
  readonly serverVersion?: string
  /** The schema that the server knows; the app's own by default, another one in tests. */
  readonly schema?: number
  readonly faults?: Faults
  /** Told of each request that was accepted, for the audit log. */
  readonly onAccepted?: OnAccepted
  /** Told of each page before it goes to another space, with its content: what it shows must be there when it arrives. */
  readonly onMoving?: OnMoving
  /** Told of each document that a commit changed or moved, after the commit and before anybody waits for it: it must only take note. */
  readonly onChanged?: OnChanged
}

export type OnChanged = (record: DocumentRecord) => void

export type OnMoving = (page: { readonly from: SpaceId; readonly to: SpaceId; readonly update: Uint8Array }) => void

export const defaultLimits: SyncLimits = {
  helloMs: 10_000,
  commitRows: 512,
  commitBytes: 1024 * 1024,
  retryMs: 1000,
  documentCacheBytes: 64 * 1024 * 1024,
  feedRingBytes: 16 * 1024 * 1024,
  documentBytes: 128 * 1024 * 1024,
  waitingFrameBytes: 32 * 1024 * 1024,
  compactAfterRows: 200,
  compactAfterBytes: 256 * 1024,
  compactIdleMs: 5000,
  compactPauseMs: 100,
  deriveMs: 300,
  versionQuietMs: 10 * 60_000,
  versionWritingMs: 60 * 60_000,
  versionSweepMs: 30_000,
  presencePerSecond: 60,
}
