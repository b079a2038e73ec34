export interface AttemptPolicy {
  /** Attempts without any wait. */
  readonly free: number
  /** The wait after the first attempt beyond; doubles with each further one. */
  readonly firstDelayMs: number
  readonly maxDelayMs: number
  /** A key that is left alone this long begins anew. */
  readonly forgetAfterMs: number
}

interface Attempts {
  readonly count: number
  readonly blockedUntilMs: number
  readonly lastMs: number
}

/** Bounded: whoever invents keys pushes out the ones untouched longest, which are their own. */
const maxKeys = 20_000

/**
 * Lets a key (an address, an e-mail) try a few times, then less and less often. An attempt counts before its outcome is
 * known, so that a hundred at once are a hundred; a success gives its own attempt back.
 */
export class AttemptLimiter {
  readonly #policy: AttemptPolicy
  readonly #now: () => number
  readonly #keys = new Map<string, Attempts>()

  constructor(policy: AttemptPolicy, now: () => number) {
    this.#policy = policy
    this.#now = now
  }

  /** How long to wait before the next attempt; 0 when this one may go on, and then it counts. */
  take(key: string): number {
    const now = this.#now()
    const known = this.#keys.get(key)
    const attempts = known !== undefined && now - known.lastMs < this.#policy.forgetAfterMs ? known : undefined
    if (attempts !== undefined && attempts.blockedUntilMs > now) return attempts.blockedUntilMs - now
    const count = (attempts?.count ?? 0) + 1
    this.#keep(key, { count, blockedUntilMs: now + this.#delayAfter(count), lastMs: now })
    return 0
  }

  /** The attempt turned out well: it no longer counts. Earlier failures do, so that one's own account gives no second wind. */
  refund(key: string): void {
    const attempts = this.#keys.get(key)
    if (attempts === undefined) return
    const count = attempts.count - 1
    if (count <= 0) this.#keys.delete(key)
    else this.#keep(key, { ...attempts, count, blockedUntilMs: 0 })
  }

  /** Forgets all failures of a key: its owner has proved who they are. */
  forgive(key: string): void {
    this.#keys.delete(key)
  }

  #delayAfter(count: number): number {
    const { free, firstDelayMs, maxDelayMs } = this.#policy
    return count < free ? 0 : Math.min(maxDelayMs, firstDelayMs * 2 ** Math.min(count - free, 30))
  }

  #keep(key: string, attempts: Attempts): void {
    this.#keys.delete(key)
    this.#keys.set(key, attempts)
    if (this.#keys.size <= maxKeys) return
    const oldest = this.#keys.keys().next()
    if (oldest.done !== true) this.#keys.delete(oldest.value)
  }
}

/** Addresses as limits see them: an IPv6 household has a whole /64 to choose from. */
export function addressKey(address: string): string {
  const plain = address.replace(/^::ffff:(?=\d+\.)/, '')
  return plain.includes(':') ? `${expand(plain).slice(0, 4).join(':')}::/64` : plain
}

function expand(address: string): readonly string[] {
  const [head = '', tail] = address.split('::')
  const before = head === '' ? [] : head.split(':')
  const after = tail === undefined || tail === '' ? [] : tail.split(':')
  const zeros = tail === undefined ? 0 : Math.max(0, 8 - before.length - after.length)
  return [...before, ...Array.from({ length: zeros }, () => '0'), ...after]
}
