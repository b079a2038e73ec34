import type { DocumentId } from '../../model/ids.ts'
import type { FromWorker, ToWorker } from './sync-messages.ts'

/** The way of one window to the sync worker. */
export interface SyncPort {
  post(message: ToWorker): void
  /** Calls back for each message of the worker; answers the undo. */
  subscribe(onMessage: (message: FromWorker) => void): () => void
}

export interface ChannelContext {
  readonly port: SyncPort
  readonly windowId: string
  /** The y-websocket provider knows an address only: `<serverUrl>/<roomname>`. */
  readonly documentIdFromUrl: (url: string) => DocumentId | undefined
  readonly schema: number
  /** Mints a channel id, unique over all windows. */
  readonly mintChannelId: () => string
  /** Repeats `run` until the answer is called. Default: setInterval. */
  readonly every?: (ms: number, run: () => void) => () => void
}

/** The WebSocket face that y-websocket's provider is handed as `WebSocketPolyfill` (with `disableBc: true`). */
export function makeChannelSocketClass(_context: ChannelContext): typeof WebSocket {
  return WebSocket
}
