import { checksum } from '../model/checksum.ts'
import { mintId, type DocumentId, type LogId, type SpaceId } from '../model/ids.ts'
import { heldGapBytes, heldGapMs } from '../model/protocol/limits.ts'
import type { CloseReason } from '../model/protocol/reasons.ts'
import { mayOnDocument } from './access.ts'
import type { Connection } from './connections.ts'
import type { Core } from './core.ts'
import { differenceFor } from './document-state.ts'
import { parseStateVector } from './inspect-update.ts'
import { Outgoing } from './outgoing.ts'
import type { LiveRow, PageChannel, PageMember } from './page-channel.ts'
import { encodePresence, parsePresence } from './presence.ts'
import { RateLimit } from './rate-limit.ts'
import type { Person } from './reachers.ts'
import type { PendingRow, RowOutcome, RowSource } from './row-source.ts'
import type { SessionHouse } from './session.ts'
import type { SpaceRecord } from './store/store.ts'
import type { Identity, ServerSocket, Session } from './sync-options.ts'
import {
  awarenessFrame,
  parseStockFrame,
  quietFrame,
  stepOneFrame,
  stepTwoFrame,
  updateFrame,
  type StockFrame,
} from './y-websocket-frames.ts'

/** ST3 asks for something every 10 s; looked at twice as often, so that two looks never miss it. */
const quietMs = 5000

/** An update that leans on what has not come yet, held for a while (CH3). */
interface HeldUpdate {
  readonly update: Uint8Array
  readonly untilMs: number
}

interface Opened {
  readonly person: Person
  readonly spaceId: SpaceId
  readonly page: PageChannel
}

/** One document for an unchanged y-websocket client; its updates pass the same checks and the same commit (ST1). */
export class StockSession implements Session, Connection, RowSource, PageMember {
  readonly identity: Identity
  readonly speaksFor = undefined
  readonly progress = null
  readonly logId: LogId
  readonly #house: SessionHouse
  readonly #core: Core
  readonly #outgoing: Outgoing
  readonly #documentId: DocumentId
  readonly #schema: number
  readonly #presenceLimit: RateLimit
  #opened: Opened | null = null
  #early: (Uint8Array | string)[] = []
  #earlyBytes = 0
  /** The state vector of a step 1 that is being answered. */
  #asked: Uint8Array | null = null
  #row = 0
  #pendingBytes = 0
  #held: HeldUpdate[] = []
  #stopKeeping: () => void = () => undefined

  constructor(
    house: SessionHouse,
    socket: ServerSocket,
    identity: Identity,
    target: { readonly documentId: DocumentId; readonly schema: number },
  ) {
    this.#house = house
    this.#core = house.core
    this.identity = identity
    this.#documentId = target.documentId
    this.#schema = target.schema
    this.logId = mintId<LogId>(house.core.random)
    this.#outgoing = new Outgoing(house.core, socket, () => {
      this.end('slow-reader')
    })
    this.#presenceLimit = new RateLimit(house.core.clock, house.core.limits.presencePerSecond)
    house.core.metrics.stockSessions += 1
    house.connections.add(this)
    this.#openDocument().catch((error: unknown) => {
      this.#failed(error)
    })
  }

  get connection(): object {
    return this
  }

  get isEnded(): boolean {
    return this.#outgoing.isEnded
  }

  get author(): Person {
    if (this.#opened === null) throw new Error('The document is not open yet')
    return this.#opened.person
  }

  async #openDocument(): Promise<void> {
    const { reachers } = this.#house
    const person = await reachers.join(this.identity.personId, this.identity.role)
    const state = await this.#core.states.get(this.#documentId)
    if (this.isEnded) {
      reachers.leave(person)
      return
    }
    const space = state && this.#core.spaces.get(state.record.spaceId)
    const mayRead =
      state !== undefined && space !== undefined && mayOnDocument(person, 'read', state.record, space.record)
    if (!mayRead || person.suspended) {
      reachers.leave(person)
      this.end(person.suspended ? 'suspended' : 'sign-in-needed')
      return
    }
    this.#opened = { person, spaceId: state.record.spaceId, page: this.#core.pages.join(this.#documentId, this) }
    this.#outgoing.send(stepOneFrame(state.encodedStateVector))
    const present = this.#opened.page.presence.all()
    if (present.length > 0) this.presence(encodePresence(present))
    this.#keepHeard()
    for (const frame of this.#early.splice(0)) this.receive(frame)
  }

  receive(frame: Uint8Array | string): void {
    if (this.isEnded) return
    if (typeof frame === 'string') {
      this.#malformed()
      return
    }
    if (this.#opened === null) {
      this.#early.push(frame)
      this.#earlyBytes += frame.length
      if (this.#earlyBytes > this.#core.limits.waitingFrameBytes) this.end('rate-limited')
      return
    }
    let parsed: StockFrame
    try {
      parsed = parseStockFrame(frame)
      if (parsed.type === 'step-1') parseStateVector(parsed.stateVector)
      if (parsed.type === 'awareness') parsePresence(parsed.bytes)
    } catch {
      this.#malformed()
      return
    }
    this.#handle(parsed, this.#opened).catch((error: unknown) => {
      this.#failed(error)
    })
  }

  #malformed(): void {
    this.#core.metrics.malformedFrames += 1
    this.end('malformed')
  }

  #failed(error: unknown): void {
    if (this.isEnded) return
    this.#core.metrics.handlerErrors += 1
    this.#core.log('error', 'A stock session failed', {
      error: String(error),
      stack: error instanceof Error ? error.stack : undefined,
    })
    this.end('server-trouble')
  }

  async #handle(frame: StockFrame, { page }: Opened): Promise<void> {
    if (frame.type === 'step-1') await this.#answerStepOne(frame.stateVector)
    else if (frame.type === 'awareness') await this.#receivePresence(frame.bytes, page)
    else if (frame.type === 'query-awareness') this.presence(encodePresence(page.presence.all()))
    else this.#submit(frame.update, frame.type === 'step-2', this.#core.clock.nowMs() + heldGapMs)
  }

  /** One answer at a time, and to what was asked last: whoever asks again has more by then, never less. */
  async #answerStepOne(stateVector: Uint8Array): Promise<void> {
    const isAnswering = this.#asked !== null
    this.#asked = stateVector
    if (isAnswering) return
    try {
      for (let asked: Uint8Array | null = stateVector; asked !== null && !this.isEnded; asked = this.#asked) {
        await this.#answerOne(asked)
        if (this.#asked === asked) this.#asked = null
      }
    } finally {
      this.#asked = null
    }
  }

  async #answerOne(stateVector: Uint8Array): Promise<void> {
    const state = await this.#core.states.get(this.#documentId)
    if (state !== undefined) await this.#core.reads.turn(state.record.sizeBytes)
    const merged = await state?.read(this.#core.store)
    if (merged === undefined) return
    if (merged === 'damaged') {
      // Never served as text: a stock client has no word for it, and comes back later.
      this.#core.metrics.damagedRecords += 1
      this.#core.log('error', 'A document has a damaged record', { documentId: this.#documentId })
      this.end('server-trouble')
      return
    }
    this.#outgoing.send(stepTwoFrame(differenceFor(merged, stateVector)))
  }

  async #receivePresence(bytes: Uint8Array, page: PageChannel): Promise<void> {
    const entries = parsePresence(bytes)
    const { metrics, states } = this.#core
    if (!this.#presenceLimit.take()) {
      metrics.droppedPresence += entries.length
      return
    }
    const bindings = (await states.get(this.#documentId))?.bindings
    if (this.isEnded) return
    const mayUse = (clientId: number) => {
      const owner = bindings?.get(clientId)
      return owner === undefined || owner === this.identity.personId
    }
    metrics.droppedPresence += entries.length - page.receivePresence(this, this.identity, entries, mayUse)
  }

  #submit(update: Uint8Array, isWholeState: boolean, heldUntilMs: number): void {
    this.#pendingBytes += update.length
    if (this.#pendingBytes > this.#core.limits.waitingFrameBytes) {
      this.end('rate-limited')
      return
    }
    this.#row += 1
    const row: PendingRow & { readonly heldUntilMs: number } = {
      source: this,
      row: this.#row,
      checksum: checksum(update),
      documentId: this.#documentId,
      schema: this.#schema,
      restored: false,
      registration: null,
      update,
      receivedAtMs: this.#core.clock.nowMs(),
      isWholeState,
      heldUntilMs,
    }
    this.#house.committer.submit([row])
  }

  settled(outcomes: readonly RowOutcome[]): void {
    for (const outcome of outcomes) {
      this.#pendingBytes -= outcome.pending.update.length
      if (outcome.type === 'committed') this.#tryHeld()
      if (outcome.type !== 'refused' || this.isEnded) continue
      if (outcome.reason === 'gap') this.#hold(outcome.pending)
      else this.#core.metrics.droppedStockWrites += 1
    }
  }

  /** CH3: what is missing may be under way; the client is asked for it by step 1. */
  #hold(pending: PendingRow): void {
    const nowMs = this.#core.clock.nowMs()
    const untilMs =
      'heldUntilMs' in pending && typeof pending.heldUntilMs === 'number' ? pending.heldUntilMs : nowMs + heldGapMs
    this.#dropOld(nowMs)
    const bytes = this.#held.reduce((sum, held) => sum + held.update.length, 0)
    if (untilMs <= nowMs || bytes + pending.update.length > heldGapBytes) {
      this.#core.metrics.droppedStockWrites += 1
      return
    }
    this.#held.push({ update: pending.update, untilMs })
    const state = this.#core.states.peek(this.#documentId)
    if (state !== undefined) this.#outgoing.send(stepOneFrame(state.encodedStateVector))
    this.#core.schedule(untilMs - nowMs, () => {
      this.#dropOld(this.#core.clock.nowMs())
    })
  }

  #dropOld(nowMs: number): void {
    const kept = this.#held.filter((held) => held.untilMs > nowMs)
    this.#core.metrics.droppedStockWrites += this.#held.length - kept.length
    this.#held = kept
  }

  #tryHeld(): void {
    for (const { update, untilMs } of this.#held.splice(0)) this.#submit(update, false, untilMs)
  }

  held(): void {
    // A stock client has no word for it; its updates wait in the queue.
  }

  live(row: LiveRow): void {
    this.#core.metrics.liveFrames += 1
    this.#outgoing.send(updateFrame(row.update))
    this.#tryHeld()
  }

  presence(bytes: Uint8Array): void {
    this.#outgoing.send(awarenessFrame(bytes))
  }

  /** ST3: a stock client ends a line on which it hears nothing for 30 s. */
  #keepHeard(): void {
    this.#stopKeeping = this.#core.schedule(quietMs, () => {
      if (this.isEnded) return
      if (this.#core.clock.nowMs() - this.#outgoing.lastSentMs >= quietMs) this.#outgoing.send(quietFrame)
      this.#keepHeard()
    })
  }

  end(reason: CloseReason): void {
    if (this.isEnded) return
    this.#outgoing.end(reason, null)
    this.#leave()
  }

  closed(): void {
    this.#outgoing.forget()
    this.#leave()
  }

  #leave(): void {
    if (!this.#house.connections.all().includes(this)) return
    this.#house.connections.remove(this)
    this.#stopKeeping()
    this.#core.metrics.stockSessions -= 1
    this.#early = []
    this.#held = []
    if (this.#opened === null) return
    this.#core.pages.leave(this.#documentId, this)
    this.#house.reachers.leave(this.#opened.person)
  }

  spaceGranted(_space: SpaceRecord): void {
    // Rights are asked anew for each update.
  }

  spaceRevoked(spaceId: SpaceId): void {
    if (this.#opened?.spaceId === spaceId) this.end('sign-in-needed')
  }

  /** It comes back, and is asked at the door whether it may read the document where it stands now. */
  documentMoved(documentId: DocumentId): void {
    if (documentId === this.#documentId) this.end('going-away')
  }
}
