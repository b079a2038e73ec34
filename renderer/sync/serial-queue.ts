/** Runs asynchronous steps one after another, in the order in which they were added. */
export class SerialQueue {
  readonly #onError: (error: unknown) => void
  #tail: Promise<void> = Promise.resolve()
  #length = 0

  /** @param onError gets what a step threw; the next step runs all the same */
  constructor(onError: (error: unknown) => void) {
    this.#onError = onError
  }

  /** Steps that have not ended. */
  get length(): number {
    return this.#length
  }

  add(step: () => Promise<void>): void {
    this.#length += 1
    this.#tail = this.#tail.then(step).then(this.#done, (error: unknown) => {
      this.#done()
      this.#onError(error)
    })
  }

  /** Resolves when every step that was added before has ended, and those that they added. */
  async settled(): Promise<void> {
    while (this.#length > 0) await this.#tail
  }

  readonly #done = (): void => {
    this.#length -= 1
  }
}
