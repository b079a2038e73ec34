import type { DocumentId, PersonId, VersionId } from '../../model/ids.ts'
import type { MemoryStore } from './memory-store.ts'
import {
  writersWithout,
  type NewVersion,
  type VersionRecord,
  type VersionStore,
  type WrittenRow,
} from './version-store.ts'

interface Kept {
  readonly record: VersionRecord
  readonly bytes: Uint8Array
}

/** Versions for tests, beside a store in memory that says who wrote. */
export class MemoryVersionStore implements VersionStore {
  readonly #store: MemoryStore
  readonly #kept = new Map<VersionId, Kept>()
  /** Up to which feed number the writers of a page are said by a version. */
  readonly #saidTo = new Map<DocumentId, number>()

  constructor(store: MemoryStore) {
    this.#store = store
  }

  async add({ bytes, ...version }: NewVersion): Promise<VersionRecord> {
    const { documentId, versionId, n } = version
    const writerIds = this.#store.writersOf(documentId, this.#saidTo.get(documentId) ?? 0, n)
    this.#saidTo.set(documentId, Math.max(this.#saidTo.get(documentId) ?? 0, n))
    const record = { ...version, writerIds, sizeBytes: bytes.length }
    this.#kept.set(versionId, { record, bytes })
    return record
  }

  async of(documentId: DocumentId): Promise<readonly VersionRecord[]> {
    const records = [...this.#kept.values()].map(({ record }) => record)
    return records.filter((record) => record.documentId === documentId).toReversed()
  }

  async read(documentId: DocumentId, versionId: VersionId): Promise<Uint8Array | null> {
    const kept = this.#kept.get(versionId)
    return kept?.record.documentId === documentId ? kept.bytes : null
  }

  async name(documentId: DocumentId, versionId: VersionId, by: { readonly name: string; readonly madeBy: PersonId }) {
    const kept = this.#kept.get(versionId)
    if (kept?.record.documentId !== documentId) return
    this.#kept.set(versionId, { ...kept, record: { ...kept.record, ...by, reason: 'by-hand' } })
  }

  async remove(documentId: DocumentId, versionIds: readonly VersionId[]) {
    for (const [id, writerIds] of writersWithout(await this.of(documentId), new Set(versionIds))) {
      const heir = this.#kept.get(id)
      if (heir !== undefined) this.#kept.set(id, { ...heir, record: { ...heir.record, writerIds } })
    }
    for (const id of versionIds) {
      if (this.#kept.get(id)?.record.documentId === documentId) this.#kept.delete(id)
    }
  }

  async rowsSince(documentId: DocumentId, after: number, maxRows: number): Promise<readonly WrittenRow[]> {
    return this.#store.writtenRows(documentId, after).slice(0, maxRows)
  }

  async removeAll(documentId: DocumentId) {
    for (const { versionId } of await this.of(documentId)) this.#kept.delete(versionId)
  }
}
