import type { DatabaseSync, SQLInputValue } from 'node:sqlite'
import type { DeviceId, PersonId } from '../../model/ids.ts'
import {
  readAuditRow,
  readDocumentTicket,
  readInvitation,
  readOrganisation,
  readPerson,
  readSession,
  type Row,
} from './directory-tables.ts'
import {
  emailKeyOf,
  endsAdministration,
  type AuditEntry,
  type Directory,
  type DocumentTicket,
  type InvitationRecord,
  type NewPerson,
  type OpenSession,
  type OrganisationRecord,
  type PersonChange,
  type SessionRecord,
} from './directory.ts'

/**
 * The directory in the server's one database file, opened with `directoryMigrations` by the caller, who closes it. Async in form alone:
 * each verb runs at once, so that no other code comes between its statements.
 */
export class SqliteDirectory implements Directory {
  readonly #database: DatabaseSync

  constructor(database: DatabaseSync) {
    this.#database = database
  }

  async getOrganisation() {
    const row = this.#one('SELECT * FROM directory_organisation')
    return row === undefined ? undefined : readOrganisation(row)
  }

  async createOrganisation(organisation: OrganisationRecord, founder: NewPerson, audit: AuditEntry) {
    return this.#transaction(() => {
      if (this.#one('SELECT 1 FROM directory_organisation') !== undefined) return false
      this.#run(
        'INSERT INTO directory_organisation VALUES (1, ?, ?, ?, ?, ?, ?)',
        organisation.id,
        organisation.name,
        organisation.organisationSpaceId,
        organisation.teamSpaceId,
        organisation.teamSpaceName,
        organisation.createdAtMs,
      )
      this.#insertPerson(founder)
      this.#note(audit)
      return true
    })
  }

  async getPerson(id: PersonId) {
    const row = this.#one('SELECT * FROM person WHERE id = ?', id)
    return row === undefined ? undefined : readPerson(row)
  }

  async findByEmail(emailKey: string) {
    const row = this.#one('SELECT * FROM person WHERE email_key = ?', emailKey)
    return row === undefined ? undefined : { person: readPerson(row), passwordHash: String(row['password_hash']) }
  }

  async listPeople() {
    return this.#all('SELECT * FROM person ORDER BY n').map(readPerson)
  }

  async addPerson(newPerson: NewPerson, audit: AuditEntry) {
    return this.#transaction(() => {
      if (this.#isEmailTaken(newPerson.person.email)) return 'email-taken'
      this.#insertPerson(newPerson)
      this.#note(audit)
      return 'added'
    })
  }

  async changePerson(id: PersonId, change: PersonChange, audit: AuditEntry) {
    return this.#transaction(() => {
      const row = this.#one('SELECT * FROM person WHERE id = ?', id)
      if (row === undefined) return 'unknown-person'
      const person = readPerson(row)
      if (endsAdministration(person, change, this.#administrators())) return 'last-administrator'
      const { name, face, role, suspended } = { ...person, ...change }
      const sql = 'UPDATE person SET name = ?, face = ?, role = ?, suspended = ? WHERE id = ?'
      this.#run(sql, name, face, role, suspended ? 1 : 0, id)
      this.#note(audit)
      return 'changed'
    })
  }

  async setPasswordHash(id: PersonId, passwordHash: string, audit: AuditEntry) {
    return this.#transaction(() => {
      if (this.#run('UPDATE person SET password_hash = ? WHERE id = ?', passwordHash, id) === 0) return false
      this.#note(audit)
      return true
    })
  }

  async markPlaced(id: PersonId) {
    this.#run('UPDATE person SET placed = 1 WHERE id = ?', id)
  }

  async listUnplaced() {
    return this.#all('SELECT * FROM person WHERE placed = 0 ORDER BY n').map(readPerson)
  }

  async addSession(session: SessionRecord, audit: AuditEntry) {
    this.#transaction(() => {
      this.#run(
        'INSERT INTO session VALUES (?, ?, ?, ?, ?, ?)',
        session.id,
        session.personId,
        session.tokenHash,
        session.deviceName,
        session.createdAtMs,
        session.lastUsedAtMs,
      )
      this.#note(audit)
    })
  }

  async findSession(tokenHash: Uint8Array) {
    return this.#openSession(this.#one('SELECT * FROM session WHERE token_hash = ?', tokenHash))
  }

  async getSession(id: DeviceId) {
    return this.#openSession(this.#one('SELECT * FROM session WHERE id = ?', id))
  }

  async listSessions(personId: PersonId) {
    return this.#all('SELECT * FROM session WHERE person_id = ? ORDER BY created_at_ms DESC, id', personId).map(
      readSession,
    )
  }

  async touchSession(id: DeviceId, atMs: number) {
    this.#run('UPDATE session SET last_used_at_ms = ? WHERE id = ?', atMs, id)
  }

  async removeSession(id: DeviceId, personId: PersonId, audit: AuditEntry) {
    return this.#transaction(() => {
      if (this.#run('DELETE FROM session WHERE id = ? AND person_id = ?', id, personId) === 0) return false
      this.#removeTicketsOf(id)
      this.#note(audit)
      return true
    })
  }

  async removeSessionsOf(personId: PersonId, audit: AuditEntry) {
    return this.#transaction(() => {
      const rows = this.#all('SELECT * FROM session WHERE person_id = ? ORDER BY created_at_ms DESC, id', personId)
      const ids = rows.map((row) => readSession(row).id)
      for (const id of ids) this.#removeTicketsOf(id)
      this.#run('DELETE FROM session WHERE person_id = ?', personId)
      if (ids.length > 0) this.#note(audit)
      return ids
    })
  }

  async addDocumentTicket(ticket: DocumentTicket, nowMs: number) {
    this.#transaction(() => {
      this.#run('DELETE FROM document_ticket WHERE expires_at_ms <= ?', nowMs)
      this.#run(
        'INSERT INTO document_ticket VALUES (?, ?, ?, ?)',
        ticket.ticketHash,
        ticket.sessionId,
        ticket.documentId,
        ticket.expiresAtMs,
      )
    })
  }

  async findDocumentTicket(ticketHash: Uint8Array) {
    const row = this.#one('SELECT * FROM document_ticket WHERE ticket_hash = ?', ticketHash)
    return row === undefined ? undefined : readDocumentTicket(row)
  }

  async addInvitation(invitation: InvitationRecord, audit: AuditEntry) {
    this.#transaction(() => {
      this.#run(
        `INSERT INTO invitation (code_hash, role, space_id, space_role, invited_by, created_at_ms, expires_at_ms, id, email)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
        invitation.codeHash,
        invitation.role,
        invitation.space?.spaceId ?? null,
        invitation.space?.role ?? null,
        invitation.invitedBy,
        invitation.createdAtMs,
        invitation.expiresAtMs,
        invitation.id,
        invitation.email,
      )
      this.#note(audit)
    })
  }

  async findInvitation(codeHash: Uint8Array) {
    const row = this.#one('SELECT * FROM invitation WHERE code_hash = ?', codeHash)
    return row === undefined ? undefined : readInvitation(row)
  }

  async openInvitations(nowMs: number) {
    const sql =
      'SELECT * FROM invitation WHERE used_at_ms IS NULL AND expires_at_ms > ? ORDER BY created_at_ms DESC, id'
    return this.#all(sql, nowMs).map(readInvitation)
  }

  async removeInvitation(id: string, audit: AuditEntry) {
    return this.#transaction(() => {
      if (this.#run('DELETE FROM invitation WHERE id = ? AND used_at_ms IS NULL', id) === 0) return false
      this.#note(audit)
      return true
    })
  }

  async acceptInvitation(codeHash: Uint8Array, newPerson: NewPerson, audit: AuditEntry) {
    return this.#transaction(() => {
      const row = this.#one('SELECT * FROM invitation WHERE code_hash = ?', codeHash)
      if (row === undefined) return 'invitation-unknown'
      const invitation = readInvitation(row)
      if (invitation.usedAtMs !== null) return 'invitation-used'
      if (invitation.expiresAtMs <= audit.atMs) return 'invitation-expired'
      if (this.#isEmailTaken(newPerson.person.email)) return 'email-taken'
      this.#run('UPDATE invitation SET used_at_ms = ? WHERE code_hash = ?', audit.atMs, codeHash)
      this.#insertPerson(newPerson)
      this.#note(audit)
      return 'joined'
    })
  }

  async note(audit: AuditEntry) {
    this.#note(audit)
  }

  async readAudit(after: number, limit: number) {
    return this.#all('SELECT * FROM audit WHERE n > ? ORDER BY n LIMIT ?', after, limit).map(readAuditRow)
  }

  #one(sql: string, ...values: SQLInputValue[]): Row | undefined {
    return this.#database.prepare(sql).get(...values)
  }

  #all(sql: string, ...values: SQLInputValue[]): readonly Row[] {
    return this.#database.prepare(sql).all(...values)
  }

  #run(sql: string, ...values: SQLInputValue[]): number {
    return Number(this.#database.prepare(sql).run(...values).changes)
  }

  #transaction<T>(change: () => T): T {
    this.#database.exec('BEGIN IMMEDIATE')
    try {
      const result = change()
      this.#database.exec('COMMIT')
      return result
    } catch (error) {
      if (this.#database.isTransaction) this.#database.exec('ROLLBACK')
      throw error
    }
  }

  #note({ atMs, verb, actorId, subjectId, detail }: AuditEntry): void {
    const sql = 'INSERT INTO audit (at_ms, verb, actor_id, subject_id, detail) VALUES (?, ?, ?, ?, ?)'
    this.#run(sql, atMs, verb, actorId, subjectId, detail)
  }

  #isEmailTaken(email: string): boolean {
    return this.#one('SELECT 1 FROM person WHERE email_key = ?', emailKeyOf(email)) !== undefined
  }

  #administrators(): number {
    const row = this.#one(`SELECT count(*) AS count FROM person WHERE role = 'administrator' AND suspended = 0`)
    return Number(row?.['count'] ?? 0)
  }

  #removeTicketsOf(id: DeviceId): void {
    this.#run('DELETE FROM document_ticket WHERE session_id = ?', id)
  }

  #openSession(row: Row | undefined): OpenSession | undefined {
    if (row === undefined) return undefined
    const session = readSession(row)
    const person = this.#one('SELECT * FROM person WHERE id = ?', session.personId)
    return person === undefined ? undefined : { session, person: readPerson(person) }
  }

  #insertPerson({ person, passwordHash }: NewPerson): void {
    this.#run(
      `INSERT INTO person (id, name, email, email_key, role, suspended, password_hash, personal_space_id, personal_space_name,
        invited_space_id, invited_space_role, created_at_ms) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      person.id,
      person.name,
      person.email,
      emailKeyOf(person.email),
      person.role,
      person.suspended ? 1 : 0,
      passwordHash,
      person.personalSpaceId,
      person.personalSpaceName,
      person.invitedTo?.spaceId ?? null,
      person.invitedTo?.role ?? null,
      person.createdAtMs,
    )
  }
}
