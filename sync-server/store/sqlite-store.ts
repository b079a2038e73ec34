import type { DatabaseSync } from 'node:sqlite'
import type { DocumentId, LogId, PersonId, RequestId, SpaceId } from '../../model/ids.ts'
import type { SpaceRole } from '../../model/permission.ts'
import type { SpaceChange } from '../../model/request.ts'
import { mustParseId } from '../../model/ids.ts'
import type { PersonCard } from './people-store.ts'
import { recordChecksum } from './record-checksum.ts'
import type { Decision } from './request-store.ts'
import {
  bytesIn,
  clientOwnerIn,
  documentIdIn,
  documentIn,
  logIdIn,
  membershipIn,
  numberIn,
  personIdIn,
  spaceIn,
  textIn,
  type Columns,
} from './sqlite-columns.ts'
import { peopleAfter, putPeople, setMembership } from './sqlite-people.ts'
import { moveDocument, openRequests, putRequest, readRequest, requestsAfter } from './sqlite-requests.ts'
import { appendRows, setMark } from './sqlite-rows.ts'
import { readQuarantine, readSnapshot, snapshotStateVector, writeSnapshot } from './sqlite-snapshots.ts'
import { changeSpace, createSpace } from './sqlite-spaces.ts'
import { SqliteStatements } from './sqlite-statements.ts'
import {
  StoreTrouble,
  type ClientOwner,
  type CommitBatch,
  type DerivedRow,
  type DocumentRecord,
  type FeedRow,
  type LoadedDocument,
  type LogMark,
  type NewSnapshot,
  type NewSpaceRecord,
  type OrganisationRecord,
  type Store,
  type StoredBytes,
} from './store.ts'

/** The embedded store: `node:sqlite` on a database from `openDatabase`, which stays the caller's to close. */
export class SqliteStore implements Store {
  readonly #sql: SqliteStatements

  constructor(database: DatabaseSync) {
    this.#sql = new SqliteStatements(database)
  }

  async organisation() {
    const columns = this.#sql.get('SELECT organisation_id AS space_id, name FROM organisation')
    if (columns === undefined) return null
    const organisationId = mustParseId<OrganisationRecord['organisationId']>(columns['space_id'])
    return { organisationId, name: textIn(columns, 'name') }
  }

  async createOrganisation({ organisationId, name }: OrganisationRecord) {
    if ((await this.organisation()) !== null) throw new StoreTrouble('exists', 'There is an organisation already.')
    this.#sql.run('INSERT INTO organisation (one, organisation_id, name) VALUES (1, ?, ?)', organisationId, name)
  }

  async generation() {
    return textIn(this.#sql.mustGet('SELECT generation FROM generation'), 'generation')
  }

  async setGeneration(generation: string) {
    this.#sql.run('UPDATE generation SET generation = ?', generation)
  }

  async spaces() {
    return this.#sql
      .all(
        'SELECT *, (SELECT count(*) FROM membership WHERE membership.space_id = space.space_id) AS member_count FROM space ORDER BY space_id',
      )
      .map(spaceIn)
  }

  async createSpace(space: NewSpaceRecord) {
    createSpace(this.#sql, space)
  }

  async changeSpace(spaceId: SpaceId, change: SpaceChange) {
    changeSpace(this.#sql, spaceId, change)
  }

  async membershipsOf(personId: PersonId) {
    return this.#sql
      .all('SELECT space_id, person_id, role FROM membership WHERE person_id = ?', personId)
      .map(membershipIn)
  }

  async membersOf(spaceId: SpaceId) {
    return this.#sql
      .all('SELECT space_id, person_id, role FROM membership WHERE space_id = ?', spaceId)
      .map(membershipIn)
  }

  async setMembership(spaceId: SpaceId, personId: PersonId, role: SpaceRole | null) {
    this.#sql.transaction(() => setMembership(this.#sql, spaceId, personId, role))
  }

  async putPeople(people: readonly PersonCard[]) {
    this.#sql.transaction(() => putPeople(this.#sql, people))
  }

  async peopleAfter(after: number) {
    return peopleAfter(this.#sql, after)
  }

  async commit(batch: CommitBatch) {
    return this.#sql.transaction(() => {
      const numbers = appendRows(this.#sql, batch.rows, batch.nowMs)
      for (const mark of batch.marks) setMark(this.#sql, mark)
      return numbers
    })
  }

  async request(id: RequestId) {
    return readRequest(this.#sql, id)
  }

  async requestsAfter(personId: PersonId, after: number) {
    return requestsAfter(this.#sql, personId, after)
  }

  async openRequests() {
    return openRequests(this.#sql)
  }

  async decide(decision: Decision) {
    const sql = this.#sql
    return sql.transaction(() => {
      for (const space of decision.createdSpaces) createSpace(sql, space)
      for (const { spaceId, change } of decision.changedSpaces) changeSpace(sql, spaceId, change)
      for (const { spaceId, personId, role } of decision.memberships) setMembership(sql, spaceId, personId, role)
      const moves = decision.moves.map((move) => moveDocument(sql, move, decision.nowMs))
      const rows = appendRows(sql, decision.rows, decision.nowMs)
      for (const request of decision.requests) putRequest(sql, request)
      return { moves, rows }
    })
  }

  async logMark(logId: LogId): Promise<LogMark | null> {
    const columns = this.#sql.get('SELECT log_id, person_id, row, checksum FROM log_mark WHERE log_id = ?', logId)
    if (columns === undefined) return null
    return {
      logId,
      personId: personIdIn(columns),
      row: numberIn(columns, 'row'),
      checksum: numberIn(columns, 'checksum'),
    }
  }

  async rowChecksum(logId: LogId, row: number) {
    const columns = this.#sql.get('SELECT checksum FROM log WHERE log_id = ? AND row = ?', logId, row)
    return columns === undefined ? undefined : numberIn(columns, 'checksum')
  }

  async loadDocuments(ids: readonly DocumentId[]) {
    const loaded: LoadedDocument[] = []
    for (const id of new Set(ids)) {
      const document = this.#loadDocument(id)
      if (document !== undefined) loaded.push(document)
    }
    return loaded
  }

  #loadDocument(id: DocumentId): LoadedDocument | undefined {
    const columns = this.#sql.get('SELECT * FROM document WHERE document_id = ?', id)
    if (columns === undefined) return undefined
    const record = documentIn(columns)
    const bindings = new Map<number, ClientOwner>()
    for (const binding of this.#sql.all('SELECT client_id, owner FROM client_binding WHERE document_id = ?', id)) {
      bindings.set(numberIn(binding, 'client_id'), clientOwnerIn(binding))
    }
    const tail = this.#sql
      .all(
        'SELECT n, document_id, space_id, record_checksum, bytes FROM log WHERE document_id = ? AND space_id = ? AND n > ? AND bytes IS NOT NULL ORDER BY n',
        id,
        record.spaceId,
        record.compactedTo,
      )
      .map((row) => ({ n: numberIn(row, 'n'), update: intactOrDamaged(logBytesIn(row)) }))
    const stateVector = record.compactedTo === 0 ? null : snapshotStateVector(this.#sql, id)
    return { record, bindings, snapshotStateVector: stateVector, tail }
  }

  async documents(ids: readonly DocumentId[]) {
    const records: DocumentRecord[] = []
    for (const id of new Set(ids)) {
      const columns = this.#sql.get('SELECT * FROM document WHERE document_id = ?', id)
      if (columns !== undefined) records.push(documentIn(columns))
    }
    return records
  }

  async documentsOf(spaceId: SpaceId) {
    return this.#sql.all('SELECT * FROM document WHERE space_id = ?', spaceId).map(documentIn)
  }

  async readLog(spaceId: SpaceId, after: number, maxBytes: number, maxRows: number) {
    const sql =
      'SELECT n, document_id, space_id, log_id, record_checksum, bytes FROM log WHERE space_id = ? AND n > ? ORDER BY n'
    const rows: FeedRow[] = []
    let size = 0
    for (const columns of this.#sql.iterate(sql, spaceId, after)) {
      const update = logBytesIn(columns)
      rows.push({ n: numberIn(columns, 'n'), documentId: documentIdIn(columns), logId: logIdIn(columns), update })
      size += update instanceof Uint8Array ? update.length : 0
      if (size >= maxBytes || rows.length >= maxRows) break
    }
    return rows
  }

  async readSnapshot(documentId: DocumentId) {
    return readSnapshot(this.#sql, documentId)
  }

  async writeSnapshot(snapshot: NewSnapshot) {
    this.#sql.transaction(() => writeSnapshot(this.#sql, snapshot))
  }

  async quarantine(documentId: DocumentId) {
    return readQuarantine(this.#sql, documentId)
  }

  async setDerived(rows: readonly (DerivedRow & { readonly documentId: DocumentId })[]) {
    this.#sql.transaction(() => {
      for (const { documentId, title, icon, archived } of rows) {
        this.#sql.run(
          'UPDATE document SET title = ?, icon = ?, archived = ? WHERE document_id = ?',
          title,
          icon,
          archived ? 1 : 0,
          documentId,
        )
      }
    })
  }

  async close() {
    this.#sql.forget()
  }
}

function logBytesIn(columns: Columns): StoredBytes {
  const bytes = bytesIn(columns, 'bytes')
  if (bytes === null) return 'compacted'
  const checksum = recordChecksum(bytes, textIn(columns, 'space_id'), numberIn(columns, 'n'), documentIdIn(columns))
  return checksum === columns['record_checksum'] ? bytes : 'damaged'
}

function intactOrDamaged(bytes: StoredBytes): Uint8Array | 'damaged' {
  return bytes instanceof Uint8Array ? bytes : 'damaged'
}
