import type { DocumentId } from '../../model/ids.ts'
import type { ServerMessage } from '../../model/protocol/messages.ts'
import type { DocumentChange, RemoteBatch } from '../storage/laptop-storage.ts'
import type { ChannelHub } from './channel-hub.ts'
import { readDialect, writeUpdateMessage } from './dialect.ts'
import { hasStructs, mayTouchMeta } from './document-bytes.ts'
import type { DocumentIndex } from './document-index.ts'
import type { SerialQueue } from './serial-queue.ts'

/** What may wait for a full disk before the line is given up: the server keeps it anyway. */
const heldBytes = 16 * 1024 * 1024

export interface LiveParts {
  readonly index: DocumentIndex
  readonly hub: ChannelHub
  readonly queue: SerialQueue
  readonly line: () => number
  readonly note: (id: DocumentId, n: number) => void
  readonly store: (batch: RemoteBatch) => Promise<boolean>
  readonly derive: (id: DocumentId) => void
  readonly isFull: () => boolean
  readonly overflowed: () => void
}

interface Pending {
  readonly documentId: DocumentId
  readonly update: Uint8Array
  readonly minSchema: number
  /**
   * `live`: the feed passes over it, so it is stored whatever it holds. A step 2 comes again by the feed: it is stored for what
   * people may build on, but not for the delete set that every opening of a page brings.
   */
  readonly isCommitted: boolean
  /** What the windows get when it is stored. */
  readonly bytes: Uint8Array
}

/** CN2: committed updates of open pages. What has come while the disk was busy is stored in one transaction, then handed on. */
export class LiveUpdates {
  readonly #parts: LiveParts
  #pending: Pending[] = []
  #pendingBytes = 0
  #isQueued = false

  constructor(parts: LiveParts) {
    this.#parts = parts
  }

  update({ channel, n, minSchema, update }: Extract<ServerMessage, { type: 'live' }>): void {
    const documentId = this.#parts.hub.documentOf(channel)
    if (documentId === undefined) return
    this.#parts.note(documentId, n)
    this.#add({ documentId, update, minSchema, isCommitted: true, bytes: writeUpdateMessage(update) })
  }

  /** Dialect bytes of a channel: presence passes at once, content is stored first. */
  dialect(channel: number, bytes: Uint8Array): void {
    const documentId = this.#parts.hub.documentOf(channel)
    if (documentId === undefined) return
    const message = readDialect(bytes)
    if (message.type === 'awareness') this.#parts.hub.presence(documentId, message.entries, bytes)
    else if (message.type === 'step-2' || message.type === 'update') {
      this.#add({ documentId, update: message.update, minSchema: 0, isCommitted: false, bytes })
    }
  }

  end(): void {
    this.#pending = []
    this.#pendingBytes = 0
    this.#isQueued = false
  }

  #add(pending: Pending): void {
    if (this.#parts.isFull()) this.#parts.hub.inward(pending.documentId, pending.bytes)
    this.#pending.push(pending)
    this.#pendingBytes += pending.update.length
    if (this.#pendingBytes > heldBytes) {
      this.#parts.overflowed()
      return
    }
    if (this.#isQueued) return
    this.#isQueued = true
    const line = this.#parts.line()
    this.#parts.queue.add(async () => {
      if (line === this.#parts.line()) await this.#storeAll()
    })
  }

  async #storeAll(): Promise<void> {
    const pending = this.#pending
    this.end()
    const stored = pending.filter((one) => this.#isHeld(one.documentId) && (one.isCommitted || hasStructs(one.update)))
    const changes = stored.map(({ documentId, update }) => ({ documentId, update }))
    if (changes.length > 0) {
      const isStored = await this.#parts.store({ changes, documents: this.#raisedSchemas(pending), cursors: [] })
      if (!isStored) return
    }
    for (const { documentId, bytes } of pending) this.#parts.hub.inward(documentId, bytes)
    for (const { documentId, update } of stored) if (mayTouchMeta(update)) this.#parts.derive(documentId)
  }

  #isHeld(id: DocumentId): boolean {
    return this.#parts.index.get(id)?.held === true
  }

  #raisedSchemas(pending: readonly Pending[]): DocumentChange[] {
    return pending.flatMap(({ documentId, minSchema }) => {
      const known = this.#parts.index.get(documentId)
      if (known === undefined || !known.held || minSchema <= known.minSchema) return []
      return [{ id: known.id, spaceId: known.spaceId, kind: known.kind, pageKind: known.pageKind, minSchema }]
    })
  }
}
