import * as Y from 'yjs'
import { rowChecksum } from '../../model/checksum.ts'
import { mintId, type DeviceId, type DocumentId, type LogId, type SpaceId } from '../../model/ids.ts'
import type { DocumentKind, PageKind } from '../../model/kinds.ts'
import { decodeServerMessage, encodeClientMessage } from '../../model/protocol/codec.ts'
import type { ClientMessage, Hello, PushedRow, ServerMessage } from '../../model/protocol/messages.ts'
import { protocolVersion } from '../../model/protocol/version.ts'
import { seedOf } from '../../model/seeds.ts'
import type { Session } from '../../sync-server/sync-options.ts'
import { awarenessFrame, stepOneFrame } from '../../sync-server/y-websocket-frames.ts'
import { encodePresence, type PresenceEntry } from '../../sync-server/presence.ts'
import type { MemorySocket } from './memory-socket.ts'

type MessageOf<T extends ServerMessage['type']> = Extract<ServerMessage, { type: T }>

/** The frames of a device, made by hand: tests say what is sent, and read what came. */
export class FakeDevice {
  readonly session: Session
  readonly socket: MemorySocket
  readonly logId: LogId
  /** The last row that was made, and its checksum. */
  row = 0
  checksum = 0
  #read = 0

  constructor(session: Session, socket: MemorySocket, logId: LogId) {
    this.session = session
    this.socket = socket
    this.logId = logId
  }

  send(message: ClientMessage): void {
    this.session.receive(encodeClientMessage(message))
  }

  hello(more: Partial<Omit<Hello, 'type'>> = {}): void {
    this.send({
      type: 'hello',
      protocol: protocolVersion,
      schema: 1,
      appVersion: '0.1.0',
      organisationId: null,
      deviceId: mintId<DeviceId>((bytes) => bytes.fill(9)),
      generation: 'first',
      people: null,
      control: null,
      logId: this.logId,
      lastRow: this.row,
      spaces: [],
      ...more,
    })
  }

  /** The next row of the log, chained to the one before. */
  makeRow(documentId: DocumentId, update: Uint8Array, more: Partial<PushedRow> = {}): PushedRow {
    this.row += 1
    this.checksum = rowChecksum(this.checksum, this.row, documentId, update)
    return {
      row: this.row,
      checksum: this.checksum,
      documentId,
      schema: 1,
      restored: false,
      registration: null,
      update: new Uint8Array(update),
      ...more,
    }
  }

  push(documentId: DocumentId, update: Uint8Array, more: Partial<PushedRow> = {}): PushedRow {
    const row = this.makeRow(documentId, update, more)
    this.send({ type: 'push', rows: [row] })
    return row
  }

  register(
    documentId: DocumentId,
    spaceId: SpaceId,
    kind: DocumentKind = 'page',
    pageKind: PageKind | null = 'wiki',
  ): PushedRow {
    return this.push(documentId, seedOf(kind, pageKind), { registration: { spaceId, kind, pageKind } })
  }

  open(channel: number, documentId: DocumentId): void {
    this.send({ type: 'open', channel, documentId, schema: 1 })
  }

  stepOne(channel: number, stateVector: Uint8Array = new Uint8Array([0])): void {
    this.send({ type: 'channel', channel, bytes: new Uint8Array(stepOneFrame(stateVector)) })
  }

  present(channel: number, ...entries: readonly PresenceEntry[]): void {
    this.send({ type: 'channel', channel, bytes: new Uint8Array(awarenessFrame(encodePresence(entries))) })
  }

  /** What came since the last reading. */
  heard(): readonly ServerMessage[] {
    const messages = this.socket.frames.slice(this.#read).map((frame) => decodeServerMessage(frame))
    this.#read = this.socket.frames.length
    return messages
  }

  /** All of one type that ever came. */
  all<T extends ServerMessage['type']>(type: T): readonly MessageOf<T>[] {
    const messages = this.socket.frames.map((frame) => decodeServerMessage(frame))
    return messages.filter((message): message is MessageOf<T> => message.type === type)
  }

  last<T extends ServerMessage['type']>(type: T): MessageOf<T> {
    const message = this.all(type).at(-1)
    if (message === undefined) throw new Error(`No ${type} came`)
    return message
  }

  /** Reasons of all rows that were refused, by row. */
  refusals(): ReadonlyMap<number, string> {
    return new Map(this.all('refused').map(({ row, reason }) => [row, reason]))
  }
}

/** A page as its writer has it: answers the update of each change. */
export class Writer {
  readonly doc: Y.Doc
  readonly #clientId: number
  #updates: Uint8Array[] = []

  constructor(clientId: number, seed: Uint8Array = seedOf('page', 'wiki')) {
    this.doc = new Y.Doc()
    this.#clientId = clientId
    this.hear(seed)
    this.doc.on('update', (update: Uint8Array, origin: unknown) => {
      if (origin !== 'remote') this.#updates.push(update)
    })
  }

  write(text: string): Uint8Array {
    return this.change((doc) => {
      const prose = doc.getText('prose')
      prose.insert(prose.length, text)
    })
  }

  rename(title: string): Uint8Array {
    return this.change((doc) => doc.getMap('meta').set('title', title))
  }

  change(work: (doc: Y.Doc) => unknown): Uint8Array {
    this.#updates = []
    this.doc.transact(() => work(this.doc))
    return Y.mergeUpdates(this.#updates)
  }

  hear(update: Uint8Array): void {
    // Yjs takes another id when it hears of its own from elsewhere; a cloned or forging client does not.
    this.doc.clientID = 2
    Y.applyUpdate(this.doc, update, 'remote')
    this.doc.clientID = this.#clientId
  }

  get text(): string {
    return this.doc.getText('prose').toString()
  }
}

export function textOf(...updates: readonly Uint8Array[]): string {
  const doc = new Y.Doc()
  for (const update of updates) Y.applyUpdate(doc, update)
  return doc.getText('prose').toString()
}
