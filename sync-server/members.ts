import type { PersonId, SpaceId } from '../model/ids.ts'
import type { MemberAnswer, ProblemReason } from '../model/api.ts'
import { defaultJoining } from '../model/kinds.ts'
import { includesRole, type SpaceRole } from '../model/permission.ts'
import { fail, ok, type Result } from '../model/result.ts'
import { cardOf } from './people.ts'
import type { AuditVerb, Directory, OrganisationRecord, PersonRecord } from './store/directory.ts'
import { StoreTrouble, type SpaceRecord, type Store } from './store/store.ts'
import type { Clock } from './sync-options.ts'
import type { SyncServer } from './sync-server.ts'

export interface MembersOptions {
  readonly directory: Directory
  readonly store: Store
  readonly syncServer: SyncServer
  readonly clock: Clock
}

/** Who belongs to which space, and how people come into their first ones. */
export class Members {
  readonly #options: MembersOptions

  constructor(options: MembersOptions) {
    this.#options = options
  }

  /**
   * Makes what a crash between two transactions left undone: the organisation's first spaces, and for everybody not
   * placed yet their personal space and memberships; and what others may know of everybody. Changes nothing where all is done;
   * called at the start and after each joining.
   */
  async settle(): Promise<void> {
    const { directory, syncServer } = this.#options
    await syncServer.putPeople((await directory.listPeople()).map((person) => cardOf(person)))
    const unplaced = await directory.listUnplaced()
    const organisation = unplaced.length === 0 ? undefined : await directory.getOrganisation()
    if (organisation === undefined) return
    await this.#makeOrganisation(organisation)
    for (const person of unplaced) await this.#place(person, organisation)
  }

  /** Brings a person into the spaces that their role gives, such as a guest who became a colleague. */
  async place(person: PersonRecord): Promise<void> {
    const organisation = await this.#options.directory.getOrganisation()
    if (organisation !== undefined) await this.#place(person, organisation)
  }

  /** The members of a space, owners first, then by name. */
  async list(spaceId: SpaceId): Promise<readonly MemberAnswer[]> {
    const { store, directory } = this.#options
    const people = new Map((await directory.listPeople()).map((person) => [person.id, person]))
    return (await store.membersOf(spaceId))
      .flatMap(({ personId, role }) => {
        const person = people.get(personId)
        return person === undefined ? [] : [{ id: person.id, name: person.name, role, organisationRole: person.role }]
      })
      .toSorted((a, b) => Number(b.role === 'owner') - Number(a.role === 'owner') || a.name.localeCompare(b.name))
  }

  /** Gives a person a role in a space; the first time makes them a member. */
  async set(
    spaceId: SpaceId,
    personId: PersonId,
    role: SpaceRole,
    actorId: PersonId | null,
  ): Promise<Result<null, ProblemReason>> {
    const { directory, syncServer } = this.#options
    if ((await directory.getPerson(personId)) === undefined) return fail('unknown-person')
    if (role !== 'owner' && (await this.#isLastOwner(spaceId, personId))) return fail('last-owner')
    await syncServer.grantSpace(personId, spaceId, role)
    await this.#note('member-set', { spaceId, personId, actorId, detail: role })
    return ok(null)
  }

  async remove(spaceId: SpaceId, personId: PersonId, actorId: PersonId | null): Promise<Result<null, ProblemReason>> {
    const { store, syncServer } = this.#options
    if (!(await store.membersOf(spaceId)).some((member) => member.personId === personId)) return fail('unknown-person')
    if (await this.#isLastOwner(spaceId, personId)) return fail('last-owner')
    await syncServer.revokeSpace(personId, spaceId)
    await this.#note('member-removed', { spaceId, personId, actorId, detail: null })
    return ok(null)
  }

  async #makeOrganisation(organisation: OrganisationRecord): Promise<void> {
    const { store, syncServer } = this.#options
    if ((await store.organisation()) === null) {
      await store.createOrganisation({ organisationId: organisation.id, name: organisation.name })
      await syncServer.start()
    }
    await this.#makeSpace({ spaceId: organisation.organisationSpaceId, kind: 'organisation', name: organisation.name })
    await this.#makeSpace({ spaceId: organisation.teamSpaceId, kind: 'team', name: organisation.teamSpaceName })
  }

  /** Colleagues contribute to the organisation's own space and edit in the first team space; guests join where they were invited. */
  async #place(person: PersonRecord, organisation: OrganisationRecord): Promise<void> {
    const { directory } = this.#options
    await this.#makeSpace({ spaceId: person.personalSpaceId, kind: 'personal', name: person.personalSpaceName })
    await this.#join(person.id, person.personalSpaceId, 'owner')
    if (person.role !== 'guest') {
      const founds = person.role === 'administrator'
      await this.#join(person.id, organisation.organisationSpaceId, founds ? 'owner' : 'contributor')
      await this.#join(person.id, organisation.teamSpaceId, founds ? 'owner' : 'editor')
    }
    if (person.invitedTo !== null) await this.#join(person.id, person.invitedTo.spaceId, person.invitedTo.role)
    await directory.markPlaced(person.id)
  }

  /** Joins, or is raised to the role; never lowered. A space that is gone is passed over. */
  async #join(personId: PersonId, spaceId: SpaceId, role: SpaceRole): Promise<void> {
    const { syncServer } = this.#options
    if (!syncServer.spaces().some((space) => space.spaceId === spaceId)) return
    const own = (await syncServer.membershipsOf(personId)).find((each) => each.spaceId === spaceId)
    if (own !== undefined && includesRole(own.role, role)) return
    await syncServer.grantSpace(personId, spaceId, role)
  }

  async #makeSpace(space: Pick<SpaceRecord, 'spaceId' | 'kind' | 'name'>): Promise<void> {
    const { store, syncServer } = this.#options
    if (syncServer.spaces().some(({ spaceId }) => spaceId === space.spaceId)) return
    try {
      await store.createSpace({ ...space, archived: false, joining: defaultJoining(space.kind) })
    } catch (error) {
      if (!(error instanceof StoreTrouble) || error.reason !== 'exists') throw error
    }
    await syncServer.spaceCreated(space.spaceId)
  }

  async #isLastOwner(spaceId: SpaceId, personId: PersonId): Promise<boolean> {
    const owners = (await this.#options.store.membersOf(spaceId)).filter(({ role }) => role === 'owner')
    return owners.length === 1 && owners[0]?.personId === personId
  }

  async #note(
    verb: AuditVerb,
    what: { spaceId: SpaceId; personId: PersonId; actorId: PersonId | null; detail: string | null },
  ): Promise<void> {
    const detail = [what.spaceId, what.detail].filter((each) => each !== null).join(' ')
    await this.#options.directory.note({
      atMs: this.#options.clock.nowMs(),
      verb,
      actorId: what.actorId,
      subjectId: what.personId,
      detail,
    })
  }
}
