import type { DeviceId } from '../../model/ids.ts'
import type { Result } from '../../model/result.ts'
import type { ServerMessage } from '../../model/protocol/messages.ts'
import type { OrganisationStorage } from '../storage/laptop-storage.ts'
import type { FromWorker } from './sync-messages.ts'

/** One socket to `/connect`. Frames are whole messages. */
export interface Transport {
  /** Queues a frame; silently nothing after the end. */
  send(frame: Uint8Array<ArrayBuffer>): void
  /** Ends the socket. `closed` may still be called afterwards, or not; the engine ignores it. */
  close(): void
}

/** What a transport tells the engine; nothing is called before `connect` has returned. */
export interface TransportListener {
  opened(): void
  received(frame: Uint8Array): void
  /** The end, once: the close code of the socket, 1006 for a broken line. */
  closed(code: number): void
}

export interface SyncClock {
  nowMs(): number
  /** Calls `run` once after `ms`; answers the undo. */
  schedule(ms: number, run: () => void): () => void
}

/** Why there is no ticket. `unreachable` and `rate-limited` are tried again; the others wait for the person. */
export type TicketProblem = 'unreachable' | 'rate-limited' | 'sign-in-needed' | 'suspended'

export interface SyncEngineOptions {
  readonly storage: OrganisationStorage
  readonly deviceId: DeviceId
  /** The schema of this app. */
  readonly schema: number
  readonly appVersion: string
  readonly clock: SyncClock
  /** From 0 to 1, for jitter only. */
  readonly random: () => number
  readonly getTicket: () => Promise<Result<string, TicketProblem>>
  readonly connect: (ticket: string, listener: TransportListener) => Transport
  /** To all windows. Bytes in it must not be changed afterwards. */
  readonly emit: (message: FromWorker) => void
  /** The server's words about organisation and person, at every sign-in: the owner of the organisation record stores them. */
  readonly onWelcome?: (welcome: Extract<ServerMessage, { type: 'welcome' }>) => Promise<void>
  /** Failures that end a line and are tried again: for a log. Never holds content. */
  readonly report?: (error: unknown) => void
  /** Pages of a space that are fetched unasked, newest first, where nobody chose what stays. */
  readonly keepPages?: number
}
