import type { SpaceId } from '../../model/ids.ts'
import { parseKeepPolicy, type KeepPolicy } from '../../model/keep.ts'
import type { OrganisationStorage } from './laptop-storage.ts'

type Settings = Pick<OrganisationStorage, 'setting' | 'putSetting'>

/** What this laptop keeps of a space; the default where nobody chose. */
export async function keepPolicyOf(storage: Settings, spaceId: SpaceId): Promise<KeepPolicy> {
  return parseKeepPolicy(await storage.setting(nameOf(spaceId)))
}

export async function putKeepPolicy(storage: Settings, spaceId: SpaceId, policy: KeepPolicy): Promise<void> {
  await storage.putSetting(nameOf(spaceId), policy)
}

function nameOf(spaceId: SpaceId): string {
  return `keep ${spaceId}`
}
