import type * as Y from 'yjs'
import { mintId, type DocumentId, type FillRandom, type PageId, type SpaceId } from '../../model/ids.ts'
import { isSharedPage, writersOf, type PageKind } from '../../model/kinds.ts'
import { origins } from '../../model/origins.ts'
import { openPage, readPageMeta } from '../../model/page.ts'
import type { Registration } from '../../model/protocol/messages.ts'
import { seedOf } from '../../model/seeds.ts'
import { lowestSchema } from '../../model/schema-version.ts'
import { openSpace, type SpaceDocument, type SpaceTree } from '../../model/space.ts'
import type { OrganisationRecord, OrganisationStorage, StorageFailed, WaitingRow } from '../storage/laptop-storage.ts'
import type { FromWorker, SyncStatus } from '../sync/sync-messages.ts'
import { ActsTables } from './acts-tables.ts'
import { Lists } from './lists.ts'
import { LiveValue } from './live.ts'
import { OpenDocuments, type JoinChannel, type OpenDocument } from './open-documents.ts'
import type { SyncLink } from './sync-link.ts'
import { OrganisationPeople } from './organisation-people.ts'
import { OrganisationFiles } from './organisation-files.ts'
import { OrganisationRequests } from './organisation-requests.ts'
import { UpdateBatch } from './update-batch.ts'
import { VisitStates } from './visit-state.ts'

/** How often the time of a page that is being written is noted in the lists. */
const changedEveryMs = 5000

export interface WindowClock {
  nowMs(): number
  schedule(ms: number, task: () => void): () => void
}

interface Times {
  readonly savedAtMs: number | null
  readonly acknowledgedAtMs: number | null
}

/**
 * One organisation open in one window: its lists, its open documents, the batch that writes them, and the line to the
 * sync worker. Knows no screen and no account.
 */
export class OpenOrganisation {
  readonly record: OrganisationRecord
  readonly storage: OrganisationStorage
  readonly lists: Lists
  readonly documents: OpenDocuments
  readonly batch: UpdateBatch
  readonly link: SyncLink
  readonly status = new LiveValue<SyncStatus | null>(null)
  readonly storageTrouble = new LiveValue<StorageFailed | null>(null)
  readonly setAsideVersion = new LiveValue(0)
  /** Rises with every saved or acknowledged row: receipts look again. */
  readonly receiptVersion = new LiveValue(0)
  /** How many colleagues have on a device of theirs what was written here last; of pages that are open. */
  readonly colleagues = new Map<DocumentId, number>()
  /** Documents of which the server refused changes that are still set aside. */
  readonly refused = new Set<DocumentId>()
  /** Why a page could not be fetched, until it is tried again. */
  readonly fetchFailures = new Map<DocumentId, 'offline' | 'unknown' | 'forbidden' | 'damaged'>()
  readonly acts = new ActsTables(this)
  readonly people = new OrganisationPeople(this)
  readonly files: OrganisationFiles
  readonly requests: OrganisationRequests
  readonly visits: VisitStates
  /** This device's token for the organisation's server; null while signed out. */
  readonly token: () => Promise<string | null>
  readonly #clock: WindowClock
  readonly #fillRandom: FillRandom
  readonly #times = new Map<DocumentId, Times>()
  readonly #trees = new Map<SpaceId, { readonly document: OpenDocument; readonly space: SpaceDocument }>()
  readonly #openingTrees = new Map<SpaceId, Promise<SpaceDocument | null>>()
  readonly #unsubscribe: () => void
  readonly #endDamage: () => void
  #isClosed = false

  constructor(options: {
    readonly record: OrganisationRecord
    readonly storage: OrganisationStorage
    readonly link: SyncLink
    readonly token: () => Promise<string | null>
    readonly clock: WindowClock
    readonly fillRandom: FillRandom
    readonly join: ((organisation: OpenOrganisation) => JoinChannel) | null
  }) {
    this.record = options.record
    this.storage = options.storage
    this.link = options.link
    this.token = options.token
    this.#clock = options.clock
    this.#fillRandom = options.fillRandom
    this.requests = new OrganisationRequests(this, options.fillRandom)
    this.lists = new Lists(options.storage)
    this.visits = new VisitStates(this, options.clock)
    this.batch = new UpdateBatch({
      storage: options.storage,
      clock: options.clock,
      onCommitted: (rows) => void this.#onCommitted(rows),
      onTrouble: (trouble) => this.storageTrouble.set(trouble),
    })
    this.documents = new OpenDocuments({
      storage: options.storage,
      batch: this.batch,
      join: options.join?.(this) ?? null,
      onOwnChange: (id, doc) => this.#listChange(id, doc),
      onFirstChange: this.visits.firstChange,
    })
    this.files = new OrganisationFiles(options)
    this.#endDamage = options.storage.onDamage(() => {
      this.setAsideVersion.set(this.setAsideVersion.snapshot() + 1)
    })
    this.#unsubscribe = this.link.subscribe((message) => {
      this.#hear(message)
      this.files.hear(message)
    })
  }

  get hasServer(): boolean {
    return this.record.serverUrl !== null
  }

  async start(): Promise<void> {
    await Promise.all([this.lists.load(), this.people.load(), this.requests.load()])
    await this.#greetWorker()
  }

  /** Gives the worker the token that the platform keeps now. */
  async tellToken(): Promise<void> {
    if (this.hasServer) this.link.post({ type: 'token', token: await this.token() })
  }

  #greetWorker(): Promise<void> {
    this.link.post({ type: 'hello', windowId: this.link.windowId })
    return this.tellToken()
  }

  async close(): Promise<void> {
    if (this.#isClosed) return
    this.#isClosed = true
    await this.batch.flush().catch(() => undefined)
    this.#unsubscribe()
    this.#endDamage()
    this.documents.closeAll()
    this.files.close()
    this.#trees.clear()
    this.link.post({ type: 'window-gone', windowId: this.link.windowId })
    this.link.close()
  }

  /** The tree of a space, opened at first use and held while the organisation is open; null while it is not here. */
  tree(id: SpaceId): SpaceTree | null {
    const open = this.#trees.get(id)
    if (open !== undefined) return open.space.snapshot()
    void this.openTree(id)
    return null
  }

  async openTree(id: SpaceId): Promise<SpaceDocument | null> {
    const open = this.#trees.get(id)
    if (open !== undefined) return open.space
    const opening = this.#openingTrees.get(id) ?? this.#openTreeOnce(id)
    this.#openingTrees.set(id, opening)
    try {
      return await opening
    } finally {
      this.#openingTrees.delete(id)
    }
  }

  times(id: DocumentId): Times {
    return this.#times.get(id) ?? { savedAtMs: null, acknowledgedAtMs: null }
  }

  mint(): DocumentId {
    return mintId<DocumentId>(this.#fillRandom)
  }

  mintSpace(): SpaceId {
    return mintId<SpaceId>(this.#fillRandom)
  }

  /** Makes a page: registered, titled and placed in one transaction of the log; open until released. */
  async createPage(page: {
    readonly spaceId: SpaceId
    readonly kind: PageKind
    readonly title: string
    readonly parent: PageId | null
    /** A finished body, for the sample and for import; applied as this person's own change. */
    readonly fill?: (document: OpenDocument) => void
    /** The lowest schema that can show that body. */
    readonly schema?: number
    /** Its place; without it the end. */
    readonly before?: PageId | null
  }): Promise<PageId> {
    const id = this.mint()
    const tree = isSharedPage(page.kind) ? await this.openTree(page.spaceId) : null
    if (page.schema !== undefined) this.documents.setSchema(id, page.schema)
    const registration = { spaceId: page.spaceId, kind: 'page', pageKind: page.kind } as const
    const document = this.createDocument(id, registration)
    if (page.title !== '') openPage(document.doc).rename(page.title)
    page.fill?.(document)
    tree?.add(id, page.parent, page.before ?? null)
    this.#listNew(id, registration, document.doc)
    await this.batch.flush().finally(() => {
      document.release()
    })
    await this.lists.refresh([id], false)
    return id
  }

  createDocument(id: DocumentId, registration: Registration, options = { live: true }): OpenDocument {
    const seed = seedOf(registration.kind, registration.pageKind)
    return this.documents.create(id, seed, () => this.batch.register(id, registration, seed), options)
  }

  /** The tree of a new space without a server; with one, the server makes it. */
  async makeSpaceDocument(spaceId: SpaceId): Promise<void> {
    const id = spaceId as string as DocumentId
    const registration = { spaceId, kind: 'space', pageKind: null } as const
    const document = this.createDocument(id, registration)
    this.#listNew(id, registration, document.doc)
    await this.batch.flush().finally(() => {
      document.release()
    })
    await this.lists.refresh([id], false)
    await this.openTree(spaceId)
  }

  async #openTreeOnce(id: SpaceId): Promise<SpaceDocument | null> {
    // The space's document has the id of the space itself.
    const document = await this.documents.open(id as string as DocumentId, { live: false })
    if (document === null || this.#isClosed) {
      document?.release()
      return null
    }
    const space = openSpace(document.doc)
    this.#trees.set(id, { document, space })
    space.subscribe(() => {
      this.#bumpLists()
    })
    this.#bumpLists()
    return space
  }

  #listenersOfTrees = new Set<() => void>()

  /** Lists or a tree changed. */
  subscribeLists(onChange: () => void): () => void {
    this.#listenersOfTrees.add(onChange)
    const undo = this.lists.subscribe(onChange)
    return () => {
      this.#listenersOfTrees.delete(onChange)
      undo()
    }
  }

  #bumpLists(): void {
    for (const listener of [...this.#listenersOfTrees]) listener()
  }

  async #onCommitted(rows: readonly WaitingRow[]): Promise<void> {
    const ids = [...new Set(rows.map((row) => row.documentId))]
    const now = this.#clock.nowMs()
    for (const id of ids) {
      this.#times.set(id, { ...this.times(id), savedAtMs: now })
      this.colleagues.delete(id)
    }
    const changes = rows.map((row) => ({ documentId: row.documentId, update: row.update }))
    this.link.post({ type: 'own-rows', windowId: this.link.windowId, changes, rows })
    if (!this.hasServer) await this.#acknowledgeAlone(rows)
    await this.lists.refresh(ids, false)
    this.receiptVersion.set(this.receiptVersion.snapshot() + 1)
  }

  /** Without a server nothing waits; joining one later compares by state (GE1). */
  async #acknowledgeAlone(rows: readonly WaitingRow[]): Promise<void> {
    const last = rows.at(-1)
    if (last !== undefined) await this.storage.acknowledge(last.row)
  }

  /** What lists say of a page goes to the disk with the change itself: title, icon and archive at once, the time now and then. */
  #listChange(id: DocumentId, doc: Y.Doc): void {
    const record = this.lists.record(id)
    if (record?.kind !== 'page') return
    const { title, icon, archived } = readPageMeta(doc)
    const now = this.#clock.nowMs()
    const { spaceId, kind, pageKind } = record
    const isSame = title === record.title && icon === record.icon && archived === record.archived
    if (isSame && now - record.changedAtMs < changedEveryMs) return
    this.batch.list({ id, spaceId, kind, pageKind, title, icon, archived, changedAtMs: now })
  }

  /** The record of a document that is being made here, written with its first row. */
  #listNew(id: DocumentId, { spaceId, kind, pageKind }: Registration, doc: Y.Doc): void {
    const isOwned = writersOf(kind, pageKind) !== 'editors'
    const { title, icon, archived } = kind === 'page' ? readPageMeta(doc) : { title: '', icon: null, archived: false }
    this.batch.list({
      ...{ id, spaceId, kind, pageKind, title, icon, archived },
      ownerId: isOwned ? this.record.personId : null,
      minSchema: lowestSchema,
      held: true,
      changedAtMs: this.#clock.nowMs(),
    })
  }

  #hear(message: Parameters<Parameters<SyncLink['subscribe']>[0]>[0]): void {
    switch (message.type) {
      case 'status':
        this.status.set(message)
        break
      case 'remote-changes':
        this.documents.apply(message.changes, origins.remote)
        break
      case 'other-window':
        this.documents.apply(message.changes, origins.window)
        for (const { documentId } of message.changes) this.colleagues.delete(documentId)
        void this.lists.refresh(
          message.changes.map((change) => change.documentId),
          false,
        )
        void this.acts.changedElsewhere(message.changes.map((change) => change.documentId)).catch(() => undefined)
        break
      case 'acts-folded':
        this.acts.told(message.pages)
        break
      case 'documents-changed':
        for (const id of message.documentIds) this.fetchFailures.delete(id)
        void this.#refreshLists(message.documentIds, message.spacesChanged)
        break
      case 'acknowledged':
        this.#acknowledged(message)
        break
      case 'with-colleagues':
        this.#withColleagues(message)
        break
      case 'set-aside-changed':
        this.setAsideVersion.set(this.setAsideVersion.snapshot() + 1)
        break
      case 'fetch-failed':
        this.fetchFailures.set(message.documentId, message.reason)
        this.#bumpLists()
        break
      case 'space-revoked':
        void this.#refreshLists([], true)
        break
      case 'document-reset':
        this.#reset(message.documentId)
        break
      case 'who-is-there':
        void this.#greetWorker()
        break
      case 'people-changed':
      case 'requests-changed':
      case 'reviews-changed':
      case 'file':
      case 'files-changed':
      case 'organisation-changed':
      case 'inward':
      case 'channel-state':
        break
    }
  }

  #acknowledged({ documentIds, atMs }: Extract<FromWorker, { type: 'acknowledged' }>): void {
    for (const id of documentIds) this.#times.set(id, { ...this.times(id), acknowledgedAtMs: atMs })
    void this.lists.refresh(documentIds, false).then(() => {
      this.receiptVersion.set(this.receiptVersion.snapshot() + 1)
    })
  }

  #withColleagues({ documentId, people }: Extract<FromWorker, { type: 'with-colleagues' }>): void {
    // Something newer is being written: this is about what was there before.
    if (!this.batch.isCommitted(documentId)) return
    this.colleagues.set(documentId, people)
    this.receiptVersion.set(this.receiptVersion.snapshot() + 1)
  }

  /** The stored document was set back to what the server has: whoever shows it loads it again. */
  #reset(id: DocumentId): void {
    this.documents.forget(id)
    const spaceId = id as string as SpaceId
    if (this.#trees.delete(spaceId)) void this.openTree(spaceId)
    for (const listener of [...this.#resetListeners]) listener(id)
  }

  readonly #resetListeners = new Set<(id: DocumentId) => void>()

  subscribeResets(onReset: (id: DocumentId) => void): () => void {
    this.#resetListeners.add(onReset)
    return () => {
      this.#resetListeners.delete(onReset)
    }
  }

  async #refreshLists(ids: readonly DocumentId[], spacesChanged: boolean): Promise<void> {
    await this.lists.refresh(ids, spacesChanged)
    for (const id of ids) {
      const spaceId = id as string as SpaceId
      if (this.lists.space(spaceId) !== undefined && !this.#trees.has(spaceId)) void this.openTree(spaceId)
    }
    this.receiptVersion.set(this.receiptVersion.snapshot() + 1)
  }
}
