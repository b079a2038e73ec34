import * as Y from 'yjs'
import type { DocumentId } from '../../model/ids.ts'
import { origins } from '../../model/origins.ts'
import { readPageMeta } from '../../model/page.ts'
import type { DocumentChange, OrganisationStorage } from '../storage/laptop-storage.ts'
import type { DocumentIndex } from './document-index.ts'
import type { SyncClock } from './engine-options.ts'

/** Lists must show a change within 2 s; this leaves room, and takes a burst of letters as one. */
const soonMs = 400
/** Pages read at once. */
const batchPages = 20

export interface DeriverParts {
  readonly storage: OrganisationStorage
  readonly index: DocumentIndex
  readonly clock: SyncClock
  readonly changed: (ids: readonly DocumentId[]) => void
  readonly failed: (error: unknown) => void
}

/** Reads titles, icons and archiving out of pages held here, where the server's row cannot tell them. A few at a time. */
export class Deriver {
  readonly #parts: DeriverParts
  /** What to read, and since when it changed: null where the row said so. */
  readonly #wanted = new Map<DocumentId, number | null>()
  #isRunning = false
  #undoTimer: () => void = () => {}

  constructor(parts: DeriverParts) {
    this.#parts = parts
  }

  derive(id: DocumentId, changedAtMs: number | null = null): void {
    this.#wanted.set(id, changedAtMs ?? this.#wanted.get(id) ?? null)
    if (this.#isRunning) return
    this.#isRunning = true
    this.#undoTimer = this.#parts.clock.schedule(soonMs, () => this.#run())
  }

  stop(): void {
    this.#undoTimer()
    this.#wanted.clear()
    this.#isRunning = false
  }

  #run(): void {
    const batch = [...this.#wanted].slice(0, batchPages)
    for (const [id] of batch) this.#wanted.delete(id)
    this.#read(new Map(batch)).then(
      () => this.#next(),
      (error: unknown) => {
        this.#isRunning = false
        this.#parts.failed(error)
      },
    )
  }

  #next(): void {
    this.#isRunning = this.#wanted.size > 0
    if (this.#isRunning) this.#undoTimer = this.#parts.clock.schedule(0, () => this.#run())
  }

  async #read(batch: ReadonlyMap<DocumentId, number | null>): Promise<void> {
    const { storage, index } = this.#parts
    const pages = [...batch.keys()].filter((id) => index.get(id)?.kind === 'page')
    if (pages.length === 0) return
    const loaded = await storage.loadMany(pages)
    const changes: DocumentChange[] = []
    for (const [id, { updates }] of loaded) {
      const known = index.get(id)
      const meta = updates.length === 0 ? undefined : readMeta(updates)
      if (known === undefined || meta === undefined) continue
      const changedAtMs = batch.get(id) ?? known.changedAtMs
      changes.push({ id, spaceId: known.spaceId, kind: known.kind, pageKind: known.pageKind, ...meta, changedAtMs })
    }
    if (changes.length === 0) return
    await storage.updateDocuments(changes)
    index.apply(changes)
    this.#parts.changed(changes.map(({ id }) => id))
  }
}

/** Undefined where the bytes are no updates: then the list keeps what it has. */
function readMeta(
  updates: readonly Uint8Array[],
): { title: string; icon: string | null; archived: boolean } | undefined {
  const doc = new Y.Doc()
  try {
    doc.transact(() => {
      for (const update of updates) Y.applyUpdate(doc, update, origins.storage)
    }, origins.storage)
    const { title, icon, archived } = readPageMeta(doc)
    return { title, icon, archived }
  } catch {
    return undefined
  } finally {
    doc.destroy()
  }
}
