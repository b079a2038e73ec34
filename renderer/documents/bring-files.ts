import type { SpaceId } from '../../model/ids.ts'
import type { OrganisationStorage } from '../storage/laptop-storage.ts'
import type { OpenOrganisation } from './organisation.ts'

/**
 * Files come along with their pages, and wait for the server as if they were added there. May be repeated: what is there already is
 * passed over. Answers whether the other organisation has all of them.
 */
export async function bringFiles(
  from: OrganisationStorage,
  into: OpenOrganisation,
  spaces: ReadonlyMap<SpaceId, SpaceId>,
): Promise<boolean> {
  let isWhole = true
  const changed = new Set<SpaceId>()
  for (const { spaceId: old, hash, name, type, addedAtMs, here } of await from.files.all()) {
    const spaceId = spaces.get(old)
    if (spaceId === undefined || !here) continue
    if ((await into.storage.files.record(spaceId, hash))?.here === true) continue
    const blob = await from.files.bytes(hash)
    if (blob === undefined) {
      isWhole = false
      continue
    }
    const addedBy = into.record.personId
    await into.storage.files.put({ spaceId, hash, name, type, addedAtMs, addedBy, onServer: false, bytes: { blob } })
    changed.add(spaceId)
  }
  if (changed.size > 0) into.link.post({ type: 'files-changed', spaceIds: [...changed] })
  return isWhole
}
