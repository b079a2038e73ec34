import { encodeServerMessage, decodeClientMessage } from '../model/protocol/codec.ts'
import type { DocumentId, LogId, SpaceId } from '../model/ids.ts'
import { heartbeatAnswerMs, heartbeatIdleMs } from '../model/protocol/limits.ts'
import { MalformedFrame } from '../model/protocol/fields.ts'
import type { ClientMessage, Hello, PushedRow, ServerMessage } from '../model/protocol/messages.ts'
import type { CloseReason } from '../model/protocol/reasons.ts'
import { oldestProtocol, protocolVersion } from '../model/protocol/version.ts'
import { unreachable } from '../model/result.ts'
import { mayReadSpace } from './access.ts'
import { answerFetch } from './answer-fetch.ts'
import type { Committer } from './commit.ts'
import type { Connection, Connections } from './connections.ts'
import type { Core } from './core.ts'
import type { ChannelHost } from './device-channel.ts'
import { DeviceChannels } from './device-channels.ts'
import { Following, type FollowerContext, type Followings } from './following.ts'
import { FollowingPeople } from './following-people.ts'
import { MessageTurns } from './message-turns.ts'
import { Outgoing } from './outgoing.ts'
import type { LiveRow } from './page-channel.ts'
import type { PeopleBook } from './people-book.ts'
import { RateLimit } from './rate-limit.ts'
import type { Reachers, Person } from './reachers.ts'
import { FollowingRequests } from './requests/following-requests.ts'
import type { RequestDesk } from './requests/request-desk.ts'
import type { LogProgress, PendingRow, RowOutcome, RowSource } from './row-source.ts'
import { SilenceWatch } from './silence-watch.ts'
import type { SpaceRecord } from './store/store.ts'
import type { Identity, ServerSocket, Session } from './sync-options.ts'
import { MalformedUpdate } from './update-claims.ts'
import { grantOf, welcomeOf } from './welcome.ts'

/** What sessions share beyond the core. */
export interface SessionHouse {
  readonly core: Core
  readonly committer: Committer
  readonly connections: Connections
  readonly reachers: Reachers
  readonly book: PeopleBook
  readonly desk: RequestDesk
  readonly serverVersion: string
}

interface Greeted {
  readonly person: Person
  readonly logId: LogId
  readonly progress: LogProgress
}

/** One device on `/connect`: message in, message out, its limits. */
export class DeviceSession implements Session, Connection, RowSource, ChannelHost {
  readonly core: Core
  readonly identity: Identity
  readonly #house: SessionHouse
  readonly #outgoing: Outgoing
  readonly #channels: DeviceChannels
  readonly #followings: Followings = new Map()
  readonly #feedWindow = { bytes: 0, waiting: new Set<Following>() }
  readonly #presenceLimit: RateLimit
  #greeted: Greeted | null = null
  #followerContext: FollowerContext | null = null
  #hasSaidHello = false
  readonly #turns: MessageTurns<ClientMessage>
  #pendingBytes = 0
  #pendingRows = 0
  readonly #silence: SilenceWatch
  #people: FollowingPeople | null = null
  #requests: FollowingRequests | null = null

  constructor(house: SessionHouse, socket: ServerSocket, identity: Identity) {
    this.#house = house
    this.core = house.core
    this.identity = identity
    this.#outgoing = new Outgoing(house.core, socket, () => {
      this.end('slow-reader')
    })
    this.#channels = new DeviceChannels(this, house.committer)
    this.#presenceLimit = new RateLimit(house.core.clock, house.core.limits.presencePerSecond)
    this.#turns = new MessageTurns({
      maxBytes: house.core.limits.waitingFrameBytes,
      handle: (message) => this.#handle(message),
      failed: (error) => {
        this.failed(error)
      },
    })
    this.#silence = new SilenceWatch(house.core, house.core.limits.helloMs, {
      isLate: (leftMs) => (this.#greeted === null ? !this.#hasSaidHello : leftMs <= 0),
      silent: () => {
        house.core.metrics.silentSessions += 1
        this.end('silent')
      },
    })
    house.core.metrics.sessions += 1
    house.connections.add(this)
  }

  get speaksFor(): LogId | undefined {
    return this.#greeted?.logId
  }

  get logId(): LogId {
    return this.#mustBeGreeted().logId
  }

  get author(): Person {
    return this.#mustBeGreeted().person
  }

  get progress(): LogProgress {
    return this.#mustBeGreeted().progress
  }

  get isEnded(): boolean {
    return this.#outgoing.isEnded
  }

  #mustBeGreeted(): Greeted {
    if (this.#greeted === null) throw new Error('The session has not said hello')
    return this.#greeted
  }

  receive(frame: Uint8Array | string): void {
    if (this.isEnded) return
    this.#silence.heard()
    this.#guarded(() => {
      if (typeof frame === 'string') throw new MalformedFrame('text frame')
      const message = decodeClientMessage(frame)
      if (!this.#hasSaidHello && message.type !== 'hello') throw new MalformedFrame('hello comes first')
      this.#accept(message, frame.length)
    })
  }

  closed(): void {
    this.#outgoing.forget()
    this.#leave()
  }

  end(reason: CloseReason): void {
    if (this.isEnded) return
    this.#outgoing.end(reason, encodeServerMessage({ type: 'goodbye', reason }))
    this.#leave()
  }

  #leave(): void {
    if (!this.#house.connections.all().includes(this)) return
    this.#house.connections.remove(this)
    this.#silence.stop()
    this.#people?.end()
    this.#requests?.end()
    this.core.metrics.sessions -= 1
    this.#channels.leaveAll()
    for (const following of this.#followings.values()) following.end()
    this.#followings.clear()
    this.#turns.end()
    if (this.#greeted === null) return
    this.#house.reachers.leave(this.#greeted.person)
    if (this.#pendingRows === 0) this.#house.connections.forgetProgress(this.#greeted.logId)
  }

  send(bytes: Uint8Array): void {
    this.#outgoing.send(bytes)
  }

  #tell(message: ServerMessage): void {
    this.#outgoing.send(encodeServerMessage(message))
  }

  /** What goes wrong in a handler ends this session, never the process. */
  #guarded(work: () => void): void {
    try {
      work()
    } catch (error) {
      this.failed(error)
    }
  }

  failed(error: unknown): void {
    if (error instanceof MalformedFrame || error instanceof MalformedUpdate) {
      this.core.metrics.malformedFrames += 1
      this.end('malformed')
      return
    }
    if (this.isEnded) return
    this.core.metrics.handlerErrors += 1
    this.core.log('error', 'A session failed', {
      error: String(error),
      stack: error instanceof Error ? error.stack : undefined,
    })
    this.end('server-trouble')
  }

  // One message after another

  #accept(message: ClientMessage, bytes: number): void {
    if (message.type === 'ping') this.#ping(message)
    else if (!this.#turns.take(message, bytes)) this.end('rate-limited')
  }

  #handle(message: ClientMessage): Promise<void> | undefined {
    switch (message.type) {
      case 'hello':
        return this.#hello(message)
      case 'push':
        this.#push(message.rows)
        return undefined
      case 'open':
        return this.#channels.open(message, this.author)
      case 'close':
        this.#channels.close(message.channel)
        return undefined
      case 'channel':
        return this.#channels.receive(message)
      case 'taken':
        this.#followings.get(message.spaceId)?.taken(message.n)
        return undefined
      case 'holds':
        this.#holds(message)
        return undefined
      case 'fetch':
        return answerFetch({ core: this.core, person: this.author, outgoing: this.#outgoing }, message)
      case 'ping':
        this.#ping(message)
        return undefined
      case 'request':
        this.#request(message)
        return undefined
      default:
        return unreachable(message)
    }
  }

  #ping({ n, nextWithinMs }: Extract<ClientMessage, { type: 'ping' }>): void {
    this.#silence.allow(nextWithinMs + heartbeatAnswerMs)
    this.#tell({ type: 'pong', n })
  }

  // Hello

  async #hello(hello: Hello): Promise<void> {
    if (this.#hasSaidHello) throw new MalformedFrame('a second hello')
    this.#hasSaidHello = true
    this.#silence.allow(heartbeatIdleMs + heartbeatAnswerMs)
    const { core, committer, connections, reachers } = this.#house
    const { organisation } = core
    if (hello.protocol < oldestProtocol) return this.end('app-too-old')
    if (hello.protocol > protocolVersion) return this.end('server-too-old')
    if (organisation === null) return this.end('server-trouble')
    if (hello.organisationId !== null && hello.organisationId !== organisation.organisationId)
      return this.end('other-organisation')
    const person = await reachers.join(this.identity.personId, this.identity.role)
    if (this.isEnded) return reachers.leave(person)
    connections.takeOver(hello.logId, this)
    // Rows of an earlier socket of this log may still be on their way to the disk.
    await committer.barrier()
    const progress = await connections.progressOf(hello.logId, this.identity.personId)
    if (this.isEnded) return reachers.leave(person)
    // Again: another socket of this log may have said hello in the same moment, and been welcomed meanwhile.
    connections.takeOver(hello.logId, this)
    this.#greeted = { person, logId: hello.logId, progress }
    if (person.suspended) return this.end('suspended')
    this.#welcome(hello, this.#greeted)
  }

  #welcome(hello: Hello, { person, logId, progress }: Greeted): void {
    const { core } = this
    const spaces = [...core.spaces.values()].filter(({ record }) => mayReadSpace(person, record))
    this.#tell(
      welcomeOf(this.#house, this.identity, {
        progress,
        grants: spaces.map(({ record, feed }) => grantOf(record, feed.head, person)),
      }),
    )
    for (const { spaceId } of hello.spaces) {
      if (!spaces.some(({ record }) => record.spaceId === spaceId)) this.#tell({ type: 'revoked', spaceId })
    }
    const failed = (error: unknown) => {
      this.failed(error)
    }
    this.#followerContext = { core, outgoing: this.#outgoing, person, logId, window: this.#feedWindow, failed }
    const { book, desk } = this.#house
    // Under another generation the numbers of a cursor mean other rows, and people numbers other changes.
    const isSameStore = hello.generation === core.generation
    const known = isSameStore ? hello.people : null
    this.#people = new FollowingPeople({ book, schedule: core.schedule, person, outgoing: this.#outgoing }, known)
    const control = isSameStore ? hello.control : null
    this.#requests = new FollowingRequests({ core, desk, person, outgoing: this.#outgoing, failed }, control)
    const asked = new Map(hello.spaces.map((space) => [space.spaceId, space]))
    for (const { record, feed } of spaces) {
      const { cursor, keep } = asked.get(record.spaceId) ?? { cursor: null, keep: 'everything' as const }
      this.#follow(record.spaceId, {
        cursor: isSameStore && cursor !== null && cursor <= feed.head ? cursor : null,
        keep,
      })
    }
  }

  #follow(spaceId: SpaceId, from: { readonly cursor: number | null; readonly keep: 'everything' | 'rows' }): void {
    const space = this.core.spaces.get(spaceId)
    if (space === undefined || this.#followerContext === null) return
    this.#followings.get(spaceId)?.end()
    this.#followings.set(spaceId, new Following(this.#followerContext, space, from))
  }

  /** RC1: counted for those who follow the space, up to where it really goes. */
  #holds({ spaceId, n }: Extract<ClientMessage, { type: 'holds' }>): void {
    const space = this.core.spaces.get(spaceId)
    if (space === undefined || !this.#followings.has(spaceId) || n > space.feed.head) return
    this.core.colleagues.holds(spaceId, this.identity.personId, n)
  }

  #request({ requestId, ask }: Extract<ClientMessage, { type: 'request' }>): void {
    this.#house.desk.submit({
      asker: this.author,
      requestId,
      ask,
      again: (request) => this.#requests?.again(request),
      isEnded: () => this.isEnded,
    })
  }

  // Rows

  #push(rows: readonly PushedRow[]): void {
    const receivedAtMs = this.core.clock.nowMs()
    const pending = rows.map((row): PendingRow => ({ ...row, source: this, receivedAtMs, isWholeState: false }))
    for (const row of rows) this.#pendingBytes += row.update.length
    this.#pendingRows += pending.length
    if (this.#pendingBytes > this.core.limits.waitingFrameBytes) {
      this.end('rate-limited')
      return
    }
    this.#house.committer.submit(pending)
  }

  settled(outcomes: readonly RowOutcome[]): void {
    this.#guarded(() => {
      let acknowledged = 0
      const committed = new Map<string, number>()
      for (const outcome of outcomes) {
        const { row, documentId, update } = outcome.pending
        this.#pendingBytes -= update.length
        if (outcome.type === 'refused') this.#tell({ type: 'refused', row, documentId, reason: outcome.reason })
        if (outcome.type === 'committed') committed.set(documentId, outcome.n)
        // A reused row is not behind us: everything from it on comes again under another log.
        if (outcome.type !== 'refused' || outcome.reason !== 'row-reused') acknowledged = Math.max(acknowledged, row)
      }
      this.#pendingRows -= outcomes.length
      if (acknowledged > 0) this.#tell({ type: 'acknowledged', row: acknowledged })
      this.#channels.wrote(committed)
      if (this.isEnded && this.#pendingRows === 0) this.#house.connections.forgetProgress(this.logId)
    })
  }

  held(isHolding: boolean): void {
    this.#tell({ type: 'held', holding: isHolding })
  }

  // Channels

  cameLive({ spaceId, n }: LiveRow): void {
    this.#followings.get(spaceId)?.cameLive(n)
  }

  allowPresence(): boolean {
    return this.#presenceLimit.take()
  }

  // Rights

  spaceGranted(record: SpaceRecord): void {
    if (this.#greeted === null || this.isEnded) return
    const space = this.core.spaces.get(record.spaceId)
    if (space === undefined) return
    this.#tell({ type: 'granted', space: grantOf(record, space.feed.head, this.#greeted.person) })
    if (!this.#followings.has(record.spaceId)) this.#follow(record.spaceId, { cursor: null, keep: 'everything' })
  }

  spaceRevoked(spaceId: SpaceId): void {
    if (this.#greeted === null || this.isEnded) return
    this.#followings.get(spaceId)?.end()
    this.#followings.delete(spaceId)
    this.#channels.spaceRevoked(spaceId)
    this.#tell({ type: 'revoked', spaceId })
  }

  documentMoved(documentId: DocumentId): void {
    this.#channels.documentMoved(documentId)
  }
}
