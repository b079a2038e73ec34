import type { DeviceId, PersonId } from '../../model/ids.ts'
import {
  emailKeyOf,
  endsAdministration,
  type AcceptOutcome,
  type AuditEntry,
  type AuditRecord,
  type Directory,
  type DocumentTicket,
  type InvitationRecord,
  type NewPerson,
  type OpenSession,
  type OrganisationRecord,
  type PersonChange,
  type PersonRecord,
  type SessionRecord,
} from './directory.ts'

interface StoredPerson extends NewPerson {
  readonly placed: boolean
}

/** The directory without a disk, for tests and for the simulation. Held to the same contract as the SQLite one. */
export class MemoryDirectory implements Directory {
  #organisation: OrganisationRecord | undefined
  readonly #people = new Map<PersonId, StoredPerson>()
  readonly #sessions = new Map<DeviceId, SessionRecord>()
  readonly #tickets = new Map<string, DocumentTicket>()
  readonly #invitations = new Map<string, InvitationRecord>()
  readonly #audit: AuditRecord[] = []

  async getOrganisation() {
    return this.#organisation
  }

  async createOrganisation(organisation: OrganisationRecord, founder: NewPerson, audit: AuditEntry) {
    if (this.#organisation !== undefined) return false
    this.#organisation = organisation
    this.#addPerson(founder)
    this.#note(audit)
    return true
  }

  async getPerson(id: PersonId) {
    return this.#people.get(id)?.person
  }

  async findByEmail(emailKey: string) {
    return [...this.#people.values()].find(({ person }) => emailKeyOf(person.email) === emailKey)
  }

  async listPeople() {
    return [...this.#people.values()].map(({ person }) => person)
  }

  async addPerson(newPerson: NewPerson, audit: AuditEntry) {
    if ((await this.findByEmail(emailKeyOf(newPerson.person.email))) !== undefined) return 'email-taken'
    this.#addPerson(newPerson)
    this.#note(audit)
    return 'added'
  }

  async changePerson(id: PersonId, change: PersonChange, audit: AuditEntry) {
    const stored = this.#people.get(id)
    if (stored === undefined) return 'unknown-person'
    const administrators = [...this.#people.values()].filter(({ person }) => isAdministrator(person)).length
    if (endsAdministration(stored.person, change, administrators)) return 'last-administrator'
    this.#people.set(id, { ...stored, person: { ...stored.person, ...change } })
    this.#note(audit)
    return 'changed'
  }

  async setPasswordHash(id: PersonId, passwordHash: string, audit: AuditEntry) {
    const stored = this.#people.get(id)
    if (stored === undefined) return false
    this.#people.set(id, { ...stored, passwordHash })
    this.#note(audit)
    return true
  }

  async markPlaced(id: PersonId) {
    const stored = this.#people.get(id)
    if (stored !== undefined) this.#people.set(id, { ...stored, placed: true })
  }

  async listUnplaced() {
    return [...this.#people.values()].filter(({ placed }) => !placed).map(({ person }) => person)
  }

  async addSession(session: SessionRecord, audit: AuditEntry) {
    this.#sessions.set(session.id, session)
    this.#note(audit)
  }

  async findSession(tokenHash: Uint8Array) {
    return this.#open([...this.#sessions.values()].find((session) => keyOf(session.tokenHash) === keyOf(tokenHash)))
  }

  async getSession(id: DeviceId) {
    return this.#open(this.#sessions.get(id))
  }

  async listSessions(personId: PersonId) {
    return [...this.#sessions.values()].filter((session) => session.personId === personId).toSorted(newestFirst)
  }

  async touchSession(id: DeviceId, atMs: number) {
    const session = this.#sessions.get(id)
    if (session !== undefined) this.#sessions.set(id, { ...session, lastUsedAtMs: atMs })
  }

  async removeSession(id: DeviceId, personId: PersonId, audit: AuditEntry) {
    if (this.#sessions.get(id)?.personId !== personId) return false
    this.#removeSession(id)
    this.#note(audit)
    return true
  }

  async removeSessionsOf(personId: PersonId, audit: AuditEntry) {
    const ids = (await this.listSessions(personId)).map(({ id }) => id)
    for (const id of ids) this.#removeSession(id)
    if (ids.length > 0) this.#note(audit)
    return ids
  }

  async addDocumentTicket(ticket: DocumentTicket, nowMs: number) {
    for (const [key, { expiresAtMs }] of this.#tickets) if (expiresAtMs <= nowMs) this.#tickets.delete(key)
    this.#tickets.set(keyOf(ticket.ticketHash), ticket)
  }

  async findDocumentTicket(ticketHash: Uint8Array) {
    return this.#tickets.get(keyOf(ticketHash))
  }

  async addInvitation(invitation: InvitationRecord, audit: AuditEntry) {
    this.#invitations.set(keyOf(invitation.codeHash), { ...invitation, usedAtMs: null })
    this.#note(audit)
  }

  async findInvitation(codeHash: Uint8Array) {
    return this.#invitations.get(keyOf(codeHash))
  }

  async openInvitations(nowMs: number) {
    const open = [...this.#invitations.values()].filter((each) => each.usedAtMs === null && each.expiresAtMs > nowMs)
    return open.toSorted((a, b) => b.createdAtMs - a.createdAtMs || (a.id < b.id ? -1 : 1))
  }

  async removeInvitation(id: string, audit: AuditEntry) {
    const found = [...this.#invitations].find(([, invitation]) => invitation.id === id && invitation.usedAtMs === null)
    if (found === undefined) return false
    this.#invitations.delete(found[0])
    this.#note(audit)
    return true
  }

  async acceptInvitation(codeHash: Uint8Array, newPerson: NewPerson, audit: AuditEntry): Promise<AcceptOutcome> {
    const invitation = this.#invitations.get(keyOf(codeHash))
    if (invitation === undefined) return 'invitation-unknown'
    if (invitation.usedAtMs !== null) return 'invitation-used'
    if (invitation.expiresAtMs <= audit.atMs) return 'invitation-expired'
    if ((await this.addPerson(newPerson, audit)) === 'email-taken') return 'email-taken'
    this.#invitations.set(keyOf(codeHash), { ...invitation, usedAtMs: audit.atMs })
    return 'joined'
  }

  async note(audit: AuditEntry) {
    this.#note(audit)
  }

  async readAudit(after: number, limit: number) {
    return this.#audit.filter(({ n }) => n > after).slice(0, limit)
  }

  #addPerson(newPerson: NewPerson): void {
    this.#people.set(newPerson.person.id, { ...newPerson, placed: false })
  }

  #note(entry: AuditEntry): void {
    this.#audit.push({ ...entry, n: this.#audit.length + 1 })
  }

  #open(session: SessionRecord | undefined): OpenSession | undefined {
    const person = session === undefined ? undefined : this.#people.get(session.personId)?.person
    return session === undefined || person === undefined ? undefined : { session, person }
  }

  #removeSession(id: DeviceId): void {
    this.#sessions.delete(id)
    for (const [key, { sessionId }] of this.#tickets) if (sessionId === id) this.#tickets.delete(key)
  }
}

function isAdministrator(person: PersonRecord): boolean {
  return person.role === 'administrator' && !person.suspended
}

function keyOf(hash: Uint8Array): string {
  return Buffer.from(hash).toString('hex')
}

function newestFirst(a: SessionRecord, b: SessionRecord): number {
  return b.createdAtMs - a.createdAtMs || (a.id < b.id ? -1 : 1)
}
