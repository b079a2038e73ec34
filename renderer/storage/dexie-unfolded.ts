import { Dexie } from 'dexie'
import type { DocumentId, SpaceId } from '../../model/ids.ts'
import type { Scope } from './dexie-scope.ts'
import type { DocumentChange } from './laptop-storage.ts'

/** Acts documents, ledgers, and pages that moved. Inside the transaction that changes them; it must be over `unfolded` too. */
export async function markUnfolded(
  { organisationId, tables }: Scope,
  changes: readonly Pick<DocumentChange, 'id'>[],
): Promise<void> {
  const marks = changes.map(({ id }) => ({ organisationId, documentId: id }))
  if (marks.length > 0) await tables.unfolded.bulkPut(marks)
}

/** Inside the transaction that removes the space. */
export async function forgetActs(
  { organisationId, tables }: Scope,
  space: SpaceId,
  documents: readonly DocumentId[],
): Promise<void> {
  for (const id of documents) await ofDocument({ organisationId, tables }, id).delete()
  await tables.pageActs
    .where('[organisationId+page]')
    .between([organisationId, Dexie.minKey], [organisationId, Dexie.maxKey])
    .filter(({ spaceId }) => spaceId === space)
    .delete()
}

/** The folded acts that stand in one document. */
export function ofDocument({ organisationId, tables }: Pick<Scope, 'organisationId' | 'tables'>, id: DocumentId) {
  return tables.acts
    .where('[organisationId+documentId+ref]')
    .between([organisationId, id, Dexie.minKey], [organisationId, id, Dexie.maxKey])
}
