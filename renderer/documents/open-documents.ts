import { Awareness } from 'y-protocols/awareness'
import * as Y from 'yjs'
import type { DocumentId } from '../../model/ids.ts'
import { origins } from '../../model/origins.ts'
import { bodyFragmentName } from '../../model/page-content.ts'
import { neededSchemaAfter } from '../../model/page-schema-guard.ts'
import { lowestSchema } from '../../model/schema-version.ts'
import type { OrganisationStorage } from '../storage/laptop-storage.ts'
import type { WindowChange } from '../sync/sync-messages.ts'
import type { UpdateBatch } from './update-batch.ts'

/** A live document of this window: one Y.Doc per id, counted, closed by its last user. */
export interface OpenDocument {
  readonly id: DocumentId
  readonly doc: Y.Doc
  /** Null where nobody else can be there: no server. */
  readonly awareness: Awareness | null
  /** Part of the stored records could not be read; what is missing is being fetched. */
  readonly damaged: boolean
  release(): void
}

/** Joins an open document to the live channel of its server; returns the leave. */
export type JoinChannel = (id: DocumentId, doc: Y.Doc, awareness: Awareness) => () => void

interface Held {
  readonly doc: Y.Doc
  readonly damaged: boolean
  /** Made at the first use that wants to be live; a document that is only read by lists joins nothing. */
  awareness: Awareness | null
  leave: (() => void) | null
  users: number
}

export class OpenDocuments {
  readonly #storage: OrganisationStorage
  readonly #batch: UpdateBatch
  readonly #join: JoinChannel | null
  readonly #onOwnChange: (id: DocumentId, doc: Y.Doc) => void
  readonly #onFirstChange: (id: DocumentId, before: readonly Uint8Array[]) => void
  readonly #opening = new Map<DocumentId, Promise<Held | null>>()
  readonly #live = new Map<DocumentId, Held>()
  readonly #schemas = new Map<DocumentId, number>()
  readonly #providers = new WeakSet<object>()
  /** Changes that arrive while a document loads: its load may have read before they were stored. */
  readonly #early = new Map<DocumentId, { readonly update: Uint8Array; readonly origin: string }[]>()

  constructor(options: {
    readonly storage: OrganisationStorage
    readonly batch: UpdateBatch
    /** Null where there is no server. */
    readonly join: JoinChannel | null
    /** Called within each change that is written here, before it goes to the batch. Must be quick: it is on the key path. */
    readonly onOwnChange?: (id: DocumentId, doc: Y.Doc) => void
    /** Called within the first change that is written here since a document was loaded, with all before it. As quick as `onOwnChange`. */
    readonly onFirstChange?: (id: DocumentId, before: readonly Uint8Array[]) => void
  }) {
    this.#storage = options.storage
    this.#batch = options.batch
    this.#join = options.join
    this.#onOwnChange = options.onOwnChange ?? (() => undefined)
    this.#onFirstChange = options.onFirstChange ?? (() => undefined)
  }

  /** Opens a document that this laptop holds; null where it does not. Each success must be released. */
  async open(id: DocumentId, options: { readonly live: boolean }): Promise<OpenDocument | null> {
    for (;;) {
      const live = this.#live.get(id) ?? (await this.#openOnce(id))
      if (live === null) return null
      if (this.#live.get(id) === live) return this.#use(id, live, options.live)
      // Closed by its last user between the load and now: open it again.
    }
  }

  /** Makes a document that did not exist: seeded, registered with its first row, open at once. */
  create(id: DocumentId, seed: Uint8Array, register: () => void, options = { live: true }): OpenDocument {
    const doc = new Y.Doc({ guid: id })
    Y.applyUpdate(doc, seed, origins.seed)
    register()
    return this.#use(id, this.#hold(id, doc, false), options.live)
  }

  /** Closes a document whoever uses it; the next `open` loads it from the disk. */
  forget(id: DocumentId): void {
    const held = this.#live.get(id)
    if (held !== undefined) this.#close(id, held)
  }

  /** What others changed, already on the disk: applied to the documents that are open here. */
  apply(changes: readonly WindowChange[], origin: typeof origins.remote | typeof origins.window): void {
    for (const { documentId, update } of changes) {
      const live = this.#live.get(documentId)
      if (live !== undefined) Y.applyUpdate(live.doc, update, origin)
      else if (this.#opening.has(documentId)) {
        const early = this.#early.get(documentId) ?? []
        early.push({ update, origin })
        this.#early.set(documentId, early)
      }
    }
  }

  /**
   * The lowest schema that can show the document; declared with every change that is written here. What is written raises it by
   * itself, and nothing lowers it while the organisation is open.
   */
  setSchema(id: DocumentId, schema: number): void {
    this.#schemas.set(id, Math.max(schema, this.#schemas.get(id) ?? lowestSchema))
  }

  /** Costs what the change added, not the size of the page. */
  #raiseSchema(id: DocumentId, doc: Y.Doc, transaction: Y.Transaction): number {
    const before = this.#schemas.get(id) ?? lowestSchema
    if (!doc.share.has(bodyFragmentName)) return before
    const schema = neededSchemaAfter(before, transaction, doc.getXmlFragment(bodyFragmentName))
    if (schema > before) this.setSchema(id, schema)
    return schema
  }

  /** Closes everything at once, whoever uses it: the organisation is left. */
  closeAll(): void {
    for (const [id, live] of this.#live) this.#close(id, live)
  }

  async #openOnce(id: DocumentId): Promise<Held | null> {
    const running = this.#opening.get(id)
    if (running !== undefined) return running
    const opening = this.#load(id).finally(() => {
      this.#opening.delete(id)
      this.#early.delete(id)
    })
    this.#opening.set(id, opening)
    return opening
  }

  async #load(id: DocumentId): Promise<Held | null> {
    // What this window has changed and not committed yet must be read too.
    if (!this.#batch.isCommitted(id)) await this.#batch.flush().catch(() => undefined)
    const loaded = await this.#storage.load(id)
    if (!loaded.held && !loaded.damaged) return null
    const doc = new Y.Doc({ guid: id })
    const early = (this.#early.get(id) ?? []).map(({ update }) => update)
    doc.transact(() => {
      for (const update of [...loaded.updates, ...early]) Y.applyUpdate(doc, update)
    }, origins.storage)
    this.#awaitFirstChange(id, doc, [...loaded.updates, ...early])
    return this.#hold(id, doc, loaded.damaged)
  }

  /** What others write meanwhile stands before it: nobody looks back at that as if it were one's own. */
  #awaitFirstChange(id: DocumentId, doc: Y.Doc, before: Uint8Array[]): void {
    const hear = (update: Uint8Array, origin: unknown) => {
      if (isWrittenElsewhere(origin, this.#providers)) {
        before.push(update)
        return
      }
      doc.off('update', hear)
      this.#onFirstChange(id, before)
    }
    doc.on('update', hear)
  }

  #hold(id: DocumentId, doc: Y.Doc, damaged: boolean): Held {
    doc.on('update', (update: Uint8Array, origin: unknown, _doc: Y.Doc, transaction: Y.Transaction) => {
      if (isWrittenElsewhere(origin, this.#providers)) return
      this.#onOwnChange(id, doc)
      this.#batch.add(id, update, this.#raiseSchema(id, doc, transaction))
    })
    const held: Held = { doc, damaged, awareness: null, leave: null, users: 0 }
    this.#live.set(id, held)
    return held
  }

  /** Providers apply what the sync worker has stored already: their transactions are not written again. */
  trustProvider(provider: object): void {
    this.#providers.add(provider)
  }

  #use(id: DocumentId, live: Held, joins: boolean): OpenDocument {
    live.users += 1
    if (joins && live.awareness === null && this.#join !== null) {
      live.awareness = new Awareness(live.doc)
      live.leave = this.#join(id, live.doc, live.awareness)
    }
    let isReleased = false
    return {
      id,
      doc: live.doc,
      awareness: live.awareness,
      damaged: live.damaged,
      release: () => {
        if (isReleased) return
        isReleased = true
        live.users -= 1
        if (live.users === 0) this.#close(id, live)
      },
    }
  }

  #close(id: DocumentId, live: Held): void {
    if (this.#live.get(id) !== live) return
    this.#live.delete(id)
    live.leave?.()
    live.awareness?.destroy()
    // The last keystrokes are in the batch as bytes; the document itself is not needed for them.
    live.doc.destroy()
  }
}

const writtenElsewhere: ReadonlySet<unknown> = new Set([origins.storage, origins.window, origins.remote, origins.seed])

function isWrittenElsewhere(origin: unknown, providers: WeakSet<object>): boolean {
  if (writtenElsewhere.has(origin)) return true
  return typeof origin === 'object' && origin !== null && providers.has(origin)
}
