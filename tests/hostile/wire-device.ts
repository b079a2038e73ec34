import { randomFillSync } from 'node:crypto'
import { WebSocket } from 'ws'
import { rowChecksum } from '../../model/checksum.ts'
import { mintId, type DeviceId, type DocumentId, type LogId, type SpaceId } from '../../model/ids.ts'
import type { DocumentKind, PageKind } from '../../model/kinds.ts'
import { decodeServerMessage, encodeClientMessage } from '../../model/protocol/codec.ts'
import type { ClientMessage, Hello, PushedRow, ServerMessage } from '../../model/protocol/messages.ts'
import type { RefusalReason } from '../../model/protocol/reasons.ts'
import { protocolVersion } from '../../model/protocol/version.ts'
import { seedOf } from '../../model/seeds.ts'

type MessageOf<T extends ServerMessage['type']> = Extract<ServerMessage, { type: T }>
/** What became of a row. */
export type RowEnd = 'acknowledged' | 'line-ended' | RefusalReason

/** What a new device says first, with nothing stored. */
export function helloOf(logId: LogId): Hello {
  return {
    type: 'hello',
    protocol: protocolVersion,
    schema: 1,
    appVersion: '0',
    organisationId: null,
    deviceId: mintId<DeviceId>(randomFillSync),
    generation: null,
    people: null,
    control: null,
    logId,
    lastRow: 0,
    spaces: [],
  }
}

/** A device on `/connect` that speaks the protocol, over a real socket; what it says is the caller's. */
export class WireDevice {
  readonly socket: WebSocket
  /** The code with which the line ended. */
  readonly ended: Promise<number>
  readonly logId: LogId
  readonly #rows = new Map<number, (end: RowEnd) => void>()
  readonly #listeners = new Set<(message: ServerMessage) => void>()
  #row = 0
  #checksum = 0
  #keys = 0

  private constructor(url: string, token: string, logId: LogId) {
    this.logId = logId
    this.socket = new WebSocket(`${url.replace('http', 'ws')}/connect`, ['plein'], {
      headers: { authorization: `Bearer ${token}` },
    })
    this.socket.on('error', () => this.socket.terminate())
    this.socket.on('message', (data: Buffer) => this.#hear(decodeServerMessage(data)))
    this.ended = new Promise((resolve) => {
      this.socket.once('close', (code) => {
        for (const settle of this.#rows.values()) settle('line-ended')
        this.#rows.clear()
        resolve(code)
      })
    })
  }

  /** Connects and waits until it is welcome, under a log of its own unless another is named. */
  static async open(url: string, token: string, logId: LogId = mintId<LogId>(randomFillSync)): Promise<WireDevice> {
    const device = new WireDevice(url, token, logId)
    await new Promise((resolve) => device.socket.once('open', resolve))
    const welcome = device.next('welcome')
    device.send(helloOf(logId))
    await welcome
    return device
  }

  send(message: ClientMessage): void {
    this.socket.send(encodeClientMessage(message))
  }

  /** The next row of the log, chained to the one before; `more` may lie about anything. */
  makeRow(documentId: DocumentId, update: Uint8Array, more: Partial<PushedRow> = {}): PushedRow {
    this.#row += 1
    this.#checksum = rowChecksum(this.#checksum, this.#row, documentId, update)
    const row = { row: this.#row, checksum: this.#checksum, documentId, schema: 1, restored: false, registration: null }
    return { ...row, update: new Uint8Array(update), ...more }
  }

  /** Sends rows in one push. @returns what became of each, once it is known */
  async pushRows(rows: readonly PushedRow[]): Promise<readonly RowEnd[]> {
    const ends = rows.map(
      ({ row }) =>
        new Promise<RowEnd>((resolve) => {
          if (this.socket.readyState === WebSocket.OPEN) this.#rows.set(row, resolve)
          else resolve('line-ended')
        }),
    )
    this.send({ type: 'push', rows })
    return Promise.all(ends)
  }

  async push(documentId: DocumentId, update: Uint8Array, more: Partial<PushedRow> = {}): Promise<RowEnd> {
    const [end = 'line-ended'] = await this.pushRows([this.makeRow(documentId, update, more)])
    return end
  }

  /** Registers a new document. */
  async register(spaceId: SpaceId, kind: DocumentKind, pageKind: PageKind | null): Promise<DocumentId> {
    const documentId = mintId<DocumentId>(randomFillSync)
    const end = await this.push(documentId, seedOf(kind, pageKind), { registration: { spaceId, kind, pageKind } })
    if (end !== 'acknowledged') throw new Error(`A registration ended as ${end}`)
    return documentId
  }

  /** The next message of this type that `fits`. */
  next<T extends ServerMessage['type']>(type: T, fits?: (message: MessageOf<T>) => boolean): Promise<MessageOf<T>> {
    return new Promise((resolve) => {
      const listener = (message: ServerMessage) => {
        const found = message as MessageOf<T>
        if (message.type !== type || fits?.(found) === false) return
        this.#listeners.delete(listener)
        resolve(found)
      }
      this.#listeners.add(listener)
    })
  }

  /** Every message from now on. */
  hear(listener: (message: ServerMessage) => void): void {
    this.#listeners.add(listener)
  }

  /** The whole document as the server has it; undefined where it is not given. */
  async fetch(documentId: DocumentId): Promise<Uint8Array | undefined> {
    const [document] = await this.#ask([{ documentId, stateVector: new Uint8Array() }])
    return document?.state === 'found' ? document.update : undefined
  }

  /** Resolves once everything that was sent before has been handled, one message after another, or the line ended. */
  async caughtUp(): Promise<void> {
    await this.#ask([])
  }

  async #ask(documents: Extract<ClientMessage, { type: 'fetch' }>['documents']) {
    this.#keys += 1
    const key = this.#keys
    const answer = this.next('documents', (message) => message.key === key)
    if (this.socket.readyState === WebSocket.OPEN) this.send({ type: 'fetch', key, documents })
    const answered = await Promise.race([answer, this.ended])
    return typeof answered === 'number' ? [] : answered.documents
  }

  close(): void {
    this.socket.terminate()
  }

  #hear(message: ServerMessage): void {
    if (message.type === 'refused') this.#settle(message.row, message.reason)
    if (message.type === 'acknowledged')
      for (const row of this.#rows.keys()) if (row <= message.row) this.#settle(row, 'acknowledged')
    for (const listener of this.#listeners) listener(message)
  }

  #settle(row: number, end: RowEnd): void {
    this.#rows.get(row)?.(end)
    this.#rows.delete(row)
  }
}
