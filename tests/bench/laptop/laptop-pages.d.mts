import type * as Yjs from 'yjs'
import type { DocumentId, OrganisationId, SpaceId } from '../../../model/ids.ts'
import type { DocumentChange } from '../../../renderer/storage/laptop-storage.ts'

export const organisationId: OrganisationId
export const spaceId: SpaceId
export function idOfPage(index: number): DocumentId
export function recordOfPage(index: number): Required<DocumentChange>
export function updatesOfPage(Y: typeof Yjs, index: number): Uint8Array[]
export function textOfPage(doc: Yjs.Doc): string
