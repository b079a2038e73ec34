import type { DocumentId } from '../../model/ids.ts'
import type { ClientMessage } from '../../model/protocol/messages.ts'
import type { ChannelReason } from '../../model/protocol/reasons.ts'
import { readDialect, writeAwareness, type AwarenessEntry } from './dialect.ts'
import type { SyncClock } from './engine-options.ts'
import type { FromWorker } from './sync-messages.ts'

/** A document that the server does not know yet is one whose first row is still on its way. */
const unknownRetryMs = 2000
const tooManyRetryMs = 30_000

interface WindowChannel {
  readonly channelId: string
  readonly windowId: string
  /** Its own presence: taken back for it when the window goes without a word. */
  readonly clients: Map<number, AwarenessEntry>
  /** Its last step 1, said again when the server channel is opened again. */
  stepOne: Uint8Array<ArrayBuffer> | null
  /** Its socket was told that it is open. */
  isJoined: boolean
}

/** One channel of the socket, shared by all windows that have the document open. */
interface ServerChannel {
  readonly documentId: DocumentId
  readonly schema: number
  readonly windows: Map<string, WindowChannel>
  /** Everybody's presence, for windows that join later (CN3). */
  readonly presence: Map<number, AwarenessEntry>
  /** The number on this line; null while it is not open. */
  number: number | null
  /** What was told last of colleagues who have the page, for windows that join later. */
  people: number | null
  undoRetry: () => void
}

export interface ChannelParts {
  readonly send: (message: ClientMessage) => void
  readonly emit: (message: FromWorker) => void
  readonly clock: SyncClock
}

/** CN1-CN4 for all windows: many channels in, one server channel per document out. */
export class ChannelHub {
  readonly #parts: ChannelParts
  readonly #channels = new Map<DocumentId, ServerChannel>()
  readonly #documentOf = new Map<string, DocumentId>()
  /** Every number of this line, closed ones too: what was sent before the server heard of closing must still be stored. */
  readonly #numbers = new Map<number, DocumentId>()
  #nextNumber = 1
  #isOnline = false

  constructor(parts: ChannelParts) {
    this.#parts = parts
  }

  /** Whether any window has it open. */
  isOpen(id: DocumentId): boolean {
    return (this.#channels.get(id)?.windows.size ?? 0) > 0
  }

  connected(): void {
    this.#isOnline = true
    for (const channel of this.#channels.values()) this.#openOnServer(channel)
  }

  disconnected(): void {
    if (!this.#isOnline) return
    this.#isOnline = false
    this.#numbers.clear()
    this.#nextNumber = 1
    for (const channel of this.#channels.values()) {
      channel.undoRetry()
      channel.presence.clear()
      channel.number = null
      // Open sockets end with the line and are made anew by their providers, under new channel ids; the others go on waiting.
      for (const { channelId, isJoined } of [...channel.windows.values()]) {
        if (!isJoined) continue
        channel.windows.delete(channelId)
        this.#documentOf.delete(channelId)
        this.#parts.emit({ type: 'channel-state', channelId, open: false })
      }
    }
    for (const [documentId, channel] of this.#channels)
      if (channel.windows.size === 0) this.#channels.delete(documentId)
  }

  open(request: {
    readonly windowId: string
    readonly channelId: string
    readonly documentId: DocumentId
    readonly schema: number
  }): void {
    const { channelId, documentId, schema, windowId } = request
    if (this.#documentOf.has(channelId)) return
    this.#documentOf.set(channelId, documentId)
    const channel = this.#channels.get(documentId) ?? this.#newChannel(documentId, schema)
    const window = { channelId, windowId, clients: new Map(), stepOne: null, isJoined: false }
    channel.windows.set(channelId, window)
    if (channel.number !== null) this.#join(channel, window)
    else if (this.#isOnline && channel.windows.size === 1) this.#openOnServer(channel)
  }

  close(channelId: string): void {
    const channel = this.#channelOf(channelId)
    const window = channel?.windows.get(channelId)
    this.#documentOf.delete(channelId)
    if (channel === undefined || window === undefined) return
    channel.windows.delete(channelId)
    this.#takePresenceBack(channel, window)
    if (channel.windows.size > 0) return
    this.#channels.delete(channel.documentId)
    channel.undoRetry()
    if (channel.number !== null) this.#parts.send({ type: 'close', channel: channel.number })
  }

  windowGone(windowId: string): void {
    for (const channel of [...this.#channels.values()]) {
      for (const window of [...channel.windows.values()]) if (window.windowId === windowId) this.close(window.channelId)
    }
  }

  /** From a provider: step 1 and its own presence; whatever else it says stays here (CN1). */
  outward(channelId: string, bytes: Uint8Array): void {
    const channel = this.#channelOf(channelId)
    const window = channel?.windows.get(channelId)
    if (channel === undefined || window === undefined) return
    const message = readDialect(bytes)
    if (message.type === 'awareness') {
      this.#remember(channel, message.entries)
      for (const entry of message.entries) window.clients.set(entry.clientId, entry)
      for (const other of channel.windows.keys()) if (other !== channelId) this.#inward(other, bytes)
    } else if (message.type === 'step-1') window.stepOne = new Uint8Array(bytes)
    else return
    if (channel.number !== null)
      this.#parts.send({ type: 'channel', channel: channel.number, bytes: new Uint8Array(bytes) })
  }

  /** Which document a channel number of this line means, also after it was closed. */
  documentOf(number: number): DocumentId | undefined {
    return this.#numbers.get(number)
  }

  /** Hands dialect bytes to every window that has the document open. */
  inward(documentId: DocumentId, bytes: Uint8Array): void {
    const channel = this.#channels.get(documentId)
    if (channel === undefined) return
    for (const channelId of channel.windows.keys()) this.#inward(channelId, bytes)
  }

  presence(documentId: DocumentId, entries: readonly AwarenessEntry[], bytes: Uint8Array): void {
    const channel = this.#channels.get(documentId)
    if (channel !== undefined) this.#remember(channel, entries)
    this.inward(documentId, bytes)
  }

  withColleagues(number: number, people: number): void {
    const documentId = this.#numbers.get(number)
    const channel = documentId === undefined ? undefined : this.#channels.get(documentId)
    if (channel === undefined || channel.number !== number) return
    channel.people = people
    this.#parts.emit({ type: 'with-colleagues', documentId: channel.documentId, people })
  }

  /** Something newer was written here: what was told of colleagues is about something older. */
  wroteHere(documentId: DocumentId): void {
    const channel = this.#channels.get(documentId)
    if (channel !== undefined) channel.people = null
  }

  closedByServer(number: number, reason: ChannelReason): void {
    const documentId = this.#numbers.get(number)
    const channel = documentId === undefined ? undefined : this.#channels.get(documentId)
    if (channel === undefined || channel.number !== number) return
    channel.number = null
    if (reason === 'moved') this.#openOnServer(channel)
    else if (reason === 'unknown-document') this.#retryIn(channel, unknownRetryMs)
    else if (reason === 'too-many') this.#retryIn(channel, tooManyRetryMs)
    else this.#end(channel, reason)
  }

  /** A row of these documents was committed: the server knows them now. */
  acknowledged(documentIds: readonly DocumentId[]): void {
    for (const documentId of documentIds) {
      const channel = this.#channels.get(documentId)
      if (channel !== undefined && channel.number === null && this.#isOnline) this.#openOnServer(channel)
    }
  }

  #newChannel(documentId: DocumentId, schema: number): ServerChannel {
    const channel = {
      documentId,
      schema,
      windows: new Map(),
      presence: new Map(),
      number: null,
      people: null,
      undoRetry: () => {},
    }
    this.#channels.set(documentId, channel)
    return channel
  }

  #openOnServer(channel: ServerChannel): void {
    channel.undoRetry()
    channel.number = this.#nextNumber
    this.#nextNumber += 1
    this.#numbers.set(channel.number, channel.documentId)
    this.#parts.send({ type: 'open', channel: channel.number, documentId: channel.documentId, schema: channel.schema })
    for (const window of channel.windows.values()) {
      if (window.isJoined) this.#sayAgain(channel.number, window)
      else this.#join(channel, window)
    }
  }

  #sayAgain(number: number, { stepOne, clients }: WindowChannel): void {
    if (stepOne !== null) this.#parts.send({ type: 'channel', channel: number, bytes: stepOne })
    if (clients.size > 0)
      this.#parts.send({ type: 'channel', channel: number, bytes: writeAwareness([...clients.values()]) })
  }

  #join(channel: ServerChannel, window: WindowChannel): void {
    const { channelId } = window
    window.isJoined = true
    this.#parts.emit({ type: 'channel-state', channelId, open: true })
    if (channel.people !== null)
      this.#parts.emit({ type: 'with-colleagues', documentId: channel.documentId, people: channel.people })
    const present = [...channel.presence.values()].filter(({ state }) => state !== 'null')
    if (present.length > 0) this.#inward(channelId, writeAwareness(present))
  }

  #retryIn(channel: ServerChannel, ms: number): void {
    channel.undoRetry()
    channel.undoRetry = this.#parts.clock.schedule(ms, () => {
      if (this.#isOnline && channel.number === null && channel.windows.size > 0) this.#openOnServer(channel)
    })
  }

  #end(channel: ServerChannel, reason: ChannelReason): void {
    this.#channels.delete(channel.documentId)
    for (const { channelId } of channel.windows.values()) {
      this.#documentOf.delete(channelId)
      this.#parts.emit({ type: 'channel-state', channelId, open: false, reason })
    }
  }

  #takePresenceBack(channel: ServerChannel, window: WindowChannel): void {
    const left = [...window.clients.values()].filter(({ state }) => state !== 'null')
    if (left.length === 0) return
    const gone = left.map(({ clientId, clock }) => ({ clientId, clock: clock + 1, state: 'null' }))
    this.#remember(channel, gone)
    const bytes = writeAwareness(gone)
    for (const channelId of channel.windows.keys()) this.#inward(channelId, bytes)
    if (channel.number !== null && channel.windows.size > 0)
      this.#parts.send({ type: 'channel', channel: channel.number, bytes })
  }

  #remember(channel: ServerChannel, entries: readonly AwarenessEntry[]): void {
    for (const entry of entries) {
      const before = channel.presence.get(entry.clientId)
      if (before === undefined || before.clock <= entry.clock) channel.presence.set(entry.clientId, entry)
    }
  }

  #inward(channelId: string, bytes: Uint8Array): void {
    this.#parts.emit({ type: 'inward', channelId, bytes })
  }

  #channelOf(channelId: string): ServerChannel | undefined {
    const documentId = this.#documentOf.get(channelId)
    return documentId === undefined ? undefined : this.#channels.get(documentId)
  }
}
