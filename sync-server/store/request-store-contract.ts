import { expect, it } from 'vitest'
import type { LogId, PersonId, SpaceId } from '../../model/ids.ts'
import type { AskedRequest, Decision } from './request-store.ts'
import { bytes, id, newDocument, type StoreCase } from './store-case.ts'
import type { Store } from './store.ts'

/** Part of the contract of stores: what people ask for, and what is decided. */
export function requestStoreContract(openCase: () => Promise<StoreCase>): void {
  it('RQ2 keeps what a person asked under rising numbers of their own', async () => {
    const { store, personId } = await openCase()
    const [first, second, other] = [asked(personId), asked(personId, { state: 'asked' }), asked(id<PersonId>())]
    await decide(store, { requests: [first] })
    await decide(store, { requests: [second, other] })
    expect(await store.request(first.requestId)).toEqual({ ...first, n: 1 })
    expect(await store.request(id())).toBeNull()
    expect(await store.requestsAfter(personId, 0)).toEqual([
      { ...first, n: 1 },
      { ...second, n: 2 },
    ])
    expect(await store.openRequests()).toEqual([{ ...second, n: 2 }])
    const decided = { ...second, state: 'refused', reason: 'declined' } as const
    await decide(store, { requests: [decided] })
    expect(await store.requestsAfter(personId, 2)).toEqual([{ ...decided, n: 3 }])
    expect(await store.openRequests()).toEqual([])
    expect(await store.requestsAfter(other.personId, 0)).toEqual([{ ...other, n: 1 }])
  })

  it('RQ3 decides about spaces and members in one transaction, or not at all', async () => {
    const { store, spaceId, personId } = await openCase()
    const section = { kind: 'project', name: 'Kade', archived: false, parent: spaceId, icon: 'boat' } as const
    const createdSpaces = [{ ...section, spaceId: id<SpaceId>() }]
    await decide(store, {
      createdSpaces,
      changedSpaces: [{ spaceId, change: { description: 'Over bouwen', joining: 'open' } }],
      memberships: [{ spaceId, personId, role: 'owner' }],
    })
    const spaces = await store.spaces()
    expect(spaces.find((space) => space.spaceId === spaceId)).toMatchObject({
      name: 'Bouw',
      description: 'Over bouwen',
      joining: 'open',
      parent: null,
      memberCount: 1,
    })
    expect(spaces.find((space) => space.parent === spaceId)).toMatchObject({ ...section, joining: 'closed' })
    const late = asked(personId)
    await expect(
      decide(store, { changedSpaces: [{ spaceId, change: { name: 'Anders' } }], createdSpaces, requests: [late] }),
    ).rejects.toMatchObject({ reason: 'exists' })
    expect((await store.spaces()).map(({ name: each }) => each)).not.toContain('Anders')
    expect(await store.request(late.requestId)).toBeNull()
  })

  it('RQ5 moves a document with all that it holds, and leaves a mark in both feeds', async () => {
    const { store, spaceId, rowOf, commit, register } = await openCase()
    const to = id<SpaceId>()
    await store.createSpace({ spaceId: to, kind: 'team', name: 'Groen', archived: false })
    const document = newDocument(spaceId)
    const { documentId } = document
    await register(document)
    await commit([rowOf(document, bytes(1)), rowOf(document, bytes(2))])
    const move = (from: SpaceId, target: SpaceId) => ({
      documentId,
      from,
      to: target,
      update: bytes(1, 2),
      stateVector: bytes(3),
      logId: id<LogId>(),
      leftRow: 1,
      enteredRow: 2,
    })
    expect(await decide(store, { moves: [move(spaceId, to)] })).toEqual({ moves: [{ left: 4, entered: 1 }], rows: [] })
    const feedOf = async (of: SpaceId) => (await store.readLog(of, 0, 1e9, 1e9)).map(({ n, update }) => [n, update])
    expect(await feedOf(spaceId)).toEqual([[4, 'compacted']])
    expect(await feedOf(to)).toEqual([[1, 'compacted']])
    expect(await store.documentsOf(spaceId)).toEqual([])
    const [loaded] = await store.loadDocuments([documentId])
    const { writers, ownerId, coAuthorIds } = document
    expect(loaded).toMatchObject({ snapshotStateVector: bytes(3), tail: [] })
    expect(loaded?.record).toMatchObject({ spaceId: to, lastN: 1, compactedTo: 1, sizeBytes: 2, tailRows: 0 })
    expect(loaded?.record).toMatchObject({ writers, ownerId, coAuthorIds })
    // A compaction that began before the move covers numbers of the other feed.
    const late = { documentId, spaceId, coversN: 3, update: bytes(9), stateVector: bytes(9), quarantined: null }
    await store.writeSnapshot({ ...late, nowMs: 5 })
    expect(await store.readSnapshot(documentId)).toMatchObject({ coversN: 1, update: bytes(1, 2) })
    expect(await commit([rowOf({ ...document, spaceId: to }, bytes(5))])).toEqual([2])
    await store.writeSnapshot({ ...late, spaceId: to, coversN: 2, nowMs: 6 })
    expect(await feedOf(spaceId)).toEqual([[4, 'compacted']])
    await expect(decide(store, { moves: [move(spaceId, to)] })).rejects.toMatchObject({ reason: 'rejected' })
    expect(await decide(store, { moves: [move(to, spaceId)] })).toMatchObject({ moves: [{ left: 3, entered: 5 }] })
    expect((await store.documentsOf(spaceId)).map((each) => each.documentId)).toEqual([documentId])
  })
}

function decide(store: Store, more: Partial<Decision>) {
  return store.decide({
    requests: [],
    createdSpaces: [],
    changedSpaces: [],
    memberships: [],
    moves: [],
    rows: [],
    nowMs: 2000,
    ...more,
  })
}

function asked(personId: PersonId, more: Partial<AskedRequest> = {}): AskedRequest {
  return {
    requestId: id(),
    personId,
    ask: '{}',
    state: 'accepted',
    reason: null,
    askedAtMs: 1,
    answeredAtMs: 2,
    ...more,
  }
}
