import type { PersonId, SpaceId } from '../../model/ids.ts'
import { deriveFrom } from './live.ts'
import type { OpenOrganisation } from './organisation.ts'
import type { People, PersonCard, SpaceMember } from './people.ts'
import type { Live } from './plein.ts'

/** The people of the organisation that is open in this window. */
export class WindowPeople implements People {
  readonly all: Live<readonly PersonCard[]>
  readonly me: Live<PersonCard | null>
  readonly #open: Live<OpenOrganisation | null>

  constructor(open: Live<OpenOrganisation | null>) {
    this.#open = open
    this.me = deriveFrom<OpenOrganisation | null, PersonCard | null>(
      open,
      (organisation, previous) => {
        if (organisation === null) return null
        return previous?.id === organisation.record.personId ? previous : ownCard(organisation)
      },
      () => [],
    )
    this.all = deriveFrom<OpenOrganisation | null, readonly PersonCard[]>(
      open,
      (_, previous) => {
        const me = this.me.snapshot()
        return previous !== undefined && previous[0] === me ? previous : me === null ? [] : [me]
      },
      () => [],
    )
  }

  person(id: PersonId): Live<PersonCard | null> {
    return deriveFrom<OpenOrganisation | null, PersonCard | null>(
      this.#open,
      () => (this.me.snapshot()?.id === id ? this.me.snapshot() : null),
      () => [],
    )
  }

  members(spaceId: SpaceId): Live<readonly SpaceMember[]> {
    return deriveFrom<OpenOrganisation | null, readonly SpaceMember[]>(
      this.#open,
      (organisation, previous) => {
        const role = organisation?.lists.space(spaceId)?.role
        const person = this.me.snapshot()
        if (previous?.[0]?.person === person && previous?.[0]?.role === role) return previous ?? []
        return role === undefined || person === null ? [] : [{ person, role }]
      },
      (organisation, invalidate) => [organisation?.lists.subscribe(invalidate)],
    )
  }
}

function ownCard({ record }: OpenOrganisation): PersonCard {
  const { personId: id, personName: name, role } = record
  return { id, name, role, suspended: false, face: null, isMe: true, isFormer: false }
}
