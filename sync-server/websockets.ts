import { STATUS_CODES, type IncomingMessage, type Server } from 'node:http'
import type { Duplex } from 'node:stream'
import { WebSocketServer, type RawData, type WebSocket } from 'ws'
import { parseId, type DocumentId } from '../model/ids.ts'
import { maxFrameBytes } from '../model/protocol/limits.ts'
import { subprotocol, ticketPrefix } from '../model/protocol/version.ts'
import { isSchema, lowestSchema } from '../model/schema-version.ts'
import type { Identity, ServerSocket, Session } from './sync-options.ts'
import type { SyncServer } from './sync-server.ts'

/** `connect`: everything of one device. `stock`: one document, in the y-websocket dialect. */
export type SocketTarget =
  | { readonly type: 'connect' }
  | { readonly type: 'stock'; readonly documentId: DocumentId; readonly schema: number }

export type AuthenticationFailure = 'sign-in-needed' | 'forbidden'

export interface WebSocketOptions {
  readonly server: Server
  readonly syncServer: SyncServer
  /** Tickets offered as subprotocol (`ticketOf`) or a bearer token (`bearerOf`). Rejecting counts as `sign-in-needed`. */
  authenticate(request: IncomingMessage, target: SocketTarget): Promise<Identity | AuthenticationFailure>
  /** Exact comparison with the Origin header; a request without one (no browser) passes. */
  isAllowedOrigin(origin: string): boolean
}

/** Subprotocols that one request may offer; a browser sends as many as a page asks for. */
const maxProtocols = 8
/** Sockets that have not said who they are take memory: so many upgrades may wait for an answer at once. */
const maxWaitingUpgrades = 200
/** A line that answers no WebSocket ping for this long is dead, whatever the layer above says. */
const pingMs = 30_000

function protocolsOf(request: IncomingMessage): readonly string[] {
  const header = request.headers['sec-websocket-protocol'] ?? ''
  return header.split(',', maxProtocols).map((word) => word.trim())
}

/** The ticket that was offered beside `plein`, if any. */
export function ticketOf(request: IncomingMessage): string | undefined {
  const word = protocolsOf(request).find((each) => each.startsWith(ticketPrefix))
  return word === undefined || word.length === ticketPrefix.length ? undefined : word.slice(ticketPrefix.length)
}

/** The token of an `Authorization: Bearer` header, if any. */
export function bearerOf(request: IncomingMessage): string | undefined {
  const match = /^Bearer ([\w.~+/=-]{1,500})$/i.exec(request.headers.authorization ?? '')
  return match?.[1]
}

/** Which of the two addresses a request asks for; undefined for any other. */
export function socketTargetOf(url: string): SocketTarget | undefined {
  if (!URL.canParse(url, 'http://host')) return undefined
  const { pathname, searchParams } = new URL(url, 'http://host')
  if (pathname === '/connect') return { type: 'connect' }
  const documentId = parseId<DocumentId>(/^\/ws\/([^/]+)$/.exec(pathname)?.[1])
  if (documentId === undefined) return undefined
  const asked = searchParams.get('schema')
  const schema = asked === null ? lowestSchema : Number(asked)
  return isSchema(schema) ? { type: 'stock', documentId, schema } : undefined
}

/** Handles the server's upgrades. Returns a function that ends all sockets and stops. */
export function attachWebSockets(options: WebSocketOptions): () => Promise<void> {
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: maxFrameBytes + 64,
    perMessageDeflate: false,
    clientTracking: true,
    handleProtocols: (offered) => (offered.has(subprotocol) ? subprotocol : false),
  })
  const alive = new WeakSet<WebSocket>()
  let waiting = 0

  const onUpgrade = (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    // Before anything else: a malformed frame or a broken line must never end the process.
    socket.on('error', () => socket.destroy())
    if (waiting >= maxWaitingUpgrades) {
      refuse(socket, 503)
      return
    }
    waiting += 1
    admit(options, request)
      .then(
        (admitted) => {
          if (typeof admitted === 'number') refuse(socket, admitted)
          else
            sockets.handleUpgrade(request, socket, head, (webSocket) => {
              alive.add(webSocket)
              webSocket.on('pong', () => alive.add(webSocket))
              run(options.syncServer, webSocket, admitted)
            })
        },
        () => {
          refuse(socket, 500)
        },
      )
      .catch((error: unknown) => {
        options.syncServer.handlerFailed(error)
        socket.destroy()
      })
      .finally(() => {
        waiting -= 1
      })
  }

  const pinging = setInterval(() => {
    for (const webSocket of sockets.clients) {
      if (!alive.delete(webSocket)) webSocket.terminate()
      else webSocket.ping()
    }
  }, pingMs)
  pinging.unref()
  options.server.on('upgrade', onUpgrade)

  return async () => {
    clearInterval(pinging)
    options.server.off('upgrade', onUpgrade)
    for (const webSocket of sockets.clients) webSocket.close(4500, 'going-away')
    await Promise.race([allClosed(sockets), new Promise((resolve) => setTimeout(resolve, 1000).unref())])
    for (const webSocket of sockets.clients) webSocket.terminate()
    sockets.close()
  }
}

async function allClosed(sockets: WebSocketServer): Promise<void> {
  await Promise.all(
    [...sockets.clients].map(
      (webSocket) =>
        new Promise<void>((resolve) => {
          webSocket.once('close', () => {
            resolve()
          })
        }),
    ),
  )
}

interface Admitted {
  readonly identity: Identity
  readonly target: SocketTarget
}

/** Who comes in where, or the HTTP status of the refusal. */
async function admit(
  { authenticate, isAllowedOrigin, syncServer }: WebSocketOptions,
  request: IncomingMessage,
): Promise<Admitted | number> {
  const target = socketTargetOf(request.url ?? '')
  if (target === undefined) return 404
  const { origin } = request.headers
  if (origin !== undefined && !isAllowedOrigin(origin)) return 403
  const identity = await authenticate(request, target).catch(() => 'sign-in-needed' as const)
  if (identity === 'sign-in-needed') return 401
  if (identity === 'forbidden') return 403
  if (target.type === 'connect') return { identity, target }
  const access = await syncServer.stockAccess(identity, target.documentId)
  if (access === 'unknown') return 404
  return access === 'forbidden' ? 403 : { identity, target }
}

function refuse(socket: Duplex, status: number): void {
  if (socket.destroyed) return
  socket.once('finish', () => socket.destroy())
  socket.end(
    `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? 'Refused'}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`,
  )
}

function run(syncServer: SyncServer, webSocket: WebSocket, { identity, target }: Admitted): void {
  // `ws` reports malformed frames here and closes by itself; without a listener they would end the process.
  webSocket.on('error', () => {
    webSocket.terminate()
  })
  const socket: ServerSocket = {
    send(bytes) {
      webSocket.send(bytes, { binary: true }, ignoreLateFailure)
    },
    close(code, reason) {
      webSocket.close(code, reason)
    },
    queuedBytes: () => webSocket.bufferedAmount,
  }
  const session: Session =
    target.type === 'connect' ? syncServer.accept(socket, identity) : syncServer.acceptStock(socket, identity, target)
  // Sessions catch what goes wrong in them; what gets past them ends this line, and never the process.
  const guarded = (work: () => void) => {
    try {
      work()
    } catch (error) {
      syncServer.handlerFailed(error)
      webSocket.terminate()
    }
  }
  webSocket.on('message', (data, isBinary) => {
    guarded(() => session.receive(isBinary ? bytesOf(data) : 'text'))
  })
  webSocket.on('close', () => {
    guarded(() => session.closed())
  })
}

/** A frame that could not be written: the close event follows and says so. */
function ignoreLateFailure(): void {
  return undefined
}

function bytesOf(data: RawData): Uint8Array {
  if (Array.isArray(data)) return Buffer.concat(data)
  return data instanceof ArrayBuffer ? new Uint8Array(data) : data
}
