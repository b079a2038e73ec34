import type { ProblemReason } from '../model/api.ts'
import { mintId, type FillRandom, type OrganisationId, type SpaceId } from '../model/ids.ts'
import { fail, ok, type Result } from '../model/result.ts'
import type { Members } from './members.ts'
import { oneLine, type People } from './people.ts'
import type { Directory, PersonRecord } from './store/directory.ts'
import type { Clock } from './sync-options.ts'

export interface NewOrganisation {
  readonly name: string
  readonly personName: string
  readonly email: string
  readonly password: string
  readonly teamSpaceName: string
  readonly personalSpaceName: string
}

export interface OrganisationOptions {
  readonly directory: Directory
  readonly people: People
  readonly members: Members
  readonly clock: Clock
  readonly random: FillRandom
}

/** In the language of the first screens; a client names them in its own. */
export const defaultSpaceNames = { teamSpaceName: 'Algemeen', personalSpaceName: 'Persoonlijk' } as const

/**
 * Creates the one organisation of this server: its own space, a first team space where all colleagues edit, and its
 * first administrator, who owns both.
 */
export async function createOrganisation(
  given: NewOrganisation,
  { directory, people, members, clock, random }: OrganisationOptions,
): Promise<Result<PersonRecord, Extract<ProblemReason, 'organisation-exists' | 'weak-password' | 'bad-input'>>> {
  if ((await directory.getOrganisation()) !== undefined) return fail('organisation-exists')
  const name = oneLine(given.name)
  if (name === '') return fail('bad-input')
  const newcomer = { ...given, name: given.personName, role: 'administrator', invitedTo: null } as const
  const founder = await people.prepare(newcomer)
  if (!founder.ok) return founder
  const { person } = founder.value
  const createdAtMs = clock.nowMs()
  const organisation = {
    id: mintId<OrganisationId>(random),
    name,
    organisationSpaceId: mintId<SpaceId>(random),
    teamSpaceId: mintId<SpaceId>(random),
    teamSpaceName: oneLine(given.teamSpaceName) || defaultSpaceNames.teamSpaceName,
    createdAtMs,
  }
  const audit = {
    atMs: createdAtMs,
    verb: 'organisation-created',
    actorId: person.id,
    subjectId: organisation.id,
    detail: null,
  } as const
  if (!(await directory.createOrganisation(organisation, founder.value, audit))) return fail('organisation-exists')
  await members.settle()
  return ok(person)
}
