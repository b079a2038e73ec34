import type { DocumentId, SpaceId } from '../../model/ids.ts'
import type { DocumentChange, DocumentRecord, OrganisationStorage } from '../storage/laptop-storage.ts'

/** What sync must know of a document to decide on it, without asking the disk. */
export type IndexedDocument = Pick<
  DocumentRecord,
  'id' | 'spaceId' | 'kind' | 'pageKind' | 'ownerId' | 'minSchema' | 'held' | 'compare' | 'changedAtMs' | 'waiting'
>

/**
 * The documents of the organisation in memory: about 200 bytes each. Follows what this worker stores, and reads again what
 * windows say they have made.
 */
export class DocumentIndex {
  readonly #storage: OrganisationStorage
  readonly #documents = new Map<DocumentId, IndexedDocument>()

  constructor(storage: OrganisationStorage) {
    this.#storage = storage
  }

  async load(): Promise<void> {
    this.#documents.clear()
    for (const record of await this.#storage.documents()) this.#documents.set(record.id, indexed(record))
  }

  async refresh(ids: readonly DocumentId[]): Promise<void> {
    const found = await this.#storage.documents(ids)
    for (const id of ids) this.#documents.delete(id)
    for (const record of found) this.#documents.set(record.id, indexed(record))
  }

  get(id: DocumentId): IndexedDocument | undefined {
    return this.#documents.get(id)
  }

  values(): Iterable<IndexedDocument> {
    return this.#documents.values()
  }

  /** What was just stored. */
  apply(changes: readonly DocumentChange[]): void {
    for (const change of changes) {
      const before = this.#documents.get(change.id)
      const merged = { ...(before ?? unknownDocument), ...change }
      const minSchema = Math.max(before?.minSchema ?? 0, merged.minSchema)
      this.#documents.set(change.id, indexed({ ...merged, minSchema }))
    }
  }

  /** One more row waits for each of these. */
  rowsAppended(ids: readonly DocumentId[]): void {
    for (const id of ids) this.#addWaiting(id, 1)
  }

  rowsGone(ids: readonly DocumentId[]): void {
    for (const id of ids) this.#addWaiting(id, -1)
  }

  /** Nothing waits any more: corrects what messages that crossed have counted twice. */
  noneWaiting(): void {
    for (const document of this.#documents.values()) {
      if (document.waiting > 0) this.#documents.set(document.id, { ...document, waiting: 0 })
    }
  }

  forget(id: DocumentId): void {
    this.#documents.delete(id)
  }

  forgetSpace(spaceId: SpaceId): DocumentId[] {
    const gone = [...this.#documents.values()].filter((document) => document.spaceId === spaceId).map(({ id }) => id)
    for (const id of gone) this.#documents.delete(id)
    return gone
  }

  #addWaiting(id: DocumentId, rows: number): void {
    const document = this.#documents.get(id)
    if (document === undefined) return
    this.#documents.set(id, { ...document, waiting: Math.max(0, document.waiting + rows) })
  }
}

const unknownDocument = {
  ownerId: null,
  minSchema: 1,
  held: false,
  compare: false,
  changedAtMs: 0,
  waiting: 0,
} as const

function indexed(record: IndexedDocument): IndexedDocument {
  const { id, spaceId, kind, pageKind, ownerId, minSchema, held, compare, changedAtMs, waiting } = record
  return { id, spaceId, kind, pageKind, ownerId, minSchema, held, compare, changedAtMs, waiting }
}
