import { beforeEach, describe, expect, it } from 'vitest'
import {
  mintId,
  type DeviceId,
  type DocumentId,
  type OrganisationId,
  type PersonId,
  type SpaceId,
} from '../../model/ids.ts'
import type { OrganisationRole } from '../../model/permission.ts'
import type {
  AuditEntry,
  AuditVerb,
  Directory,
  InvitationRecord,
  NewPerson,
  OrganisationRecord,
  SessionRecord,
} from './directory.ts'

const fillRandom = (bytes: Uint8Array<ArrayBuffer>) => crypto.getRandomValues(bytes)
const hashOf = (byte: number) => new Uint8Array(32).fill(byte)

/** What every directory promises; run on each implementation with a directory that holds nothing yet. */
export function directoryContract(name: string, openEmpty: () => Directory): void {
  describe(`${name} directory`, () => {
    let directory: Directory
    beforeEach(() => {
      directory = openEmpty()
    })

    organisationRules(() => directory)
    peopleRules(() => directory)
    sessionRules(() => directory)
    invitationRules(() => directory)
  })
}

function organisationRules(directory: () => Directory): void {
  it('holds one organisation, and a second one changes nothing', async () => {
    expect(await directory().getOrganisation()).toBeUndefined()
    const first = organisation('De Werf')
    const founder = person('sofie@example.org', 'administrator')
    expect(await directory().createOrganisation(first, founder, audit('organisation-created'))).toBe(true)
    const second = person('other@example.org', 'administrator')
    expect(await directory().createOrganisation(organisation('Other'), second, audit('organisation-created'))).toBe(
      false,
    )
    expect(await directory().getOrganisation()).toEqual(first)
    expect(await directory().listPeople()).toEqual([founder.person])
    expect(await directory().readAudit(0, 10)).toHaveLength(1)
  })

  it('numbers the audit log upwards and pages through it', async () => {
    await directory().addPerson(person('a@example.org'), audit('person-added', 1))
    await directory().addPerson(person('b@example.org'), audit('person-added', 2))
    await directory().addPerson(person('c@example.org'), audit('person-added', 3))
    const first = await directory().readAudit(0, 2)
    expect(first.map(({ atMs }) => atMs)).toEqual([1, 2])
    const rest = await directory().readAudit(first[1]?.n ?? 0, 2)
    expect(rest).toEqual([{ ...audit('person-added', 3), n: (first[1]?.n ?? 0) + 1 }])
  })
}

function peopleRules(directory: () => Directory): void {
  it('finds a person by e-mail whatever its case, with the stored digest', async () => {
    const sofie = person('Sofie@Example.org')
    await directory().addPerson(sofie, audit('person-added'))
    expect(await directory().findByEmail('sofie@example.org')).toMatchObject({
      person: sofie.person,
      passwordHash: sofie.passwordHash,
    })
    expect(await directory().getPerson(sofie.person.id)).toEqual(sofie.person)
    expect(await directory().findByEmail('nobody@example.org')).toBeUndefined()
  })

  it('refuses a second person with the same e-mail and notes nothing', async () => {
    await directory().addPerson(person('sofie@example.org'), audit('person-added'))
    expect(await directory().addPerson(person('SOFIE@example.org '), audit('person-added'))).toBe('email-taken')
    expect(await directory().listPeople()).toHaveLength(1)
    expect(await directory().readAudit(0, 10)).toHaveLength(1)
  })

  it('lists those who have not joined their spaces yet, until they have', async () => {
    const sofie = person('sofie@example.org')
    await directory().addPerson(sofie, audit('person-added'))
    expect(await directory().listUnplaced()).toEqual([sofie.person])
    await directory().markPlaced(sofie.person.id)
    expect(await directory().listUnplaced()).toEqual([])
  })

  it('changes role and suspension, and tells an unknown person', async () => {
    const sofie = person('sofie@example.org')
    await directory().addPerson(sofie, audit('person-added'))
    expect(await directory().changePerson(sofie.person.id, { suspended: true }, audit('person-suspended'))).toBe(
      'changed',
    )
    expect(await directory().changePerson(sofie.person.id, { role: 'community-manager' }, audit('role-changed'))).toBe(
      'changed',
    )
    expect(await directory().getPerson(sofie.person.id)).toEqual({
      ...sofie.person,
      suspended: true,
      role: 'community-manager',
    })
    expect(await directory().changePerson(mintId(fillRandom), { suspended: true }, audit('person-suspended'))).toBe(
      'unknown-person',
    )
  })

  it('gives another password to who is there, and to nobody else', async () => {
    const sofie = person('sofie@example.org')
    await directory().addPerson(sofie, audit('person-added'))
    expect(await directory().setPasswordHash(sofie.person.id, 'another', audit('password-set'))).toBe(true)
    expect(await directory().setPasswordHash(mintId(fillRandom), 'another', audit('password-set'))).toBe(false)
    expect(await directory().findByEmail('sofie@example.org')).toMatchObject({ passwordHash: 'another' })
    expect(await directory().readAudit(0, 10)).toHaveLength(2)
  })

  it('keeps one administrator who is not suspended', async () => {
    const sofie = person('sofie@example.org', 'administrator')
    const bram = person('bram@example.org', 'administrator')
    await directory().addPerson(sofie, audit('person-added'))
    await directory().addPerson(bram, audit('person-added'))
    expect(await directory().changePerson(bram.person.id, { suspended: true }, audit('person-suspended'))).toBe(
      'changed',
    )
    expect(await directory().changePerson(sofie.person.id, { role: 'member' }, audit('role-changed'))).toBe(
      'last-administrator',
    )
    expect(await directory().changePerson(sofie.person.id, { suspended: true }, audit('person-suspended'))).toBe(
      'last-administrator',
    )
    expect(await directory().getPerson(sofie.person.id)).toEqual(sofie.person)
  })
}

function sessionRules(directory: () => Directory): void {
  it('opens a session by the digest of its token, with its person', async () => {
    const sofie = person('sofie@example.org')
    await directory().addPerson(sofie, audit('person-added'))
    const session = sessionOf(sofie.person.id, 1)
    await directory().addSession(session, audit('signed-in'))
    expect(await directory().findSession(hashOf(1))).toEqual({ session, person: sofie.person })
    expect(await directory().getSession(session.id)).toEqual({ session, person: sofie.person })
    expect(await directory().findSession(hashOf(2))).toBeUndefined()
    await directory().touchSession(session.id, 77)
    expect((await directory().listSessions(sofie.person.id)).map(({ lastUsedAtMs }) => lastUsedAtMs)).toEqual([77])
  })

  it('ends a session for its own person only, with its document tickets', async () => {
    const sofie = person('sofie@example.org')
    const bram = person('bram@example.org')
    for (const each of [sofie, bram]) await directory().addPerson(each, audit('person-added'))
    const session = sessionOf(sofie.person.id, 1)
    await directory().addSession(session, audit('signed-in'))
    const ticket = {
      ticketHash: hashOf(9),
      sessionId: session.id,
      documentId: mintId<DocumentId>(fillRandom),
      expiresAtMs: 100,
    }
    await directory().addDocumentTicket(ticket, 0)
    expect(await directory().removeSession(session.id, bram.person.id, audit('session-ended'))).toBe(false)
    expect(await directory().findDocumentTicket(hashOf(9))).toEqual(ticket)
    expect(await directory().removeSession(session.id, sofie.person.id, audit('signed-out'))).toBe(true)
    expect(await directory().findSession(hashOf(1))).toBeUndefined()
    expect(await directory().findDocumentTicket(hashOf(9))).toBeUndefined()
  })

  it('ends all sessions of a person and says which, newest first', async () => {
    const sofie = person('sofie@example.org')
    await directory().addPerson(sofie, audit('person-added'))
    const [old, young] = [sessionOf(sofie.person.id, 1, 10), sessionOf(sofie.person.id, 2, 20)]
    for (const session of [old, young]) await directory().addSession(session, audit('signed-in'))
    expect(await directory().removeSessionsOf(sofie.person.id, audit('session-ended'))).toEqual([young.id, old.id])
    expect(await directory().listSessions(sofie.person.id)).toEqual([])
    expect(await directory().removeSessionsOf(sofie.person.id, audit('session-ended'))).toEqual([])
  })

  it('forgets expired document tickets when another is added', async () => {
    const sofie = person('sofie@example.org')
    await directory().addPerson(sofie, audit('person-added'))
    const session = sessionOf(sofie.person.id, 1)
    await directory().addSession(session, audit('signed-in'))
    const ticket = (byte: number, expiresAtMs: number) => ({
      ticketHash: hashOf(byte),
      sessionId: session.id,
      documentId: mintId<DocumentId>(fillRandom),
      expiresAtMs,
    })
    await directory().addDocumentTicket(ticket(1, 100), 0)
    await directory().addDocumentTicket(ticket(2, 200), 100)
    expect(await directory().findDocumentTicket(hashOf(1))).toBeUndefined()
    expect(await directory().findDocumentTicket(hashOf(2))).toBeDefined()
  })
}

function invitationRules(directory: () => Directory): void {
  async function invited(expiresAtMs: number): Promise<InvitationRecord> {
    const sofie = person('sofie@example.org', 'administrator')
    await directory().addPerson(sofie, audit('person-added'))
    const invitation: InvitationRecord = {
      id: 'invitation-1',
      codeHash: hashOf(5),
      role: 'guest',
      space: { spaceId: mintId<SpaceId>(fillRandom), role: 'commenter' },
      invitedBy: sofie.person.id,
      email: 'bram@example.org',
      createdAtMs: 0,
      expiresAtMs,
      usedAtMs: null,
    }
    await directory().addInvitation(invitation, audit('person-invited'))
    return invitation
  }

  it('lets one person in by an invitation, once', async () => {
    const invitation = await invited(100)
    expect(await directory().findInvitation(hashOf(5))).toEqual(invitation)
    const bram = person('bram@example.org')
    expect(await directory().acceptInvitation(hashOf(5), bram, audit('person-joined', 50))).toBe('joined')
    expect(await directory().acceptInvitation(hashOf(5), person('c@example.org'), audit('person-joined', 51))).toBe(
      'invitation-used',
    )
    expect(await directory().findInvitation(hashOf(5))).toEqual({ ...invitation, usedAtMs: 50 })
    expect((await directory().listPeople()).map(({ email }) => email)).toEqual([
      'sofie@example.org',
      'bram@example.org',
    ])
  })

  it('lists invitations while they are open, and lets none in that was revoked', async () => {
    const invitation = await invited(100)
    expect(await directory().openInvitations(99)).toEqual([invitation])
    expect(await directory().openInvitations(100)).toEqual([])
    expect(await directory().removeInvitation('another', audit('invitation-revoked'))).toBe(false)
    expect(await directory().removeInvitation(invitation.id, audit('invitation-revoked'))).toBe(true)
    expect(await directory().openInvitations(50)).toEqual([])
    const bram = person('bram@example.org')
    expect(await directory().acceptInvitation(hashOf(5), bram, audit('person-joined', 50))).toBe('invitation-unknown')
  })

  it('refuses an unknown invitation, an expired one, and a taken e-mail without using it up', async () => {
    await invited(100)
    const bram = person('bram@example.org')
    expect(await directory().acceptInvitation(hashOf(6), bram, audit('person-joined', 50))).toBe('invitation-unknown')
    expect(await directory().acceptInvitation(hashOf(5), bram, audit('person-joined', 100))).toBe('invitation-expired')
    expect(await directory().acceptInvitation(hashOf(5), person('sofie@example.org'), audit('person-joined', 50))).toBe(
      'email-taken',
    )
    expect(await directory().acceptInvitation(hashOf(5), bram, audit('person-joined', 99))).toBe('joined')
  })
}

function organisation(name: string): OrganisationRecord {
  return {
    id: mintId<OrganisationId>(fillRandom),
    name,
    organisationSpaceId: mintId<SpaceId>(fillRandom),
    teamSpaceId: mintId<SpaceId>(fillRandom),
    teamSpaceName: 'Algemeen',
    createdAtMs: 1,
  }
}

function person(email: string, role: OrganisationRole = 'member'): NewPerson {
  return {
    person: {
      id: mintId<PersonId>(fillRandom),
      name: 'Somebody',
      email,
      role,
      suspended: false,
      face: null,
      personalSpaceId: mintId<SpaceId>(fillRandom),
      personalSpaceName: 'Personal',
      invitedTo: { spaceId: mintId<SpaceId>(fillRandom), role: 'editor' },
      createdAtMs: 1,
    },
    passwordHash: `digest of ${email}`,
  }
}

function sessionOf(personId: PersonId, token: number, createdAtMs = 0): SessionRecord {
  return {
    id: mintId<DeviceId>(fillRandom),
    personId,
    tokenHash: hashOf(token),
    deviceName: 'Laptop',
    createdAtMs,
    lastUsedAtMs: 0,
  }
}

function audit(verb: AuditVerb, atMs = 0): AuditEntry {
  return { atMs, verb, actorId: null, subjectId: null, detail: null }
}
