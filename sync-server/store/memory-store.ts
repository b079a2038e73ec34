import type { DocumentId, LogId, PersonId, RequestId, SpaceId } from '../../model/ids.ts'
import type { SpaceRole } from '../../model/permission.ts'
import type { SpaceChange } from '../../model/request.ts'
import {
  appendRow,
  changeSpace,
  compactLog,
  copyOf,
  createSpace,
  emptyContents,
  moveDocument,
  putRequest,
  setMark,
  setMembership,
  type Contents,
} from './memory-contents.ts'
import type { PersonCard } from './people-store.ts'
import type { Decision } from './request-store.ts'
import {
  StoreTrouble,
  type CommitBatch,
  type DerivedRow,
  type DocumentRecord,
  type FeedRow,
  type LoadedDocument,
  type Membership,
  type NewSnapshot,
  type NewSpaceRecord,
  type OrganisationRecord,
  type Store,
} from './store.ts'

/** A store for tests and the simulation. It survives the server that uses it, as a disk does. */
export class MemoryStore implements Store {
  #contents: Contents
  #commitTrouble: ((batch: CommitBatch) => StoreTrouble | null) | null = null

  constructor(generation = 'first') {
    this.#contents = emptyContents(generation)
  }

  /** A backup as it stands now, under another generation. */
  copy(generation: string): MemoryStore {
    const copy = new MemoryStore(generation)
    copy.#contents = copyOf(this.#contents)
    copy.#contents.generation = generation
    return copy
  }

  /** Lets commits fail as a full disk does; null ends it. */
  failCommits(trouble: ((batch: CommitBatch) => StoreTrouble | null) | null): void {
    this.#commitTrouble = trouble
  }

  /** All rows of a space in order, for oracles in tests. */
  rowsOf(
    spaceId: SpaceId,
  ): readonly { readonly n: number; readonly documentId: DocumentId; readonly logId: LogId; readonly row: number }[] {
    return this.#contents.spaces.get(spaceId)?.log ?? []
  }

  /** What people wrote in a document after a feed number, as far as compaction has left it. */
  writtenRows(
    documentId: DocumentId,
    after: number,
  ): readonly { readonly personId: PersonId; readonly update: Uint8Array }[] {
    const space = this.#contents.documents.get(documentId)?.record.spaceId
    const log = space === undefined ? [] : (this.#contents.spaces.get(space)?.log ?? [])
    return log.flatMap(({ n, personId, update, documentId: id }) =>
      id === documentId && n > after && update !== null && personId !== 'server' ? [{ personId, update }] : [],
    )
  }

  /** Who wrote a document after one feed number and up to another, in the order in which they began. */
  writersOf(documentId: DocumentId, after: number, to: number): readonly PersonId[] {
    const rows = this.#contents.writers.filter((each) => each.documentId === documentId)
    return [...new Set(rows.filter(({ n }) => n > after && n <= to).map(({ personId }) => personId))]
  }

  async organisation() {
    return this.#contents.organisation
  }

  async createOrganisation(organisation: OrganisationRecord) {
    if (this.#contents.organisation !== null) throw new StoreTrouble('exists', 'There is an organisation already.')
    this.#contents.organisation = organisation
  }

  async generation() {
    return this.#contents.generation
  }

  async setGeneration(generation: string) {
    this.#contents.generation = generation
  }

  async spaces() {
    return [...this.#contents.spaces.values()].map(({ record, head }) => ({
      ...record,
      head,
      memberCount: this.#membersOf(record.spaceId).length,
    }))
  }

  async createSpace(space: NewSpaceRecord) {
    createSpace(this.#contents, space)
  }

  async changeSpace(spaceId: SpaceId, change: SpaceChange) {
    changeSpace(this.#contents, spaceId, change)
  }

  async membershipsOf(personId: PersonId) {
    return [...this.#contents.memberships.values()].filter((membership) => membership.personId === personId)
  }

  async membersOf(spaceId: SpaceId) {
    return this.#membersOf(spaceId)
  }

  #membersOf(spaceId: SpaceId): readonly Membership[] {
    return [...this.#contents.memberships.values()].filter((membership) => membership.spaceId === spaceId)
  }

  async setMembership(spaceId: SpaceId, personId: PersonId, role: SpaceRole | null) {
    setMembership(this.#contents, { spaceId, personId, role })
  }

  async request(id: RequestId) {
    return this.#contents.requests.get(id) ?? null
  }

  async requestsAfter(personId: PersonId, after: number) {
    const own = [...this.#contents.requests.values()].filter((each) => each.personId === personId && each.n > after)
    return own.toSorted((a, b) => a.n - b.n)
  }

  async openRequests() {
    const open = [...this.#contents.requests.values()].filter(({ state }) => state === 'asked')
    return open.toSorted((a, b) => a.askedAtMs - b.askedAtMs || (a.requestId < b.requestId ? -1 : 1))
  }

  async decide(decision: Decision) {
    const trouble = this.#commitTrouble?.({ rows: decision.rows, marks: [], nowMs: decision.nowMs })
    if (trouble) throw trouble
    const next = copyOf(this.#contents)
    for (const space of decision.createdSpaces) createSpace(next, space)
    for (const { spaceId, change } of decision.changedSpaces) changeSpace(next, spaceId, change)
    for (const membership of decision.memberships) setMembership(next, membership)
    const moves = decision.moves.map((move) => moveDocument(next, move))
    const rows = decision.rows.map((row) => appendRow(next, row, decision.nowMs))
    for (const request of decision.requests) putRequest(next, request)
    this.#contents = next
    return { moves, rows }
  }

  async putPeople(people: readonly PersonCard[]) {
    for (const { personId, name, role, suspended, face } of people) {
      const known = this.#contents.people.get(personId)
      const card = { personId, name, role, suspended, face }
      if (known !== undefined && JSON.stringify({ ...known, n: 0 }) === JSON.stringify({ ...card, n: 0 })) continue
      this.#contents.people.set(personId, { ...card, n: (this.#contents.peopleNumber += 1) })
    }
  }

  async peopleAfter(after: number) {
    const { people, membershipChanges, peopleNumber } = this.#contents
    return {
      n: peopleNumber,
      people: [...people.values()].filter(({ n }) => n > after).toSorted((a, b) => a.n - b.n),
      memberships: [...membershipChanges.values()].filter(({ n }) => n > after).toSorted((a, b) => a.n - b.n),
    }
  }

  async commit(batch: CommitBatch) {
    const trouble = this.#commitTrouble?.(batch)
    if (trouble) throw trouble
    const next = copyOf(this.#contents)
    const numbers = batch.rows.map((row) => appendRow(next, row, batch.nowMs))
    for (const mark of batch.marks) setMark(next, mark)
    this.#contents = next
    return numbers
  }

  async logMark(logId: LogId) {
    return this.#contents.marks.get(logId) ?? null
  }

  async rowChecksum(logId: LogId, row: number) {
    for (const space of this.#contents.spaces.values()) {
      const found = space.log.find((each) => each.logId === logId && each.row === row)
      if (found !== undefined) return found.checksum
    }
    return undefined
  }

  async loadDocuments(ids: readonly DocumentId[]) {
    const loaded: LoadedDocument[] = []
    for (const id of new Set(ids)) {
      const document = this.#contents.documents.get(id)
      if (document === undefined) continue
      const log = this.#contents.spaces.get(document.record.spaceId)?.log ?? []
      const tail: { n: number; update: Uint8Array }[] = []
      for (const { n, documentId, update } of log) {
        if (documentId === id && update !== null) tail.push({ n, update })
      }
      const snapshot = this.#contents.snapshots.get(id)
      loaded.push({ ...document, snapshotStateVector: snapshot?.stateVector ?? null, tail })
    }
    return loaded
  }

  async documents(ids: readonly DocumentId[]) {
    const records: DocumentRecord[] = []
    for (const id of new Set(ids)) {
      const document = this.#contents.documents.get(id)
      if (document !== undefined) records.push(document.record)
    }
    return records
  }

  async documentsOf(spaceId: SpaceId) {
    const records = [...this.#contents.documents.values()].map((document) => document.record)
    return records.filter((record) => record.spaceId === spaceId)
  }

  async readLog(spaceId: SpaceId, after: number, maxBytes: number, maxRows: number) {
    const rows: FeedRow[] = []
    let size = 0
    for (const { n, documentId, logId, update } of this.#contents.spaces.get(spaceId)?.log ?? []) {
      if (n <= after) continue
      if (rows.length > 0 && (size >= maxBytes || rows.length >= maxRows)) break
      rows.push({ n, documentId, logId, update: update ?? 'compacted' })
      size += update?.length ?? 0
    }
    return rows
  }

  async readSnapshot(documentId: DocumentId) {
    return this.#contents.snapshots.get(documentId) ?? null
  }

  async writeSnapshot(snapshot: NewSnapshot) {
    const { documentId, spaceId, coversN, update, stateVector, quarantined } = snapshot
    const document = this.#contents.documents.get(documentId)
    const space = document && this.#contents.spaces.get(document.record.spaceId)
    if (document === undefined || space === undefined) throw new StoreTrouble('rejected', 'There is no such document.')
    if (document.record.spaceId !== spaceId || coversN < document.record.compactedTo) return
    const log = compactLog(space.log, documentId, coversN)
    this.#contents.spaces.set(document.record.spaceId, { ...space, log })
    this.#contents.snapshots.set(documentId, { coversN, update, stateVector })
    if (quarantined !== null) this.#contents.quarantine.push({ documentId, n: coversN, update: quarantined })
    const tail = log.filter((row) => row.documentId === documentId && row.update !== null)
    const tailBytes = tail.reduce((sum, row) => sum + (row.update?.length ?? 0), 0)
    const sizes = { compactedTo: coversN, tailRows: tail.length, tailBytes, sizeBytes: update.length + tailBytes }
    this.#contents.documents.set(documentId, { ...document, record: { ...document.record, ...sizes } })
  }

  async quarantine(documentId: DocumentId) {
    return this.#contents.quarantine.filter((record) => record.documentId === documentId)
  }

  async setDerived(rows: readonly (DerivedRow & { readonly documentId: DocumentId })[]) {
    for (const { documentId, title, icon, archived } of rows) {
      const document = this.#contents.documents.get(documentId)
      if (document === undefined) continue
      this.#contents.documents.set(documentId, { ...document, record: { ...document.record, title, icon, archived } })
    }
  }

  async close() {
    this.#commitTrouble = null
  }
}
