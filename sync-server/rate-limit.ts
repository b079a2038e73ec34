import type { Clock } from './sync-options.ts'

/** At most so many in each second, by the passed clock. */
export class RateLimit {
  readonly #clock: Clock
  readonly #perSecond: number
  #second = 0
  #count = 0

  constructor(clock: Clock, perSecond: number) {
    this.#clock = clock
    this.#perSecond = perSecond
  }

  /** Whether one more fits; counts it. */
  take(): boolean {
    const second = Math.floor(this.#clock.nowMs() / 1000)
    if (second !== this.#second) {
      this.#second = second
      this.#count = 0
    }
    this.#count += 1
    return this.#count <= this.#perSecond
  }
}
