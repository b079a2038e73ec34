import type { DocumentId, OrganisationId } from '../../model/ids.ts'
import { formatMark, parseMark, type ChangedDocuments, type ChangesStorage } from './changes-storage.ts'
import type { Database } from './database.ts'
import { guarded } from './storage-failure.ts'

/** Update records that are looked through at once: they come with their bytes. */
const mostUpdates = 500

/** Both tables number their changes: document records by `seq`, update records by their key. */
export class DexieChanges implements ChangesStorage {
  readonly #database: Database
  readonly #organisationId: OrganisationId

  constructor(database: Database, organisationId: OrganisationId) {
    this.#database = database
    this.#organisationId = organisationId
  }

  since(mark: string | null): Promise<ChangedDocuments> {
    const { dexie, tables } = this.#database
    return guarded(() => dexie.transaction('r', [tables.documents, tables.updates], async () => await this.#read(mark)))
  }

  async #read(mark: string | null): Promise<ChangedDocuments> {
    const { documents, updates } = this.#database.tables
    const organisationId = this.#organisationId
    const known = parseMark(mark)
    // All at once: a transaction that waits for this thread between its requests keeps what is typed from the disk.
    const [newest, changed, added] = await Promise.all([
      this.#newerThan(-1).lastKey(),
      known === undefined ? [] : this.#newerThan(known.documents).toArray(),
      known === undefined ? [] : updates.where(':id').above(known.updates).limit(mostUpdates).toArray(),
    ])
    const head = Array.isArray(newest) ? Number(newest[1]) : 0
    if (known === undefined || known.documents > head) {
      const rows = await documents
        .where('[organisationId+seq]')
        .between([organisationId, -1], [organisationId, Infinity])
        .toArray()
      const last = Number((await updates.orderBy(':id').lastKey()) ?? 0)
      const ids = rows.filter((row) => row.forgotten !== true).map(({ id }) => id)
      return { mark: formatMark({ documents: head, updates: last }), ids, hasMore: false }
    }
    const ids = new Set<DocumentId>(changed.map(({ id }) => id))
    for (const row of added) if (row.organisationId === organisationId) ids.add(row.documentId)
    const last = added.at(-1)?.key ?? known.updates
    return {
      mark: formatMark({ documents: head, updates: last }),
      ids: [...ids],
      hasMore: added.length === mostUpdates,
    }
  }

  #newerThan(seq: number) {
    const { documents } = this.#database.tables
    const id = this.#organisationId
    return documents.where('[organisationId+seq]').between([id, seq], [id, Infinity], false, true)
  }
}
