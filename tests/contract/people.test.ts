import { describe, expect, it } from 'vitest'
import type { SpaceId } from '../../model/ids.ts'
import type { Identity } from '../../sync-server/sync-options.ts'
import type { FakeDevice } from './fake-device.ts'
import { FakeWorld, person } from './fake-world.ts'

const anna = person('anna')
const bram = person('bram')
const gast = person('gast', 'guest')
const gerda = person('gerda', 'guest')

function card({ personId, name, role }: Identity) {
  return { personId, name, role, suspended: false, face: null }
}

/** The names that a message of people holds, and who it says belongs to the space. */
function heard(device: FakeDevice, spaceId: SpaceId) {
  const message = device.last('people')
  const roles = new Map(
    message.members.find((space) => space.spaceId === spaceId)?.members.map((m) => [m.personId, m.role]),
  )
  return {
    whole: message.whole,
    names: message.people.map(({ name }) => name).toSorted(),
    roles: [anna, bram, gast, gerda].flatMap(({ personId, name }) =>
      roles.has(personId) ? [`${name} ${roles.get(personId) ?? 'ended'}`] : [],
    ),
  }
}

async function worldOfPeople(): Promise<FakeWorld> {
  const world = await FakeWorld.open()
  await world.server.putPeople([anna, bram, gast, gerda].map(card))
  return world
}

describe('people on laptops', () => {
  it('PP1 a new device hears of all colleagues, of guests in its spaces, and of the members of its spaces', async () => {
    const world = await worldOfPeople()
    const spaceId = await world.space([
      [anna, 'owner'],
      [gast, 'reader'],
    ])
    const device = await world.device(anna)
    expect(heard(device, spaceId)).toEqual({
      whole: true,
      names: ['anna', 'bram', 'gast'],
      roles: ['anna owner', 'gast reader'],
    })
  })

  it('PP2 a guest hears of the people in their own spaces and of nobody else', async () => {
    const world = await worldOfPeople()
    const spaceId = await world.space([
      [anna, 'owner'],
      [gast, 'reader'],
    ])
    await world.space([[bram, 'owner']])
    const device = await world.device(gast)
    expect(heard(device, spaceId).names).toEqual(['anna', 'gast'])
    expect(device.last('people').members.map((space) => space.spaceId)).toEqual([spaceId])
  })

  it('PP1 a device that knows a number hears only of what changed after it', async () => {
    const world = await worldOfPeople()
    const spaceId = await world.space([[anna, 'owner']])
    const { n } = (await world.device(anna)).last('people')
    await world.server.putPeople([{ ...card(bram), name: 'bram de boer' }])
    await world.server.grantSpace(gast.personId, spaceId, 'commenter')
    const device = await world.device(anna, { people: n })
    expect(heard(device, spaceId)).toEqual({
      whole: false,
      names: ['bram de boer', 'gast'],
      roles: ['gast commenter'],
    })
    const again = await world.device(anna, { people: device.last('people').n })
    expect(again.all('people')).toEqual([])
  })

  it('PP1 an open socket hears of a change within a second, who left included', async () => {
    const world = await worldOfPeople()
    const spaceId = await world.space([
      [anna, 'owner'],
      [bram, 'editor'],
    ])
    const device = await world.device(anna)
    await world.server.revokeSpace(bram.personId, spaceId)
    await world.clock.advance(1000)
    expect(heard(device, spaceId)).toEqual({ whole: false, names: ['bram'], roles: ['bram ended'] })
  })

  it('PP1 who comes into a space hears of all of its members, whenever they came', async () => {
    const world = await worldOfPeople()
    const spaceId = await world.space([
      [anna, 'owner'],
      [gast, 'reader'],
    ])
    const device = await world.device(bram)
    expect(heard(device, spaceId)).toEqual({ whole: true, names: ['anna', 'bram'], roles: [] })
    await world.server.grantSpace(bram.personId, spaceId, 'editor')
    await world.clock.advance(1000)
    expect(heard(device, spaceId).roles).toEqual(['anna owner', 'bram editor', 'gast reader'])
    expect(heard(device, spaceId).names).toContain('gast')
  })

  it('PP2 who becomes a colleague hears of all colleagues, and may do from then on what a colleague may', async () => {
    const world = await worldOfPeople()
    const device = await world.device(gerda)
    expect(device.last('people').people.map(({ name }) => name)).toEqual([])
    await world.server.putPeople([{ ...card(gerda), role: 'member' }])
    await world.clock.advance(1000)
    const { whole, people } = device.last('people')
    expect([whole, people.map(({ name }) => name).toSorted()]).toEqual([true, ['anna', 'bram', 'gerda']])
  })

  it('PP1 a number of another generation counts for nothing', async () => {
    const world = await worldOfPeople()
    const device = await world.device(anna, { people: 3, generation: 'another' })
    expect(device.last('people').whole).toBe(true)
  })
})
