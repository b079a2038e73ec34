import type { PageId, SpaceId } from '../../model/ids.ts'
import type { NewSpace, SpaceChange } from '../../model/request.ts'
import { makeLocalSpace } from './local-organisation.ts'
import type { OpenOrganisation } from './organisation.ts'

/** What a server would decide, done at once in an organisation that has none: its one person may do everything there. */

export function createLocalSpace(organisation: OpenOrganisation, space: Omit<NewSpace, 'spaceId'>): Promise<SpaceId> {
  return makeLocalSpace(organisation, space)
}

export async function changeLocalSpace(
  organisation: OpenOrganisation,
  id: SpaceId,
  change: SpaceChange,
): Promise<void> {
  const space = organisation.lists.space(id)
  if (space === undefined) return
  await organisation.storage.putSpaces([{ ...space, ...change }])
  await organisation.lists.refresh([], true)
}

/** With everything under it: both trees and what lists say, in one transaction of the disk. */
export async function moveLocalPage(
  organisation: OpenOrganisation,
  id: PageId,
  to: { readonly spaceId: SpaceId; readonly parent: PageId | null },
): Promise<void> {
  const { lists, batch } = organisation
  const record = lists.record(id)
  if (record === undefined || record.spaceId === to.spaceId) return
  const from = await organisation.openTree(record.spaceId)
  const into = await organisation.openTree(to.spaceId)
  if (from === null || into === null) return
  const places = from.subtree(id)
  const ids = places.length === 0 ? [id] : places.map((place) => place.id)
  from.takeOut(ids)
  into.putIn(places, to.parent)
  for (const each of ids) {
    const page = lists.record(each)
    if (page !== undefined) batch.list({ id: each, spaceId: to.spaceId, kind: page.kind, pageKind: page.pageKind })
  }
  await batch.flush()
  await lists.refresh(ids, false)
}
