import type { OrganisationId, PersonId, SpaceId } from '../../model/ids.ts'
import { equal, idOf, organisationId, type ContractCase } from './contract-case.ts'
import type { KnownPeople, PeopleChange } from './people-storage.ts'

const spaceId = idOf<SpaceId>('space')
const otherSpaceId = idOf<SpaceId>('elsewhere')
const noor = idOf<PersonId>('noor')
const sem = idOf<PersonId>('sem')

type Card = PeopleChange['people'][number]
function card(id: PersonId, name: string, more: Partial<Card> = {}): Card {
  return { id, name, role: 'member', suspended: false, face: null, ...more }
}

const everybody: PeopleChange = {
  n: 4,
  whole: true,
  people: [card(noor, 'Noor'), card(sem, 'Sem')],
  members: [
    {
      spaceId,
      whole: true,
      members: [
        { personId: noor, role: 'owner' },
        { personId: sem, role: 'editor' },
      ],
    },
    { spaceId: otherSpaceId, whole: true, members: [{ personId: sem, role: 'owner' }] },
  ],
}

function shown({ people, members }: KnownPeople): readonly string[] {
  return [
    ...people.map(({ name, role, gone }) => `${name} ${role}${gone ? ' gone' : ''}`),
    ...members.map((member) => `${member.personId === noor ? 'Noor' : 'Sem'} in ${member.spaceId} ${member.role}`),
  ].toSorted()
}

function sameLines(known: KnownPeople, lines: readonly string[]): void {
  equal(shown(known), lines.toSorted())
}

/** Part of the laptop's contract. */
export const peopleStorageContract: readonly ContractCase[] = [
  {
    title: 'PP1 knows nobody and no number before the first message',
    async run({ storage }) {
      const { people } = storage.organisation(organisationId)
      equal(await people.number(), null)
      equal(await people.read(), { people: [], members: [] })
    },
  },
  {
    title: 'PP1 keeps people and members with their number, for every window',
    async run({ storage, otherWindow }) {
      await storage.organisation(organisationId).people.store(everybody)
      const { people } = otherWindow.organisation(organisationId)
      equal(await people.number(), 4)
      sameLines(await people.read(), [
        'Noor in ' + spaceId + ' owner',
        'Noor member',
        'Sem in ' + otherSpaceId + ' owner',
        'Sem in ' + spaceId + ' editor',
        'Sem member',
      ])
    },
  },
  {
    title: 'PP1 changes what a later message names and leaves the rest',
    async run({ storage }) {
      const { people } = storage.organisation(organisationId)
      await people.store(everybody)
      await people.store({
        n: 6,
        whole: false,
        people: [card(sem, 'Sem', { role: 'guest' })],
        members: [
          { spaceId, whole: false, members: [{ personId: sem, role: null }] },
          { spaceId: otherSpaceId, whole: false, members: [{ personId: noor, role: 'reader' }] },
        ],
      })
      equal(await people.number(), 6)
      sameLines(await people.read(), [
        'Noor in ' + otherSpaceId + ' reader',
        'Noor in ' + spaceId + ' owner',
        'Noor member',
        'Sem guest',
        'Sem in ' + otherSpaceId + ' owner',
      ])
    },
  },
  {
    title: 'PP1 keeps the names of those whom a whole list no longer names',
    async run({ storage }) {
      const { people } = storage.organisation(organisationId)
      await people.store(everybody)
      await people.store({ n: 9, whole: true, people: [card(noor, 'Noor')], members: [] })
      sameLines(await people.read(), ['Noor member', 'Sem member gone'])
    },
  },
  {
    title: 'takes the members of a space along when it is removed, and nobody of another organisation',
    async run({ storage }) {
      const [first, second] = [
        storage.organisation(organisationId),
        storage.organisation(idOf<OrganisationId>('second')),
      ]
      for (const organisation of [first, second]) await organisation.people.store(everybody)
      await first.removeSpace(spaceId)
      equal((await first.people.read()).members.length, 1)
      equal((await second.people.read()).members.length, 3)
    },
  },
]
