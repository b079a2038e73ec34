import type { PersonId, SpaceId } from '../../model/ids.ts'
import type { KnownPeople, MemberRecord, PersonRecord } from '../storage/people-storage.ts'
import { keepSame, LiveValue } from './live.ts'
import type { OpenOrganisation } from './organisation.ts'
import type { PersonCard, SpaceMember } from './people.ts'

/** What screens read of people, made once per change. */
interface Drawn {
  readonly cards: ReadonlyMap<PersonId, PersonCard>
  readonly all: readonly PersonCard[]
  readonly members: ReadonlyMap<SpaceId, readonly SpaceMember[]>
}

const nobody: Drawn = { cards: new Map(), all: [], members: new Map() }

/** The people of an open organisation, in memory. Without a server there is one. */
export class OrganisationPeople {
  readonly drawn = new LiveValue<Drawn>(nobody)
  readonly #organisation: OpenOrganisation
  #isListening = false
  #loading = 0

  constructor(organisation: OpenOrganisation) {
    this.#organisation = organisation
  }

  /** Reads everything again, now and whenever it changed; a reading that was overtaken by a later one says nothing. */
  async load(): Promise<void> {
    const { storage, hasServer, link } = this.#organisation
    if (!this.#isListening) link.subscribe(({ type }) => void (type === 'people-changed' && this.load()))
    this.#isListening = true
    this.#loading += 1
    const turn = this.#loading
    const known = hasServer ? await storage.people.read() : await this.#alone()
    if (turn === this.#loading)
      this.drawn.set(drawPeople(this.drawn.snapshot(), known, this.#organisation.record.personId))
  }

  async #alone(): Promise<KnownPeople> {
    const { record, storage } = this.#organisation
    const { personId, personName: name, role } = record
    const people = [{ id: personId, name, role, suspended: false, face: null, gone: false }]
    const members = (await storage.spaces()).map((space) => ({ spaceId: space.id, personId, role: space.role }))
    return { people, members }
  }
}

/** `before` is what was drawn last, so that what did not change stays the same object. */
export function drawPeople(before: Drawn | undefined, { people, members }: KnownPeople, ownId: PersonId): Drawn {
  const known = before ?? nobody
  const shared = new Set<PersonId>()
  for (const { personId } of members) shared.add(personId)
  const isGuest = people.find(({ id }) => id === ownId)?.role === 'guest'
  const cards = new Map<PersonId, PersonCard>()
  for (const person of people) {
    // Guests and colleagues see one another in the spaces that they share, and nowhere else.
    const isApart = (isGuest || person.role === 'guest') && !shared.has(person.id) && person.id !== ownId
    cards.set(person.id, keepSame(known.cards.get(person.id), cardOf(person, ownId, isApart)))
  }
  const all = [...cards.values()].filter(({ isFormer }) => !isFormer).toSorted(byRoleAndName)
  return { cards, all: keepSame(known.all, all), members: drawMembers(known, members, cards) }
}

function cardOf(
  { id, name, role, suspended, face, gone }: PersonRecord,
  ownId: PersonId,
  isApart: boolean,
): PersonCard {
  return { id, name, role, suspended, face, isMe: id === ownId, isFormer: gone || isApart }
}

function byRoleAndName(a: PersonCard, b: PersonCard): number {
  return Number(a.role === 'guest') - Number(b.role === 'guest') || byName(a, b)
}

function byName(a: PersonCard, b: PersonCard): number {
  return a.name.localeCompare(b.name) || (a.id < b.id ? -1 : 1)
}

function drawMembers(
  before: Drawn,
  members: readonly MemberRecord[],
  cards: ReadonlyMap<PersonId, PersonCard>,
): Drawn['members'] {
  const bySpace = new Map<SpaceId, readonly SpaceMember[]>()
  for (const [spaceId, list] of Map.groupBy(members, (member) => member.spaceId)) {
    const known = new Map((before.members.get(spaceId) ?? []).map((member) => [member.person.id, member]))
    const drawn = list
      .flatMap(({ personId, role }) => {
        const person = cards.get(personId)
        return person === undefined ? [] : [keepSame(known.get(personId), { person, role })]
      })
      .toSorted((a, b) => Number(b.role === 'owner') - Number(a.role === 'owner') || byName(a.person, b.person))
    bySpace.set(spaceId, keepSame(before.members.get(spaceId), drawn))
  }
  return bySpace
}
