import {
  mintId,
  type DocumentId,
  type LogId,
  type OrganisationId,
  type PersonId,
  type RequestId,
  type SpaceId,
} from '../../model/ids.ts'
import type { CommitBatch, NewDocument, NewRow, Store } from './store.ts'

let next = 0
/** For tests of stores: ids in the order in which they were asked for. */
export function id<T extends DocumentId | SpaceId | LogId | PersonId | OrganisationId | RequestId>(): T {
  next += 1
  const value = next
  return mintId((bytes) => new DataView(bytes.buffer).setUint32(0, value)) as string as T
}

export const bytes = (...values: readonly number[]) => new Uint8Array(values)

export function newDocument(spaceId: SpaceId): NewDocument {
  return {
    documentId: id(),
    spaceId,
    kind: 'page',
    pageKind: 'note',
    writers: 'authors',
    ownerId: id(),
    coAuthorIds: [id(), id()],
  }
}

/** A store with one space, and a log of one person who writes to it. */
export type StoreCase = Awaited<ReturnType<typeof openStoreCase>>

export async function openStoreCase(open: () => Promise<Store>) {
  const store = await open()
  const [spaceId, logId, personId] = [id<SpaceId>(), id<LogId>(), id<PersonId>()]
  await store.createSpace({ spaceId, kind: 'team', name: 'Bouw', archived: false })
  let row = 0
  /** The next row of the log. */
  const rowOf = (document: NewDocument, update: Uint8Array, more: Partial<NewRow> = {}): NewRow => {
    row += 1
    const { documentId } = document
    return {
      spaceId: document.spaceId,
      documentId,
      logId,
      row,
      checksum: row * 7,
      personId,
      schema: 1,
      restored: false,
      update,
      register: null,
      minSchema: 1,
      bindings: [],
      ...more,
    }
  }
  const commit = (rows: readonly NewRow[], more: Partial<CommitBatch> = {}) =>
    store.commit({ rows, marks: [], nowMs: 1000, ...more })
  const register = async (document: NewDocument) => commit([rowOf(document, bytes(0, 0), { register: document })])
  const numbersOf = async () => (await store.readLog(spaceId, 0, 1e9, 1e9)).map((each) => each.n)
  return { store, spaceId, logId, personId, rowOf, commit, register, numbersOf }
}
