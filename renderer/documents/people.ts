import type { FileHash, PersonId, SpaceId } from '../../model/ids.ts'
import type { OrganisationRole, SpaceRole } from '../../model/permission.ts'
import type { Live } from './plein.ts'

/** What one may know of a person. The same object until something in it changes. */
export interface PersonCard {
  readonly id: PersonId
  readonly name: string
  readonly role: OrganisationRole
  readonly suspended: boolean
  /** A picture by its hash; null: one is drawn from the name. */
  readonly face: FileHash | null
  readonly isMe: boolean
  /** No longer here, or no longer in a space that one shares: known only as the name at what they wrote. */
  readonly isFormer: boolean
}

export interface SpaceMember {
  readonly person: PersonCard
  readonly role: SpaceRole
}

/**
 * Everybody whom this person may see, on this laptop, without a network: all colleagues, and guests in the spaces that one
 * shares with them; a guest sees the people of their own spaces only.
 */
export interface People {
  /** Colleagues first, then guests, by name; without those who are former. */
  readonly all: Live<readonly PersonCard[]>
  readonly me: Live<PersonCard | null>
  /** Also those who are former; null for somebody who is unknown here. */
  person(id: PersonId): Live<PersonCard | null>
  /** Owners first, then by name. Empty where one is not a member. */
  members(spaceId: SpaceId): Live<readonly SpaceMember[]>
}
