import type { SpaceId } from '../../model/ids.ts'
import { isFetchedUnasked, isKept, type Keepable } from '../../model/keep.ts'
import type { FileRecord } from '../storage/file-storage.ts'
import { keepPolicyOf } from '../storage/keep-settings.ts'
import type { OrganisationStorage } from '../storage/laptop-storage.ts'

/** Files of the space that its policy wants here and that are not, newest first. */
export async function keptFiles(
  storage: OrganisationStorage,
  spaceId: SpaceId,
  nowMs: number,
): Promise<readonly FileRecord[]> {
  const { files: choice } = await keepPolicyOf(storage, spaceId)
  const rows = await storage.files.list(spaceId)
  return rows
    .filter((row) => !row.here && row.onServer && isFetchedUnasked(choice, keepableOf(row), nowMs))
    .toSorted((one, other) => other.addedAtMs - one.addedAtMs)
}

/**
 * Lets go of what the policy does not want here; never of anything that the server does not have. Before its list was read, under
 * each generation, nobody knows what it has. Answers how many went.
 */
export async function dropFiles(storage: OrganisationStorage, spaceId: SpaceId, nowMs: number): Promise<number> {
  if ((await storage.files.cursor(spaceId)) === 0) return 0
  const { files: choice } = await keepPolicyOf(storage, spaceId)
  let dropped = 0
  for (const row of await storage.files.list(spaceId)) {
    if (!row.here || !row.onServer || isKept(choice, keepableOf(row), nowMs)) continue
    if (await storage.files.dropBytes(row.hash)) dropped += 1
  }
  return dropped
}

function keepableOf({ pinned, addedAtMs, usedAtMs, sizeBytes }: FileRecord): Keepable {
  return { pinned, changedAtMs: addedAtMs, usedAtMs, sizeBytes }
}
