import type { DocumentId, SpaceId } from '../../model/ids.ts'
import { lowestSchema } from '../../model/schema-version.ts'
import { idOf } from './contract-case.ts'
import type { DocumentChange, OrganisationStorage, OwnChange } from './laptop-storage.ts'

/** What cases of the contract say of documents: two pages, and changes to them. */

export const spaceId = idOf<SpaceId>('space')
export const otherSpaceId = idOf<SpaceId>('elsewhere')
export const page = idOf<DocumentId>('page')
export const otherPage = idOf<DocumentId>('otherpage')

/** A change that registers its document where it is new. */
export function ownChange(
  documentId: DocumentId,
  update: ArrayLike<number>,
  isNew = false,
  inSpace = spaceId,
): OwnChange {
  const registration = isNew ? { spaceId: inSpace, kind: 'page' as const, pageKind: 'wiki' as const } : null
  return { documentId, update: Uint8Array.from(update), schema: lowestSchema, restored: false, registration }
}

export function documentChange(id: DocumentId, fields: Partial<DocumentChange>): DocumentChange {
  return { id, spaceId, kind: 'page', pageKind: 'wiki', ...fields }
}

/** Puts a team of which everything is kept, heard up to the cursor. */
export async function putSpace(organisation: OrganisationStorage, cursor: number | null): Promise<void> {
  await organisation.putSpaces([
    { id: spaceId, kind: 'team', name: 'Team', role: 'editor', archived: false, keep: 'everything', cursor },
  ])
}

/** The places of rows in the log. */
export function numbers(rows: readonly { readonly row: number }[]): number[] {
  return rows.map(({ row }) => row)
}
