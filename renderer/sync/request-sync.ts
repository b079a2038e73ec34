import type { RequestId } from '../../model/ids.ts'
import type { ClientMessage, ServerMessage } from '../../model/protocol/messages.ts'
import { unreachable } from '../../model/result.ts'
import type { OrganisationStorage } from '../storage/laptop-storage.ts'
import type { RequestRecord } from '../storage/request-storage.ts'
import { takePeople } from './people-sync.ts'
import type { FromWorker } from './sync-messages.ts'

export type RequestMessage = Extract<ServerMessage, { type: 'people' | 'answers' | 'open-asks' | 'joinable' }>

/** The lists as the server last said them; what screens show offline. */
export const openAsksSetting = 'open-asks'
export const joinableSetting = 'joinable-spaces'

export interface RequestSyncParts {
  readonly storage: OrganisationStorage
  readonly send: (message: ClientMessage) => void
  readonly emit: (message: FromWorker) => void
  /** Rows of this laptop's log that the server has not answered. */
  readonly hasWaitingRows: () => boolean
  readonly failed: (error: unknown) => void
}

/** RQ1, PP1: sends what is asked, once on every line until it is answered, and keeps what the server answers. */
export class RequestSync {
  readonly #parts: RequestSyncParts
  /** Sent on this line. */
  readonly #sent = new Set<RequestId>()
  #isActive = false
  #isReading = false
  #mustReadAgain = false

  constructor(parts: RequestSyncParts) {
    this.#parts = parts
  }

  begin(): void {
    this.#isActive = true
    this.sendWaiting()
  }

  end(): void {
    this.#isActive = false
    this.#sent.clear()
  }

  /** A window put one into the outbox. */
  put(): void {
    this.#parts.emit({ type: 'requests-changed' })
    this.sendWaiting()
  }

  /**
   * There may be something to send. Not before the rows that wait: a page that is to be moved, or a space's first words, must be
   * there when it is asked about.
   */
  sendWaiting(): void {
    if (!this.#isActive || this.#parts.hasWaitingRows()) return
    if (this.#isReading) {
      this.#mustReadAgain = true
      return
    }
    this.#isReading = true
    this.#read().catch(this.#parts.failed)
  }

  async #read(): Promise<void> {
    try {
      do {
        this.#mustReadAgain = false
        for (const request of await this.#parts.storage.requests.waiting()) this.#send(request)
      } while (this.#mustReadAgain)
    } finally {
      this.#isReading = false
    }
  }

  #send({ id, ask }: RequestRecord): void {
    if (!this.#isActive || this.#sent.has(id)) return
    this.#sent.add(id)
    this.#parts.send({ type: 'request', requestId: id, ask })
  }

  /** One step in the order of what came. */
  async take(message: RequestMessage): Promise<void> {
    const { storage, emit } = this.#parts
    if (message.type === 'people') return takePeople(message, this.#parts)
    switch (message.type) {
      case 'answers':
        await storage.requests.take(message.answers, message.n)
        break
      case 'open-asks':
        await storage.putSetting(openAsksSetting, message.asks)
        break
      case 'joinable':
        await storage.putSetting(joinableSetting, message.spaces)
        break
      default:
        unreachable(message)
    }
    emit({ type: 'requests-changed' })
  }
}
