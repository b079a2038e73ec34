import { describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { mintId, type DocumentId, type OrganisationId, type SpaceId } from '../../model/ids.ts'
import { seedOf } from '../../model/seeds.ts'
import { StorageFailed, type OrganisationStorage, type WaitingRow } from '../storage/laptop-storage.ts'
import { MemoryLaptopStorage } from '../storage/memory-storage.ts'
import { UpdateBatch } from './update-batch.ts'

let counter = 0
const fillRandom = (bytes: Uint8Array) => bytes.fill((counter += 1))
const registration = { spaceId: mintId<SpaceId>(fillRandom), kind: 'page', pageKind: 'wiki' } as const

/** A clock whose tasks run when the test says so. */
function stillClock() {
  const tasks = new Set<() => void>()
  return {
    clock: {
      schedule: (_ms: number, task: () => void) => {
        tasks.add(task)
        return () => tasks.delete(task)
      },
    },
    run: () => {
      for (const task of [...tasks]) {
        tasks.delete(task)
        task()
      }
    },
    waiting: () => tasks.size,
  }
}

function typed(text: string): Uint8Array {
  const doc = new Y.Doc()
  doc.getText('t').insert(0, text)
  return Y.encodeStateAsUpdate(doc)
}

function setUp(change: (storage: OrganisationStorage) => void = () => undefined) {
  const laptop = new MemoryLaptopStorage({ fillRandom })
  const storage = laptop.organisation(mintId<OrganisationId>(fillRandom))
  change(storage)
  const time = stillClock()
  const committed: WaitingRow[] = []
  const troubles: (StorageFailed | null)[] = []
  const batch = new UpdateBatch({
    storage,
    clock: time.clock,
    onCommitted: (rows) => committed.push(...rows),
    onTrouble: (trouble) => troubles.push(trouble),
  })
  return { storage, time, batch, committed, troubles }
}

describe('batch of updates', () => {
  it('LO1 makes one row of the keystrokes of one page, and says saved only when they are on the disk', async () => {
    const { batch, committed, storage } = setUp()
    const id = mintId<DocumentId>(fillRandom)
    batch.register(id, registration, seedOf('page', 'wiki'))
    for (const letter of ['a', 'b', 'c']) batch.add(id, typed(letter), 1)
    expect(batch.isCommitted(id)).toBe(false)
    await batch.flush()
    expect(batch.isCommitted(id)).toBe(true)
    expect(committed.map((row) => row.row)).toEqual([1, 2])
    expect((await storage.waitingRows(0, 1_000_000)).length).toBe(2)
  })

  it('LO8 gives the seed a row of its own, before anything else of the page', async () => {
    const { batch, committed } = setUp()
    const id = mintId<DocumentId>(fillRandom)
    batch.register(id, registration, seedOf('page', 'wiki'))
    batch.add(id, typed('a'), 1)
    await batch.flush()
    expect(committed[0]?.registration).toEqual(registration)
    expect(committed[0]?.update).toEqual(seedOf('page', 'wiki'))
    expect(committed[1]?.registration).toBeNull()
  })

  it('keeps what the disk refuses and writes it when there is room, in order and once', async () => {
    let isFull = true
    const { batch, committed, troubles, time } = setUp((storage) => {
      const append = storage.appendOwn.bind(storage)
      storage.appendOwn = (changes) => (isFull ? Promise.reject(new StorageFailed('full')) : append(changes))
    })
    const id = mintId<DocumentId>(fillRandom)
    batch.register(id, registration, seedOf('page', 'wiki'))
    batch.add(id, typed('first'), 1)
    await expect(batch.flush()).rejects.toThrow('full')
    batch.add(id, typed('second'), 1)
    expect(batch.isCommitted(id)).toBe(false)
    expect(time.waiting()).toBe(1)
    isFull = false
    time.run()
    await batch.flush()
    expect(batch.isIdle).toBe(true)
    expect(committed.map((row) => row.registration !== null)).toEqual([true, false])
    const doc = new Y.Doc()
    for (const row of committed) Y.applyUpdate(doc, row.update)
    expect(
      doc
        .getText('t')
        .toString()
        .split(/(?=first|second)/)
        .toSorted(),
    ).toEqual(['first', 'second'])
    expect(troubles.map((trouble) => trouble?.reason ?? null)).toEqual(['full', null])
  })

  it('waits with a second flush for the first, so that rows keep their order', async () => {
    const { batch, committed } = setUp()
    const id = mintId<DocumentId>(fillRandom)
    batch.register(id, registration, seedOf('page', 'wiki'))
    const first = batch.flush()
    batch.add(id, typed('later'), 1)
    await Promise.all([first, batch.flush()])
    expect(committed.map((row) => row.row)).toEqual([1, 2])
  })

  it('declares the highest schema of the keystrokes that it merges', async () => {
    const { batch, committed } = setUp()
    const id = mintId<DocumentId>(fillRandom)
    batch.register(id, registration, seedOf('page', 'wiki'))
    batch.add(id, typed('a'), 1)
    batch.add(id, typed('b'), 2)
    batch.add(id, typed('c'), 1)
    await batch.flush()
    expect(committed[1]?.schema).toBe(2)
  })

  it('writes what lists say in the same transaction as the change, so that a window that goes at once leaves none behind', async () => {
    const { batch, storage } = setUp()
    const id = mintId<DocumentId>(fillRandom)
    batch.register(id, registration, seedOf('page', 'wiki'))
    const place = { id, spaceId: registration.spaceId, kind: 'page', pageKind: 'wiki' } as const
    batch.list({ ...place, title: 'Ice', archived: false })
    batch.list({ ...place, archived: true })
    storage.updateDocuments = () => Promise.reject(new Error('a second transaction'))
    await batch.flush()
    expect(await storage.document(id)).toMatchObject({ title: 'Ice', archived: true, held: true })
  })

  it('makes no row of an update that changes nothing', async () => {
    const { batch, committed } = setUp()
    batch.add(mintId<DocumentId>(fillRandom), new Uint8Array([0, 0]), 1)
    await batch.flush()
    expect(committed).toEqual([])
  })
})
