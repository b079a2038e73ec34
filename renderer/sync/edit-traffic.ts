import type { SyncClock } from './engine-options.ts'

/** Longer than this no file waits: edits may stand still themselves, behind a server that cannot commit. */
const longestMs = 3000

/** Whether edits are on their way to the server: files make way for them. */
export class EditTraffic {
  readonly #clock: SyncClock
  #isBusy = false
  #waiting: (() => void)[] = []

  constructor(clock: SyncClock) {
    this.#clock = clock
  }

  /** Rows were committed here, and go out now. */
  began(): void {
    this.#isBusy = true
  }

  /** The server has them; or the line is gone, and nothing is on its way. */
  ended(): void {
    this.#isBusy = false
    for (const go of this.#waiting.splice(0)) go()
  }

  /** Resolves when no edits are under way, after a while in any case. */
  readonly makeWay = async (): Promise<void> => {
    if (!this.#isBusy) return
    await new Promise<void>((resolve) => {
      const undo = this.#clock.schedule(longestMs, resolve)
      this.#waiting.push(() => {
        undo()
        resolve()
      })
    })
  }
}
