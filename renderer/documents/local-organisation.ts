import { mintId, type FillRandom, type OrganisationId, type PersonId, type SpaceId } from '../../model/ids.ts'
import type { OrganisationRecord, SpaceRecord } from '../storage/laptop-storage.ts'
import type { OpenOrganisation } from './organisation.ts'

/** A new organisation that lives on this laptop alone; its one person may do everything there. */
export function localOrganisation(
  kind: 'personal' | 'sample',
  names: { readonly organisation: string; readonly person: string },
  fillRandom: FillRandom,
): OrganisationRecord {
  return {
    id: mintId<OrganisationId>(fillRandom),
    name: names.organisation,
    kind,
    serverUrl: null,
    personId: mintId<PersonId>(fillRandom),
    personName: names.person,
    email: '',
    role: 'administrator',
    generation: null,
  }
}

/** Makes a space with its tree in an organisation without a server. */
export async function makeLocalSpace(
  organisation: OpenOrganisation,
  space: Pick<SpaceRecord, 'name' | 'kind' | 'description' | 'icon' | 'parent' | 'joining'>,
): Promise<SpaceId> {
  const id: SpaceId = organisation.mintSpace()
  await organisation.storage.putSpaces([
    { ...space, id, role: 'owner', archived: false, keep: 'everything', cursor: null },
  ])
  await organisation.makeSpaceDocument(id)
  await organisation.lists.refresh([], true)
  await organisation.people.load()
  return id
}
