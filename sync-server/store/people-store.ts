import type { FileHash, PersonId, SpaceId } from '../../model/ids.ts'
import type { OrganisationRole, SpaceRole } from '../../model/permission.ts'

/** What others may know of a person. The directory decides it; the store keeps it for the laptops of all others. */
export interface PersonCard {
  readonly personId: PersonId
  readonly name: string
  readonly role: OrganisationRole
  readonly suspended: boolean
  readonly face: FileHash | null
}

/** `n`: the people number of its last change. */
export interface KnownPerson extends PersonCard {
  readonly n: number
}

/** `role` null: ended. */
export interface KnownMembership {
  readonly spaceId: SpaceId
  readonly personId: PersonId
  readonly role: SpaceRole | null
  readonly n: number
}

export interface PeopleChanges {
  /** The people number of this answer: nothing up to it is missing. */
  readonly n: number
  readonly people: readonly KnownPerson[]
  readonly memberships: readonly KnownMembership[]
}

/** Part of the store: cards and memberships under one number that rises with each change of them (PP1). */
export interface PeopleStore {
  /** Those that are new or different get the next people number; the others keep theirs. */
  putPeople(people: readonly PersonCard[]): Promise<void>
  /** What has a number above `after`, ended memberships included. */
  peopleAfter(after: number): Promise<PeopleChanges>
}
