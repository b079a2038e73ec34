import * as encoding from 'lib0/encoding'
import { describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import type { DocumentId, LogId } from '../../model/ids.ts'
import { type FakeDevice, textOf, Writer } from '../contract/fake-device.ts'
import { FakeWorld, mint, person } from '../contract/fake-world.ts'
import { deletionsOf } from '../hostile/hostile-updates.ts'

/** An update of many clients that deletes nothing; each client has written one letter into the root text. */
function updateOfClients(from: number, count: number): Uint8Array {
  const encoder = encoding.createEncoder()
  encoding.writeVarUint(encoder, count)
  for (let client = from + count - 1; client >= from; client -= 1) {
    encoding.writeVarUint(encoder, 1)
    encoding.writeVarUint(encoder, client)
    encoding.writeVarUint(encoder, 0)
    encoding.writeUint8(encoder, 4)
    encoding.writeVarUint(encoder, 1)
    encoding.writeVarString(encoder, 'prose')
    encoding.writeVarString(encoder, 'x')
  }
  encoding.writeVarUint(encoder, 0)
  return encoding.toUint8Array(encoder)
}

/** Two letters of one client, the first of which stands behind the second. */
function leaningOnItself(client: number): Uint8Array {
  const encoder = encoding.createEncoder()
  encoding.writeVarUint(encoder, 1)
  encoding.writeVarUint(encoder, 2)
  encoding.writeVarUint(encoder, client)
  encoding.writeVarUint(encoder, 0)
  encoding.writeUint8(encoder, 4 | 128)
  encoding.writeVarUint(encoder, client)
  encoding.writeVarUint(encoder, 1)
  encoding.writeVarString(encoder, 'a')
  encoding.writeUint8(encoder, 4)
  encoding.writeVarUint(encoder, 1)
  encoding.writeVarString(encoder, 'prose')
  encoding.writeVarString(encoder, 'b')
  encoding.writeVarUint(encoder, 0)
  return encoding.toUint8Array(encoder)
}

async function worldWithPage(limits = {}) {
  const world = await FakeWorld.open({ limits })
  const [anna, mallory] = [person('Anna'), person('Mallory')]
  const spaceId = await world.space([
    [anna, 'owner'],
    [mallory, 'editor'],
  ])
  const annasDevice = await world.device(anna)
  const device = await world.device(mallory)
  const page = mint<DocumentId>()
  annasDevice.register(page, spaceId)
  await world.settle()
  return { world, anna, mallory, annasDevice, device, spaceId, page }
}

async function push(world: FakeWorld, device: FakeDevice, ...args: Parameters<FakeDevice['push']>) {
  const { row } = device.push(...args)
  await world.settle()
  return device.refusals().get(row) ?? 'committed'
}

describe('two sockets of one log', () => {
  it('LO4 leaves one of two that say hello in the same moment: the feed of the other would pass over its rows', async () => {
    const world = await FakeWorld.open()
    const anna = person('Anna')
    await world.space([[anna, 'owner']])
    const logId = mint<LogId>()
    const [one, clone] = [world.socket(anna, logId), world.socket(anna, logId)]
    one.hello()
    clone.hello()
    await world.settle()
    const ended = [one, clone].filter((device) => device.all('goodbye').some(({ reason }) => reason === 'going-away'))
    expect(ended).toHaveLength(1)
  })
})

describe('hostile updates', () => {
  it('CH2 refuses a struct that leans on a later one of its own client: no reader could apply it', async () => {
    const { world, device, page } = await worldWithPage()
    const poison = leaningOnItself(66)
    expect(() => {
      Y.applyUpdate(new Y.Doc(), poison)
    }).toThrow('undefined')
    expect(await push(world, device, page, poison)).toBe('malformed')
  })

  it('a document of ever more client ids takes no more before honest devices cannot name them', async () => {
    const { world, device, page, annasDevice } = await worldWithPage()
    const outcomes = new Set<string>()
    for (let part = 0; part < 4; part += 1)
      outcomes.add(await push(world, device, page, updateOfClients(10 + part * 40_000, 40_000)))
    expect(outcomes).toContain('too-large')
    const answer = await world.server.readDocument(page)
    const doc = new Y.Doc()
    Y.applyUpdate(doc, answer instanceof Uint8Array ? answer : new Uint8Array([0, 0]))
    annasDevice.send({
      type: 'fetch',
      key: 1,
      documents: [{ documentId: page, stateVector: new Uint8Array(Y.encodeStateVector(doc)) }],
    })
    await world.settle()
    expect(annasDevice.all('goodbye')).toEqual([])
    expect(annasDevice.last('documents').documents[0]?.state).toBe('found')
  })

  it('one document whose snapshot nobody can read holds no other row up', async () => {
    const { world, annasDevice, page, spaceId } = await worldWithPage({ documentCacheBytes: 1 })
    const other = mint<DocumentId>()
    annasDevice.register(other, spaceId)
    await world.settle()
    await world.store.writeSnapshot({
      documentId: page,
      spaceId,
      coversN: (await world.server.document(page))?.lastN ?? 0,
      update: new Uint8Array([0, 0]),
      stateVector: new Uint8Array([255, 255]),
      quarantined: null,
      nowMs: 0,
    })
    await world.restart()
    const device = await world.device(person('Anna'), {}, mint())
    expect(device.all('welcome')).toHaveLength(1)
    const read = await world.done(world.server.readDocument(page)).catch(() => 'threw')
    expect(read).not.toBe('threw')
  })

  it('a delete set of a hundred thousand ranges is compared in no time', async () => {
    const { world, device, page } = await worldWithPage()
    const writer = new Writer(77)
    expect(await push(world, device, page, writer.write('x'.repeat(200_000)))).toBe('committed')
    expect(await push(world, device, page, deletionsOf(77, 100_000), { restored: true })).toBe('committed')
    const before = performance.now()
    expect(await push(world, device, page, deletionsOf(77, 100_000), { restored: true })).toBe('committed')
    expect(performance.now() - before).toBeLessThan(1500)
  })

  it('CH4 a restored row under the living client id of another person never makes their next words vanish', async () => {
    const { world, annasDevice, device, page } = await worldWithPage()
    const anna = new Writer(501)
    const first = anna.write('ja')
    expect(await push(world, annasDevice, page, first)).toBe('committed')
    const forger = new Writer(501)
    forger.hear(first)
    await push(world, device, page, forger.write('!!!'), { restored: true })
    const outcome = await push(world, annasDevice, page, anna.write('nee'))
    const stored = await world.server.readDocument(page)
    const text = stored instanceof Uint8Array ? textOf(stored) : ''
    // Either the server has her words, or it tells her that it has not.
    expect(outcome === 'committed' ? text : outcome).toMatch(/nee|foreign-client-id/)
  })
})
