import { mintId, type DeviceId, type FileHash, type FillRandom, type PersonId, type SpaceId } from '../model/ids.ts'
import type { ProblemReason } from '../model/api.ts'
import type { OrganisationRole, SpaceRole } from '../model/permission.ts'
import { fail, ok, type Result } from '../model/result.ts'
import type { Sessions } from './sign-in/sessions.ts'
import { weaknessOf, type Passwords } from './sign-in/passwords.ts'
import type { AuditEntry, Directory, NewPerson, PersonChange, PersonRecord } from './store/directory.ts'
import type { PersonCard } from './store/people-store.ts'
import type { Clock } from './sync-options.ts'
import type { SyncServer } from './sync-server.ts'

/** Somebody who is about to be here. */
export interface Newcomer {
  readonly name: string
  readonly email: string
  readonly password: string
  readonly role: OrganisationRole
  readonly personalSpaceName: string
  readonly invitedTo: { readonly spaceId: SpaceId; readonly role: SpaceRole } | null
}

export interface PeopleOptions {
  readonly directory: Directory
  readonly syncServer: Pick<SyncServer, 'suspend' | 'putPeople'>
  readonly sessions: Sessions
  readonly passwords: Passwords
  readonly clock: Clock
  readonly random: FillRandom
}

/** The people of the organisation. */
export class People {
  readonly #options: PeopleOptions

  constructor(options: PeopleOptions) {
    this.#options = options
  }

  /** A person with a hashed password, not stored yet. `passwordHash`: of the same password, made for somebody else before. */
  async prepare(
    newcomer: Newcomer,
    knownHash?: string,
  ): Promise<Result<NewPerson, Extract<ProblemReason, 'weak-password' | 'bad-input'>>> {
    const { passwords, clock, random } = this.#options
    const name = oneLine(newcomer.name)
    const email = newcomer.email.trim()
    if (name === '' || !isEmail(email)) return fail('bad-input')
    if (weaknessOf(newcomer.password, email) !== undefined) return fail('weak-password')
    const passwordHash = knownHash ?? (await passwords.hash(newcomer.password))
    return ok({
      person: {
        id: mintId<PersonId>(random),
        name,
        email,
        role: newcomer.role,
        suspended: false,
        face: null,
        personalSpaceId: mintId<SpaceId>(random),
        personalSpaceName: oneLine(newcomer.personalSpaceName) || name,
        invitedTo: newcomer.invitedTo,
        createdAtMs: clock.nowMs(),
      },
      passwordHash,
    })
  }

  /** Gives another role; open sockets and other people's laptops learn it at once. */
  async changeRole(
    id: PersonId,
    role: OrganisationRole,
    actorId: PersonId | null,
  ): Promise<Result<null, ProblemReason>> {
    return this.#change(id, { role }, this.#audit('role-changed', { id, actorId, detail: role }))
  }

  /** One's own name, as it stands at what one writes. */
  async rename(id: PersonId, name: string): Promise<Result<null, ProblemReason>> {
    const clean = oneLine(name)
    if (clean === '') return fail('bad-input')
    return this.#change(id, { name: clean }, this.#audit('profile-changed', { id, actorId: id, detail: 'name' }))
  }

  /** `null`: a drawn portrait again. */
  async setFace(id: PersonId, face: FileHash | null): Promise<Result<null, ProblemReason>> {
    return this.#change(id, { face }, this.#audit('profile-changed', { id, actorId: id, detail: 'face' }))
  }

  /** Sets another password and signs all devices out but the one that is kept: whoever knew the old one is out too. */
  async setPassword(
    id: PersonId,
    password: string,
    kept: DeviceId | null = null,
  ): Promise<Result<null, ProblemReason>> {
    const { directory, passwords, sessions } = this.#options
    const person = await directory.getPerson(id)
    if (person === undefined) return fail('unknown-person')
    if (weaknessOf(password, person.email) !== undefined) return fail('weak-password')
    const audit = this.#audit('password-set', { id, actorId: null, detail: null })
    if (!(await directory.setPasswordHash(id, await passwords.hash(password), audit))) return fail('unknown-person')
    if (kept === null) await sessions.endAll(id, null)
    else await sessions.endOthers(id, kept)
    return ok(null)
  }

  /** Suspends or restores. A suspended person's sockets close at once and their devices are signed out. */
  async setSuspended(id: PersonId, suspended: boolean, actorId: PersonId | null): Promise<Result<null, ProblemReason>> {
    const verb = suspended ? 'person-suspended' : 'person-restored'
    const changed = await this.#change(id, { suspended }, this.#audit(verb, { id, actorId, detail: null }))
    if (changed.ok && suspended) {
      this.#options.syncServer.suspend(id)
      await this.#options.sessions.endAll(id, actorId)
    }
    return changed
  }

  async #change(id: PersonId, change: PersonChange, audit: AuditEntry): Promise<Result<null, ProblemReason>> {
    const { directory, syncServer } = this.#options
    const outcome = await directory.changePerson(id, change, audit)
    if (outcome !== 'changed') return fail(outcome)
    const person = await directory.getPerson(id)
    if (person !== undefined) await syncServer.putPeople([cardOf(person)])
    return ok(null)
  }

  #audit(
    verb: AuditEntry['verb'],
    what: { id: PersonId; actorId: PersonId | null; detail: string | null },
  ): AuditEntry {
    return { atMs: this.#options.clock.nowMs(), verb, actorId: what.actorId, subjectId: what.id, detail: what.detail }
  }
}

/** What others may know of a person. */
export function cardOf({ id, name, role, suspended, face }: PersonRecord): PersonCard {
  return { personId: id, name, role, suspended, face }
}

/** One line without control characters, as names are shown. */
export function oneLine(text: string): string {
  // oxlint-disable-next-line no-control-regex -- control characters are exactly what is taken out
  return text.replace(/[\u0000-\u001f\u007f\u2028\u2029]+/g, ' ').trim()
}

// One @ with something on both sides and no spaces: whether mail arrives is not for a pattern to say.
const emailPattern = /^[^\s@<>"]+@[^\s@<>"]+$/

export function isEmail(text: string): boolean {
  return text.length <= 254 && emailPattern.test(text)
}
