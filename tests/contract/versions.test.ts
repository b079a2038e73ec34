import { describe, expect, it } from 'vitest'
import type { DocumentId, PersonId } from '../../model/ids.ts'
import { MemoryStore } from '../../sync-server/store/memory-store.ts'
import { MemoryVersionStore } from '../../sync-server/store/memory-version-store.ts'
import { StoreTrouble } from '../../sync-server/store/store.ts'
import { textOf, Writer } from './fake-device.ts'
import { FakeWorld, mint, person } from './fake-world.ts'

const minuteMs = 60_000
const limits = { versionQuietMs: 10 * minuteMs, versionWritingMs: 60 * minuteMs, versionSweepMs: minuteMs / 2 }

async function openVersionWorld() {
  const store = new MemoryStore()
  const versionStore = new MemoryVersionStore(store)
  const world = await FakeWorld.open({ store, versions: versionStore, limits })
  const [ann, bob] = [person('Ann'), person('Bob')]
  const spaceId = await world.space([
    [ann, 'owner'],
    [bob, 'editor'],
  ])
  const documentId = mint<DocumentId>()
  const device = await world.device(ann)
  device.register(documentId, spaceId)
  await world.settle()
  const kept = async () => (await versionStore.of(documentId)).map(({ reason, writerIds }) => ({ reason, writerIds }))
  const texts = async () => {
    const states: string[] = []
    for (const { versionId } of await versionStore.of(documentId)) {
      const state = await world.server.versions?.read(documentId, versionId)
      states.push(state instanceof Uint8Array ? textOf(state) : String(state))
    }
    return states
  }
  const keepNow = async (personId: PersonId, name: string | null) => {
    const record = await world.server.document(documentId)
    const reason = name === null ? ('before-restore' as const) : ('by-hand' as const)
    return record && world.server.versions?.keepNow(record, { reason, name, personId })
  }
  return { world, store, versionStore, ann, bob, spaceId, documentId, device, kept, texts, keepNow }
}

const long = 'Wat hier staat is lang genoeg om ervan te schrikken als het weg is. '

describe('versions of pages', () => {
  it('VE1 are kept when a page has been quiet for ten minutes, with who wrote, and not again before the next word', async () => {
    const { world, documentId, device, bob, ann, kept, texts } = await openVersionWorld()
    const writer = new Writer(7)
    const written = writer.write('van Ann')
    device.push(documentId, written)
    const other = await world.device(bob)
    const bobs = new Writer(8)
    bobs.hear(written)
    await world.settle()
    other.push(documentId, bobs.write(' en Bob'))
    await world.clock.advance(9 * minuteMs)
    expect(await kept()).toEqual([])
    await world.clock.advance(2 * minuteMs)
    expect(await kept()).toEqual([{ reason: 'periodic', writerIds: [ann.personId, bob.personId] }])
    expect(await texts()).toEqual(['van Ann en Bob'])
    await world.clock.advance(90 * minuteMs)
    expect(await kept()).toHaveLength(1)
  })

  it('VE1 are kept after each hour of writing', async () => {
    const { world, documentId, ann, texts } = await openVersionWorld()
    const writer = new Writer(7)
    for (let minute = 0; minute < 130; minute += 5) {
      // A socket that says nothing for so long is closed: each time a new one.
      const device = await world.device(ann)
      device.push(documentId, writer.write(`${minute} `))
      await world.clock.advance(5 * minuteMs)
    }
    expect((await texts()).map((text) => text.trim().split(' ').at(-1))).toEqual(['115', '55'])
  })

  it('VE1 hold what a page said before somebody began to write, also where the server had stopped since', async () => {
    const { world, documentId, device, ann, texts } = await openVersionWorld()
    const writer = new Writer(7)
    device.push(documentId, writer.write('voor de storing'))
    await world.settle()
    await world.restart()
    const again = await world.device(ann)
    again.push(documentId, writer.write(', en erna'))
    await world.clock.advance(20 * minuteMs)
    expect(await texts()).toEqual(['voor de storing, en erna', 'voor de storing'])
  })

  it('VE2 are kept before a row that deletes a large part of a page, and hold what it deletes', async () => {
    const { world, documentId, device, kept, texts, ann } = await openVersionWorld()
    const writer = new Writer(7)
    device.push(documentId, writer.write(long))
    await world.settle()
    device.push(
      documentId,
      writer.change((doc) => doc.getText('prose').delete(0, long.length)),
    )
    await world.settle()
    await world.done(world.server.compact(documentId))
    expect(await kept()).toEqual([{ reason: 'before-deletion', writerIds: [ann.personId] }])
    expect(await texts()).toEqual([long])
  })

  it('VE2 hold the page as it was before the first of many small deletions', async () => {
    const { world, documentId, device, texts } = await openVersionWorld()
    const writer = new Writer(7)
    device.push(documentId, writer.write(long))
    await world.settle()
    for (let i = 0; i < 60; i += 1) {
      device.push(
        documentId,
        writer.change((doc) => doc.getText('prose').delete(0, 1)),
      )
      await world.clock.advance(100)
    }
    expect(await texts()).toContain(long)
  })

  it('VE2 are not kept for small deletions, nor for a page that is deleted a second time', async () => {
    const { world, documentId, device, kept } = await openVersionWorld()
    const writer = new Writer(7)
    device.push(documentId, writer.write(long.repeat(5)))
    await world.settle()
    device.push(
      documentId,
      writer.change((doc) => doc.getText('prose').delete(0, long.length)),
    )
    await world.settle()
    expect(await kept()).toEqual([])
    device.push(
      documentId,
      writer.change((doc) => doc.getText('prose').delete(0, 4 * long.length)),
    )
    await world.settle()
    expect(await kept()).toHaveLength(1)
  })

  it('VE2 come before the deletion: while they cannot be kept, the rows wait as they do for a full disk', async () => {
    const { world, documentId, device, versionStore, texts } = await openVersionWorld()
    const writer = new Writer(7)
    device.push(documentId, writer.write(long))
    await world.settle()
    const add = versionStore.add.bind(versionStore)
    versionStore.add = async () => {
      throw new StoreTrouble('full', 'The disk is full.')
    }
    device.push(
      documentId,
      writer.change((doc) => doc.getText('prose').delete(0, long.length)),
    )
    await world.settle()
    expect(device.last('held').holding).toBe(true)
    expect(device.last('acknowledged').row).toBe(2)
    versionStore.add = add
    await world.clock.advance(5000)
    expect(device.last('acknowledged').row).toBe(3)
    expect(await texts()).toEqual([long])
  })

  it('VE2 never keep a row from being committed when the page alone cannot be kept', async () => {
    const { world, documentId, device, versionStore } = await openVersionWorld()
    const writer = new Writer(7)
    device.push(documentId, writer.write(long))
    await world.settle()
    versionStore.add = async () => {
      throw new StoreTrouble('rejected', 'Not this one.')
    }
    device.push(
      documentId,
      writer.change((doc) => doc.getText('prose').delete(0, long.length)),
    )
    await world.settle()
    expect(device.last('acknowledged').row).toBe(3)
    expect(world.server.metrics.versionFailures).toBe(1)
  })

  it('VE3 are made by hand under a name, and twice where two people give two names', async () => {
    const { world, documentId, device, ann, bob, keepNow, versionStore } = await openVersionWorld()
    expect(await keepNow(ann.personId, 'Leeg')).toBeUndefined()
    device.push(documentId, new Writer(7).write('vastgesteld'))
    await world.settle()
    const before = await keepNow(ann.personId, null)
    expect(await keepNow(ann.personId, null)).toEqual(before)
    const named = await keepNow(ann.personId, 'Vastgesteld')
    expect(named).toMatchObject({ versionId: before?.versionId, name: 'Vastgesteld', reason: 'by-hand' })
    expect(await keepNow(bob.personId, 'Voor de raad')).toMatchObject({ madeBy: bob.personId })
    expect((await versionStore.of(documentId)).map(({ name }) => name)).toEqual(['Voor de raad', 'Vastgesteld'])
  })
})
