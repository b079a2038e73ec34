import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { DocumentId, OrganisationId, SpaceId } from '../../model/ids.ts'
import { encodeClientMessage } from '../../model/protocol/codec.ts'
import { slowReaderBytes } from '../../model/protocol/limits.ts'
import { protocolVersion } from '../../model/protocol/version.ts'
import { Writer } from './fake-device.ts'
import { mint, person } from './fake-world.ts'
import { openPageWorld } from './page-world.ts'

describe('the first frame', () => {
  it('PR4 is hello, answered with welcome: who this is, which store, which spaces', async () => {
    const { world, ann, spaceId } = await openPageWorld()
    const device = await world.device(ann)
    const [welcome] = device.heard()
    expect(welcome).toMatchObject({
      type: 'welcome',
      protocol: protocolVersion,
      generation: 'first',
      organisationName: 'Gemeente',
      personId: ann.personId,
      personName: 'Ann',
      role: 'member',
      spaces: [{ spaceId, kind: 'team', name: 'Bouw', role: 'owner', archived: false, head: 2 }],
    })
  })

  it.each([
    ['app-too-old', { protocol: 0 }, 4426],
    ['server-too-old', { protocol: protocolVersion + 1 }, 4427],
    ['other-organisation', { organisationId: mint<OrganisationId>() }, 4409],
  ] as const)('PR4 that does not fit is answered with goodbye %s and its code', async (reason, more, code) => {
    const { world, ann } = await openPageWorld()
    const device = await world.device(ann, more)
    expect(device.heard()).toEqual([{ type: 'goodbye', reason }])
    expect(device.socket.closedWith).toEqual({ code, reason })
  })

  it('PR4 is nothing else: another frame before it ends the socket, and is not handled', async () => {
    const { world, ann, documentId, read } = await openPageWorld()
    const device = world.socket(ann)
    device.push(documentId, new Writer(7).write('early'))
    await world.settle()
    expect(device.socket.closedWith?.code).toBe(4400)
    expect(await read()).toBe('')
  })

  it('PR4 comes within ten seconds, or the socket is closed', async () => {
    const { world, ann } = await openPageWorld()
    const device = world.socket(ann)
    await world.clock.advance(9000)
    expect(device.socket.closedWith).toBeNull()
    await world.clock.advance(1500)
    expect(device.socket.closedWith?.reason).toBe('silent')
  })

  it('PR4 of two at once counts once', async () => {
    const { world, ann } = await openPageWorld()
    const device = world.socket(ann)
    device.hello()
    device.hello()
    await world.settle()
    expect(device.socket.closedWith?.code).toBe(4400)
  })
})

describe('hostile frames', () => {
  it.each([
    ['a text frame', '99999999999999999'],
    ['an empty frame', new Uint8Array()],
    ['an unknown type', new Uint8Array([255, 1, 2])],
    ['a list that claims 2^40 rows', new Uint8Array([1, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 1])],
  ])('PR2 answers %s with goodbye malformed, and the server goes on', async (_name, frame) => {
    const { world, ann, documentId, device, read } = await openPageWorld()
    const hostile = await world.device(ann)
    hostile.heard()
    hostile.session.receive(frame)
    expect(hostile.heard()).toEqual([{ type: 'goodbye', reason: 'malformed' }])
    expect(hostile.socket.closedWith).toEqual({ code: 4400, reason: 'malformed' })
    device.push(documentId, new Writer(7).write('on'))
    await world.settle()
    expect(await read()).toBe('on')
  })

  it('PR2 survives random bytes and random changes of true frames, at every place', async () => {
    const { world, ann, documentId, device, read } = await openPageWorld()
    const push = encodeClientMessage({ type: 'push', rows: [device.makeRow(documentId, new Writer(9).write('x'))] })
    const open = encodeClientMessage({ type: 'open', channel: 1, documentId, schema: 1 })
    const change = fc.tuple(
      fc.constantFrom(push, open),
      fc.array(fc.tuple(fc.nat(), fc.nat(255)), { minLength: 1, maxLength: 4 }),
    )
    await fc.assert(
      fc.asyncProperty(fc.oneof(fc.uint8Array({ maxLength: 60 }), change), async (input) => {
        const hostile = await world.device(ann)
        const frame = input instanceof Uint8Array ? input : input[0].slice()
        if (!(input instanceof Uint8Array)) for (const [at, value] of input[1]) frame[at % frame.length] = value
        hostile.session.receive(frame)
        await world.settle()
        hostile.session.closed()
      }),
      { numRuns: 300 },
    )
    expect(world.server.metrics.handlerErrors).toBe(0)
    expect(world.server.metrics.sessions).toBe(1)
    expect(await read()).toBe('')
  })

  it('ends one session with server-trouble where a handler fails, and no other', async () => {
    const { world, store, bob, documentId, device } = await openPageWorld()
    const other = await world.device(bob)
    store.loadDocuments = async () => {
      throw new Error('disk on fire')
    }
    other.open(1, mint<DocumentId>())
    await world.settle()
    expect(other.socket.closedWith).toEqual({ code: 4511, reason: 'server-trouble' })
    expect(world.lines.some((line) => line.level === 'error')).toBe(true)
    device.push(documentId, new Writer(7).write('on'))
    await world.settle()
    expect(device.last('acknowledged').row).toBe(2)
  })

  it('closes a reader whose queue passes 8 MiB with slow-reader, which may come back', async () => {
    const { world, bob, documentId, device } = await openPageWorld()
    const slow = await world.device(bob)
    slow.open(1, documentId)
    await world.settle()
    slow.socket.queued = slowReaderBytes + 1
    device.push(documentId, new Writer(7).write('a'))
    await world.settle()
    expect(slow.socket.closedWith).toEqual({ code: 4508, reason: 'slow-reader' })
    expect(world.server.metrics.slowReaders).toBe(1)
  })
})

describe('heartbeat', () => {
  it('HB1 answers a ping at once, also while the store is asked', async () => {
    const { world, device } = await openPageWorld()
    device.heard()
    device.send({ type: 'fetch', key: 1, documents: [] })
    device.send({ type: 'ping', n: 5, nextWithinMs: 5000 })
    expect(device.heard().map((message) => message.type)).toContain('pong')
    await world.settle()
  })

  it('HB2 closes a line on which nothing was heard for longer than announced', async () => {
    const { world, device } = await openPageWorld()
    device.send({ type: 'ping', n: 1, nextWithinMs: 5000 })
    await world.clock.advance(8000)
    device.send({ type: 'ping', n: 2, nextWithinMs: 5000 })
    await world.clock.advance(8000)
    expect(device.socket.closedWith).toBeNull()
    await world.clock.advance(2000)
    expect(device.socket.closedWith).toEqual({ code: 4510, reason: 'silent' })
    expect(world.server.metrics.sessions).toBe(0)
  })

  it('HB2 lets a hidden device announce a minute of silence', async () => {
    const { world, device } = await openPageWorld()
    device.send({ type: 'ping', n: 1, nextWithinMs: 60_000 })
    await world.clock.advance(63_000)
    expect(device.socket.closedWith).toBeNull()
  })
})

describe('changes of rights', () => {
  it('FE8 grants a space to open sockets at once, and feeds it from its list on', async () => {
    const { world, bob, spaceId } = await openPageWorld()
    const guest = person('Guest', 'guest')
    const device = await world.device(guest)
    expect(device.last('welcome').spaces).toEqual([])
    await world.done(world.server.grantSpace(guest.personId, spaceId, 'reader'))
    expect(device.last('granted').space).toMatchObject({ spaceId, role: 'reader' })
    expect(device.last('rows')).toMatchObject({ spaceId, at: 2, isLast: true })
    expect((await world.device(bob)).last('welcome').spaces.length).toBe(1)
  })

  it('FE8 revokes at once: nothing of the space goes in or out afterwards', async () => {
    const { world, bob, spaceId, documentId, device, read } = await openPageWorld()
    const other = await world.device(bob)
    other.open(1, documentId)
    await world.settle()
    await world.done(world.server.revokeSpace(bob.personId, spaceId))
    expect(other.last('channel-closed')).toEqual({ type: 'channel-closed', channel: 1, reason: 'forbidden' })
    expect(other.last('revoked').spaceId).toBe(spaceId)
    other.heard()
    device.push(documentId, new Writer(7).write('secret'))
    await world.clock.advance(6000)
    // That there is a space which one could join is no part of what is in it.
    expect(other.heard().filter(({ type }) => type !== 'joinable')).toEqual([])
    other.push(documentId, new Writer(8).write('late'))
    other.send({ type: 'fetch', key: 1, documents: [{ documentId, stateVector: new Uint8Array([0]) }] })
    other.open(2, documentId)
    await world.settle()
    expect([...other.refusals().values()]).toEqual(['forbidden'])
    expect(other.last('documents').documents[0]?.state).toBe('forbidden')
    expect(other.last('channel-closed')).toMatchObject({ channel: 2, reason: 'forbidden' })
    expect(await read()).toBe('secret')
  })

  it('FE8 refuses a row that was pushed before the revocation and is committed after it', async () => {
    const { world, bob, spaceId, documentId, read } = await openPageWorld()
    const other = await world.device(bob)
    other.push(documentId, new Writer(8).write('late'))
    const revoking = world.server.revokeSpace(bob.personId, spaceId)
    await world.done(revoking)
    expect([...other.refusals().values()]).toEqual(['forbidden'])
    expect(await read()).toBe('')
  })

  it('FE8 tells a device of a space that it lost while it was away', async () => {
    const { world, bob } = await openPageWorld()
    const spaceId = mint<SpaceId>()
    const device = await world.device(bob, { spaces: [{ spaceId, cursor: 4, keep: 'everything' }] })
    expect(device.last('revoked').spaceId).toBe(spaceId)
  })

  it('ends all sockets of a suspended person, and of one sign-in that ended', async () => {
    const { world, ann, bob, device } = await openPageWorld()
    const [first, second] = [await world.device(bob), await world.device({ ...bob, sessionId: 'phone' })]
    world.server.endSession('phone')
    expect(second.socket.closedWith).toEqual({ code: 4401, reason: 'sign-in-needed' })
    expect(first.socket.closedWith).toBeNull()
    world.server.suspend(bob.personId)
    expect(first.socket.closedWith).toEqual({ code: 4403, reason: 'suspended' })
    expect(device.socket.closedWith).toBeNull()
    expect(ann.personId).not.toBe(bob.personId)
  })

  it('says goodbye to everybody when it goes, after what was pushed is committed', async () => {
    const { world, documentId, device } = await openPageWorld()
    device.push(documentId, new Writer(7).write('last'))
    await world.done(world.server.drain())
    expect(device.last('acknowledged').row).toBe(2)
    expect(device.socket.closedWith).toEqual({ code: 4500, reason: 'going-away' })
  })
})
