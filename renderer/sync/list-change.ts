import type { DocumentRow } from '../../model/protocol/messages.ts'
import { cleanTitle } from '../../model/page.ts'
import type { DocumentChange } from '../storage/laptop-storage.ts'
import type { SpaceId } from '../../model/ids.ts'
import type { IndexedDocument } from './document-index.ts'

/**
 * What a row from the server changes in the list here. Title, icon and archiving are left alone while own changes wait: the
 * server has not seen them yet.
 */
export function listChange(spaceId: SpaceId, row: DocumentRow, known: IndexedDocument | undefined): DocumentChange {
  const { documentId: id, kind, pageKind, ownerId, minSchema, changedAtMs } = row
  const change: DocumentChange = { id, spaceId, kind, pageKind, ownerId, minSchema, changedAtMs }
  if (row.title === null || (known !== undefined && known.waiting > 0)) return change
  return { ...change, title: cleanTitle(row.title), icon: row.icon, archived: row.archived }
}

/** Whether the laptop must look into the page itself for its list entry. */
export function mustDerive(row: DocumentRow, known: IndexedDocument | undefined): boolean {
  return row.kind === 'page' && (row.title === null || (known !== undefined && known.waiting > 0))
}
