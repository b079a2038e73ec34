import type { DocumentId } from '../../model/ids.ts'
import { readDialect, writeAwareness, type AwarenessEntry } from './dialect.ts'
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

/** The provider counts a line as dead after 30 s without a message; the real heartbeat is the shared socket's. */
const stirMs = 10_000
const connecting = 0
const open = 1
const closing = 2
const closed = 3
/** Close codes: a line that broke, an address that is none, a right that is missing. The provider gives up after 44xx. */
const brokenLine = 1006
const malformed = 4400
const forbidden = 4403

type SocketEvent = { readonly data?: ArrayBuffer; readonly code?: number; readonly reason?: string }
type Handler = ((event: SocketEvent) => void) | null

/**
 * The WebSocket face that y-websocket's provider is handed as `WebSocketPolyfill` (with `disableBc: true`): each socket is a
 * channel of the shared one. It stays CONNECTING while the shared socket is down (CN4), and lets out nothing but step 1 and this
 * client's own presence (CN1). One class serves all documents of a window.
 */
export function makeChannelSocketClass(context: ChannelContext): typeof WebSocket {
  const sockets = new Map<string, ChannelSocket>()
  context.port.subscribe((message) => {
    if (message.type === 'who-is-there') for (const socket of [...sockets.values()]) socket.workerStarted()
    else if (message.type === 'channel-state')
      sockets.get(message.channelId)?.stateChanged(message.open, message.reason)
    else if (message.type === 'inward') sockets.get(message.channelId)?.inward(message.bytes)
  })
  // The provider uses exactly what is here; the rest of WebSocket's type (EventTarget) has no use for it.
  return class extends ChannelSocket {
    static readonly CONNECTING = connecting
    static readonly OPEN = open
    static readonly CLOSING = closing
    static readonly CLOSED = closed

    constructor(url: string | URL) {
      super(String(url), context, sockets)
    }
  } as unknown as typeof WebSocket
}

/** One channel, as the provider sees it: a socket that is open while the shared one is. */
class ChannelSocket {
  readonly CONNECTING = connecting
  readonly OPEN = open
  readonly CLOSING = closing
  readonly CLOSED = closed
  readonly url: string
  readonly protocol = ''
  readonly extensions = ''
  readonly bufferedAmount = 0
  binaryType: BinaryType = 'arraybuffer'
  readyState: number = connecting
  onopen: Handler = null
  onmessage: Handler = null
  onclose: Handler = null
  onerror: Handler = null
  readonly #context: ChannelContext
  readonly #sockets: Map<string, ChannelSocket>
  readonly #documentId: DocumentId | undefined
  readonly #channelId: string
  /** Clients whose presence came from outside: what the provider says about them is an echo. */
  readonly #foreign = new Set<number>()
  readonly #own = new Set<number>()
  #undoStir: () => void = () => {}

  constructor(url: string, context: ChannelContext, sockets: Map<string, ChannelSocket>) {
    this.#context = context
    this.#sockets = sockets
    this.#channelId = context.mintChannelId()
    this.url = url
    this.#documentId = this.#context.documentIdFromUrl(this.url)
    if (this.#documentId === undefined) {
      // Handlers are set after the constructor has returned.
      queueMicrotask(() => this.#end(malformed))
      return
    }
    sockets.set(this.#channelId, this)
    this.#announce()
  }

  send(data: ArrayBuffer | Uint8Array): void {
    if (this.readyState !== open) return
    const bytes = data instanceof Uint8Array ? data : new Uint8Array(data)
    const message = readDialect(bytes)
    if (message.type === 'step-1') this.#post(new Uint8Array(bytes))
    else if (message.type === 'awareness') this.#sendPresence(message.entries)
  }

  close(): void {
    if (this.readyState === closed) return
    this.#context.port.post({ type: 'close', channelId: this.#channelId })
    this.readyState = closing
    queueMicrotask(() => this.#end(1000))
  }

  stateChanged(isOpen: boolean, reason: string | undefined): void {
    if (isOpen && this.readyState === connecting) this.#opened()
    else if (!isOpen && reason !== undefined) this.#end(reason === 'malformed' ? malformed : forbidden)
    // While it is connecting, a line that is down is what it waits for (CN4).
    else if (!isOpen && this.readyState === open) this.#end(brokenLine)
  }

  inward(bytes: Uint8Array): void {
    if (this.readyState !== open) return
    const message = readDialect(bytes)
    if (message.type === 'awareness') {
      for (const { clientId } of message.entries) if (!this.#own.has(clientId)) this.#foreign.add(clientId)
    }
    this.onmessage?.({ data: new Uint8Array(bytes).buffer })
  }

  /** Another worker knows nothing of this channel: an open one ends and is made anew, a waiting one says again what it wants. */
  workerStarted(): void {
    if (this.readyState === open) this.#end(brokenLine)
    else if (this.readyState === connecting) this.#announce()
  }

  #opened(): void {
    this.readyState = open
    this.#undoStir = (this.#context.every ?? everyInterval)(stirMs, () => this.inward(writeAwareness([])))
    this.onopen?.({})
  }

  #sendPresence(entries: readonly AwarenessEntry[]): void {
    const own = entries.filter(({ clientId }) => this.#own.has(clientId) || !this.#foreign.has(clientId))
    for (const { clientId } of own) this.#own.add(clientId)
    if (own.length > 0) this.#post(writeAwareness(own))
  }

  #announce(): void {
    if (this.#documentId === undefined) return
    const { windowId, schema } = this.#context
    this.#context.port.post({
      type: 'open',
      windowId,
      channelId: this.#channelId,
      documentId: this.#documentId,
      schema,
    })
  }

  #post(bytes: Uint8Array): void {
    this.#context.port.post({ type: 'outward', channelId: this.#channelId, bytes })
  }

  #end(code: number): void {
    if (this.readyState === closed) return
    this.readyState = closed
    this.#undoStir()
    this.#sockets.delete(this.#channelId)
    this.onclose?.({ code, reason: '' })
  }
}

function everyInterval(ms: number, run: () => void): () => void {
  const timer = setInterval(run, ms)
  return () => clearInterval(timer)
}
