import { Dexie } from 'dexie'
import type { AwayReview } from '../../model/away-review.ts'
import type { DocumentId, OrganisationId, PageId } from '../../model/ids.ts'
import type { Database, Tables } from './database.ts'
import { maxKeptStates, type KeptState, type ReturnRecord, type ReviewStorage } from './review-storage.ts'
import { isIntact, seal } from './sealed-bytes.ts'
import { guarded } from './storage-failure.ts'

/** Looking back, in IndexedDB. */
export class DexieReviews implements ReviewStorage {
  readonly #database: Database
  readonly #organisationId: OrganisationId

  constructor(database: Database, organisationId: OrganisationId) {
    this.#database = database
    this.#organisationId = organisationId
  }

  keepState(pageId: PageId, { atMs, state }: KeptState): Promise<void> {
    const { dexie, tables } = this.#database
    const organisationId = this.#organisationId
    return guarded(() =>
      dexie.transaction('rw', [tables.pageStates], async () => {
        await tables.pageStates.put({ organisationId, documentId: pageId, atMs, ...seal(state, pageId) })
        const byAge = tables.pageStates.where('[organisationId+atMs]')
        const all = byAge.between([organisationId, Dexie.minKey], [organisationId, Dexie.maxKey])
        const tooMany = (await all.count()) - maxKeptStates
        if (tooMany > 0) await tables.pageStates.bulkDelete(await all.limit(tooMany).primaryKeys())
      }),
    )
  }

  state(pageId: PageId): Promise<KeptState | undefined> {
    return guarded(async () => {
      const row = await this.#database.tables.pageStates.get([this.#organisationId, pageId])
      return row !== undefined && isIntact(row, pageId) ? { atMs: row.atMs, state: row.bytes } : undefined
    })
  }

  stateAtMs(pageId: PageId): Promise<number | undefined> {
    return guarded(async () => (await this.#database.tables.pageStates.get([this.#organisationId, pageId]))?.atMs)
  }

  async putReview(review: AwayReview): Promise<void> {
    const row = { organisationId: this.#organisationId, documentId: review.pageId, ...review }
    await guarded(() => this.#database.tables.reviews.put(row))
  }

  reviews(): Promise<readonly AwayReview[]> {
    return guarded(async () => {
      const index = this.#database.tables.reviews.where('[organisationId+documentId]')
      const rows = await index
        .between([this.#organisationId, Dexie.minKey], [this.#organisationId, Dexie.maxKey])
        .toArray()
      return rows
        .map(({ organisationId: _organisationId, documentId: _documentId, ...review }): AwayReview => review)
        .toSorted((a, b) => a.toMs - b.toMs)
    })
  }

  removeReview(pageId: PageId): Promise<void> {
    return guarded(() => this.#database.tables.reviews.delete([this.#organisationId, pageId]))
  }

  async putReturn(record: ReturnRecord): Promise<void> {
    const row = { organisationId: this.#organisationId, documentId: record.pageId, ...record }
    await guarded(() => this.#database.tables.returns.put(row))
  }

  returns(): Promise<readonly ReturnRecord[]> {
    return guarded(async () => {
      const index = this.#database.tables.returns.where('[organisationId+documentId]')
      const rows = await index
        .between([this.#organisationId, Dexie.minKey], [this.#organisationId, Dexie.maxKey])
        .toArray()
      return rows.map(({ organisationId: _organisationId, documentId: _documentId, ...record }): ReturnRecord => record)
    })
  }

  endReturn(pageId: PageId, review: AwayReview | null): Promise<void> {
    const { dexie, tables } = this.#database
    const organisationId = this.#organisationId
    return guarded(() =>
      dexie.transaction('rw', [tables.returns, tables.reviews], async () => {
        await tables.returns.delete([organisationId, pageId])
        if (review !== null) await tables.reviews.put({ organisationId, documentId: pageId, ...review })
      }),
    )
  }
}

/** Inside a transaction that includes `pageStates`, `reviews` and `returns`. */
export async function forgetReviews(
  { organisationId, tables }: { readonly organisationId: OrganisationId; readonly tables: Tables },
  ids: readonly DocumentId[],
): Promise<void> {
  const keys = ids.map((id): [string, string] => [organisationId, id])
  await tables.pageStates.bulkDelete(keys)
  await tables.reviews.bulkDelete(keys)
  await tables.returns.bulkDelete(keys)
}
