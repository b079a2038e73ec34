import { heartbeatAnswerMs, heartbeatIdleMs, heartbeatMs } from '../../model/protocol/limits.ts'

/** After waking up an answer is awaited for less, so that a dead line is replaced within 3 s. */
export const wakeAnswerMs = 1500
/** A timer that comes this much too late was suspended with the laptop. */
const suspendedMs = 3000

export type HeartbeatStep =
  | { readonly type: 'nothing' }
  | { readonly type: 'ping'; readonly n: number; readonly nextWithinMs: number }
  | { readonly type: 'dead' }

/** HB1-HB3 as a decision over the clock: when to ping, and when the line counts as dead. Anything heard is a sign of life. */
export class Heartbeat {
  #n = 0
  #pingDueMs: number
  #answerDueMs: number | null = null
  #tickDueMs: number

  constructor(nowMs: number, isActive: boolean) {
    this.#pingDueMs = nowMs + intervalOf(isActive)
    this.#tickDueMs = this.#pingDueMs
  }

  heard(): void {
    this.#answerDueMs = null
  }

  /** Call at `nextTickMs`, or at any time. */
  tick(nowMs: number, isActive: boolean): HeartbeatStep {
    if (nowMs - this.#tickDueMs > suspendedMs) return this.wake(nowMs, isActive)
    if (this.#answerDueMs !== null && nowMs >= this.#answerDueMs) return { type: 'dead' }
    const dueMs = Math.min(this.#pingDueMs, nowMs + intervalOf(isActive))
    this.#pingDueMs = dueMs
    return nowMs >= dueMs ? this.#ping(nowMs, isActive, heartbeatAnswerMs) : { type: 'nothing' }
  }

  /** Pings at once, whatever was awaited: timers said nothing true while the laptop slept. */
  wake(nowMs: number, isActive: boolean): HeartbeatStep {
    return this.#ping(nowMs, isActive, wakeAnswerMs)
  }

  /** Pings at once, without hurry: somebody looks again. */
  look(nowMs: number, isActive: boolean): HeartbeatStep {
    return this.#answerDueMs === null ? this.#ping(nowMs, isActive, heartbeatAnswerMs) : this.tick(nowMs, isActive)
  }

  /** When `tick` must be called next. */
  nextTickMs(): number {
    this.#tickDueMs = this.#answerDueMs === null ? this.#pingDueMs : Math.min(this.#answerDueMs, this.#pingDueMs)
    return this.#tickDueMs
  }

  #ping(nowMs: number, isActive: boolean, answerMs: number): HeartbeatStep {
    this.#n += 1
    this.#pingDueMs = nowMs + intervalOf(isActive)
    this.#answerDueMs = nowMs + answerMs
    // Twice the interval and the answer: one late timer is no reason to be closed as silent.
    return { type: 'ping', n: this.#n, nextWithinMs: 2 * intervalOf(isActive) + heartbeatAnswerMs }
  }
}

function intervalOf(isActive: boolean): number {
  return isActive ? heartbeatMs : heartbeatIdleMs
}
