import { closeCodeOf } from '../model/protocol/close-codes.ts'
import { slowReaderBytes } from '../model/protocol/limits.ts'
import type { CloseReason } from '../model/protocol/reasons.ts'
import type { Core } from './core.ts'
import type { ServerSocket } from './sync-options.ts'

/** Bytes that may wait in the socket before a long answer pauses. */
const pauseAboveBytes = 2 * 1024 * 1024
const pauseMs = 20

/** What may wait beside one large frame, whose length is no fault of who reads it. */
const besideLargeBytes = 1024 * 1024

/** The way out to one socket, which ends itself when nobody reads. */
export class Outgoing {
  readonly #core: Core
  readonly #socket: ServerSocket
  readonly #onSlow: () => void
  lastSentMs: number
  #isEnded = false
  /** The largest frame since the queue was empty. */
  #largestBytes = 0

  constructor(core: Core, socket: ServerSocket, onSlow: () => void) {
    this.#core = core
    this.#socket = socket
    this.#onSlow = onSlow
    this.lastSentMs = core.clock.nowMs()
  }

  get isEnded(): boolean {
    return this.#isEnded
  }

  send(bytes: Uint8Array): void {
    if (this.#isEnded) return
    if (this.#isSlow(bytes.length)) {
      this.#core.metrics.slowReaders += 1
      this.#onSlow()
      return
    }
    this.#write(bytes)
  }

  /**
   * A page of 16 MiB is one frame: who is still reading it is not slow yet, or they would never have it. Never more than
   * two such limits together.
   */
  #isSlow(frameBytes: number): boolean {
    const queuedBytes = this.#socket.queuedBytes()
    if (queuedBytes === 0) this.#largestBytes = 0
    this.#largestBytes = Math.max(this.#largestBytes, frameBytes)
    if (queuedBytes <= besideLargeBytes) return false
    if (queuedBytes + frameBytes > 2 * slowReaderBytes + besideLargeBytes) return true
    return queuedBytes > Math.max(slowReaderBytes, this.#largestBytes + besideLargeBytes)
  }

  #write(bytes: Uint8Array): void {
    this.lastSentMs = this.#core.clock.nowMs()
    try {
      this.#socket.send(bytes)
    } catch (error) {
      // The line broke between two events; its close event follows.
      this.#core.log('info', 'A frame could not be sent', { error: String(error) })
    }
  }

  /** Waits until a reader that keeps up has taken what is on its way; a long answer never makes a slow reader. */
  async drained(): Promise<void> {
    while (!this.#isEnded && this.#socket.queuedBytes() > pauseAboveBytes) {
      await new Promise<void>((resolve) => {
        this.#core.schedule(pauseMs, resolve)
      })
    }
  }

  /** Sends a last frame, if any, and closes with the code of the reason. */
  end(reason: CloseReason, lastFrame: Uint8Array | null): void {
    if (this.#isEnded) return
    if (lastFrame !== null) this.#write(lastFrame)
    this.#isEnded = true
    try {
      this.#socket.close(closeCodeOf(reason), reason)
    } catch (error) {
      this.#core.log('info', 'A socket could not be closed', { error: String(error) })
    }
  }

  /** The other side is gone: nothing more is sent. */
  forget(): void {
    this.#isEnded = true
  }
}
