import type { DocumentId, LogId, PersonId, RequestId, SpaceId } from '../../model/ids.ts'
import type { SpaceRole } from '../../model/permission.ts'
import type { SpaceChange } from '../../model/request.ts'
import type { KnownMembership, KnownPerson } from './people-store.ts'
import type { AskedRequest, DocumentMove, StoredRequest } from './request-store.ts'
import {
  emptySpace,
  StoreTrouble,
  type ClientOwner,
  type DocumentRecord,
  type LogMark,
  type Membership,
  type NewRow,
  type NewSpaceRecord,
  type OrganisationRecord,
  type QuarantineRecord,
  type Snapshot,
  type SpaceRecord,
} from './store.ts'

export interface MemoryRow extends Omit<NewRow, 'update'> {
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
export interface Contents {
  organisation: OrganisationRecord | null
  generation: string
  spaces: Map<SpaceId, MemorySpace>
  memberships: Map<string, Membership>
  people: Map<PersonId, KnownPerson>
  membershipChanges: Map<string, KnownMembership>
  peopleNumber: number
  requests: Map<RequestId, StoredRequest>
  documents: Map<DocumentId, MemoryDocument>
  marks: Map<LogId, LogMark>
  snapshots: Map<DocumentId, Snapshot>
  quarantine: QuarantineRecord[]
  /** Who wrote which document, and under which feed numbers; compaction keeps it. */
  writers: readonly { readonly documentId: DocumentId; readonly personId: PersonId; readonly n: number }[]
}

export function emptyContents(generation: string): Contents {
  return {
    organisation: null,
    generation,
    spaces: new Map(),
    memberships: new Map(),
    people: new Map(),
    membershipChanges: new Map(),
    peopleNumber: 1,
    requests: new Map(),
    documents: new Map(),
    marks: new Map(),
    snapshots: new Map(),
    quarantine: [],
    writers: [],
  }
}

export function copyOf(contents: Contents): Contents {
  return {
    ...contents,
    spaces: new Map(contents.spaces),
    memberships: new Map(contents.memberships),
    people: new Map(contents.people),
    membershipChanges: new Map(contents.membershipChanges),
    requests: new Map(contents.requests),
    documents: new Map(contents.documents),
    marks: new Map(contents.marks),
    snapshots: new Map(contents.snapshots),
    quarantine: [...contents.quarantine],
  }
}

export function appendRow(contents: Contents, row: NewRow, nowMs: number): number {
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

export function setMark(contents: Contents, mark: LogMark): void {
  const known = contents.marks.get(mark.logId)
  if (known !== undefined && known.personId !== mark.personId)
    throw new StoreTrouble('rejected', 'This log belongs to somebody else.')
  if (known === undefined || known.row < mark.row) contents.marks.set(mark.logId, mark)
}

/** Keeps one row without bytes per compacted document, its last: whoever is behind it learns that the document changed. */
export function compactLog(log: readonly MemoryRow[], documentId: DocumentId, coversN: number): readonly MemoryRow[] {
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

export function createSpace(contents: Contents, space: NewSpaceRecord): void {
  if (contents.spaces.has(space.spaceId)) throw new StoreTrouble('exists', 'There is a space with this id already.')
  contents.spaces.set(space.spaceId, { record: { ...emptySpace, ...space }, head: 0, log: [] })
}

export function changeSpace(contents: Contents, spaceId: SpaceId, change: SpaceChange): void {
  const space = contents.spaces.get(spaceId)
  if (space !== undefined) contents.spaces.set(spaceId, { ...space, record: { ...space.record, ...change } })
}

export function setMembership(
  contents: Contents,
  {
    spaceId,
    personId,
    role,
  }: { readonly spaceId: SpaceId; readonly personId: PersonId; readonly role: SpaceRole | null },
): void {
  if (!contents.spaces.has(spaceId)) throw new StoreTrouble('rejected', 'There is no such space.')
  const key = `${spaceId} ${personId}`
  if (role === null) contents.memberships.delete(key)
  else contents.memberships.set(key, { spaceId, personId, role })
  contents.peopleNumber += 1
  contents.membershipChanges.set(key, { spaceId, personId, role, n: contents.peopleNumber })
}

export function putRequest(contents: Contents, request: AskedRequest): void {
  const own = [...contents.requests.values()].filter(({ personId }) => personId === request.personId)
  const n = own.reduce((highest, each) => Math.max(highest, each.n), 0) + 1
  contents.requests.set(request.requestId, { ...request, n })
}

export function moveDocument(
  contents: Contents,
  { documentId, from, to, update, stateVector, logId, leftRow, enteredRow }: DocumentMove,
): { readonly left: number; readonly entered: number } {
  const document = contents.documents.get(documentId)
  if (document?.record.spaceId !== from) throw new StoreTrouble('rejected', 'The document is not there any more.')
  const old = contents.spaces.get(from)
  if (old !== undefined)
    contents.spaces.set(from, { ...old, log: old.log.filter((row) => row.documentId !== documentId) })
  const left = addMark(contents, from, { documentId, logId, row: leftRow })
  const entered = addMark(contents, to, { documentId, logId, row: enteredRow })
  contents.writers = contents.writers.map((each) => (each.documentId === documentId ? { ...each, n: entered } : each))
  contents.snapshots.set(documentId, { coversN: entered, update, stateVector })
  const moved = {
    spaceId: to,
    lastN: entered,
    compactedTo: entered,
    sizeBytes: update.length,
    tailRows: 0,
    tailBytes: 0,
  }
  contents.documents.set(documentId, { ...document, record: { ...document.record, ...moved } })
  return { left, entered }
}

function addMark(
  contents: Contents,
  spaceId: SpaceId,
  { documentId, logId, row }: { readonly documentId: DocumentId; readonly logId: LogId; readonly row: number },
): number {
  const space = contents.spaces.get(spaceId)
  if (space === undefined) throw new StoreTrouble('rejected', 'There is no such space.')
  const n = space.head + 1
  const empty = { checksum: 0, personId: 'server', schema: 1, restored: false, minSchema: 0, bindings: [] } as const
  const mark: MemoryRow = { ...empty, spaceId, documentId, logId, row, register: null, update: null, n }
  contents.spaces.set(spaceId, { ...space, head: n, log: [...space.log, mark] })
  return n
}
