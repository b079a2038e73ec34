import type { SyncEngineOptions } from './engine-options.ts'
import type { ToWorker } from './sync-messages.ts'

/** The client side of docs/protocol.md for one organisation. Environment-free: clock, socket and storage are passed in. */
export class SyncEngine {
  readonly #options: SyncEngineOptions

  constructor(options: SyncEngineOptions) {
    this.#options = options
  }

  /** Connects, and stays connected until `stop`. */
  start(): void {
    this.#options.emit({ type: 'who-is-there' })
  }

  handle(_message: ToWorker): void {}

  /** Ends the socket; what is being stored is finished first. */
  async stop(): Promise<void> {}

  /** Resolves when everything received or read so far is stored. For tests and for quitting. */
  async settled(): Promise<void> {}
}
