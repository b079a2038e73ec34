import type { DeviceId } from '../model/ids.ts'
import { mintToken } from './sign-in/secrets.ts'

/** A ticket opens one socket once within this time: long enough for a slow line, short enough to be worthless in a log. */
export const ticketMs = 60_000
/** A ticket for a stock client, for one document. */
export const documentTicketMs = 12 * 60 * 60 * 1000

/** One device asks for few at a time; the oldest give way. */
const maxPerSession = 64

interface Ticket {
  readonly sessionId: DeviceId
  readonly expiresAtMs: number
}

/** Tickets that open one socket. In memory alone: after a restart a client asks for another. */
export class Tickets {
  readonly #now: () => number
  readonly #tickets = new Map<string, Ticket>()
  readonly #ofSession = new Map<DeviceId, Set<string>>()

  constructor(now: () => number) {
    this.#now = now
  }

  issue(sessionId: DeviceId): string {
    this.#forgetExpired()
    const own = this.#ofSession.get(sessionId) ?? new Set()
    const [oldest] = own
    if (oldest !== undefined && own.size >= maxPerSession) this.#forget(oldest)
    const ticket = mintToken()
    this.#tickets.set(ticket, { sessionId, expiresAtMs: this.#now() + ticketMs })
    this.#ofSession.set(sessionId, own.add(ticket))
    return ticket
  }

  /** The session that the ticket stands for, once; undefined for every other ticket. */
  redeem(ticket: string): DeviceId | undefined {
    const found = this.#tickets.get(ticket)
    this.#forget(ticket)
    return found !== undefined && found.expiresAtMs > this.#now() ? found.sessionId : undefined
  }

  #forget(ticket: string): void {
    const found = this.#tickets.get(ticket)
    if (found === undefined) return
    this.#tickets.delete(ticket)
    const own = this.#ofSession.get(found.sessionId)
    own?.delete(ticket)
    if (own?.size === 0) this.#ofSession.delete(found.sessionId)
  }

  /** The map is in the order of issue, which is the order of expiry. */
  #forgetExpired(): void {
    for (const [ticket, { expiresAtMs }] of this.#tickets) {
      if (expiresAtMs > this.#now()) return
      this.#forget(ticket)
    }
  }
}
