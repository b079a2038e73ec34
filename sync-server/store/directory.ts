import type { DeviceId, DocumentId, FileHash, OrganisationId, PersonId, SpaceId } from '../../model/ids.ts'
import type { OrganisationRole, SpaceRole } from '../../model/permission.ts'

/**
 * Who there is: the organisation, people, their sessions and invitations, and the audit log. Spaces, their members and all
 * documents are the store's (store.ts). Every verb is one transaction, its audit entry included. Secrets come in as digests only.
 */
export interface Directory {
  getOrganisation(): Promise<OrganisationRecord | undefined>
  /** False, and nothing changes, where there is one already. */
  createOrganisation(organisation: OrganisationRecord, founder: NewPerson, audit: AuditEntry): Promise<boolean>

  getPerson(id: PersonId): Promise<PersonRecord | undefined>
  findByEmail(emailKey: string): Promise<{ readonly person: PersonRecord; readonly passwordHash: string } | undefined>
  /** In the order in which they came. */
  listPeople(): Promise<readonly PersonRecord[]>
  addPerson(person: NewPerson, audit: AuditEntry): Promise<'added' | 'email-taken'>
  /** False where there is no such person. */
  setPasswordHash(id: PersonId, passwordHash: string, audit: AuditEntry): Promise<boolean>
  /** The last administrator who is not suspended can be neither suspended nor given another role. */
  changePerson(
    id: PersonId,
    change: PersonChange,
    audit: AuditEntry,
  ): Promise<'changed' | 'unknown-person' | 'last-administrator'>
  /** The person has joined all spaces that they were to join; until then `listUnplaced` names them. */
  markPlaced(id: PersonId): Promise<void>
  listUnplaced(): Promise<readonly PersonRecord[]>

  addSession(session: SessionRecord, audit: AuditEntry): Promise<void>
  findSession(tokenHash: Uint8Array): Promise<OpenSession | undefined>
  getSession(id: DeviceId): Promise<OpenSession | undefined>
  /** Newest first. */
  listSessions(personId: PersonId): Promise<readonly SessionRecord[]>
  touchSession(id: DeviceId, atMs: number): Promise<void>
  /** False where this person has no such session. Its document tickets go with it. */
  removeSession(id: DeviceId, personId: PersonId, audit: AuditEntry): Promise<boolean>
  /** The sessions that ended. */
  removeSessionsOf(personId: PersonId, audit: AuditEntry): Promise<readonly DeviceId[]>

  /** A ticket for one document and any number of sockets, until it expires or its session ends. Expired ones are removed on the way. */
  addDocumentTicket(ticket: DocumentTicket, nowMs: number): Promise<void>
  findDocumentTicket(ticketHash: Uint8Array): Promise<DocumentTicket | undefined>

  addInvitation(invitation: InvitationRecord, audit: AuditEntry): Promise<void>
  findInvitation(codeHash: Uint8Array): Promise<InvitationRecord | undefined>
  /** Those that still let somebody in, newest first. */
  openInvitations(nowMs: number): Promise<readonly InvitationRecord[]>
  /** False where there is none that is open. */
  removeInvitation(id: string, audit: AuditEntry): Promise<boolean>
  /** Uses up the invitation and adds the person, or does neither. */
  acceptInvitation(codeHash: Uint8Array, person: NewPerson, audit: AuditEntry): Promise<AcceptOutcome>

  /** For what happened in the store, which has no audit log of its own. */
  note(audit: AuditEntry): Promise<void>
  /** Entries after number `after`, oldest first; they can be neither changed nor removed. */
  readAudit(after: number, limit: number): Promise<readonly AuditRecord[]>
}

export type AcceptOutcome = 'joined' | 'invitation-unknown' | 'invitation-expired' | 'invitation-used' | 'email-taken'

/** Ids of the first spaces are minted with the organisation, so that making them can be repeated after a crash. */
export interface OrganisationRecord {
  readonly id: OrganisationId
  readonly name: string
  readonly organisationSpaceId: SpaceId
  readonly teamSpaceId: SpaceId
  readonly teamSpaceName: string
  readonly createdAtMs: number
}

export interface PersonRecord {
  readonly id: PersonId
  readonly name: string
  readonly email: string
  readonly role: OrganisationRole
  readonly suspended: boolean
  /** A picture among the files; null: one is drawn. */
  readonly face: FileHash | null
  /** Minted with the person, for the same reason. */
  readonly personalSpaceId: SpaceId
  readonly personalSpaceName: string
  /** The space that their invitation named, and the role there. */
  readonly invitedTo: { readonly spaceId: SpaceId; readonly role: SpaceRole } | null
  readonly createdAtMs: number
}

export interface NewPerson {
  readonly person: PersonRecord
  readonly passwordHash: string
}

export interface PersonChange {
  readonly name?: string
  readonly face?: FileHash | null
  readonly role?: OrganisationRole
  readonly suspended?: boolean
}

/** One device of one person. */
export interface SessionRecord {
  readonly id: DeviceId
  readonly personId: PersonId
  readonly tokenHash: Uint8Array
  readonly deviceName: string
  readonly createdAtMs: number
  readonly lastUsedAtMs: number
}

export interface OpenSession {
  readonly session: SessionRecord
  readonly person: PersonRecord
}

export interface DocumentTicket {
  readonly ticketHash: Uint8Array
  readonly sessionId: DeviceId
  readonly documentId: DocumentId
  readonly expiresAtMs: number
}

export interface InvitationRecord {
  /** To list and revoke it by; the code itself is nowhere. */
  readonly id: string
  readonly codeHash: Uint8Array
  readonly role: 'member' | 'guest'
  readonly space: { readonly spaceId: SpaceId; readonly role: SpaceRole } | null
  readonly invitedBy: PersonId
  /** Where it was sent; null where a link was copied. */
  readonly email: string | null
  readonly createdAtMs: number
  readonly expiresAtMs: number
  readonly usedAtMs: number | null
}

export const auditVerbs = [
  'organisation-created',
  'person-invited',
  'person-joined',
  'person-added',
  'role-changed',
  'password-set',
  'profile-changed',
  'person-suspended',
  'person-restored',
  'signed-in',
  'signed-out',
  'session-ended',
  'space-created',
  'member-set',
  'member-removed',
  'invitation-revoked',
  'space-changed',
  'ask-decided',
  'page-moved',
  'page-archived',
] as const
export type AuditVerb = (typeof auditVerbs)[number]

export interface AuditEntry {
  readonly atMs: number
  readonly verb: AuditVerb
  /** Who did it; null for the command line and the server itself. */
  readonly actorId: PersonId | null
  /** Whom or what it was done to: an id, never a name. */
  readonly subjectId: string | null
  /** One word more, such as the new role. */
  readonly detail: string | null
}

export interface AuditRecord extends AuditEntry {
  readonly n: number
}

/** How e-mail addresses are compared: what people type differently by accident is the same person. */
export function emailKeyOf(email: string): string {
  return email.trim().normalize('NFKC').toLowerCase()
}

/** Whether the change would leave the organisation without an administrator. */
export function endsAdministration(person: PersonRecord, change: PersonChange, administrators: number): boolean {
  if (person.role !== 'administrator' || person.suspended || administrators > 1) return false
  return change.suspended === true || (change.role !== undefined && change.role !== 'administrator')
}
