import type { IncomingMessage, Server } from 'node:http'
import type { DocumentId } from '../model/ids.ts'
import type { Identity } from './sync-options.ts'
import type { SyncServer } from './sync-server.ts'

/** `connect`: everything of one device. `stock`: one document, in the y-websocket dialect. */
export type SocketTarget = { readonly type: 'connect' } | { readonly type: 'stock'; readonly documentId: DocumentId; readonly schema: number }

export type AuthenticationFailure = 'sign-in-needed' | 'forbidden'

export interface WebSocketOptions {
  readonly server: Server
  readonly syncServer: SyncServer
  /** Tickets offered as subprotocol (`ticketOf`) or a bearer token (`bearerOf`). Rejecting counts as `sign-in-needed`. */
  authenticate(request: IncomingMessage, target: SocketTarget): Promise<Identity | AuthenticationFailure>
  /** Exact comparison with the Origin header; a request without one (no browser) passes. */
  isAllowedOrigin(origin: string): boolean
}

export function ticketOf(_request: IncomingMessage): string | undefined { throw new Error('soon') }
export function bearerOf(_request: IncomingMessage): string | undefined { throw new Error('soon') }
/** Handles the server's upgrades. Returns a function that ends all sockets and stops. */
export function attachWebSockets(_options: WebSocketOptions): () => Promise<void> { throw new Error('soon') }
