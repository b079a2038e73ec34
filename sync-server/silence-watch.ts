import type { Clock, Schedule } from './sync-options.ts'

/** Notices a socket that says nothing. One timer, set anew only when it fires: a frame costs no timer. */
export class SilenceWatch {
  readonly #world: { readonly clock: Clock; readonly schedule: Schedule }
  readonly #isLate: (leftMs: number) => boolean
  readonly #silent: () => void
  #lastHeardMs: number
  #silenceMs: number
  #stop: () => void = () => undefined

  /** `isLate` decides when the time is up, by what is left of it since the last frame; then `silent` is called, once. */
  constructor(
    world: { readonly clock: Clock; readonly schedule: Schedule },
    firstMs: number,
    { isLate, silent }: { readonly isLate: (leftMs: number) => boolean; readonly silent: () => void },
  ) {
    this.#world = world
    this.#isLate = isLate
    this.#silent = silent
    this.#lastHeardMs = world.clock.nowMs()
    this.#silenceMs = firstMs
    this.#watch(firstMs)
  }

  heard(): void {
    this.#lastHeardMs = this.#world.clock.nowMs()
  }

  /** How long it may be silent from now on. */
  allow(silenceMs: number): void {
    const isShorter = silenceMs < this.#silenceMs
    this.#silenceMs = silenceMs
    // The timer that runs may be set for much later.
    if (isShorter) this.#watch(silenceMs)
  }

  stop(): void {
    this.#stop()
  }

  #watch(ms: number): void {
    this.#stop()
    this.#stop = this.#world.schedule(ms, () => {
      const leftMs = this.#lastHeardMs + this.#silenceMs - this.#world.clock.nowMs()
      if (this.#isLate(leftMs)) this.#silent()
      else this.#watch(Math.max(leftMs, 50))
    })
  }
}
