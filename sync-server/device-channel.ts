import * as encoding from 'lib0/encoding'
import { encodeServerMessage } from '../model/protocol/codec.ts'
import type { DocumentId, PersonId, SpaceId } from '../model/ids.ts'
import type { ReceiptWatcher } from './colleagues.ts'
import type { Core } from './core.ts'
import { differenceFor } from './document-state.ts'
import { parseStateVector } from './inspect-update.ts'
import type { LiveRow, PageChannel, PageMember } from './page-channel.ts'
import { encodePresence, parsePresence } from './presence.ts'
import type { DocumentRecord } from './store/store.ts'
import type { Identity } from './sync-options.ts'
import { awarenessFrame, parseStockFrame, stepOneFrame, stepTwoFrame } from './y-websocket-frames.ts'

/** What a channel needs of the session that it is part of. */
export interface ChannelHost {
  readonly core: Core
  readonly identity: Identity
  readonly isEnded: boolean
  send(bytes: Uint8Array): void
  /** A committed row went out by this channel. */
  cameLive(row: LiveRow): void
  /** Whether this socket may say one more word about presence in this second. */
  allowPresence(): boolean
}

/** The `live` frame of a row is the same for every channel but for the channel's number, so its rest is encoded once. */
const encodedLive = new WeakMap<LiveRow, Uint8Array>()

/** One open page of a device, in the y-websocket dialect: step 1 and own presence come in, everything else is a row (CN1). */
export class DeviceChannel implements PageMember, ReceiptWatcher {
  readonly connection: ChannelHost
  readonly documentId: DocumentId
  /** Remembered here: who loses the space loses the channel, whether or not the document is in memory. */
  readonly spaceId: SpaceId
  readonly #number: number
  readonly #page: PageChannel
  readonly #endWatching: () => void
  /** RC1: of the last row that this device wrote here; until then of the page as it was opened. */
  receiptN: number
  #toldPeople: number | null = null
  #hasLeft = false

  constructor(
    host: ChannelHost,
    number: number,
    { documentId, spaceId, lastN }: Pick<DocumentRecord, 'documentId' | 'spaceId' | 'lastN'>,
  ) {
    this.connection = host
    this.documentId = documentId
    this.spaceId = spaceId
    this.#number = number
    this.receiptN = lastN
    this.#endWatching = host.core.colleagues.watch(this)
    this.#page = host.core.pages.join(documentId, this)
    host.core.metrics.channels += 1
    const present = this.#page.presence.all()
    if (present.length > 0) this.presence(encodePresence(present)) // CN3
  }

  leave(): void {
    this.#hasLeft = true
    this.#endWatching()
    this.connection.core.metrics.channels -= 1
    this.connection.core.pages.leave(this.documentId, this)
  }

  get personId(): PersonId {
    return this.connection.identity.personId
  }

  /** A row of this device on the page was committed under this number, and acknowledged before: from now on its receipt counts. */
  wrote(n: number | undefined): void {
    if (n === undefined) return
    this.receiptN = n
    this.#toldPeople = null
    this.connection.core.colleagues.countSoon(this.spaceId)
  }

  colleaguesChanged(people: number): void {
    if (people === this.#toldPeople) return
    this.#toldPeople = people
    this.connection.send(encodeServerMessage({ type: 'with-colleagues', channel: this.#number, people }))
  }

  live(row: LiveRow): void {
    this.connection.core.metrics.liveFrames += 1
    this.connection.cameLive(row)
    this.connection.send(liveFrame(row, this.#number))
  }

  presence(bytes: Uint8Array): void {
    this.#send(awarenessFrame(bytes))
  }

  #send(bytes: Uint8Array): void {
    this.connection.send(encodeServerMessage({ type: 'channel', channel: this.#number, bytes: new Uint8Array(bytes) }))
  }

  /** Handles what the provider of the page sent. Throws on what is not its dialect. */
  async receive(bytes: Uint8Array): Promise<void> {
    const frame = parseStockFrame(bytes)
    if (frame.type === 'query-awareness') {
      this.presence(encodePresence(this.#page.presence.all()))
      return
    }
    if (frame.type === 'step-1') {
      parseStateVector(frame.stateVector)
      await this.#answerStepOne(frame.stateVector)
      return
    }
    // CN1: the laptop swallows these; rows are the one write path.
    if (frame.type === 'awareness') await this.#receivePresence(frame.bytes)
  }

  async #answerStepOne(stateVector: Uint8Array): Promise<void> {
    const { core } = this.connection
    const state = await core.states.get(this.documentId)
    if (state !== undefined) await core.reads.turn(state.record.sizeBytes)
    const merged = await state?.read(core.store)
    if (this.#hasLeft || state === undefined || merged === undefined) return
    if (merged === 'damaged') {
      core.metrics.damagedRecords += 1
      core.log('error', 'A document has a damaged record', { documentId: this.documentId })
      return
    }
    this.#send(stepTwoFrame(differenceFor(merged, stateVector)))
    this.#send(stepOneFrame(state.encodedStateVector))
  }

  async #receivePresence(bytes: Uint8Array): Promise<void> {
    const { core, identity } = this.connection
    const entries = parsePresence(bytes)
    if (!this.connection.allowPresence()) {
      core.metrics.droppedPresence += entries.length
      return
    }
    const state = await core.states.get(this.documentId)
    if (this.#hasLeft) return
    const mayUse = (clientId: number) => {
      const owner = state?.bindings.get(clientId)
      return owner === undefined || owner === identity.personId
    }
    core.metrics.droppedPresence += entries.length - this.#page.receivePresence(this, identity, entries, mayUse)
  }
}

function liveFrame(row: LiveRow, channel: number): Uint8Array {
  let encoded = encodedLive.get(row)
  if (encoded === undefined) {
    const { spaceId, n, minSchema, update } = row
    encoded = encodeServerMessage({ type: 'live', channel: 0, spaceId, n, minSchema, update: new Uint8Array(update) })
    encodedLive.set(row, encoded)
  }
  // One byte for the type, one for channel 0; then the rest.
  const encoder = encoding.createEncoder()
  encoding.writeUint8Array(encoder, encoded.subarray(0, 1))
  encoding.writeVarUint(encoder, channel)
  encoding.writeUint8Array(encoder, encoded.subarray(2))
  return encoding.toUint8Array(encoder)
}
