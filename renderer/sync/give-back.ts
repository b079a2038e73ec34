import type { PersonId } from '../../model/ids.ts'
import { writersOf } from '../../model/kinds.ts'
import { includesRole, type SpaceRole } from '../../model/permission.ts'
import type { SpaceRecord } from '../storage/laptop-storage.ts'
import type { IndexedDocument } from './document-index.ts'

/** FI: who may put files into a space gives back those that the server lost. */
export function mayGiveBackFiles(space: Pick<SpaceRecord, 'role' | 'archived'> | undefined): boolean {
  return space !== undefined && !space.archived && includesRole(space.role, 'contributor')
}

/**
 * CH5: whose laptop gives back what the server lost. An owner that is not known here is the person: only one's own documents
 * have not heard of their owner from the server yet.
 */
export function mayGiveBack(
  { kind, pageKind, ownerId }: Pick<IndexedDocument, 'kind' | 'pageKind' | 'ownerId'>,
  role: SpaceRole | null,
  personId: PersonId | null,
): boolean {
  const writers = writersOf(kind, pageKind)
  if (writers === 'server') return false
  if (writers === 'editors') return includesRole(role, 'editor')
  return ownerId === null || ownerId === personId
}
