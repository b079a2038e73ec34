import type { ProblemReason } from '../../model/api.ts'
import { fail, ok, type Result } from '../../model/result.ts'
import { emailKeyOf, type Directory, type PersonRecord } from '../store/directory.ts'
import type { Clock } from '../sync-options.ts'
import { addressKey, AttemptLimiter } from './attempt-limiter.ts'
import type { Passwords } from './passwords.ts'
import { digestOf } from './secrets.ts'

const minuteMs = 60_000

export interface Credentials {
  readonly email: string
  readonly password: string
  /** Where the request came from. */
  readonly address: string
}

export interface SignInFailure {
  readonly reason: Extract<ProblemReason, 'wrong-password' | 'suspended' | 'rate-limited' | 'no-organisation'>
  readonly retryAfterMs?: number
}

/** Local accounts: e-mail and password, with growing waits per address and per e-mail. */
export class SignIn {
  readonly #directory: Directory
  readonly #passwords: Passwords
  // An office of two hundred may stand behind one address; one mailbox is one person with a few devices.
  readonly #addresses: AttemptLimiter
  readonly #emails: AttemptLimiter

  constructor(directory: Directory, passwords: Passwords, clock: Clock) {
    this.#directory = directory
    this.#passwords = passwords
    const now = () => clock.nowMs()
    this.#addresses = new AttemptLimiter(
      { free: 100, firstDelayMs: 1000, maxDelayMs: 5 * minuteMs, forgetAfterMs: 15 * minuteMs },
      now,
    )
    // At most half a minute: whoever guesses at somebody's e-mail must not keep them out for long.
    this.#emails = new AttemptLimiter(
      { free: 10, firstDelayMs: 1000, maxDelayMs: minuteMs / 2, forgetAfterMs: 15 * minuteMs },
      now,
    )
  }

  async check({ email, password, address }: Credentials): Promise<Result<PersonRecord, SignInFailure>> {
    if ((await this.#directory.getOrganisation()) === undefined) return fail({ reason: 'no-organisation' })
    const addressOf = addressKey(address)
    const emailOf = Buffer.from(digestOf(emailKeyOf(email))).toString('base64')
    const waitMs = this.#addresses.take(addressOf) || this.#takeEmail(emailOf, addressOf)
    if (waitMs > 0) return fail({ reason: 'rate-limited', retryAfterMs: waitMs })
    const found = await this.#directory.findByEmail(emailKeyOf(email))
    if (!(await this.#passwords.matches(password, found?.passwordHash)) || found === undefined)
      return fail({ reason: 'wrong-password' })
    this.#addresses.refund(addressOf)
    this.#emails.forgive(emailOf)
    // Only who knows the password learns that the account is suspended.
    return found.person.suspended ? fail({ reason: 'suspended' }) : ok(found.person)
  }

  /** An attempt that is not made because the e-mail must wait is none of the address either. */
  #takeEmail(emailOf: string, addressOf: string): number {
    const waitMs = this.#emails.take(emailOf)
    if (waitMs > 0) this.#addresses.refund(addressOf)
    return waitMs
  }
}
