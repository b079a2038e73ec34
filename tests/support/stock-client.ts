import { WebSocket } from 'ws'
import { WebsocketProvider } from 'y-websocket'
import * as Y from 'yjs'
import type { Api } from './people.ts'

/** An unchanged y-websocket client, as an integrator uses it. */
export interface StockClient {
  readonly doc: Y.Doc
  /** The editor's own tree. */
  readonly fragment: Y.XmlFragment
  [Symbol.dispose](): void
}

export interface StockClientOptions {
  readonly url: string
  readonly documentId: string
  /** What it says it can show; 1 where it says nothing. */
  readonly schema?: number
}

/** Connects and waits until the server's state is here. */
export async function openStockClient(api: Api, options: StockClientOptions): Promise<StockClient> {
  const { url, documentId, schema } = options
  const doc = new Y.Doc()
  const provider = new WebsocketProvider(`${url.replace('http', 'ws')}/ws`, documentId, doc, {
    protocols: ['plein', `plein.ticket.${await api.ticket(documentId)}`],
    params: schema === undefined ? {} : { schema: String(schema) },
    WebSocketPolyfill: WebSocket as unknown as typeof globalThis.WebSocket,
    disableBc: true,
    maxBackoffTime: 500,
  })
  await new Promise<void>((settle) => {
    provider.on('sync', (isSynced) => {
      if (isSynced) settle()
    })
  })
  return {
    doc,
    fragment: doc.getXmlFragment('body'),
    [Symbol.dispose]() {
      provider.destroy()
      doc.destroy()
    },
  }
}

/** What the server holds: the whole encoded state and, by itself, what of it is deleted. */
export interface ServerState {
  readonly state: string
  readonly deleted: string
}

/** Read through a fresh client, which brings nothing along. */
export async function readServerState(api: Api, options: StockClientOptions): Promise<ServerState> {
  using client = await openStockClient(api, options)
  const deleted = Y.encodeSnapshot(Y.createSnapshot(Y.createDeleteSetFromStructStore(client.doc.store), new Map()))
  return {
    state: Buffer.from(Y.encodeStateAsUpdate(client.doc)).toString('hex'),
    deleted: Buffer.from(deleted).toString('hex'),
  }
}
