import type { PersonId, SpaceId } from '../model/ids.ts'
import type { OrganisationRole, SpaceRole } from '../model/permission.ts'
import type { Reacher } from './access.ts'
import type { Store } from './store/store.ts'

/** A person who has a socket, with their roles as they are now. */
export class Person implements Reacher {
  readonly personId: PersonId
  organisationRole: OrganisationRole
  suspended = false
  readonly roles = new Map<SpaceId, SpaceRole>()
  sockets = 0

  constructor(personId: PersonId, organisationRole: OrganisationRole) {
    this.personId = personId
    this.organisationRole = organisationRole
  }

  roleIn(spaceId: string): SpaceRole | null {
    return this.roles.get(spaceId as SpaceId) ?? null
  }
}

/** People with sockets; one object per person, so that a change of rights reaches all of their sockets at once. */
export class Reachers {
  readonly #store: Store
  readonly #people = new Map<PersonId, Person>()
  /** Counts changes of memberships, so that an answer that was under way is not taken for the newest. */
  #changes = 0

  constructor(store: Store) {
    this.#store = store
  }

  /** For a new socket; give it back with `leave`. */
  async join(personId: PersonId, role: OrganisationRole): Promise<Person> {
    let person = this.#people.get(personId)
    while (person === undefined) {
      const changes = this.#changes
      const memberships = await this.#store.membershipsOf(personId)
      person = this.#people.get(personId)
      if (person !== undefined || changes !== this.#changes) continue
      person = new Person(personId, role)
      for (const membership of memberships) person.roles.set(membership.spaceId, membership.role)
      this.#people.set(personId, person)
    }
    person.organisationRole = role
    person.sockets += 1
    return person
  }

  leave(person: Person): void {
    person.sockets -= 1
    if (person.sockets === 0) this.#people.delete(person.personId)
  }

  get(personId: PersonId): Person | undefined {
    return this.#people.get(personId)
  }

  /** After the store has it. */
  changeRole(personId: PersonId, spaceId: SpaceId, role: SpaceRole | null): void {
    this.#changes += 1
    const person = this.#people.get(personId)
    if (role === null) person?.roles.delete(spaceId)
    else person?.roles.set(spaceId, role)
  }
}
