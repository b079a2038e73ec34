import type { DocumentId } from '../../model/ids.ts'
import type { OrganisationStorage } from '../storage/laptop-storage.ts'
import type { DocumentIndex } from './document-index.ts'
import type { SyncClock } from './engine-options.ts'
import type { FromWorker } from './sync-messages.ts'

/** What came together is folded together; below what somebody notices who waits for an answer. */
const soonMs = 20

interface ActsFolderParts {
  readonly storage: OrganisationStorage
  readonly index: DocumentIndex
  readonly clock: SyncClock
  readonly emit: (message: FromWorker) => void
  readonly failed: (error: unknown) => void
}

/** Folds what others say into the tables of this laptop as it comes, and tells the windows about which pages. */
export class ActsFolder {
  readonly #parts: ActsFolderParts
  #isPlanned = false

  constructor(parts: ActsFolderParts) {
    this.#parts = parts
  }

  /** Records were stored for these documents. */
  stored(ids: Iterable<DocumentId>): void {
    if ([...ids].some((id) => this.#holdsActs(id))) this.foldSoon()
  }

  foldSoon(): void {
    if (this.#isPlanned) return
    this.#isPlanned = true
    this.#parts.clock.schedule(soonMs, () => {
      this.#isPlanned = false
      // What fails stays marked, and is folded with what comes next.
      this.#fold().catch(this.#parts.failed)
    })
  }

  async #fold(): Promise<void> {
    const pages = await this.#parts.storage.acts.fold()
    if (pages.length > 0) this.#parts.emit({ type: 'acts-folded', pages })
  }

  #holdsActs(id: DocumentId): boolean {
    const kind = this.#parts.index.get(id)?.kind
    return kind === 'acts' || kind === 'ledger'
  }
}
