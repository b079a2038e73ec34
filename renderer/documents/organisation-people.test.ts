import { describe, expect, it } from 'vitest'
import type { PersonId, SpaceId } from '../../model/ids.ts'
import type { OrganisationRole } from '../../model/permission.ts'
import { drawPeople } from './organisation-people.ts'

const [me, colleague, guest] = ['me', 'colleague', 'guest'].map((name) => name.padEnd(26, 'a') as PersonId) as [
  PersonId,
  PersonId,
  PersonId,
]
const space = 'space'.padEnd(26, 'a') as SpaceId

const card = (id: PersonId, name: string, role: OrganisationRole = 'member') =>
  ({ id, name, role, suspended: false, face: null, gone: false }) as const

const everybody = [card(me, 'Noor'), card(colleague, 'Ilse'), card(guest, 'Petra', 'guest')]
const names = (drawn: ReturnType<typeof drawPeople>) => drawn.all.map(({ name }) => name)

describe('people on this laptop', () => {
  it('PP2 lists colleagues by name, then the guests with whom one shares a space', () => {
    const together = [
      { spaceId: space, personId: me, role: 'editor' },
      { spaceId: space, personId: guest, role: 'reader' },
    ] as const
    expect(names(drawPeople(undefined, { people: everybody, members: together }, me))).toEqual([
      'Ilse',
      'Noor',
      'Petra',
    ])
    const apart = drawPeople(undefined, { people: everybody, members: together.slice(0, 1) }, me)
    expect(names(apart)).toEqual(['Ilse', 'Noor'])
    expect(apart.cards.get(guest)).toMatchObject({ name: 'Petra', isFormer: true })
  })

  it('PP2 shows a guest nobody but the people of their own spaces', () => {
    const members = [{ spaceId: space, personId: guest, role: 'reader' }] as const
    const drawn = drawPeople(undefined, { people: everybody, members }, guest)
    expect(names(drawn)).toEqual(['Petra'])
    expect(drawn.cards.get(colleague)).toMatchObject({ isFormer: true })
  })

  it('lists owners first and keeps what did not change as the same object', () => {
    const members = [
      { spaceId: space, personId: me, role: 'owner' },
      { spaceId: space, personId: colleague, role: 'editor' },
    ] as const
    const before = drawPeople(undefined, { people: everybody, members }, me)
    expect(before.members.get(space)?.map(({ person, role }) => `${person.name} ${role}`)).toEqual([
      'Noor owner',
      'Ilse editor',
    ])
    const after = drawPeople(before, { people: everybody.map((each) => ({ ...each })), members: [...members] }, me)
    expect(after.all).toBe(before.all)
    expect(after.members.get(space)).toBe(before.members.get(space))
    const renamed = [card(me, 'Noor'), card(colleague, 'Ilse Hendriks')]
    const later = drawPeople(before, { people: renamed, members }, me)
    expect(later.cards.get(me)).toBe(before.cards.get(me))
    expect(later.cards.get(colleague)?.name).toBe('Ilse Hendriks')
  })
})
