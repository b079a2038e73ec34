interface TurnsOptions<T> {
  /** Bytes of messages that may wait for their turn. */
  readonly maxBytes: number
  /** Answers a promise where the next message must wait for it. */
  handle(message: T): Promise<void> | undefined
  failed(error: unknown): void
}

/** Handles the messages of one socket in their order, at once where nothing is under way. */
export class MessageTurns<T> {
  readonly #options: TurnsOptions<T>
  #waiting: { readonly message: T; readonly bytes: number }[] = []
  #waitingBytes = 0
  #isBusy = false
  #isEnded = false

  constructor(options: TurnsOptions<T>) {
    this.#options = options
  }

  /** Whether there was room: false when too much waits already. Throws what `handle` throws at once. */
  take(message: T, bytes: number): boolean {
    if (!this.#isBusy) {
      this.#run(message)
      return true
    }
    this.#waiting.push({ message, bytes })
    this.#waitingBytes += bytes
    return this.#waitingBytes <= this.#options.maxBytes
  }

  /** What waits is forgotten. */
  end(): void {
    this.#isEnded = true
    this.#waiting = []
  }

  #run(message: T): void {
    const working = this.#options.handle(message)
    if (working === undefined) return
    this.#isBusy = true
    working.then(
      () => {
        this.#isBusy = false
        this.#runWaiting()
      },
      (error: unknown) => {
        this.#options.failed(error)
      },
    )
  }

  #runWaiting(): void {
    try {
      while (!this.#isBusy && !this.#isEnded) {
        const next = this.#waiting.shift()
        if (next === undefined) return
        this.#waitingBytes -= next.bytes
        this.#run(next.message)
      }
    } catch (error) {
      this.#options.failed(error)
    }
  }
}
