import { closeReasonOf, mayRetry } from '../../model/protocol/close-codes.ts'
import { decodeServerMessage, encodeClientMessage } from '../../model/protocol/codec.ts'
import type { ClientMessage, Hello, ServerMessage } from '../../model/protocol/messages.ts'
import type { CloseReason } from '../../model/protocol/reasons.ts'
import type { ConnectionState, ConnectionTrouble } from '../documents/plein.ts'
import { waitBefore } from './back-off.ts'
import type { SyncEngineOptions, TicketProblem, Transport } from './engine-options.ts'
import { Heartbeat, type HeartbeatStep } from './heartbeat.ts'

/** From the attempt to `welcome`; a server that says nothing for longer counts as a broken line. */
const welcomeWithinMs = 10_000
/** A line that lasted this long was a good one: the next break begins with the shortest wait. */
const goodLineMs = 5000
/** Wake-ups come in bursts (visible, online, resume): they start at most one attempt in this time. */
const attemptPauseMs = 1000
const rateLimitedMs = 15_000

type Phase =
  /** Not started, or stopped. */
  | { readonly name: 'idle' }
  /** Asking for a ticket, connecting, or waiting for `welcome`. */
  | { readonly name: 'attempt'; readonly sinceMs: number }
  | { readonly name: 'online'; readonly sinceMs: number; readonly heartbeat: Heartbeat }
  | { readonly name: 'waiting'; readonly untilMs: number }
  /** Waiting will not help (PR5). */
  | { readonly name: 'refused'; readonly reason: ConnectionTrouble | null }

export interface ConnectionEvents {
  /** The first frame, read when the socket is open. */
  readonly hello: () => Promise<Hello>
  readonly received: (message: ServerMessage) => void
  /** The line is gone: everything on its way is sent again on the next one. */
  readonly lost: () => void
  readonly statusChanged: () => void
  /** Whether a window is visible or something is unsaved. */
  readonly isActive: () => boolean
}

export interface ConnectionStatus {
  readonly state: ConnectionState
  readonly reason: ConnectionTrouble | null
  readonly offlineSinceMs: number | null
  readonly nextAttemptAtMs: number | null
}

/** The one socket: ticket, hello, heartbeat, back-off. One line at a time; a line that was given up is never heard again. */
export class SyncConnection {
  readonly #options: SyncEngineOptions
  readonly #events: ConnectionEvents
  #phase: Phase = { name: 'idle' }
  #transport: Transport | null = null
  /** Raised with every line: what an older one still says is ignored. */
  #line = 0
  #attempts = 0
  #attemptAtMs = -Infinity
  #offlineSinceMs: number | null = null
  #goodbye: CloseReason | null = null
  #undoTimer: () => void = () => {}

  constructor(options: SyncEngineOptions, events: ConnectionEvents) {
    this.#options = options
    this.#events = events
  }

  /** Changes with every line: a step begun on one line must not act on the next. */
  get line(): number {
    return this.#line
  }

  get isOnline(): boolean {
    return this.#phase.name === 'online'
  }

  get status(): ConnectionStatus {
    const phase = this.#phase
    const base = { reason: null, offlineSinceMs: this.#offlineSinceMs, nextAttemptAtMs: null }
    if (phase.name === 'online') return { ...base, state: 'online', offlineSinceMs: null }
    if (phase.name === 'refused') return { ...base, state: 'refused', reason: phase.reason }
    if (phase.name === 'waiting') return { ...base, state: 'offline', nextAttemptAtMs: phase.untilMs }
    return { ...base, state: this.#attempts > 1 ? 'offline' : 'connecting' }
  }

  start(): void {
    if (this.#phase.name === 'idle') this.#attempt()
  }

  stop(): void {
    this.#leave()
    this.#phase = { name: 'idle' }
  }

  /** Silently nothing while there is no line: what matters is sent again after the next `welcome`. */
  send(message: ClientMessage): void {
    this.#transport?.send(encodeClientMessage(message))
  }

  /** The engine took `welcome` and found everything in order. */
  welcomed(): void {
    const nowMs = this.#now()
    this.#offlineSinceMs = null
    const isActive = this.#events.isActive()
    const heartbeat = new Heartbeat(nowMs, isActive)
    this.#enter({ name: 'online', sinceMs: nowMs, heartbeat })
    // HB2: until the first ping the server knows only how long a hidden window may be silent.
    this.#beat(heartbeat.look(nowMs, isActive))
  }

  /** Gives this line up and begins a new one at once. */
  restart(): void {
    this.#leave()
    this.#attempt()
  }

  /** Gives this line up and waits, as after a broken one. */
  fail(): void {
    if (this.#phase.name === 'attempt' || this.#phase.name === 'online') this.#broken(1006)
  }

  /** Waiting will not help: until `retryNow`. */
  refuse(reason: ConnectionTrouble | null): void {
    this.#leave()
    this.#offlineSinceMs ??= this.#now()
    this.#enter({ name: 'refused', reason })
  }

  retryNow(): void {
    if (this.#phase.name === 'refused' || this.#phase.name === 'waiting') this.restart()
    else this.wakeUp()
  }

  /** HB3, a window became visible: pings at once, reconnects at once. */
  look(): void {
    if (this.#phase.name === 'online') this.#beat(this.#phase.heartbeat.look(this.#now(), this.#events.isActive()))
    else this.wakeUp()
  }

  /** HB3, the laptop woke up or the network came back: the line is more likely dead than not. */
  wakeUp(): void {
    const phase = this.#phase
    const nowMs = this.#now()
    if (phase.name === 'online') this.#beat(phase.heartbeat.wake(nowMs, this.#events.isActive()))
    else if (phase.name === 'waiting') this.#hurry(phase.untilMs, nowMs)
    else if (phase.name === 'attempt' && nowMs - phase.sinceMs > attemptPauseMs * 3) this.restart()
  }

  /** Whether anybody looks has changed: the next ping may be due earlier. */
  activityChanged(): void {
    if (this.#phase.name !== 'online') return
    this.#beat(this.#phase.heartbeat.tick(this.#now(), this.#events.isActive()))
  }

  #hurry(untilMs: number, nowMs: number): void {
    const earliestMs = this.#attemptAtMs + attemptPauseMs
    if (nowMs >= earliestMs) this.restart()
    else if (earliestMs < untilMs) this.#after(earliestMs - nowMs, () => this.#attempt())
  }

  #attempt(): void {
    const line = this.#line
    this.#attempts += 1
    this.#attemptAtMs = this.#now()
    this.#goodbye = null
    this.#enter({ name: 'attempt', sinceMs: this.#now() })
    this.#after(welcomeWithinMs, () => this.#broken(1006))
    this.#options.getTicket().then(
      (ticket) => {
        if (line !== this.#line) return
        if (ticket.ok) this.#connect(ticket.value)
        else this.#noTicket(ticket.error)
      },
      () => {
        if (line === this.#line) this.#noTicket('unreachable')
      },
    )
  }

  #noTicket(problem: TicketProblem): void {
    if (problem === 'unreachable') this.#broken(1006)
    else if (problem === 'rate-limited') this.#wait(rateLimitedMs)
    else this.refuse(problem)
  }

  #connect(ticket: string): void {
    const line = this.#line
    const isCurrent = () => line === this.#line
    this.#transport = this.#options.connect(ticket, {
      opened: () => {
        if (isCurrent()) this.#sayHello(line)
      },
      received: (frame) => {
        if (isCurrent()) this.#received(frame)
      },
      closed: (code) => {
        if (isCurrent()) this.#broken(code)
      },
    })
  }

  #sayHello(line: number): void {
    this.#events.hello().then(
      (hello) => {
        if (line === this.#line) this.send(hello)
      },
      () => {
        if (line === this.#line) this.#broken(1006)
      },
    )
  }

  #received(frame: Uint8Array): void {
    if (this.#phase.name === 'online') this.#phase.heartbeat.heard()
    const message = parse(frame)
    // A server that sends what does not parse is no server of ours: back off, but do try again.
    if (message === undefined) this.#broken(1006)
    else if (message.type === 'goodbye') this.#goodbye = message.reason
    else if (message.type !== 'pong') this.#events.received(message)
  }

  #broken(code: number): void {
    const reason = closeReasonOf(code) ?? this.#goodbye
    this.#offlineSinceMs ??= this.#now()
    if (this.#phase.name === 'online' && this.#now() - this.#phase.sinceMs > goodLineMs) this.#attempts = 0
    if (!mayRetry(code) || (reason !== null && troubles.has(reason))) this.refuse(troubleOf(reason))
    else this.#wait(reason === 'rate-limited' ? rateLimitedMs : 0)
  }

  #wait(leastMs: number): void {
    this.#leave()
    this.#offlineSinceMs ??= this.#now()
    const waitMs = Math.max(leastMs, waitBefore(Math.max(0, this.#attempts - 1), this.#options.random()))
    this.#enter({ name: 'waiting', untilMs: this.#now() + waitMs })
    this.#after(waitMs, () => this.#attempt())
  }

  /** Ends the line without a word to anybody but the engine. */
  #leave(): void {
    this.#line += 1
    this.#undoTimer()
    this.#undoTimer = () => {}
    const transport = this.#transport
    this.#transport = null
    transport?.close()
    if (this.#phase.name === 'online') this.#offlineSinceMs ??= this.#now()
    this.#events.lost()
  }

  #enter(phase: Phase): void {
    this.#phase = phase
    this.#events.statusChanged()
  }

  #watchHeartbeat(): void {
    if (this.#phase.name !== 'online') return
    const { heartbeat } = this.#phase
    const waitMs = Math.max(0, heartbeat.nextTickMs() - this.#now())
    this.#after(waitMs, () => this.#beat(heartbeat.tick(this.#now(), this.#events.isActive())))
  }

  #beat(step: HeartbeatStep): void {
    if (step.type === 'dead') {
      this.#broken(1006)
      return
    }
    if (step.type === 'ping') this.send({ type: 'ping', n: step.n, nextWithinMs: step.nextWithinMs })
    this.#watchHeartbeat()
  }

  #after(ms: number, run: () => void): void {
    this.#undoTimer()
    this.#undoTimer = this.#options.clock.schedule(ms, run)
  }

  #now(): number {
    return this.#options.clock.nowMs()
  }
}

const troubles: ReadonlySet<CloseReason> = new Set([
  'sign-in-needed',
  'suspended',
  'other-organisation',
  'app-too-old',
  'server-too-old',
])

function troubleOf(reason: CloseReason | null): ConnectionTrouble | null {
  switch (reason) {
    case 'sign-in-needed':
    case 'suspended':
    case 'other-organisation':
    case 'app-too-old':
    case 'server-too-old':
      return reason
    default:
      return null
  }
}

function parse(frame: Uint8Array): ServerMessage | undefined {
  try {
    return decodeServerMessage(frame)
  } catch {
    return undefined // MalformedFrame and nothing else; never holds content worth showing
  }
}
