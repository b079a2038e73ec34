import type { DocumentId, LogId, PersonId, SpaceId } from '../../model/ids.ts'
import type { SpaceRole } from '../../model/permission.ts'
import type { KnownMembership, KnownPerson, PersonCard } from './people-store.ts'
import {
  StoreTrouble,
  type ClientOwner,
  type CommitBatch,
  type DerivedRow,
  type DocumentRecord,
  type FeedRow,
  type LoadedDocument,
  type LogMark,
  type Membership,
  type NewRow,
  type NewSnapshot,
  type OrganisationRecord,
  type QuarantineRecord,
  type Snapshot,
  type SpaceRecord,
  type Store,
} from './store.ts'

interface MemoryRow extends Omit<NewRow, 'update'> {
  readonly n: number
  readonly update: Uint8Array | null
}

interface MemorySpace {
  readonly record: Omit<SpaceRecord, 'head' | 'memberCount'>
  readonly head: number
  readonly log: readonly MemoryRow[]
}

interface MemoryDocument {
  readonly record: DocumentRecord
  readonly bindings: ReadonlyMap<number, ClientOwner>
}

/** Everything as values that are replaced, never changed: a copy of the maps is a backup, and a failed batch leaves no trace. */
interface Contents {
  organisation: OrganisationRecord | null
  generation: string
  spaces: Map<SpaceId, MemorySpace>
  memberships: Map<string, Membership>
  people: Map<PersonId, KnownPerson>
  membershipChanges: Map<string, KnownMembership>
  peopleNumber: number
  documents: Map<DocumentId, MemoryDocument>
  marks: Map<LogId, LogMark>
  snapshots: Map<DocumentId, Snapshot>
  quarantine: QuarantineRecord[]
  /** Who wrote which document, and under which feed numbers; compaction keeps it. */
  writers: readonly { readonly documentId: DocumentId; readonly personId: PersonId; readonly n: number }[]
}

/** A store for tests and the simulation. It survives the server that uses it, as a disk does. */
export class MemoryStore implements Store {
  #contents: Contents
  #commitTrouble: ((batch: CommitBatch) => StoreTrouble | null) | null = null

  constructor(generation = 'first') {
    this.#contents = {
      organisation: null,
      generation,
      spaces: new Map(),
      memberships: new Map(),
      people: new Map(),
      membershipChanges: new Map(),
      peopleNumber: 1,
      documents: new Map(),
      marks: new Map(),
      snapshots: new Map(),
      quarantine: [],
      writers: [],
    }
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

  async createSpace(space: Omit<SpaceRecord, 'head' | 'memberCount'>) {
    if (this.#contents.spaces.has(space.spaceId))
      throw new StoreTrouble('exists', 'There is a space with this id already.')
    const { spaceId, kind, name, archived } = space
    this.#contents.spaces.set(spaceId, { record: { spaceId, kind, name, archived }, head: 0, log: [] })
  }

  async changeSpace(spaceId: SpaceId, change: { readonly name?: string; readonly archived?: boolean }) {
    const space = this.#contents.spaces.get(spaceId)
    if (space !== undefined) this.#contents.spaces.set(spaceId, { ...space, record: { ...space.record, ...change } })
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
    if (!this.#contents.spaces.has(spaceId)) throw new StoreTrouble('rejected', 'There is no such space.')
    const key = `${spaceId} ${personId}`
    if (role === null) this.#contents.memberships.delete(key)
    else this.#contents.memberships.set(key, { spaceId, personId, role })
    const n = (this.#contents.peopleNumber += 1)
    this.#contents.membershipChanges.set(key, { spaceId, personId, role, n })
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
    const { documentId, coversN, update, stateVector, quarantined } = snapshot
    const document = this.#contents.documents.get(documentId)
    const space = document && this.#contents.spaces.get(document.record.spaceId)
    if (document === undefined || space === undefined) throw new StoreTrouble('rejected', 'There is no such document.')
    if (coversN < document.record.compactedTo) return
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

function copyOf(contents: Contents): Contents {
  return {
    ...contents,
    spaces: new Map(contents.spaces),
    memberships: new Map(contents.memberships),
    people: new Map(contents.people),
    membershipChanges: new Map(contents.membershipChanges),
    documents: new Map(contents.documents),
    marks: new Map(contents.marks),
    snapshots: new Map(contents.snapshots),
    quarantine: [...contents.quarantine],
  }
}

function appendRow(contents: Contents, row: NewRow, nowMs: number): number {
  const space = contents.spaces.get(row.spaceId)
  if (space === undefined) throw new StoreTrouble('rejected', 'There is no such space.')
  if (space.log.some((each) => each.logId === row.logId && each.row === row.row)) {
    throw new StoreTrouble('rejected', 'This row is in the log already.')
  }
  const document = documentFor(contents, row)
  const n = space.head + 1
  contents.spaces.set(row.spaceId, { ...space, head: n, log: [...space.log, { ...row, n }] })
  if (row.personId !== 'server')
    contents.writers = [...contents.writers, { documentId: row.documentId, personId: row.personId, n }]
  const { record } = document
  const bindings = new Map(document.bindings)
  for (const { clientId, owner } of row.bindings) if (!bindings.has(clientId)) bindings.set(clientId, owner)
  contents.documents.set(row.documentId, {
    bindings,
    record: {
      ...record,
      minSchema: Math.max(record.minSchema, row.minSchema),
      changedAtMs: nowMs,
      sizeBytes: record.sizeBytes + row.update.length,
      lastN: n,
      tailRows: record.tailRows + 1,
      tailBytes: record.tailBytes + row.update.length,
    },
  })
  return n
}

function documentFor(contents: Contents, row: NewRow): MemoryDocument {
  const known = contents.documents.get(row.documentId)
  if (row.register === null) {
    if (known === undefined || known.record.spaceId !== row.spaceId)
      throw new StoreTrouble('rejected', 'There is no such document.')
    return known
  }
  if (known !== undefined) throw new StoreTrouble('rejected', 'There is a document with this id already.')
  const empty = {
    title: null,
    icon: null,
    archived: false,
    minSchema: 0,
    changedAtMs: 0,
    sizeBytes: 0,
    lastN: 0,
    compactedTo: 0,
    tailRows: 0,
    tailBytes: 0,
  }
  return { record: { ...row.register, ...empty }, bindings: new Map() }
}

function setMark(contents: Contents, mark: LogMark): void {
  const known = contents.marks.get(mark.logId)
  if (known !== undefined && known.personId !== mark.personId)
    throw new StoreTrouble('rejected', 'This log belongs to somebody else.')
  if (known === undefined || known.row < mark.row) contents.marks.set(mark.logId, mark)
}

/** Keeps one row without bytes per compacted document, its last: whoever is behind it learns that the document changed. */
function compactLog(log: readonly MemoryRow[], documentId: DocumentId, coversN: number): readonly MemoryRow[] {
  const covered = log.filter((row) => row.documentId === documentId && row.n <= coversN)
  const last = covered.at(-1)
  const gone = new Set(covered)
  const kept: MemoryRow[] = []
  for (const row of log) {
    if (!gone.has(row)) kept.push(row)
    else if (row === last) kept.push({ ...row, update: null })
  }
  return kept
}
