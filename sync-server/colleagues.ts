import type { PersonId, SpaceId } from '../model/ids.ts'
import type { Schedule } from './sync-options.ts'

/** An open page of one device, which shows how many colleagues have what was written. */
export interface ReceiptWatcher {
  readonly spaceId: SpaceId
  readonly personId: PersonId
  /** The feed number that their devices must have reached. */
  readonly receiptN: number
  colleaguesChanged(people: number): void
}

/** Counting waits this long for more news: a page that many have open is counted once for all that they take in meanwhile. */
const countAfterMs = 300

/**
 * The third receipt: how many colleagues have what was written on a device of theirs. Devices say up to which feed number they
 * hold everything of a space, content included. Kept in memory only: after a restart those count who have come back, so the
 * number may be too low for a while and never too high. It is a number, never a name, and says nothing of who has read.
 */
export class Colleagues {
  readonly #schedule: Schedule
  readonly #held = new Map<SpaceId, Map<PersonId, number>>()
  readonly #watchers = new Map<SpaceId, Set<ReceiptWatcher>>()
  readonly #counting = new Set<SpaceId>()

  constructor(schedule: Schedule) {
    this.#schedule = schedule
  }

  /** A device of the person holds everything of the space up to `n`. */
  holds(spaceId: SpaceId, personId: PersonId, n: number): void {
    const people = this.#held.get(spaceId) ?? new Map<PersonId, number>()
    this.#held.set(spaceId, people)
    if ((people.get(personId) ?? -1) >= n) return
    people.set(personId, n)
    this.countSoon(spaceId)
  }

  /** The person may read the space no longer: their devices drop it. */
  forget(spaceId: SpaceId, personId: PersonId): void {
    if (this.#held.get(spaceId)?.delete(personId) === true) this.countSoon(spaceId)
  }

  watch(watcher: ReceiptWatcher): () => void {
    const watchers = this.#watchers.get(watcher.spaceId) ?? new Set()
    this.#watchers.set(watcher.spaceId, watchers)
    watchers.add(watcher)
    this.countSoon(watcher.spaceId)
    return () => {
      watchers.delete(watcher)
      if (watchers.size === 0 && this.#watchers.get(watcher.spaceId) === watchers)
        this.#watchers.delete(watcher.spaceId)
    }
  }

  countSoon(spaceId: SpaceId): void {
    if (this.#counting.has(spaceId) || !this.#watchers.has(spaceId)) return
    this.#counting.add(spaceId)
    this.#schedule(countAfterMs, () => {
      this.#counting.delete(spaceId)
      for (const watcher of this.#watchers.get(spaceId) ?? []) watcher.colleaguesChanged(this.#count(watcher))
    })
  }

  #count({ spaceId, personId, receiptN }: ReceiptWatcher): number {
    let people = 0
    for (const [other, n] of this.#held.get(spaceId) ?? []) if (other !== personId && n >= receiptN) people += 1
    return people
  }
}
