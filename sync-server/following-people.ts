import { encodeServerMessage } from '../model/protocol/codec.ts'
import type { Outgoing } from './outgoing.ts'
import type { PeopleBook, PeopleReader } from './people-book.ts'
import type { Person } from './reachers.ts'
import type { Schedule } from './sync-options.ts'

/** Changes of people come in bunches: an import, a new space with its members. */
const gatherMs = 100

/** People as one device follows them, from the number that it has stored (PP1). */
export class FollowingPeople implements PeopleReader {
  readonly #book: PeopleBook
  readonly #schedule: Schedule
  readonly #person: Person
  readonly #outgoing: Outgoing
  #sentTo: number | null
  #waiting: (() => void) | null = null

  constructor(
    parts: {
      readonly book: PeopleBook
      readonly schedule: Schedule
      readonly person: Person
      readonly outgoing: Outgoing
    },
    from: number | null,
  ) {
    this.#book = parts.book
    this.#schedule = parts.schedule
    this.#person = parts.person
    this.#outgoing = parts.outgoing
    // A number that the book never gave was another store's.
    this.#sentTo = from !== null && from <= parts.book.n ? from : null
    parts.book.readers.add(this)
    this.#send()
  }

  end(): void {
    this.#book.readers.delete(this)
    this.#waiting?.()
  }

  peopleChanged(): void {
    this.#waiting ??= this.#schedule(gatherMs, () => {
      this.#waiting = null
      this.#send()
    })
  }

  #send(): void {
    const changes = this.#book.changesFor(this.#person, this.#sentTo)
    this.#sentTo = this.#book.n
    if (changes !== null) this.#outgoing.send(encodeServerMessage(changes))
  }
}
