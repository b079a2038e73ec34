import type { DocumentId } from '../../model/ids.ts'
import type { ClientMessage, FetchedDocument, ServerMessage } from '../../model/protocol/messages.ts'
import type { OrganisationStorage, WaitingRow } from '../storage/laptop-storage.ts'
import { isKnownTo, stateVectorOf } from './document-bytes.ts'

/** The key of fetches made here; those of the fetcher begin at 1. */
export const verifyKey = 0
const batchDocuments = 200
/** What may have been on its way when a line broke: four commits, and what was read ahead. */
const onTheWayBytes = 16 * 1024 * 1024

type Documents = Extract<ServerMessage, { type: 'documents' }>

/**
 * Rows that `welcome` passes were committed, or were refused on a line that broke before it could say so (LO5, LO6). Which of
 * the two is asked of the documents themselves, before anything else is pushed: what the server has not is appended again, so
 * that its refusal is heard, and no receipt is untrue meanwhile.
 */
export class RowVerifier {
  readonly #storage: OrganisationStorage
  readonly #send: (message: ClientMessage) => void
  #rows = new Map<DocumentId, WaitingRow[]>()
  #asked: DocumentId[] = []
  #passedRow = 0
  #done: (() => void) | null = null

  constructor(storage: OrganisationStorage, send: (message: ClientMessage) => void) {
    this.#storage = storage
    this.#send = send
  }

  /** Calls `done` when every waiting row up to `passedRow` is known to be on the server, or waits under a new number. */
  async begin(passedRow: number, done: () => void): Promise<void> {
    const waiting = await this.#storage.waitingRows(0, onTheWayBytes)
    const passed = waiting.filter(({ row }) => row <= passedRow)
    this.#rows = Map.groupBy(passed, ({ documentId }) => documentId)
    this.#passedRow = passedRow
    this.#done = done
    await this.#next()
  }

  /** The line is gone: the next `welcome` begins again. */
  end(): void {
    this.#rows = new Map()
    this.#asked = []
    this.#done = null
  }

  /** An answer with `verifyKey`. */
  async received({ isLast, documents }: Documents): Promise<void> {
    if (this.#done === null) return
    const lacking = documents.flatMap((document) => this.#lacking(document))
    if (lacking.length > 0) {
      await this.#storage.appendOwn(lacking)
      for (const { row } of lacking) await this.#storage.setAside(row, 'gap', false)
    }
    for (const { documentId } of documents) this.#rows.delete(documentId)
    if (!isLast) return
    // What the server did not answer is not asked for ever: the next line asks again where it still waits.
    for (const documentId of this.#asked) this.#rows.delete(documentId)
    await this.#next()
  }

  async #next(): Promise<void> {
    this.#asked = [...this.#rows.keys()].slice(0, batchDocuments)
    if (this.#asked.length === 0) {
      const done = this.#done
      this.#done = null
      done?.()
      return
    }
    const loaded = await this.#storage.loadMany(this.#asked)
    if (this.#done === null) return
    const documents = this.#asked.map((documentId) => ({
      documentId,
      stateVector: stateVectorOf(loaded.get(documentId)?.updates ?? []),
    }))
    this.#send({ type: 'fetch', key: verifyKey, documents })
  }

  #lacking(document: FetchedDocument): WaitingRow[] {
    const rows = this.#rows.get(document.documentId) ?? []
    if (document.state !== 'found') return rows
    return rows.filter(({ row, update }) => row <= this.#passedRow && !isKnownTo(document, update))
  }
}
