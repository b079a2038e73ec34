import { expect, it } from 'vitest'
import type { PersonId, SpaceId } from '../../model/ids.ts'
import { bytes, id, newDocument, type StoreCase } from './store-case.ts'

/** Part of the contract of stores: the rows of documents, their feed, and the snapshots that take their place. */
export function rowStoreContract(openCase: () => Promise<StoreCase>): void {
  it('CO2 numbers the rows of each space without gaps, in the order of the batch', async () => {
    const { store, spaceId, rowOf, commit, numbersOf } = await openCase()
    const other = id<SpaceId>()
    await store.createSpace({ spaceId: other, kind: 'team', name: 'Other', archived: false })
    const [here, there] = [newDocument(spaceId), newDocument(other)]
    const numbers = await commit([
      rowOf(here, bytes(0, 0), { register: here }),
      rowOf(there, bytes(0, 0), { register: there }),
      rowOf(here, bytes(1)),
      rowOf(there, bytes(2)),
      rowOf(here, bytes(3)),
    ])
    expect(numbers).toEqual([1, 1, 2, 2, 3])
    expect(await commit([rowOf(here, bytes(4))])).toEqual([4])
    expect(await numbersOf()).toEqual([1, 2, 3, 4])
    expect((await store.spaces()).map(({ head }) => head).sort()).toEqual([2, 4])
  })

  it('LO3 commits rows and the mark of their log together, or neither', async () => {
    const { store, spaceId, logId, personId, rowOf, commit, register, numbersOf } = await openCase()
    const document = newDocument(spaceId)
    await register(document)
    const mark = { logId, personId, row: 9, checksum: 2 ** 53 - 1 }
    await commit([rowOf(document, bytes(1))], { marks: [mark] })
    expect(await store.logMark(logId)).toEqual(mark)
    const unknown = newDocument(spaceId)
    const failing = commit([rowOf(document, bytes(2)), rowOf(unknown, bytes(3))], { marks: [{ ...mark, row: 12 }] })
    await expect(failing).rejects.toMatchObject({ reason: 'rejected' })
    expect(await store.logMark(logId)).toEqual(mark)
    expect(await numbersOf()).toEqual([1, 2])
    expect(await commit([rowOf(document, bytes(4))])).toEqual([3])
  })

  it('LO3 never moves a mark back, and never lets another person move it', async () => {
    const { store, logId, personId, commit } = await openCase()
    await commit([], { marks: [{ logId, personId, row: 5, checksum: 55 }] })
    await commit([], { marks: [{ logId, personId, row: 3, checksum: 33 }] })
    expect(await store.logMark(logId)).toMatchObject({ row: 5, checksum: 55 })
    const theft = commit([], { marks: [{ logId, personId: id<PersonId>(), row: 6, checksum: 66 }] })
    await expect(theft).rejects.toMatchObject({ reason: 'rejected' })
    expect(await store.logMark(logId)).toMatchObject({ row: 5, personId })
    expect(await store.logMark(id())).toBeNull()
  })

  it('LO3 refuses one row of a log twice, and knows its checksum', async () => {
    const { store, spaceId, logId, rowOf, commit, register } = await openCase()
    const document = newDocument(spaceId)
    await register(document)
    const first = rowOf(document, bytes(1))
    await commit([first])
    expect(await store.rowChecksum(logId, first.row)).toBe(first.checksum)
    expect(await store.rowChecksum(logId, 99)).toBeUndefined()
    await expect(commit([{ ...first, update: bytes(2) }])).rejects.toMatchObject({ reason: 'rejected' })
  })

  it('LO8 registers a document once, with what the server fixed', async () => {
    const { store, spaceId, register } = await openCase()
    const document = newDocument(spaceId)
    await register(document)
    const [loaded] = await store.loadDocuments([document.documentId, id()])
    expect(loaded?.record).toEqual({
      ...document,
      title: null,
      icon: null,
      archived: false,
      minSchema: 1,
      changedAtMs: 1000,
      sizeBytes: 2,
      lastN: 1,
      compactedTo: 0,
      tailRows: 1,
      tailBytes: 2,
    })
    expect(await store.documents([document.documentId])).toEqual([loaded?.record])
    expect(await store.documentsOf(spaceId)).toEqual([loaded?.record])
    await expect(register(document)).rejects.toMatchObject({ reason: 'rejected' })
  })

  it('CH1 never lowers the schema of a document', async () => {
    const { store, spaceId, rowOf, commit, register } = await openCase()
    const document = newDocument(spaceId)
    await register(document)
    await commit([rowOf(document, bytes(1), { minSchema: 3 })])
    await commit([rowOf(document, bytes(2), { minSchema: 2 })])
    expect((await store.documents([document.documentId]))[0]?.minSchema).toBe(3)
  })

  it('CH4 binds a client id to whom it was bound first', async () => {
    const { store, spaceId, personId, rowOf, commit, register } = await openCase()
    const document = newDocument(spaceId)
    await register(document)
    await commit([
      rowOf(document, bytes(1), {
        bindings: [
          { clientId: 2 ** 32 - 1, owner: personId },
          { clientId: 4, owner: 'server' },
        ],
      }),
    ])
    await commit([rowOf(document, bytes(2), { bindings: [{ clientId: 4, owner: id<PersonId>() }] })])
    const [loaded] = await store.loadDocuments([document.documentId])
    expect(loaded?.bindings).toEqual(
      new Map<number, string>([
        [2 ** 32 - 1, personId],
        [4, 'server'],
      ]),
    )
  })

  it('gives the log back in pieces of about the size asked for, one row at least', async () => {
    const { store, spaceId, logId, rowOf, commit, register } = await openCase()
    const document = newDocument(spaceId)
    await register(document)
    await commit([1, 2, 3, 4].map((value) => rowOf(document, new Uint8Array(100).fill(value))))
    const numbers = async (after: number, maxBytes: number, maxRows: number) =>
      (await store.readLog(spaceId, after, maxBytes, maxRows)).map(({ n }) => n)
    expect(await numbers(1, 250, 100)).toEqual([2, 3, 4])
    expect(await numbers(1, 1, 100)).toEqual([2])
    expect(await numbers(0, 1e9, 2)).toEqual([1, 2])
    expect(await numbers(5, 1e9, 100)).toEqual([])
    const [second] = await store.readLog(spaceId, 1, 1, 1)
    expect(second).toEqual({ n: 2, documentId: document.documentId, logId, update: new Uint8Array(100).fill(1) })
  })

  it('CO4 deletes the bytes that a snapshot covers, and no others', async () => {
    const { store, spaceId, rowOf, commit, register } = await openCase()
    const [document, other] = [newDocument(spaceId), newDocument(spaceId)]
    await register(document)
    await register(other)
    for (const value of [1, 2, 3]) await commit([rowOf(document, bytes(value))])
    const snapshot = { coversN: 4, update: bytes(7, 7, 7), stateVector: bytes(1, 2, 3) }
    await store.writeSnapshot({
      documentId: document.documentId,
      spaceId,
      ...snapshot,
      quarantined: bytes(9),
      nowMs: 5,
    })
    expect(await store.readSnapshot(document.documentId)).toEqual(snapshot)
    expect(await store.readSnapshot(other.documentId)).toBeNull()
    expect((await store.readLog(spaceId, 0, 1e9, 1e9)).map(({ n, update }) => [n, update])).toEqual([
      [2, bytes(0, 0)],
      [4, 'compacted'],
      [5, bytes(3)],
    ])
    const [loaded] = await store.loadDocuments([document.documentId])
    expect(loaded?.tail).toEqual([{ n: 5, update: bytes(3) }])
    expect(loaded?.snapshotStateVector).toEqual(bytes(1, 2, 3))
    expect(loaded?.record).toMatchObject({ compactedTo: 4, tailRows: 1, tailBytes: 1, sizeBytes: 4, lastN: 5 })
    expect(await store.quarantine(document.documentId)).toEqual([
      { documentId: document.documentId, n: 4, update: bytes(9) },
    ])
  })

  it('FE4 keeps a mark of the change where the rows are gone, also after several compactions', async () => {
    const { store, spaceId, rowOf, commit, register } = await openCase()
    const document = newDocument(spaceId)
    await register(document)
    const compact = (coversN: number) =>
      store.writeSnapshot({
        documentId: document.documentId,
        spaceId,
        coversN,
        update: bytes(7),
        stateVector: bytes(0),
        quarantined: null,
        nowMs: 5,
      })
    await commit([rowOf(document, bytes(1)), rowOf(document, bytes(2))])
    await compact(3)
    await commit([rowOf(document, bytes(3)), rowOf(document, bytes(4))])
    await compact(5)
    await compact(3)
    expect((await store.readLog(spaceId, 0, 1e9, 1e9)).map(({ n, update }) => [n, update])).toEqual([[5, 'compacted']])
    expect((await store.readSnapshot(document.documentId)) ?? 'none').toMatchObject({ coversN: 5 })
    expect(await commit([rowOf(document, bytes(5))])).toEqual([6])
  })

  it('keeps the rows for lists that were derived from pages', async () => {
    const { store, spaceId, register } = await openCase()
    const document = newDocument(spaceId)
    await register(document)
    await store.setDerived([{ documentId: document.documentId, title: 'Titel', icon: '🌳', archived: true }])
    expect((await store.documents([document.documentId]))[0]).toMatchObject({
      title: 'Titel',
      icon: '🌳',
      archived: true,
    })
  })
}
