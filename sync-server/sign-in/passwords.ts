import { hash, verify } from '@node-rs/argon2'
import { apiLimits } from '../../model/api.ts'
import { isCommonPassword } from './common-passwords.ts'

// OWASP's recommendation for argon2id (19 MiB, 2 passes): about 20 ms on the 2-core machine where it was measured.
const options = { algorithm: 2, memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const

/** More than this at once would only take memory: two cores finish about 80 a second. */
const defaultMaxWaiting = 200

export type PasswordWeakness = 'too-short' | 'too-long' | 'too-common' | 'is-your-email'

/** Why a new password is refused; undefined for one that will do. No rules about which characters: length is what helps. */
export function weaknessOf(password: string, email: string): PasswordWeakness | undefined {
  const length = [...password].length
  if (length < apiLimits.passwordMinLength) return 'too-short'
  if (length > apiLimits.passwordMaxLength) return 'too-long'
  const plain = password.normalize('NFKC').toLowerCase()
  if (plain === email.trim().toLowerCase() || plain === email.trim().toLowerCase().split('@')[0]) return 'is-your-email'
  if (isCommonPassword(plain) || new Set(plain).size < 4) return 'too-common'
  return undefined
}

/** Hashes and checks passwords, two at a time: the rest of the server keeps a core, and memory stays bounded. */
export class Passwords {
  #running = 0
  readonly #waiting: (() => void)[] = []
  readonly #maxWaiting: number
  #decoy: Promise<string> | undefined

  constructor(maxWaiting = defaultMaxWaiting) {
    this.#maxWaiting = maxWaiting
  }

  hash(password: string): Promise<string> {
    return this.#inTurn(() => hash(normal(password), options))
  }

  /** With `stored` undefined (nobody has that e-mail) the same work is done and the answer is false, so that time tells nothing. */
  async matches(password: string, stored: string | undefined): Promise<boolean> {
    const digest = stored ?? (await (this.#decoy ??= this.hash('nobody has this password')))
    const isRight = await this.#inTurn(() => verify(digest, normal(password)))
    return isRight && stored !== undefined
  }

  /** Makes the decoy beforehand, so that the first unknown e-mail takes no longer than the second. */
  async prepare(): Promise<void> {
    await (this.#decoy ??= this.hash('nobody has this password'))
  }

  async #inTurn<T>(work: () => Promise<T>): Promise<T> {
    if (this.#running >= 2) {
      if (this.#waiting.length >= this.#maxWaiting) throw new PasswordsBusy()
      await new Promise<void>((resolve) => this.#waiting.push(resolve))
    } else {
      this.#running += 1
    }
    try {
      return await work()
    } finally {
      const next = this.#waiting.shift()
      if (next === undefined) this.#running -= 1
      else next()
    }
  }
}

/** So many people sign in at once that this one should try again in a moment. */
export class PasswordsBusy extends Error {
  override readonly name = 'PasswordsBusy'
}

/** The same password typed on another keyboard can be other code points. */
function normal(password: string): string {
  return password.normalize('NFKC')
}
