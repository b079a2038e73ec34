import type { FileHash, PersonId, SpaceId } from '../../model/ids.ts'
import type { OrganisationRole, SpaceRole } from '../../model/permission.ts'

/** What this laptop knows of a person. It stays when they are out of sight: what they wrote keeps its name. */
export interface PersonRecord {
  readonly id: PersonId
  readonly name: string
  readonly role: OrganisationRole
  readonly suspended: boolean
  readonly face: FileHash | null
  /** The server named everybody and this person no more. */
  readonly gone: boolean
}

export interface MemberRecord {
  readonly spaceId: SpaceId
  readonly personId: PersonId
  readonly role: SpaceRole
}

/** What one message of the server changes (PP1). */
export interface PeopleChange {
  /** The people number that is reached with it. */
  readonly n: number
  /** Everybody there is; else what changed. */
  readonly whole: boolean
  readonly people: readonly Omit<PersonRecord, 'gone'>[]
  readonly members: readonly {
    readonly spaceId: SpaceId
    readonly whole: boolean
    readonly members: readonly { readonly personId: PersonId; readonly role: SpaceRole | null }[]
  }[]
}

export interface KnownPeople {
  readonly people: readonly PersonRecord[]
  readonly members: readonly MemberRecord[]
}

/** People and who belongs where, on this laptop. A space that is removed takes its members with it. */
export interface PeopleStorage {
  /** The people number up to which everything is here; null before the first. */
  number(): Promise<number | null>
  /** One strict transaction: all of it, with its number, or nothing. */
  store(change: PeopleChange): Promise<void>
  read(): Promise<KnownPeople>
}

export const peopleNumberSetting = 'people-number'

/** The card as it is kept after a change. */
export function storedPerson({ id, name, role, suspended, face }: PeopleChange['people'][number]): PersonRecord {
  return { id, name, role, suspended, face, gone: false }
}
