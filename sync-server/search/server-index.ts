import { rmSync } from 'node:fs'
import type { DocumentId, PersonId, SpaceId } from '../../model/ids.ts'
import type { PageKind } from '../../model/kinds.ts'
import { SqlIndex } from '../../model/search/sql-index.ts'
import { readArchivedPages, readPageText } from '../../model/search/read-entry.ts'
import type { IndexBatch, SearchEntry, SearchHit, SearchRequest } from '../../model/search/search-index.ts'
import { NodeDatabase } from './node-database.ts'

/** A document as the index takes it. */
export interface IndexedDocument {
  readonly documentId: DocumentId
  readonly kind: 'page' | 'space'
  readonly spaceId: SpaceId
  readonly pageKind: PageKind | null
  readonly ownerId: PersonId | null
  readonly changedAtMs: number
  /** What lists show: all that is found where the content cannot be read. */
  readonly title: string
  readonly archived: boolean
  /** Where it stands and its last feed number: another one means that it must be read again. */
  readonly version: string
  /** The document's bytes; null where they are damaged or too many. */
  readonly pieces: readonly Uint8Array[] | null
}

export type VersionedDocument = Pick<IndexedDocument, 'documentId' | 'version'>

const sourcesTable = 'CREATE TABLE IF NOT EXISTS sources (id TEXT PRIMARY KEY, version TEXT NOT NULL) WITHOUT ROWID'

/**
 * The search index of the server in a file of its own, beside the version of each document that is in it: so it finds out by
 * itself what it lacks, whatever happened to either database. Disposable; made again when its layout, the store's generation
 * or its file is another.
 */
export class ServerIndex {
  readonly #path: string
  readonly #generation: string
  #db: NodeDatabase
  #index: SqlIndex

  constructor(path: string, generation: string) {
    this.#path = path
    this.#generation = generation
    ;[this.#db, this.#index] = this.#openOrStartAnew()
  }

  /** Which of the documents are not in it, or not as they are now. */
  lacking(documents: readonly VersionedDocument[]): readonly DocumentId[] {
    const known = 'SELECT 1 FROM sources WHERE id = ? AND version = ?'
    return documents
      .filter(({ documentId, version }) => this.#db.all(known, [documentId, version]).length === 0)
      .map(({ documentId }) => documentId)
  }

  put(documents: readonly IndexedDocument[]): void {
    this.#index.write({ ...batchOf(documents), mark: this.#generation })
    // Afterwards, so that what was not written is read again and not the other way round.
    for (const { documentId, version } of documents)
      this.#db.run('INSERT OR REPLACE INTO sources VALUES (?, ?)', [documentId, version])
  }

  find(request: SearchRequest): readonly SearchHit[] {
    return this.#index.find(request)
  }

  /** Throws away what is there: for an index that turned out to be damaged. */
  startAnew(): void {
    this.close()
    ;[this.#db, this.#index] = this.#openFresh()
  }

  close(): void {
    this.#index.close()
  }

  #openOrStartAnew(): readonly [NodeDatabase, SqlIndex] {
    try {
      const opened = this.#open()
      const [db, index] = opened
      if (index.mark === this.#generation) return opened
      db.close()
    } catch {
      // No database, or a damaged one: it is made from the documents again.
    }
    return this.#openFresh()
  }

  #openFresh(): readonly [NodeDatabase, SqlIndex] {
    if (this.#path !== ':memory:')
      for (const end of ['', '-wal', '-shm']) rmSync(`${this.#path}${end}`, { force: true })
    return this.#open()
  }

  #open(): readonly [NodeDatabase, SqlIndex] {
    const db = new NodeDatabase(this.#path)
    try {
      const index = new SqlIndex(db)
      db.exec(sourcesTable)
      return [db, index]
    } catch (error) {
      db.close()
      throw error
    }
  }
}

function batchOf(documents: readonly IndexedDocument[]): Omit<IndexBatch, 'mark'> {
  return {
    put: documents.filter(({ kind }) => kind === 'page').map(entryOf),
    remove: [],
    archivedBySpace: documents
      .filter(({ kind, pieces }) => kind === 'space' && pieces !== null)
      .map(({ spaceId, pieces }) => ({ spaceId, ids: readArchivedPages(pieces ?? []) })),
  }
}

function entryOf(document: IndexedDocument): SearchEntry {
  const { documentId: id, spaceId, pageKind, ownerId, changedAtMs, title, archived, pieces } = document
  const read = pieces === null ? undefined : readPageText(pieces)
  return {
    ...{ id, spaceId, ownerId, changedAtMs },
    type: 'page',
    pageId: id,
    kind: pageKind,
    title: read?.title ?? title,
    text: read?.text ?? '',
    archived: archived || read?.archived === true,
  }
}
