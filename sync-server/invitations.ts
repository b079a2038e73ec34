import type { InvitationAnswer, InvitationPreviewAnswer, ProblemReason } from '../model/api.ts'
import { invitationLink } from '../model/api.ts'
import { mintId, type FillRandom, type InvitationId, type PersonId, type SpaceId } from '../model/ids.ts'
import type { SpaceRole } from '../model/permission.ts'
import { fail, ok, type Result } from '../model/result.ts'
import { invitationMail } from './invitation-mail.ts'
import type { Mailer } from './mailer.ts'
import type { Newcomer, People } from './people.ts'
import { digestOf, mintCode } from './sign-in/secrets.ts'
import type { AuditEntry, Directory, InvitationRecord, PersonRecord } from './store/directory.ts'
import type { Clock } from './sync-options.ts'

const weekMs = 7 * 24 * 60 * 60 * 1000

export interface Invite {
  readonly role: 'member' | 'guest'
  readonly space: { readonly spaceId: SpaceId; readonly role: SpaceRole } | null
  readonly invitedBy: PersonId
  readonly email: string | null
}

export type JoinFailure = Extract<
  ProblemReason,
  'invitation-unknown' | 'invitation-expired' | 'invitation-used' | 'email-taken' | 'weak-password' | 'bad-input'
>

export interface InvitationsOptions {
  readonly directory: Directory
  readonly people: People
  readonly clock: Clock
  readonly random: FillRandom
  /** Null where this server sends no e-mail: then a link is copied. */
  readonly mailer: Mailer | null
}

/** Invitations: a code of 128 random bits lets one person in, within a week. */
export class Invitations {
  readonly #options: InvitationsOptions

  constructor(options: InvitationsOptions) {
    this.#options = options
  }

  /** `serverUrl`: how people reach this server. */
  async create(invite: Invite, serverUrl: string): Promise<InvitationAnswer> {
    const { directory, clock, random } = this.#options
    const code = mintCode()
    const id = mintId<InvitationId>(random)
    const createdAtMs = clock.nowMs()
    const expiresAtMs = createdAtMs + weekMs
    const audit = this.#audit('person-invited', invite.invitedBy, invite.role)
    const record = { id, codeHash: digestOf(code), ...invite, createdAtMs, expiresAtMs, usedAtMs: null }
    await directory.addInvitation(record, audit)
    const link = invitationLink(serverUrl, code)
    return { id, code, link, expiresAtMs, isMailed: await this.#mail(invite, link) }
  }

  /** Those that still let somebody in, newest first. */
  async open(): Promise<readonly InvitationRecord[]> {
    return this.#options.directory.openInvitations(this.#options.clock.nowMs())
  }

  async revoke(id: string, actorId: PersonId): Promise<Result<null, 'invitation-unknown'>> {
    const audit = this.#audit('invitation-revoked', actorId, null)
    return (await this.#options.directory.removeInvitation(id, audit)) ? ok(null) : fail('invitation-unknown')
  }

  #audit(verb: AuditEntry['verb'], actorId: PersonId, detail: string | null): AuditEntry {
    return { atMs: this.#options.clock.nowMs(), verb, actorId, subjectId: null, detail }
  }

  async #mail({ email, invitedBy }: Invite, link: string): Promise<boolean> {
    const { mailer, directory } = this.#options
    if (email === null || mailer === null) return false
    const organisation = (await directory.getOrganisation())?.name ?? ''
    const inviter = (await directory.getPerson(invitedBy))?.name ?? ''
    return mailer.send({ to: email, ...invitationMail({ organisation, inviter, link }) })
  }

  /** Names only, for anybody who holds the code. */
  async preview(code: string): Promise<Result<InvitationPreviewAnswer, JoinFailure>> {
    const { directory } = this.#options
    const found = await this.#usable(code)
    if (!found.ok) return found
    const organisation = await directory.getOrganisation()
    const inviter = await directory.getPerson(found.value.invitedBy)
    const people = await directory.listPeople()
    return ok({
      organisation: organisation?.name ?? '',
      invitedBy: inviter?.name ?? '',
      members: people.filter(({ role, suspended }) => role !== 'guest' && !suspended).length,
      expiresAtMs: found.value.expiresAtMs,
    })
  }

  /** Adds the person; their spaces follow with `Members.settle`. */
  async accept(
    code: string,
    newcomer: Omit<Newcomer, 'role' | 'invitedTo'>,
  ): Promise<Result<PersonRecord, JoinFailure>> {
    const { directory, people, clock } = this.#options
    // Before the password is hashed, so that a wrong code costs nothing.
    const found = await this.#usable(code)
    if (!found.ok) return found
    const { role, space } = found.value
    const prepared = await people.prepare({ ...newcomer, role, invitedTo: space })
    if (!prepared.ok) return prepared
    const { person } = prepared.value
    const audit = {
      atMs: clock.nowMs(),
      verb: 'person-joined',
      actorId: person.id,
      subjectId: person.id,
      detail: role,
    } as const
    const outcome = await directory.acceptInvitation(digestOf(code), prepared.value, audit)
    return outcome === 'joined' ? ok(person) : fail(outcome)
  }

  async #usable(code: string): Promise<Result<InvitationRecord, JoinFailure>> {
    const { directory, clock } = this.#options
    const invitation = await directory.findInvitation(digestOf(code))
    if (invitation === undefined) return fail('invitation-unknown')
    if (invitation.usedAtMs !== null) return fail('invitation-used')
    return invitation.expiresAtMs <= clock.nowMs() ? fail('invitation-expired') : ok(invitation)
  }
}
