import { readActsUpdate } from '../../model/acts.ts'
import { refOf, type ActRef } from '../../model/act-ref.ts'
import type { DocumentId, PageId, SpaceId } from '../../model/ids.ts'
import type { ActRecord, PageActs } from '../storage/acts-storage.ts'
import type { DocumentRecord } from '../storage/laptop-storage.ts'
import type { OpenOrganisation } from './organisation.ts'

/** About which pages something is different; `all` where only the tables know. */
type Changed = ReadonlySet<PageId> | 'all'

/** The folded acts as one window reads them, and who is told when they change. */
export class ActsTables {
  readonly #organisation: OpenOrganisation
  readonly #listeners = new Set<(pages: Changed) => void>()
  #isStarted = false

  constructor(organisation: OpenOrganisation) {
    this.#organisation = organisation
  }

  subscribe(onChange: (pages: Changed) => void): () => void {
    this.#listeners.add(onChange)
    // What a window or the worker that is gone left undone.
    if (!this.#isStarted) void this.fold().catch(() => undefined)
    this.#isStarted = true
    return () => {
      this.#listeners.delete(onChange)
    }
  }

  /** After this window wrote something. Resolves when the tables have it. */
  async fold(): Promise<void> {
    const pages = await this.#organisation.storage.acts.fold()
    if (pages.length > 0) this.told(pages)
  }

  /** The worker, or this window, has folded. */
  told(pages: readonly PageId[]): void {
    this.#tell(new Set(pages))
  }

  /** Another window wrote in these documents; who of both folds it first is left open. */
  async changedElsewhere(ids: readonly DocumentId[]): Promise<void> {
    // A document that lists do not know yet may be one: an import, or another window, has just made it.
    if (!ids.some((id) => (this.#organisation.lists.record(id)?.kind ?? 'acts') === 'acts')) return
    await this.#organisation.storage.acts.fold()
    this.#tell('all')
  }

  ofPage(page: PageId): Promise<readonly ActRecord[]> {
    return this.#organisation.storage.acts.ofPage(page)
  }

  pages(): Promise<readonly PageActs[]> {
    return this.#organisation.storage.acts.pages()
  }

  /** This person's own acts documents in a space; nearly always one. In the same order on every device. */
  ownDocuments(spaceId: SpaceId): readonly DocumentRecord[] {
    const { lists, record } = this.#organisation
    return lists.ofKind(spaceId, 'acts').filter(({ ownerId }) => ownerId === record.personId)
  }

  /** Own acts that the server has not taken yet. */
  async waiting(spaceId: SpaceId): Promise<ReadonlySet<ActRef>> {
    const waiting = new Set<ActRef>()
    for (const { id, waiting: rows } of this.ownDocuments(spaceId)) {
      if (rows === 0) continue
      for (const ref of refsIn(id, await this.#organisation.storage.acts.waiting([id]))) waiting.add(ref)
    }
    return waiting
  }

  #tell(pages: Changed): void {
    for (const listener of [...this.#listeners]) listener(pages)
  }
}

function refsIn(document: DocumentId, updates: readonly Uint8Array[]): readonly ActRef[] {
  return updates.flatMap((update) => {
    const read = readActsUpdate(update)
    return read.ok ? read.value.map((act) => refOf(document, act.id)) : []
  })
}
