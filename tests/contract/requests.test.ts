import { describe, expect, it } from 'vitest'
import type { PersonId, RequestId, SpaceId } from '../../model/ids.ts'
import { encodeAsk } from '../../model/parse-ask.ts'
import type { SpaceRole } from '../../model/permission.ts'
import type { Ask, NewSpace, SpaceChange } from '../../model/request.ts'
import { MemoryStore } from '../../sync-server/store/memory-store.ts'
import { StoreTrouble } from '../../sync-server/store/store.ts'
import type { Identity } from '../../sync-server/sync-options.ts'
import type { FakeDevice } from './fake-device.ts'
import { FakeWorld, mint, person } from './fake-world.ts'

const anna = person('anna')
const bram = person('bram')
const cato = person('cato')
const gast = person('gast', 'guest')

async function worldOfPeople(store = new MemoryStore()): Promise<FakeWorld> {
  const world = await FakeWorld.open({ store })
  const cards = [anna, bram, cato, gast].map(({ personId, name, role }) => ({ personId, name, role }))
  await world.server.putPeople(cards.map((card) => ({ ...card, suspended: false, face: null })))
  return world
}

/** Asks, and answers how it stands afterwards. */
async function ask(world: FakeWorld, device: FakeDevice, what: Ask, requestId = mint<RequestId>()): Promise<string> {
  device.send({ type: 'request', requestId, ask: encodeAsk(what) })
  await world.clock.advance(200)
  return stateOf(device, requestId)
}

function stateOf(device: FakeDevice, requestId: RequestId): string {
  const answers = device.all('answers').flatMap((message) => message.answers)
  const last = answers.findLast((answer) => answer.requestId === requestId)
  return last === undefined ? 'unanswered' : (last.reason ?? last.state)
}

const roleOf = async (world: FakeWorld, { personId }: Identity, spaceId: SpaceId): Promise<SpaceRole | null> =>
  (await world.server.membershipsOf(personId)).find((each) => each.spaceId === spaceId)?.role ?? null

async function teamOf(world: FakeWorld, change: SpaceChange = {}): Promise<SpaceId> {
  const spaceId = await world.space([[anna, 'owner']])
  await world.server.changeSpace(spaceId, change)
  return spaceId
}

const newSpace = (more: Partial<NewSpace> = {}): NewSpace => ({
  ...{ spaceId: mint<SpaceId>(), kind: 'project', name: 'Nieuwe kade', description: 'Van hout', icon: 'boat' },
  ...{ joining: 'ask', parent: null },
  ...more,
})

describe('joining and leaving', () => {
  it('RQ1 lets a colleague into an open space at once, who writes along from then on', async () => {
    const world = await worldOfPeople()
    const spaceId = await teamOf(world, { joining: 'open' })
    const device = await world.device(bram)
    expect(device.last('joinable').spaces).toMatchObject([{ spaceId, joining: 'open', memberCount: 1 }])
    expect(await ask(world, device, { type: 'join-space', spaceId })).toBe('accepted')
    expect(device.last('granted').space).toMatchObject({ spaceId, role: 'editor' })
    expect(device.last('joinable').spaces).toEqual([])
    expect(await ask(world, device, { type: 'join-space', spaceId })).toBe('already-member')
  })

  it('RQ4 lays a request for a space that asks before its owners, who see it and say yes', async () => {
    const world = await worldOfPeople()
    const spaceId = await teamOf(world, { joining: 'ask' })
    const [owner, device] = [await world.device(anna), await world.device(bram)]
    const requestId = mint<RequestId>()
    expect(await ask(world, device, { type: 'join-space', spaceId }, requestId)).toBe('asked')
    expect(owner.last('open-asks').asks).toMatchObject([
      { requestId, spaceId, personId: bram.personId, type: 'join-space', role: 'editor' },
    ])
    expect(await roleOf(world, bram, spaceId)).toBeNull()
    expect(await ask(world, owner, { type: 'decide-ask', requestId, isGranted: true })).toBe('accepted')
    expect(stateOf(device, requestId)).toBe('accepted')
    expect(device.last('granted').space).toMatchObject({ spaceId, role: 'editor' })
    expect(owner.last('open-asks').asks).toEqual([])
    expect(await ask(world, owner, { type: 'decide-ask', requestId, isGranted: false })).toBe('already-decided')
  })

  it('RQ4 tells who asked that the owner said no, and nobody but an owner may say anything', async () => {
    const world = await worldOfPeople()
    const spaceId = await teamOf(world, { joining: 'ask' })
    await world.server.grantSpace(cato.personId, spaceId, 'editor')
    const [owner, editor, device] = [await world.device(anna), await world.device(cato), await world.device(bram)]
    const requestId = mint<RequestId>()
    await ask(world, device, { type: 'join-space', spaceId }, requestId)
    expect(editor.last('open-asks').asks).toEqual([])
    expect(await ask(world, editor, { type: 'decide-ask', requestId, isGranted: true })).toBe('unknown-request')
    await ask(world, owner, { type: 'decide-ask', requestId, isGranted: false })
    expect(stateOf(device, requestId)).toBe('declined')
    expect(await roleOf(world, bram, spaceId)).toBeNull()
  })

  it('RQ4 answers what somebody asked when an owner adds them by another way', async () => {
    const world = await worldOfPeople()
    const spaceId = await teamOf(world, { joining: 'ask' })
    const [owner, device] = [await world.device(anna), await world.device(bram)]
    const requestId = mint<RequestId>()
    await ask(world, device, { type: 'join-space', spaceId }, requestId)
    await ask(world, owner, { type: 'set-member', spaceId, personId: bram.personId, role: 'owner' })
    expect(stateOf(device, requestId)).toBe('accepted')
    expect(await roleOf(world, bram, spaceId)).toBe('owner')
  })

  it('RQ4 tells nobody of a closed space, of an archived one, or of a section whose space they are not in', async () => {
    const world = await worldOfPeople()
    const closed = await teamOf(world, { joining: 'closed' })
    const archived = await teamOf(world, { joining: 'open', archived: true })
    const parent = await teamOf(world, { joining: 'closed' })
    const owner = await world.device(anna)
    const section = newSpace({ parent, joining: 'open' })
    expect(await ask(world, owner, { type: 'create-space', ...section })).toBe('accepted')
    const device = await world.device(bram)
    expect(device.last('joinable').spaces).toEqual([])
    for (const spaceId of [closed, archived, section.spaceId, mint<SpaceId>()])
      expect(await ask(world, device, { type: 'join-space', spaceId })).toBe('unknown-space')
    await world.server.grantSpace(bram.personId, parent, 'reader')
    await world.clock.advance(200)
    expect(device.last('joinable').spaces).toMatchObject([{ spaceId: section.spaceId }])
  })

  it('PE9 a guest joins nothing, and makes no space', async () => {
    const world = await worldOfPeople()
    const spaceId = await teamOf(world, { joining: 'open' })
    const device = await world.device(gast)
    expect(device.last('joinable').spaces).toEqual([])
    expect(await ask(world, device, { type: 'join-space', spaceId })).toBe('forbidden')
    expect(await ask(world, device, { type: 'create-space', ...newSpace() })).toBe('forbidden')
  })

  it('lets a member leave, whose laptop drops the space, but never the last owner', async () => {
    const world = await worldOfPeople()
    const spaceId = await teamOf(world)
    await world.server.grantSpace(bram.personId, spaceId, 'editor')
    const [owner, device] = [await world.device(anna), await world.device(bram)]
    expect(await ask(world, device, { type: 'leave-space', spaceId })).toBe('accepted')
    expect(device.last('revoked')).toMatchObject({ spaceId })
    expect(await ask(world, device, { type: 'leave-space', spaceId })).toBe('not-a-member')
    expect(await ask(world, owner, { type: 'leave-space', spaceId })).toBe('last-owner')
    expect(await roleOf(world, anna, spaceId)).toBe('owner')
  })
})

describe('roles', () => {
  it('RQ4 lays the wish for another role before the owners', async () => {
    const world = await worldOfPeople()
    const spaceId = await teamOf(world)
    await world.server.grantSpace(bram.personId, spaceId, 'reader')
    const [owner, device] = [await world.device(anna), await world.device(bram)]
    const requestId = mint<RequestId>()
    expect(await ask(world, device, { type: 'ask-role', spaceId, role: 'reader' })).toBe('already-member')
    expect(await ask(world, device, { type: 'ask-role', spaceId, role: 'editor' }, requestId)).toBe('asked')
    expect(owner.last('open-asks').asks).toMatchObject([{ type: 'ask-role', role: 'editor' }])
    await ask(world, owner, { type: 'decide-ask', requestId, isGranted: true })
    expect(await roleOf(world, bram, spaceId)).toBe('editor')
    expect(device.last('granted').space).toMatchObject({ role: 'editor' })
  })

  it('lets owners alone set roles, of people who exist, and keeps the last owner', async () => {
    const world = await worldOfPeople()
    const spaceId = await teamOf(world)
    await world.server.grantSpace(cato.personId, spaceId, 'editor')
    const [owner, editor] = [await world.device(anna), await world.device(cato)]
    const set = (device: FakeDevice, { personId }: { personId: PersonId }, role: SpaceRole | null) =>
      ask(world, device, { type: 'set-member', spaceId, personId, role })
    expect(await set(editor, bram, 'reader')).toBe('forbidden')
    expect(await set(owner, { personId: mint<PersonId>() }, 'reader')).toBe('unknown-person')
    expect(await set(owner, anna, 'editor')).toBe('last-owner')
    expect(await set(owner, bram, null)).toBe('not-a-member')
    expect(await set(owner, gast, 'owner')).toBe('forbidden')
    expect(await set(owner, gast, 'commenter')).toBe('accepted')
    expect(await set(owner, cato, 'owner')).toBe('accepted')
    expect(await set(owner, anna, 'reader')).toBe('accepted')
    expect(await set(owner, cato, 'reader')).toBe('forbidden')
  })
})

describe('spaces', () => {
  it('RQ3 makes a space with its tree and its owner, once, however often it is asked', async () => {
    const world = await worldOfPeople()
    const device = await world.device(bram)
    const space = newSpace()
    const requestId = mint<RequestId>()
    expect(await ask(world, device, { type: 'create-space', ...space }, requestId)).toBe('accepted')
    expect(await ask(world, device, { type: 'create-space', ...space }, requestId)).toBe('accepted')
    const { spaceId, kind, name, description, icon, joining } = space
    const granted = device.all('granted').filter((message) => message.space.spaceId === spaceId)
    expect(granted).toHaveLength(1)
    expect(granted[0]?.space).toMatchObject({ kind, name, description, icon, joining, role: 'owner', parent: null })
    expect(await world.server.documentsOf(spaceId)).toMatchObject([{ documentId: spaceId, kind: 'space' }])
    expect(await ask(world, device, { type: 'create-space', ...space })).toBe('space-taken')
  })

  it('makes a closed section for editors of its space only, and shows it to its own members only', async () => {
    const world = await worldOfPeople()
    const parent = await teamOf(world)
    await world.server.grantSpace(bram.personId, parent, 'editor')
    await world.server.grantSpace(cato.personId, parent, 'commenter')
    const [editor, commenter] = [await world.device(bram), await world.device(cato)]
    expect(await ask(world, commenter, { type: 'create-space', ...newSpace({ parent }) })).toBe('forbidden')
    const section = newSpace({ parent, joining: 'closed' })
    expect(await ask(world, editor, { type: 'create-space', ...section })).toBe('accepted')
    expect(editor.last('granted').space).toMatchObject({ spaceId: section.spaceId, parent })
    const owner = await world.device(anna)
    expect(owner.last('welcome').spaces.map(({ spaceId }) => spaceId)).toEqual([parent])
  })

  it('lets owners describe and archive, and tells all members', async () => {
    const world = await worldOfPeople()
    const spaceId = await teamOf(world)
    await world.server.grantSpace(bram.personId, spaceId, 'editor')
    const [owner, editor] = [await world.device(anna), await world.device(bram)]
    const change = (device: FakeDevice, what: SpaceChange) =>
      ask(world, device, { type: 'change-space', spaceId, change: what })
    expect(await change(editor, { name: 'Van ons' })).toBe('forbidden')
    expect(await change(owner, { name: 'Groen', description: 'Bomen', icon: 'tree', joining: 'open' })).toBe('accepted')
    const told = { name: 'Groen', description: 'Bomen', icon: 'tree', joining: 'open', archived: false, role: 'editor' }
    expect(editor.last('granted').space).toMatchObject(told)
    expect(await change(owner, { archived: true })).toBe('accepted')
    expect(await change(owner, { name: 'Anders' })).toBe('forbidden')
    expect(editor.last('granted').space).toMatchObject({ archived: true, name: 'Groen' })
    expect(await change(owner, { archived: false, name: 'Weer open' })).toBe('accepted')
  })
})

describe('answers', () => {
  it('RQ2 reach every device of the person, also one that comes back later, once', async () => {
    const world = await worldOfPeople()
    const spaceId = await teamOf(world, { joining: 'open' })
    const [phone, laptop] = [await world.device(bram), await world.device(bram)]
    const requestId = mint<RequestId>()
    await ask(world, phone, { type: 'join-space', spaceId }, requestId)
    expect(stateOf(laptop, requestId)).toBe('accepted')
    const { n } = laptop.last('answers')
    const late = await world.device(bram, { control: null })
    expect(stateOf(late, requestId)).toBe('accepted')
    const known = await world.device(bram, { control: n })
    expect(known.all('answers')).toEqual([])
    const other = await world.device(cato)
    expect(other.all('answers')).toEqual([])
  })

  it('RQ2 are the same when a request comes twice, whatever happened in between', async () => {
    const world = await worldOfPeople()
    const spaceId = await teamOf(world, { joining: 'open' })
    const requestId = mint<RequestId>()
    const device = await world.device(bram)
    await ask(world, device, { type: 'join-space', spaceId }, requestId)
    await ask(world, device, { type: 'leave-space', spaceId })
    const { n } = device.last('answers')
    const again = await world.device(bram, { control: n })
    expect(await ask(world, again, { type: 'join-space', spaceId }, requestId)).toBe('accepted')
    expect(await roleOf(world, bram, spaceId)).toBeNull()
    const thief = await world.device(cato)
    expect(await ask(world, thief, { type: 'join-space', spaceId }, requestId)).toBe('unanswered')
  })

  it('RQ1 say of what the server does not know or cannot read that it is so', async () => {
    const world = await worldOfPeople()
    const device = await world.device(bram)
    for (const [text, reason] of [
      ['{"type":"dance"}', 'unknown-kind'],
      ['{"type":"join-space"}', 'bad-input'],
      ['', 'bad-input'],
    ] as const) {
      const requestId = mint<RequestId>()
      device.send({ type: 'request', requestId, ask: text })
      await world.clock.advance(200)
      expect(stateOf(device, requestId)).toBe(reason)
    }
  })

  it('RQ3 wait while the store cannot commit, and nothing is done by halves', async () => {
    const store = new MemoryStore()
    const world = await worldOfPeople(store)
    const spaceId = await teamOf(world, { joining: 'open' })
    const device = await world.device(bram)
    store.failCommits(() => new StoreTrouble('full', 'full'))
    const requestId = mint<RequestId>()
    expect(await ask(world, device, { type: 'join-space', spaceId }, requestId)).toBe('unanswered')
    expect(await roleOf(world, bram, spaceId)).toBeNull()
    store.failCommits(null)
    await world.clock.advance(2000)
    expect(stateOf(device, requestId)).toBe('accepted')
    expect(await roleOf(world, bram, spaceId)).toBe('editor')
  })

  it('RQ2 survive a restart of the server', async () => {
    const world = await worldOfPeople()
    const spaceId = await teamOf(world, { joining: 'ask' })
    const requestId = mint<RequestId>()
    await ask(world, await world.device(bram), { type: 'join-space', spaceId }, requestId)
    await world.restart()
    const owner = await world.device(anna)
    expect(owner.last('open-asks').asks).toMatchObject([{ requestId }])
    await ask(world, owner, { type: 'decide-ask', requestId, isGranted: true })
    expect(stateOf(await world.device(bram), requestId)).toBe('accepted')
  })
})
