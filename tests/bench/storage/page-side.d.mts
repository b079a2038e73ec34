import type * as Yjs from 'yjs'
import type { DocumentId, OrganisationId, PersonId, SpaceId } from '../../../model/ids.ts'
import type { DocumentChange } from '../../../renderer/storage/laptop-storage.ts'

export const sampleIds: {
  page(index: number): DocumentId
  space(index: number): SpaceId
  person(index: number): PersonId
  organisation(index: number): OrganisationId
}
export function makeContents(Y: typeof Yjs): (index: number) => readonly Uint8Array[]
export function listRecord(index: number, ids: typeof sampleIds): DocumentChange
export function timeOpenings(total: number, count: number, open: (index: number) => Promise<number>): Promise<number[]>
