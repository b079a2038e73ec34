import type * as Y from 'yjs'
import { mintId, type DocumentId, type LogId, type PersonId, type SpaceId } from '../model/ids.ts'
import { defaultJoining, type DocumentKind, type PageKind, type SpaceKind } from '../model/kinds.ts'
import type { SpaceRole } from '../model/permission.ts'
import type { Ask, RequestRefusal, SpaceChange } from '../model/request.ts'
import type { Result } from '../model/result.ts'
import { mayOnDocument } from './access.ts'
import { Colleagues } from './colleagues.ts'
import { Committer } from './commit.ts'
import { inlineCompactor } from './compact-document.ts'
import { Connections } from './connections.ts'
import type { Core } from './core.ts'
import { readPieces } from './document-state.ts'
import { DocumentStates } from './document-states.ts'
import { FeedChunks } from './feed-chunks.ts'
import { RingBudget } from './feed-ring.ts'
import { LargeReads } from './large-reads.ts'
import { createMetrics, type SyncMetrics } from './metrics.ts'
import { PageChannels } from './page-channel.ts'
import { PeopleBook } from './people-book.ts'
import { Reachers } from './reachers.ts'
import { RequestDesk } from './requests/request-desk.ts'
import { Rights } from './rights.ts'
import { ServerWriter } from './server-writer.ts'
import { DeviceSession, type SessionHouse } from './session.ts'
import { StockSession } from './stock-session.ts'
import type { PersonCard } from './store/people-store.ts'
import type { DocumentRecord, Membership, SpaceRecord } from './store/store.ts'
import {
  defaultLimits,
  type Identity,
  type ServerSocket,
  type Session,
  type SyncServerOptions,
} from './sync-options.ts'
import { Upkeep } from './upkeep.ts'
import { Versions } from './versions.ts'
import { currentSchema } from '../model/schema-version.ts'

export interface CreateSpace {
  readonly kind: SpaceKind
  readonly name: string
  readonly ownerId: PersonId
}

export interface CreateDocument {
  readonly spaceId: SpaceId
  readonly kind: DocumentKind
  readonly pageKind: PageKind | null
  /** Author of an authored page; who asked for it otherwise. */
  readonly ownerId: PersonId
  /** Content as one Yjs update written on top of the seed; null for an empty document. */
  readonly update: Uint8Array | null
  readonly documentId?: DocumentId
}

export type StockAccess = 'allowed' | 'forbidden' | 'unknown'

/**
 * The sync core: sessions, commits, feeds and rights, with the store, the clock, chance and the sockets passed in. One
 * per store; `start` before the first socket, `drain` after the last.
 */
export class SyncServer {
  readonly metrics: SyncMetrics = createMetrics()
  /** Null where no store for them was given. */
  readonly versions: Versions | null
  readonly #core: Core
  readonly #house: SessionHouse
  readonly #committer: Committer
  readonly #connections: Connections
  readonly #reachers: Reachers
  readonly #book: PeopleBook
  readonly #rights: Rights
  readonly #desk: RequestDesk
  readonly #upkeep: Upkeep
  readonly #writer: ServerWriter
  #isDraining = false

  constructor(options: SyncServerOptions) {
    const { store, clock, random, schedule, log, faults = {}, schema = currentSchema } = options
    const limits = { ...defaultLimits, ...options.limits }
    const states = new DocumentStates(store, limits.documentCacheBytes)
    this.#core = {
      store,
      clock,
      random,
      schedule,
      log,
      limits,
      faults,
      schema,
      metrics: this.metrics,
      states,
      reads: new LargeReads(schedule),
      ringBudget: new RingBudget(limits.feedRingBytes),
      feedChunks: new FeedChunks(),
      pages: new PageChannels(),
      colleagues: new Colleagues(schedule),
      spaces: new Map(),
      moving: options.onMoving ?? (() => undefined),
      changed: options.onChanged ?? (() => undefined),
      organisation: null,
      generation: '',
    }
    const compactor = options.compactor ?? inlineCompactor
    this.#upkeep = new Upkeep(this.#core, compactor)
    this.versions = options.versions === undefined ? null : new Versions(this.#core, options.versions, compactor)
    this.#committer = new Committer(this.#core, {
      before: async (rows) => this.versions?.beforeCommit(rows),
      committed: (state, setsValues) => {
        this.#upkeep.committed(state, setsValues)
      },
    })
    this.#connections = new Connections(this.#core)
    this.#reachers = new Reachers(store)
    this.#book = new PeopleBook(store)
    this.#writer = new ServerWriter(this.#core, this.#committer, mintId<LogId>(random))
    this.#rights = new Rights(this.#core, this.#connections, this.#reachers, this.#book)
    this.#desk = new RequestDesk({
      core: this.#core,
      committer: this.#committer,
      book: this.#book,
      rights: this.#rights,
      log: this.#writer,
      accepted: options.onAccepted ?? (() => Promise.resolve()),
    })
    this.#house = {
      core: this.#core,
      committer: this.#committer,
      connections: this.#connections,
      reachers: this.#reachers,
      book: this.#book,
      desk: this.#desk,
      serverVersion: options.serverVersion ?? '0',
    }
  }

  /** Reads organisation, generation and spaces. Once before the first socket; again after `createOrganisation`. */
  async start(): Promise<void> {
    const { store } = this.#core
    this.#core.organisation = await store.organisation()
    this.#core.generation = await store.generation()
    await this.#rights.readSpaces()
    await this.#book.refresh()
    await this.#desk.start()
  }

  // Sockets

  accept(socket: ServerSocket, identity: Identity): Session {
    const session = new DeviceSession(this.#house, socket, identity)
    if (this.#isDraining) session.end('going-away')
    return session
  }

  acceptStock(
    socket: ServerSocket,
    identity: Identity,
    target: { readonly documentId: DocumentId; readonly schema: number },
  ): Session {
    const session = new StockSession(this.#house, socket, identity, target)
    if (this.#isDraining) session.end('going-away')
    return session
  }

  /** Something got past a session: counted and told, and nobody else notices. */
  handlerFailed(error: unknown): void {
    this.metrics.handlerErrors += 1
    this.#core.log('error', 'A socket failed', {
      error: String(error),
      stack: error instanceof Error ? error.stack : undefined,
    })
  }

  /** Asked before the upgrade, so that a stock client hears HTTP 403 or 404. */
  async stockAccess(identity: Identity, documentId: DocumentId): Promise<StockAccess> {
    const state = await this.#core.states.get(documentId)
    const space = state && this.#core.spaces.get(state.record.spaceId)
    if (state === undefined || space === undefined) return 'unknown'
    const person = await this.#reachers.join(identity.personId, identity.role)
    const mayRead = mayOnDocument(person, 'read', state.record, space.record)
    this.#reachers.leave(person)
    return mayRead ? 'allowed' : 'forbidden'
  }

  /** Takes no new sockets, commits what is here, says goodbye to all. Rows that the store cannot take stay on their laptops. */
  async drain(): Promise<void> {
    this.#isDraining = true
    await this.#committer.barrier()
    for (const connection of this.#connections.all()) connection.end('going-away')
    await this.#committer.barrier()
    this.versions?.stop()
    await this.#upkeep.stop()
  }

  // Spaces and rights: the store first, then every open socket, at once (FE8)

  /** Creates the space with its `space` document (same id) and its owner; open sockets of the owner hear of it. */
  async createSpace({ kind, name, ownerId }: CreateSpace): Promise<SpaceId> {
    const spaceId = mintId<SpaceId>(this.#core.random)
    await this.#core.store.createSpace({ spaceId, kind, name, archived: false, joining: defaultJoining(kind) })
    await this.#core.store.setMembership(spaceId, ownerId, 'owner')
    this.#rights.changeRole(ownerId, spaceId, 'owner')
    await this.spaceCreated(spaceId)
    return spaceId
  }

  /** For a space that was put into the store by other means: makes its document, tells its members. */
  async spaceCreated(spaceId: SpaceId): Promise<void> {
    await this.#rights.readSpace(spaceId)
    const documentId = spaceId as string as DocumentId
    await this.#writer.create(documentId, { spaceId, kind: 'space', pageKind: null }, { ownerId: null, update: null })
    for (const { personId, role } of await this.#core.store.membersOf(spaceId)) {
      this.#rights.changeRole(personId, spaceId, role)
      this.#rights.tellGranted(personId, spaceId)
    }
    await this.#book.refresh()
    this.#desk.listsChanged()
  }

  spaces(): readonly SpaceRecord[] {
    return [...this.#core.spaces.values()].map(({ record, feed }) => ({ ...record, head: feed.head }))
  }

  membershipsOf(personId: PersonId): Promise<readonly Membership[]> {
    return this.#core.store.membershipsOf(personId)
  }

  async grantSpace(personId: PersonId, spaceId: SpaceId, role: SpaceRole): Promise<void> {
    await this.#core.store.setMembership(spaceId, personId, role)
    await this.#rights.membershipChanged(personId, spaceId, role)
    this.#desk.listsChanged()
  }

  async revokeSpace(personId: PersonId, spaceId: SpaceId): Promise<void> {
    // Open sockets first: should the store not answer, the stricter state is the one that holds until it does.
    this.#rights.changeRole(personId, spaceId, null)
    await this.#core.store.setMembership(spaceId, personId, null)
    await this.#rights.membershipChanged(personId, spaceId, null)
    this.#desk.listsChanged()
  }

  /** Renames or archives; members hear of it as of a grant. */
  async changeSpace(spaceId: SpaceId, change: SpaceChange): Promise<void> {
    await this.#core.store.changeSpace(spaceId, change)
    await this.#rights.readSpace(spaceId)
    await this.#rights.tellMembers(spaceId)
    this.#desk.listsChanged()
  }

  /** Does at once what a request would do; `may()` decides the same (HTTP). */
  async act(identity: Pick<Identity, 'personId' | 'role'>, ask: Ask): Promise<Result<null, RequestRefusal>> {
    const person = await this.#reachers.join(identity.personId, identity.role)
    try {
      return await this.#desk.act(person, ask)
    } finally {
      this.#reachers.leave(person)
    }
  }

  /** What laptops may know of people, as the directory has it now: those that are new or different reach them (PP1). */
  async putPeople(people: readonly PersonCard[]): Promise<void> {
    await this.#core.store.putPeople(people)
    for (const { personId, role } of people) {
      const person = this.#reachers.get(personId)
      if (person !== undefined) person.organisationRole = role
    }
    await this.#book.refresh()
  }

  /** Closes all sockets of the person with `suspended`. The accounts see to it that none is opened again. */
  suspend(personId: PersonId): void {
    const person = this.#reachers.get(personId)
    if (person !== undefined) person.suspended = true
    for (const connection of this.#connections.of(personId)) connection.end('suspended')
  }

  /** Closes all sockets of one sign-in with `sign-in-needed`. */
  endSession(sessionId: string): void {
    for (const connection of this.#connections.all()) {
      if (connection.identity.sessionId === sessionId) connection.end('sign-in-needed')
    }
  }

  // Documents, for the HTTP side, import and the sample

  /** Rows for lists; who may read the space is the caller's question. */
  documentsOf(spaceId: SpaceId): Promise<readonly DocumentRecord[]> {
    return this.#core.store.documentsOf(spaceId)
  }

  /** What changed again with every restore from a backup. */
  get generation(): string {
    return this.#core.generation
  }

  async document(documentId: DocumentId): Promise<DocumentRecord | undefined> {
    return (await this.#core.states.get(documentId))?.record
  }

  /** Records alone, of those that exist. */
  documents(ids: readonly DocumentId[]): Promise<readonly DocumentRecord[]> {
    return this.#core.store.documents(ids)
  }

  /** Snapshot and rows as stored, for who reads them away from the sockets. */
  pieces(documentId: DocumentId): Promise<readonly Uint8Array[] | 'damaged'> {
    return readPieces(this.#core.store, documentId)
  }

  /** The whole document as one update; undefined where there is none, `damaged` where a record of it is. */
  async readDocument(documentId: DocumentId): Promise<Uint8Array | 'damaged' | undefined> {
    const state = await this.#core.states.get(documentId)
    return state?.read(this.#core.store)
  }

  /** Registers and fills a document under a server-minted client id, through the same commit as every row. */
  async createDocument({ spaceId, kind, pageKind, ownerId, update, documentId }: CreateDocument): Promise<DocumentId> {
    const id = documentId ?? mintId<DocumentId>(this.#core.random)
    await this.#writer.create(id, { spaceId, kind, pageKind }, { ownerId, update })
    return id
  }

  /** Changes a document under a server-minted client id; throws where it is unknown or damaged, and writes nothing then. */
  async updateDocument(documentId: DocumentId, change: (doc: Y.Doc) => void): Promise<void> {
    await this.#writer.change(documentId, change)
  }

  /** Compacts one document now; the admin commands and tests ask for it. */
  compact(documentId: DocumentId): Promise<void> {
    return this.#upkeep.compact(documentId)
  }
}
