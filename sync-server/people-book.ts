import type { PersonId, SpaceId } from '../model/ids.ts'
import type { SpaceRole } from '../model/permission.ts'
import type { ServerMessage, SpaceMembers } from '../model/protocol/messages.ts'
import type { Person } from './reachers.ts'
import type { KnownMembership, KnownPerson } from './store/people-store.ts'
import type { Store } from './store/store.ts'

export type PeopleMessage = Extract<ServerMessage, { type: 'people' }>

type Viewer = Pick<Person, 'personId' | 'organisationRole' | 'roles'>

/** Told after everybody's rights are what the book says. */
export interface PeopleReader {
  peopleChanged(): void
}

/** Everybody and who belongs where, in memory, with the number of each last change: what laptops lack is read off here (PP1). */
export class PeopleBook {
  readonly readers = new Set<PeopleReader>()
  readonly #store: Store
  readonly #people = new Map<PersonId, KnownPerson>()
  readonly #members = new Map<SpaceId, Map<PersonId, KnownMembership>>()
  #n = 0
  #refreshing: Promise<void> = Promise.resolve()

  constructor(store: Store) {
    this.#store = store
  }

  get n(): number {
    return this.#n
  }

  person(id: PersonId): KnownPerson | undefined {
    return this.#people.get(id)
  }

  /** Who is a member now. */
  membersOf(spaceId: SpaceId): readonly KnownMembership[] {
    return [...(this.#members.get(spaceId)?.values() ?? [])].filter(({ role }) => role !== null)
  }

  roleIn(spaceId: SpaceId, personId: PersonId): SpaceRole | null {
    return this.#members.get(spaceId)?.get(personId)?.role ?? null
  }

  /** Reads what the store has beyond the book, and tells the readers where there was something. One at a time. */
  refresh(): Promise<void> {
    this.#refreshing = this.#refreshing.catch(() => undefined).then(() => this.#read())
    return this.#refreshing
  }

  async #read(): Promise<void> {
    const { n, people, memberships } = await this.#store.peopleAfter(this.#n)
    for (const person of people) this.#people.set(person.personId, person)
    for (const membership of memberships) {
      const members = this.#members.get(membership.spaceId) ?? new Map<PersonId, KnownMembership>()
      this.#members.set(membership.spaceId, members)
      members.set(membership.personId, membership)
    }
    if (n === this.#n) return
    this.#n = n
    for (const reader of this.readers) reader.peopleChanged()
  }

  /** What this person may see of the changes after `after` (null: of everything); null where there is nothing. */
  changesFor(viewer: Viewer, after: number | null): PeopleMessage | null {
    const own = this.#people.get(viewer.personId)
    // Another role in the organisation changes what one may see of everybody.
    const whole = after === null || (own !== undefined && own.n > after)
    const from = whole ? 0 : after
    const members = this.#membersFor(viewer, from, whole)
    const people = this.#cardsFor(viewer, from, members)
    if (!whole && people.length === 0 && members.length === 0) return null
    return { type: 'people', n: this.#n, whole, people, members }
  }

  /** What changed of the members of one's spaces; all members where one came in after `from`. */
  #membersFor({ personId: viewerId, roles }: Viewer, from: number, whole: boolean): readonly SpaceMembers[] {
    const spaces: SpaceMembers[] = []
    for (const spaceId of roles.keys()) {
      const all = [...(this.#members.get(spaceId)?.values() ?? [])]
      const isNew = whole || all.some(({ personId, n }) => personId === viewerId && n > from)
      const sent = isNew ? all.filter(({ role }) => role !== null) : all.filter(({ n }) => n > from)
      if (sent.length === 0) continue
      spaces.push({ spaceId, whole: isNew, members: sent.map(({ personId, role }) => ({ personId, role })) })
    }
    return spaces
  }

  /** Cards that changed, and those of everybody who is named as a member. */
  #cardsFor(viewer: Viewer, from: number, named: readonly SpaceMembers[]): PeopleMessage['people'] {
    const inSight = new Set<PersonId>()
    for (const spaceId of viewer.roles.keys()) {
      for (const { personId, role } of this.#members.get(spaceId)?.values() ?? [])
        if (role !== null) inSight.add(personId)
    }
    const fresh = new Set(named.flatMap(({ members }) => members.map(({ personId }) => personId)))
    const isGuest = viewer.organisationRole === 'guest'
    return [...this.#people.values()]
      .filter(({ personId, role, n }) => {
        const maySee = inSight.has(personId) || (!isGuest && role !== 'guest')
        return maySee && (n > from || fresh.has(personId))
      })
      .map(({ personId, name, role, suspended, face }) => ({ personId, name, role, suspended, face }))
  }
}
