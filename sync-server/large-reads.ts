import type { Schedule } from './sync-options.ts'

/** Bytes of documents that are read without a pause: merged and encoded, a mebibyte takes some ten milliseconds. */
const bytesPerTurn = 1024 * 1024

/**
 * Reading documents keeps everybody else waiting, and the store answers without a pause: whoever asks for a large page a
 * thousand times would have the server for themselves. So reads take turns, and other work comes in between.
 */
export class LargeReads {
  readonly #schedule: Schedule
  #last: Promise<void> = Promise.resolve()
  #waiting = 0
  #bytes = 0

  constructor(schedule: Schedule) {
    this.#schedule = schedule
  }

  /** Resolves when a document of this size may be read: at once while little was read. */
  async turn(sizeBytes: number): Promise<void> {
    if (this.#waiting === 0 && this.#bytes + sizeBytes <= bytesPerTurn) {
      this.#bytes += sizeBytes
      return
    }
    this.#waiting += 1
    this.#last = this.#last.then(() => new Promise<void>((resolve) => this.#schedule(0, resolve)))
    await this.#last
    this.#waiting -= 1
    this.#bytes = sizeBytes
  }
}
