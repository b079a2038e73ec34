import { WebSocket } from 'ws'
import * as Y from 'yjs'
import { rowChecksum } from '../../model/checksum.ts'
import type { DeviceId, DocumentId, LogId, PersonId, SpaceId } from '../../model/ids.ts'
import { decodeServerMessage, encodeClientMessage } from '../../model/protocol/codec.ts'
import type { PushedRow, ServerMessage } from '../../model/protocol/messages.ts'
import { protocolVersion } from '../../model/protocol/version.ts'
import { seedOf } from '../../model/seeds.ts'

/** Rows that one device lets be on their way: enough that a kill always finds some. */
const rowsOnTheWay = 64

/**
 * A laptop that writes as fast as it is answered, remembers every row and what was acknowledged, and pushes the rest
 * again after the server came back. Its storage is this object: it survives the server.
 */
export class LoadDevice {
  readonly documentId: DocumentId
  readonly #ids: {
    readonly logId: LogId
    readonly deviceId: DeviceId
    readonly personId: PersonId
    readonly spaceId: SpaceId
  }
  readonly #doc = new Y.Doc()
  readonly #rows: PushedRow[] = []
  #checksum = 0
  #acknowledged = 0
  #pushed = 0
  #socket: WebSocket | null = null
  readonly refusals: string[] = []

  constructor(
    documentId: DocumentId,
    ids: { readonly logId: LogId; readonly deviceId: DeviceId; readonly personId: PersonId; readonly spaceId: SpaceId },
  ) {
    this.documentId = documentId
    this.#ids = ids
    const seed = seedOf('page', 'note')
    Y.applyUpdate(this.#doc, seed)
    this.#append(seed, { spaceId: ids.spaceId, kind: 'page', pageKind: 'note' })
    this.#doc.on('update', (update: Uint8Array) => {
      this.#append(update, null)
    })
  }

  #append(update: Uint8Array, registration: PushedRow['registration']): void {
    const row = this.#rows.length + 1
    this.#checksum = rowChecksum(this.#checksum, row, this.documentId, update)
    this.#rows.push({
      row,
      checksum: this.#checksum,
      documentId: this.documentId,
      schema: 1,
      restored: false,
      registration,
      update: new Uint8Array(update),
    })
  }

  get acknowledged(): number {
    return this.#acknowledged
  }

  get inFlight(): number {
    return this.#pushed - this.#acknowledged
  }

  /** Everything that this device ever wrote in acknowledged rows, as text. */
  expectedText(): string {
    const doc = new Y.Doc()
    for (const { update } of this.#rows.slice(0, this.#acknowledged)) Y.applyUpdate(doc, update)
    return doc.getText('prose').toString()
  }

  /** Connects and answers what the server knows of the log. */
  async connect(port: number): Promise<{ readonly knownRow: number; readonly isSameChain: boolean }> {
    const socket = new WebSocket(`ws://127.0.0.1:${port}/connect`, ['plein', `plein.ticket.${this.#ids.personId}`])
    this.#socket = socket
    // The server is killed under it; the close that follows is what the round is about.
    socket.on('error', () => socket.terminate())
    await new Promise((resolve) => socket.once('open', resolve))
    const welcomed = new Promise<Extract<ServerMessage, { type: 'welcome' }>>((resolve) => {
      socket.on('message', (data: Buffer) => {
        const message = decodeServerMessage(data)
        if (message.type === 'welcome') resolve(message)
        else this.#hear(message)
      })
    })
    const { logId, deviceId } = this.#ids
    socket.send(
      encodeClientMessage({
        type: 'hello',
        protocol: protocolVersion,
        schema: 1,
        appVersion: '0',
        organisationId: null,
        deviceId,
        generation: null,
        people: null,
        control: null,
        logId,
        lastRow: this.#rows.length,
        spaces: [],
      }),
    )
    const { acknowledgedRow, acknowledgedChecksum } = await welcomed
    const known = this.#rows[acknowledgedRow - 1]
    const isSameChain = acknowledgedRow === 0 || known?.checksum === acknowledgedChecksum
    return { knownRow: acknowledgedRow, isSameChain }
  }

  /** Pushes from this row on, and goes on writing for as long as the line holds. */
  write(afterRow: number): void {
    this.#pushed = afterRow
    this.#acknowledged = Math.max(this.#acknowledged, afterRow)
    this.#pushMore()
  }

  #hear(message: ServerMessage): void {
    if (message.type === 'refused') this.refusals.push(message.reason)
    if (message.type !== 'acknowledged') return
    this.#acknowledged = Math.max(this.#acknowledged, message.row)
    this.#pushMore()
  }

  #pushMore(): void {
    while (this.#pushed - this.#acknowledged < rowsOnTheWay && this.#socket?.readyState === WebSocket.OPEN) {
      const row = this.#rows[this.#pushed]
      if (row === undefined)
        this.#doc.getText('prose').insert(this.#doc.getText('prose').length, `${this.#rows.length} `)
      else {
        this.#socket.send(encodeClientMessage({ type: 'push', rows: [row] }))
        this.#pushed = row.row
      }
    }
  }

  /** Stops writing; the line is dead already. */
  disconnect(): void {
    this.#socket?.terminate()
    this.#socket = null
  }
}
