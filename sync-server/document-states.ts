import type { DocumentId } from '../model/ids.ts'
import { DocumentState } from './document-state.ts'
import type { Store } from './store/store.ts'

interface Loading {
  readonly promise: Promise<DocumentState | undefined>
  /** A row of this document was committed since the store was asked, so its answer may be old. */
  isOutdated: boolean
}

/** The states of documents in use, the longest unused dropped first when they take too much memory. */
export class DocumentStates {
  readonly #store: Store
  readonly #maxBytes: number
  /** In order of last use. */
  readonly #states = new Map<DocumentId, { readonly state: DocumentState; readonly weight: number }>()
  readonly #loading = new Map<DocumentId, Loading>()
  #bytes = 0

  constructor(store: Store, maxBytes: number) {
    this.#store = store
    this.#maxBytes = maxBytes
  }

  /** From memory, without asking the store. */
  peek(id: DocumentId): DocumentState | undefined {
    return this.#states.get(id)?.state
  }

  /** The state; undefined where no such document is registered. */
  async get(id: DocumentId): Promise<DocumentState | undefined> {
    const known = this.#states.get(id)
    if (known !== undefined) {
      this.#touch(id, known.state)
      return known.state
    }
    const loading = this.#loading.get(id) ?? this.#load(id)
    const state = await loading.promise
    return loading.isOutdated ? this.get(id) : state
  }

  /** Those that exist, in one question to the store. Several thousand may pass the cache by. */
  async getMany(ids: Iterable<DocumentId>): Promise<ReadonlyMap<DocumentId, DocumentState>> {
    const states = new Map<DocumentId, DocumentState>()
    const missing: DocumentId[] = []
    for (const id of ids) {
      const state = this.peek(id)
      if (state === undefined) missing.push(id)
      else states.set(id, state)
    }
    if (missing.length === 0) return states
    const loads = missing.map((id) => this.#loading.get(id) ?? this.#begin(id))
    this.#answer(missing)
    for (const [i, loading] of loads.entries()) {
      const id = missing[i]
      if (id === undefined) continue
      const state = await loading.promise
      const current = loading.isOutdated ? await this.get(id) : state
      if (current !== undefined) states.set(id, current)
    }
    return states
  }

  /** After a commit, or after registration: this object is the newest there is. */
  put(state: DocumentState): void {
    const id = state.record.documentId
    const loading = this.#loading.get(id)
    if (loading !== undefined) loading.isOutdated = true
    this.#touch(id, state)
  }

  /** Forgets everything that memory believes of a document. */
  drop(id: DocumentId): void {
    const known = this.#states.get(id)
    if (known === undefined) return
    this.#bytes -= known.weight
    this.#states.delete(id)
  }

  #touch(id: DocumentId, state: DocumentState): void {
    this.drop(id)
    const { weight } = state
    this.#states.set(id, { state, weight })
    this.#bytes += weight
    for (const oldest of this.#states.keys()) {
      if (this.#bytes <= this.#maxBytes || oldest === id) break
      this.drop(oldest)
    }
  }

  #load(id: DocumentId): Loading {
    const loading = this.#begin(id)
    this.#answer([id])
    return loading
  }

  readonly #resolvers = new Map<DocumentId, PromiseWithResolvers<DocumentState | undefined>>()

  #begin(id: DocumentId): Loading {
    const resolver = Promise.withResolvers<DocumentState | undefined>()
    const loading: Loading = { promise: resolver.promise, isOutdated: false }
    this.#resolvers.set(id, resolver)
    this.#loading.set(id, loading)
    // Whoever waits sees the failure; nobody may be waiting any more.
    resolver.promise.catch(() => undefined)
    return loading
  }

  /** Asks the store for all ids that were begun and not yet asked for. */
  #answer(ids: readonly DocumentId[]): void {
    const asked = ids.filter((id) => this.#resolvers.has(id))
    const resolvers = new Map(asked.map((id) => [id, this.#resolvers.get(id)]))
    for (const id of asked) this.#resolvers.delete(id)
    if (asked.length === 0) return
    this.#store.loadDocuments(asked).then(
      (documents) => {
        const loaded = new Map(documents.map((document) => [document.record.documentId, document]))
        for (const id of asked)
          this.#settle(id, resolvers.get(id), () => {
            const document = loaded.get(id)
            return document === undefined ? undefined : DocumentState.from(document)
          })
      },
      (error: unknown) => {
        for (const id of asked)
          this.#settle(id, resolvers.get(id), () => {
            throw error
          })
      },
    )
  }

  #settle(
    id: DocumentId,
    resolver: PromiseWithResolvers<DocumentState | undefined> | undefined,
    read: () => DocumentState | undefined,
  ): void {
    const loading = this.#loading.get(id)
    this.#loading.delete(id)
    try {
      const state = read()
      if (state !== undefined && loading?.isOutdated !== true) this.#touch(id, state)
      resolver?.resolve(state)
    } catch (error) {
      resolver?.reject(error)
    }
  }
}
