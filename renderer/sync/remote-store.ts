import type { DocumentId, SpaceId } from '../../model/ids.ts'
import type { OrganisationStorage, RemoteBatch } from '../storage/laptop-storage.ts'
import { StorageFailed } from '../storage/laptop-storage.ts'
import { ActsFolder } from './acts-folder.ts'
import type { DocumentIndex } from './document-index.ts'
import type { SyncClock } from './engine-options.ts'
import type { FromWorker } from './sync-messages.ts'

/** While the disk is full, storing is tried again this often. */
const fullRetryMs = 5000

export interface RemoteStoreParts {
  readonly storage: OrganisationStorage
  readonly index: DocumentIndex
  readonly clock: SyncClock
  /** Changes with every line. */
  readonly line: () => number
  readonly emit: (message: FromWorker) => void
  /** Records were stored for these documents. */
  readonly stored: (ids: Iterable<DocumentId>) => void
  readonly fullChanged: () => void
  readonly failed: (error: unknown) => void
}

/** Stores what the server said, one step after another, and tells the windows what is new. */
export class RemoteStore {
  readonly #parts: RemoteStoreParts
  readonly #acts: ActsFolder
  #isFull = false

  constructor(parts: RemoteStoreParts) {
    this.#parts = parts
    this.#acts = new ActsFolder(parts)
  }

  /** The laptop's disk is full: what comes waits in memory, and nothing is said to be taken. */
  get isFull(): boolean {
    return this.#isFull
  }

  /** While the disk is full it waits here, so that nothing later passes it. False where the line has gone meanwhile. */
  async store(batch: RemoteBatch): Promise<boolean> {
    const line = this.#parts.line()
    while (!(await this.#tryToStore(batch))) {
      await new Promise<void>((resolve) => this.#parts.clock.schedule(fullRetryMs, resolve))
      if (line !== this.#parts.line()) return false
    }
    const { changes, documents } = batch
    if (documents.some(({ id, spaceId }) => this.#isElsewhere(id, spaceId))) this.#acts.foldSoon()
    this.#parts.index.apply(documents)
    if (changes.length > 0) this.#parts.emit({ type: 'remote-changes', changes })
    if (documents.length > 0) this.changed(documents.map(({ id }) => id))
    const stored = changes.map(({ documentId }) => documentId)
    this.#parts.stored(stored)
    this.#acts.stored(stored)
    return true
  }

  #isElsewhere(id: DocumentId, spaceId: SpaceId): boolean {
    const known = this.#parts.index.get(id)
    return known !== undefined && known.spaceId !== spaceId
  }

  /** Lists are different now. */
  changed(documentIds: readonly DocumentId[], spacesChanged = false): void {
    this.#parts.emit({ type: 'documents-changed', documentIds, spacesChanged })
  }

  setFull(isFull: boolean): void {
    if (isFull === this.#isFull) return
    this.#isFull = isFull
    this.#parts.fullChanged()
  }

  async #tryToStore(batch: RemoteBatch): Promise<boolean> {
    try {
      await this.#parts.storage.storeRemote(batch)
      this.setFull(false)
      return true
    } catch (error) {
      if (!(error instanceof StorageFailed && error.reason === 'full')) throw error
      this.setFull(true)
      return false
    }
  }
}
