import { mustParseId, type PersonId, type SpaceId } from '../../model/ids.ts'
import type { OrganisationRole, SpaceRole } from '../../model/permission.ts'
import { Cell, Cells } from './fake-cell.ts'
import type { People, PersonCard, SpaceMember } from './people.ts'
import type { Live, Me, PresentPerson } from './plein.ts'

/** The id of somebody of the fake: their first name, as far as letters go. */
export function fakePersonId(name: string): PersonId {
  const letters = name.toLowerCase().replace(/[^a-z]/g, '')
  return mustParseId<PersonId>(letters.padEnd(26, 'a').slice(0, 26))
}

const colleagues: readonly (readonly [first: string, name: string, role: OrganisationRole])[] = [
  ['fatima', 'Fatima El Amrani', 'member'],
  ['ilse', 'Ilse Hendriks', 'community-manager'],
  ['joris', 'Joris van Dam', 'member'],
  ['kees', 'Kees Bakker', 'member'],
  ['sem', 'Sem Jansen', 'member'],
  ['aylin', 'Aylin Yıldız', 'member'],
  ['mohammed', 'Mohammed Bouzid', 'member'],
  ['wil', 'Wil de Groot', 'member'],
  ['petra', 'Petra Visser', 'guest'],
]

/** People of the municipality of the pictures. `setMember` lets the other fakes change who belongs where. */
export class FakePeople implements People {
  readonly all: Cell<readonly PersonCard[]>
  readonly me: Cell<PersonCard | null>
  readonly #cards: readonly PersonCard[]
  readonly #roles = new Map<SpaceId, Map<PersonId, SpaceRole>>()
  readonly #people: Cells<PersonId, PersonCard | null>
  readonly #members: Cells<SpaceId, readonly SpaceMember[]>

  constructor(me: Me, isAlone: boolean) {
    const own = { ...cardOf(me.id, me.name, me.role), isMe: true }
    const others = isAlone ? [] : colleagues.map(([first, name, role]) => cardOf(fakePersonId(first), name, role))
    this.#cards = [own, ...others].toSorted(
      (a, b) => Number(a.role === 'guest') - Number(b.role === 'guest') || a.name.localeCompare(b.name),
    )
    this.all = new Cell(this.#cards)
    this.me = new Cell<PersonCard | null>(own)
    this.#people = new Cells((id) => this.#cards.find((card) => card.id === id) ?? null)
    this.#members = new Cells((spaceId) => this.#membersOf(spaceId))
  }

  person(id: PersonId): Live<PersonCard | null> {
    return this.#people.get(id)
  }

  members(spaceId: SpaceId): Live<readonly SpaceMember[]> {
    return this.#members.get(spaceId)
  }

  /** A space of which the person is a member in this role; some colleagues are there as well, unless it is personal. */
  fill(spaceId: SpaceId, role: SpaceRole, isPersonal: boolean): void {
    const roles = new Map<PersonId, SpaceRole>()
    for (const [place, card] of this.#cards.entries()) {
      if (card.isMe) roles.set(card.id, role)
      else if (!isPersonal && place % 3 !== 2) roles.set(card.id, place === 0 ? 'owner' : 'editor')
    }
    this.#roles.set(spaceId, roles)
    this.#members.readAgain()
  }

  setMember(spaceId: SpaceId, personId: PersonId, role: SpaceRole | null): void {
    const roles = this.#roles.get(spaceId) ?? new Map<PersonId, SpaceRole>()
    if (role === null) roles.delete(personId)
    else roles.set(personId, role)
    this.#roles.set(spaceId, roles)
    this.#members.readAgain()
  }

  #membersOf(spaceId: SpaceId): readonly SpaceMember[] {
    const roles = this.#roles.get(spaceId) ?? new Map<PersonId, SpaceRole>()
    return this.#cards
      .flatMap((person) => {
        const role = roles.get(person.id)
        return role === undefined ? [] : [{ person, role }]
      })
      .toSorted((a, b) => Number(b.role === 'owner') - Number(a.role === 'owner'))
  }
}

function cardOf(id: PersonId, name: string, role: OrganisationRole): PersonCard {
  return { id, name, role, suspended: false, face: null, isMe: false, isFormer: false }
}

/** Who looks at the page of the pictures. */
export const fakePresent: readonly PresentPerson[] = [
  { personId: fakePersonId('sem'), name: 'Sem Jansen', colour: 'delft' },
  { personId: fakePersonId('fatima'), name: 'Fatima El Amrani', colour: 'plum' },
  { personId: fakePersonId('joris'), name: 'Joris van Dam', colour: 'brick' },
]

/** Who signs in with the fake. */
export const fakeNoor: Me = {
  id: fakePersonId('noor'),
  name: 'Noor de Wit',
  email: 'noor@oeverdam.example',
  role: 'administrator',
}
