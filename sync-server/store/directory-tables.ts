import type { SQLOutputValue } from 'node:sqlite'
import { mustParseId, parseFileHash, type DeviceId, type PersonId, type SpaceId } from '../../model/ids.ts'
import { organisationRoles, spaceRoles, type OrganisationRole, type SpaceRole } from '../../model/permission.ts'
import {
  auditVerbs,
  type AuditRecord,
  type DocumentTicket,
  type InvitationRecord,
  type OrganisationRecord,
  type PersonRecord,
  type SessionRecord,
} from './directory.ts'
import type { MigrationSet } from './open-database.ts'

const firstTables = `
  CREATE TABLE directory_organisation (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    id TEXT NOT NULL,
    name TEXT NOT NULL,
    organisation_space_id TEXT NOT NULL,
    team_space_id TEXT NOT NULL,
    team_space_name TEXT NOT NULL,
    created_at_ms INTEGER NOT NULL
  ) STRICT;
  CREATE TABLE person (
    n INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    email TEXT NOT NULL,
    email_key TEXT NOT NULL UNIQUE,
    role TEXT NOT NULL,
    suspended INTEGER NOT NULL DEFAULT 0,
    password_hash TEXT NOT NULL,
    personal_space_id TEXT NOT NULL,
    personal_space_name TEXT NOT NULL,
    invited_space_id TEXT,
    invited_space_role TEXT,
    placed INTEGER NOT NULL DEFAULT 0,
    created_at_ms INTEGER NOT NULL
  ) STRICT;
  CREATE TABLE session (
    id TEXT PRIMARY KEY,
    person_id TEXT NOT NULL REFERENCES person (id),
    token_hash BLOB NOT NULL UNIQUE,
    device_name TEXT NOT NULL,
    created_at_ms INTEGER NOT NULL,
    last_used_at_ms INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX session_of_person ON session (person_id, created_at_ms);
  CREATE TABLE document_ticket (
    ticket_hash BLOB PRIMARY KEY,
    session_id TEXT NOT NULL,
    document_id TEXT NOT NULL,
    expires_at_ms INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX document_ticket_of_session ON document_ticket (session_id);
  CREATE TABLE invitation (
    code_hash BLOB PRIMARY KEY,
    role TEXT NOT NULL,
    space_id TEXT,
    space_role TEXT,
    invited_by TEXT NOT NULL REFERENCES person (id),
    created_at_ms INTEGER NOT NULL,
    expires_at_ms INTEGER NOT NULL,
    used_at_ms INTEGER
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE audit (
    n INTEGER PRIMARY KEY AUTOINCREMENT,
    at_ms INTEGER NOT NULL,
    verb TEXT NOT NULL,
    actor_id TEXT,
    subject_id TEXT,
    detail TEXT
  ) STRICT;
  CREATE TRIGGER audit_never_changes BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END;
  CREATE TRIGGER audit_never_shrinks BEFORE DELETE ON audit BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END;
  `

/** The directory's own steps in the server's one database. */
export const directoryMigrations: MigrationSet = {
  owner: 'directory',
  migrations: [
    { name: 'first tables', sql: firstTables },
    { name: 'faces', sql: 'ALTER TABLE person ADD COLUMN face TEXT' },
    {
      name: 'invitations by id',
      sql: `ALTER TABLE invitation ADD COLUMN id TEXT; ALTER TABLE invitation ADD COLUMN email TEXT;
        UPDATE invitation SET id = lower(hex(randomblob(13))); CREATE UNIQUE INDEX invitation_by_id ON invitation (id);`,
    },
  ],
}

export type Row = Readonly<Record<string, SQLOutputValue>>

export function readOrganisation(row: Row): OrganisationRecord {
  return {
    id: mustParseId(row['id']),
    name: text(row, 'name'),
    organisationSpaceId: mustParseId<SpaceId>(row['organisation_space_id']),
    teamSpaceId: mustParseId<SpaceId>(row['team_space_id']),
    teamSpaceName: text(row, 'team_space_name'),
    createdAtMs: number(row, 'created_at_ms'),
  }
}

export function readPerson(row: Row): PersonRecord {
  return {
    id: mustParseId<PersonId>(row['id']),
    name: text(row, 'name'),
    email: text(row, 'email'),
    role: organisationRole(row['role']),
    suspended: row['suspended'] === 1,
    face: parseFileHash(row['face']) ?? null,
    personalSpaceId: mustParseId<SpaceId>(row['personal_space_id']),
    personalSpaceName: text(row, 'personal_space_name'),
    invitedTo: spaceWithRole(row['invited_space_id'], row['invited_space_role']),
    createdAtMs: number(row, 'created_at_ms'),
  }
}

export function readSession(row: Row): SessionRecord {
  return {
    id: mustParseId<DeviceId>(row['id']),
    personId: mustParseId<PersonId>(row['person_id']),
    tokenHash: bytes(row, 'token_hash'),
    deviceName: text(row, 'device_name'),
    createdAtMs: number(row, 'created_at_ms'),
    lastUsedAtMs: number(row, 'last_used_at_ms'),
  }
}

export function readDocumentTicket(row: Row): DocumentTicket {
  return {
    ticketHash: bytes(row, 'ticket_hash'),
    sessionId: mustParseId<DeviceId>(row['session_id']),
    documentId: mustParseId(row['document_id']),
    expiresAtMs: number(row, 'expires_at_ms'),
  }
}

export function readInvitation(row: Row): InvitationRecord {
  return {
    id: text(row, 'id'),
    codeHash: bytes(row, 'code_hash'),
    role: row['role'] === 'member' ? 'member' : 'guest',
    space: spaceWithRole(row['space_id'], row['space_role']),
    invitedBy: mustParseId<PersonId>(row['invited_by']),
    email: row['email'] === null ? null : text(row, 'email'),
    createdAtMs: number(row, 'created_at_ms'),
    expiresAtMs: number(row, 'expires_at_ms'),
    usedAtMs: row['used_at_ms'] === null ? null : number(row, 'used_at_ms'),
  }
}

export function readAuditRow(row: Row): AuditRecord {
  const verb = auditVerbs.find((each) => each === row['verb'])
  if (verb === undefined) throw new TypeError('An audit entry of a newer Plein')
  return {
    n: number(row, 'n'),
    atMs: number(row, 'at_ms'),
    verb,
    actorId: row['actor_id'] === null ? null : mustParseId<PersonId>(row['actor_id']),
    subjectId: row['subject_id'] === null ? null : text(row, 'subject_id'),
    detail: row['detail'] === null ? null : text(row, 'detail'),
  }
}

function text(row: Row, column: string): string {
  const value = row[column]
  if (typeof value !== 'string') throw new TypeError(`Column ${column} holds no text`)
  return value
}

function number(row: Row, column: string): number {
  const value = row[column]
  if (typeof value !== 'number') throw new TypeError(`Column ${column} holds no number`)
  return value
}

function bytes(row: Row, column: string): Uint8Array {
  const value = row[column]
  if (!(value instanceof Uint8Array)) throw new TypeError(`Column ${column} holds no bytes`)
  return value
}

/** A role that this version does not know gives the least. */
function organisationRole(value: unknown): OrganisationRole {
  return organisationRoles.find((role) => role === value) ?? 'guest'
}

function spaceWithRole(
  spaceId: unknown,
  role: unknown,
): { readonly spaceId: SpaceId; readonly role: SpaceRole } | null {
  if (spaceId === null || spaceId === undefined) return null
  return { spaceId: mustParseId<SpaceId>(spaceId), role: spaceRoles.find((each) => each === role) ?? 'reader' }
}
