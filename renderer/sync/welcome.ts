import type { SpaceId } from '../../model/ids.ts'
import type { ServerMessage, SpaceGrant } from '../../model/protocol/messages.ts'
import type { OrganisationStorage, SpaceRecord } from '../storage/laptop-storage.ts'
import { peopleNumberSetting } from '../storage/people-storage.ts'
import { controlNumberSetting } from '../storage/request-storage.ts'

export type Welcome = Extract<ServerMessage, { type: 'welcome' }>

const generationSetting = 'generation'
/** Spaces that a restored server knows no more. They stay here: what it lost must not be lost here as well. */
const unlistedSetting = 'unlisted-spaces'

/** The generation that this laptop last compared itself with. */
export async function knownGeneration(storage: OrganisationStorage): Promise<string | null> {
  const value = await storage.setting(generationSetting)
  return typeof value === 'string' ? value : null
}

/** LO4: whether what the server knows of this log is what this laptop wrote. */
export async function isOurLog(storage: OrganisationStorage, welcome: Welcome): Promise<boolean> {
  const { acknowledgedRow, acknowledgedChecksum } = welcome
  if (acknowledgedRow === 0) return (await storage.logState()).acknowledgedRow === 0
  return (await storage.checksumOfRow(acknowledgedRow)) === acknowledgedChecksum
}

/**
 * GE1: under another generation everything held is compared, and feed numbers mean nothing any more. Answers whether the line
 * must be begun anew: `hello` named cursors of the old generation, and what is in memory knows nothing of the marks.
 */
export async function takeGeneration(storage: OrganisationStorage, welcome: Welcome): Promise<boolean> {
  const known = await knownGeneration(storage)
  if (known === welcome.generation) return false
  if (known === null) {
    // Nothing here came from any server yet: what is held is this laptop's own, and waits.
    await storage.putSetting(generationSetting, welcome.generation)
    return false
  }
  const spaces = await storage.spaces()
  const listed = new Set(welcome.spaces.map(({ spaceId }) => spaceId))
  const unlisted = spaces.map(({ id }) => id).filter((id) => !listed.has(id))
  await storage.putSetting(unlistedSetting, [...new Set([...(await unlistedSpaces(storage)), ...unlisted])])
  await storage.markForComparison()
  // Numbers of the old store mean nothing in the new one. Lists of files are read from their beginning, and compared.
  for (const { id } of spaces) await storage.files.takeList(id, [], 0)
  await storage.putSetting(peopleNumberSetting, null)
  await storage.putSetting(controlNumberSetting, null)
  await storage.putSetting(generationSetting, welcome.generation)
  return true
}

/** Whether a space is kept although the server names it no more, because it lost it (GE1). */
export async function isUnlisted(storage: OrganisationStorage, spaceId: SpaceId): Promise<boolean> {
  return (await unlistedSpaces(storage)).has(spaceId)
}

export interface SpaceDifference {
  readonly put: readonly SpaceRecord[]
  readonly removed: readonly SpaceId[]
}

/** What the grants in `welcome` change of the spaces here. */
export async function compareSpaces(
  storage: OrganisationStorage,
  grants: readonly SpaceGrant[],
): Promise<SpaceDifference> {
  const known = new Map((await storage.spaces()).map((space) => [space.id, space]))
  const granted = new Set(grants.map(({ spaceId }) => spaceId))
  const unlisted = await unlistedSpaces(storage)
  return {
    put: grants.flatMap((grant) => {
      const before = known.get(grant.spaceId)
      const after = grantedSpace(grant, before)
      return before !== undefined && isSameSpace(before, after) ? [] : [after]
    }),
    removed: [...known.keys()].filter((id) => !granted.has(id) && !unlisted.has(id)),
  }
}

/** A space as granted, with the cursor and the keep policy of this laptop. */
export function grantedSpace(grant: SpaceGrant, before: SpaceRecord | undefined): SpaceRecord {
  const { spaceId: id, kind, name, role, archived, description, icon, parent, joining } = grant
  const said = { id, kind, name, role, archived, description, icon, parent, joining }
  return { ...said, keep: before?.keep ?? 'everything', cursor: before?.cursor ?? null }
}

function isSameSpace(one: SpaceRecord, other: SpaceRecord): boolean {
  const fields = ['kind', 'name', 'role', 'archived', 'description', 'icon', 'parent', 'joining'] as const
  return fields.every((field) => one[field] === other[field])
}

async function unlistedSpaces(storage: OrganisationStorage): Promise<ReadonlySet<unknown>> {
  const value = await storage.setting(unlistedSetting)
  return new Set(Array.isArray(value) ? value : [])
}
