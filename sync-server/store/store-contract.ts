import { beforeEach, describe, expect, it } from 'vitest'
import {
  mintId,
  type DocumentId,
  type LogId,
  type OrganisationId,
  type PersonId,
  type RequestId,
  type SpaceId,
} from '../../model/ids.ts'
import type { AskedRequest, Decision } from './request-store.ts'
import { StoreTrouble, type CommitBatch, type NewDocument, type NewRow, type Store } from './store.ts'

let next = 0
/** Ids in the order in which they were asked for. */
function id<T extends DocumentId | SpaceId | LogId | PersonId | OrganisationId | RequestId>(): T {
  next += 1
  const value = next
  return mintId((bytes) => new DataView(bytes.buffer).setUint32(0, value)) as string as T
}

const bytes = (...values: readonly number[]) => new Uint8Array(values)

function newDocument(spaceId: SpaceId): NewDocument {
  return {
    documentId: id(),
    spaceId,
    kind: 'page',
    pageKind: 'note',
    writers: 'authors',
    ownerId: id(),
    coAuthorIds: [id(), id()],
  }
}

/** What every store must do, whatever it is made of. Run it in a test file of each. */
export function storeContract(name: string, open: () => Promise<Store>): void {
  describe(`${name} as a store`, () => {
    let store: Store
    let spaceId: SpaceId
    let logId: LogId
    let personId: PersonId
    let row = 0

    beforeEach(async () => {
      store = await open()
      spaceId = id()
      logId = id()
      personId = id()
      row = 0
      await store.createSpace({ spaceId, kind: 'team', name: 'Bouw', archived: false })
    })

    const rowOf = (document: NewDocument, update: Uint8Array, more: Partial<NewRow> = {}): NewRow => {
      row += 1
      const { documentId } = document
      return {
        spaceId: document.spaceId,
        documentId,
        logId,
        row,
        checksum: row * 7,
        personId,
        schema: 1,
        restored: false,
        update,
        register: null,
        minSchema: 1,
        bindings: [],
        ...more,
      }
    }
    const commit = (rows: readonly NewRow[], more: Partial<CommitBatch> = {}) =>
      store.commit({ rows, marks: [], nowMs: 1000, ...more })
    const register = async (document: NewDocument) => commit([rowOf(document, bytes(0, 0), { register: document })])
    const numbersOf = async () => (await store.readLog(spaceId, 0, 1e9, 1e9)).map((each) => each.n)

    it('PP1 gives people and memberships a number with each change, and only then', async () => {
      const anna = { personId, name: 'Anna', role: 'member', suspended: false, face: null } as const
      const bram = { ...anna, personId: id<PersonId>(), name: 'Bram' }
      const before = (await store.peopleAfter(0)).n
      await store.putPeople([anna, bram])
      const first = await store.peopleAfter(before)
      expect(first.people).toMatchObject([{ name: 'Anna' }, { name: 'Bram' }])
      await store.putPeople([anna, { ...bram, role: 'guest' }])
      await store.setMembership(spaceId, personId, 'editor')
      const second = await store.peopleAfter(first.n)
      expect(second.people).toMatchObject([{ name: 'Bram', role: 'guest' }])
      expect(second.memberships).toMatchObject([{ spaceId, personId, role: 'editor' }])
      await store.setMembership(spaceId, personId, null)
      const third = await store.peopleAfter(second.n)
      expect(third).toMatchObject({ people: [], memberships: [{ spaceId, personId, role: null, n: third.n }] })
      expect(await store.peopleAfter(third.n)).toEqual({ n: third.n, people: [], memberships: [] })
    })

    const decide = (more: Partial<Decision>) =>
      store.decide({
        requests: [],
        createdSpaces: [],
        changedSpaces: [],
        memberships: [],
        moves: [],
        rows: [],
        nowMs: 2000,
        ...more,
      })

    const asked = (more: Partial<AskedRequest> = {}): AskedRequest => ({
      requestId: id(),
      personId,
      ask: '{}',
      state: 'accepted',
      reason: null,
      askedAtMs: 1,
      answeredAtMs: 2,
      ...more,
    })

    it('RQ2 keeps what a person asked under rising numbers of their own', async () => {
      const [first, second, other] = [asked(), asked({ state: 'asked' }), asked({ personId: id<PersonId>() })]
      await decide({ requests: [first] })
      await decide({ requests: [second, other] })
      expect(await store.request(first.requestId)).toEqual({ ...first, n: 1 })
      expect(await store.request(id())).toBeNull()
      expect(await store.requestsAfter(personId, 0)).toEqual([
        { ...first, n: 1 },
        { ...second, n: 2 },
      ])
      expect(await store.openRequests()).toEqual([{ ...second, n: 2 }])
      const decided = { ...second, state: 'refused', reason: 'declined' } as const
      await decide({ requests: [decided] })
      expect(await store.requestsAfter(personId, 2)).toEqual([{ ...decided, n: 3 }])
      expect(await store.openRequests()).toEqual([])
      expect(await store.requestsAfter(other.personId, 0)).toEqual([{ ...other, n: 1 }])
    })

    it('RQ3 decides about spaces and members in one transaction, or not at all', async () => {
      const section = { kind: 'project', name: 'Kade', archived: false, parent: spaceId, icon: 'boat' } as const
      const createdSpaces = [{ ...section, spaceId: id<SpaceId>() }]
      await decide({
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
      const late = asked()
      await expect(
        decide({ changedSpaces: [{ spaceId, change: { name: 'Anders' } }], createdSpaces, requests: [late] }),
      ).rejects.toMatchObject({ reason: 'exists' })
      expect((await store.spaces()).map(({ name: each }) => each)).not.toContain('Anders')
      expect(await store.request(late.requestId)).toBeNull()
    })

    it('RQ5 moves a document with all that it holds, and leaves a mark in both feeds', async () => {
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
      expect(await decide({ moves: [move(spaceId, to)] })).toEqual({ moves: [{ left: 4, entered: 1 }], rows: [] })
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
      await expect(decide({ moves: [move(spaceId, to)] })).rejects.toMatchObject({ reason: 'rejected' })
      expect(await decide({ moves: [move(to, spaceId)] })).toMatchObject({ moves: [{ left: 3, entered: 5 }] })
      expect((await store.documentsOf(spaceId)).map((each) => each.documentId)).toEqual([documentId])
    })

    it('keeps one organisation and no second', async () => {
      expect(await store.organisation()).toBeNull()
      const organisation = { organisationId: id<OrganisationId>(), name: 'Gemeente' }
      await store.createOrganisation(organisation)
      expect(await store.organisation()).toEqual(organisation)
      await expect(store.createOrganisation({ ...organisation, name: 'Other' })).rejects.toMatchObject({
        reason: 'exists',
      })
    })

    it('keeps its generation until it is given another', async () => {
      expect(await store.generation()).toBe(await store.generation())
      await store.setGeneration('second')
      expect(await store.generation()).toBe('second')
    })

    it('keeps spaces with their members and roles', async () => {
      const guest = id<PersonId>()
      await store.setMembership(spaceId, personId, 'reader')
      await store.setMembership(spaceId, personId, 'editor')
      await store.setMembership(spaceId, guest, 'commenter')
      expect(await store.membershipsOf(personId)).toEqual([{ spaceId, personId, role: 'editor' }])
      expect((await store.membersOf(spaceId)).length).toBe(2)
      await store.setMembership(spaceId, guest, null)
      await store.changeSpace(spaceId, { name: 'Beheer' })
      await store.changeSpace(spaceId, { archived: true })
      expect(await store.spaces()).toMatchObject([
        { spaceId, kind: 'team', name: 'Beheer', archived: true, head: 0, memberCount: 1 },
      ])
      await expect(store.createSpace({ spaceId, kind: 'team', name: 'Again', archived: false })).rejects.toMatchObject({
        reason: 'exists',
      })
      await expect(store.setMembership(id(), personId, 'reader')).rejects.toBeInstanceOf(StoreTrouble)
    })

    it('CO2 numbers the rows of each space without gaps, in the order of the batch', async () => {
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
      await commit([], { marks: [{ logId, personId, row: 5, checksum: 55 }] })
      await commit([], { marks: [{ logId, personId, row: 3, checksum: 33 }] })
      expect(await store.logMark(logId)).toMatchObject({ row: 5, checksum: 55 })
      const theft = commit([], { marks: [{ logId, personId: id<PersonId>(), row: 6, checksum: 66 }] })
      await expect(theft).rejects.toMatchObject({ reason: 'rejected' })
      expect(await store.logMark(logId)).toMatchObject({ row: 5, personId })
      expect(await store.logMark(id())).toBeNull()
    })

    it('LO3 refuses one row of a log twice, and knows its checksum', async () => {
      const document = newDocument(spaceId)
      await register(document)
      const first = rowOf(document, bytes(1))
      await commit([first])
      expect(await store.rowChecksum(logId, first.row)).toBe(first.checksum)
      expect(await store.rowChecksum(logId, 99)).toBeUndefined()
      await expect(commit([{ ...first, update: bytes(2) }])).rejects.toMatchObject({ reason: 'rejected' })
    })

    it('LO8 registers a document once, with what the server fixed', async () => {
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
      const document = newDocument(spaceId)
      await register(document)
      await commit([rowOf(document, bytes(1), { minSchema: 3 })])
      await commit([rowOf(document, bytes(2), { minSchema: 2 })])
      expect((await store.documents([document.documentId]))[0]?.minSchema).toBe(3)
    })

    it('CH4 binds a client id to whom it was bound first', async () => {
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
      expect((await store.readLog(spaceId, 0, 1e9, 1e9)).map(({ n, update }) => [n, update])).toEqual([
        [5, 'compacted'],
      ])
      expect((await store.readSnapshot(document.documentId)) ?? 'none').toMatchObject({ coversN: 5 })
      expect(await commit([rowOf(document, bytes(5))])).toEqual([6])
    })

    it('keeps the rows for lists that were derived from pages', async () => {
      const document = newDocument(spaceId)
      await register(document)
      await store.setDerived([{ documentId: document.documentId, title: 'Titel', icon: '🌳', archived: true }])
      expect((await store.documents([document.documentId]))[0]).toMatchObject({
        title: 'Titel',
        icon: '🌳',
        archived: true,
      })
    })
  })
}
