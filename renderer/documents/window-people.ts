import type { PersonId, SpaceId } from '../../model/ids.ts'
import { deriveFrom } from './live.ts'
import type { OpenOrganisation } from './organisation.ts'
import type { OrganisationPeople } from './organisation-people.ts'
import type { People, PersonCard, SpaceMember } from './people.ts'
import type { Live } from './plein.ts'

type Drawn = ReturnType<OrganisationPeople['drawn']['snapshot']>
const none: readonly never[] = []

/** The people of the organisation that is open in this window. */
export class WindowPeople implements People {
  readonly all: Live<readonly PersonCard[]>
  readonly me: Live<PersonCard | null>
  readonly #open: Live<OpenOrganisation | null>

  constructor(open: Live<OpenOrganisation | null>) {
    this.#open = open
    this.all = this.#read<readonly PersonCard[]>(none, ({ all }) => all)
    this.me = this.#read<PersonCard | null>(null, ({ cards }, ownId) => cards.get(ownId) ?? null)
  }

  person(id: PersonId): Live<PersonCard | null> {
    return this.#read<PersonCard | null>(null, ({ cards }) => cards.get(id) ?? null)
  }

  members(spaceId: SpaceId): Live<readonly SpaceMember[]> {
    return this.#read<readonly SpaceMember[]>(none, ({ members }) => members.get(spaceId) ?? none)
  }

  #read<T>(missing: T, read: (drawn: Drawn, ownId: PersonId) => T): Live<T> {
    return deriveFrom<OpenOrganisation | null, T>(
      this.#open,
      (organisation) =>
        organisation === null ? missing : read(organisation.people.drawn.snapshot(), organisation.record.personId),
      (organisation, invalidate) => [organisation?.people.drawn.subscribe(invalidate)],
    )
  }
}
