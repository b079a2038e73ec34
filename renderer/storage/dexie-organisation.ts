import type { Table } from 'dexie'
import {
  mintId,
  type DocumentId,
  type FillRandom,
  type LogId,
  type OrganisationId,
  type SpaceId,
} from '../../model/ids.ts'
import type { RefusalReason } from '../../model/protocol/reasons.ts'
import type { Database } from './database.ts'
import type { ActsStorage } from './acts-storage.ts'
import { dexieActs } from './dexie-acts.ts'
import { DexieFiles, fileTables, removeFilesOfSpace } from './dexie-files.ts'
import * as content from './dexie-content.ts'
import * as documents from './dexie-documents.ts'
import * as log from './dexie-log.ts'
import { DexieChanges } from './dexie-changes.ts'
import { DexiePeople } from './dexie-people.ts'
import { DexieReviews } from './dexie-reviews.ts'
import { DexieRequests } from './dexie-requests.ts'
import { readHead, type Scope } from './dexie-scope.ts'
import type { FilePlaces } from './file-places.ts'
import type { FileStorage } from './file-storage.ts'
import type {
  DocumentChange,
  DocumentRecord,
  LoadedDocument,
  LogState,
  OrganisationStorage,
  OwnChange,
  RemoteBatch,
  SetAsideRecord,
  SpaceRecord,
  WaitingRow,
} from './laptop-storage.ts'
import { StorageFailed } from './laptop-storage.ts'
import { logStateOf } from './own-log.ts'
import { guarded } from './storage-failure.ts'

/** One organisation in IndexedDB: each verb is one strict transaction over the tables that it names. */
export class DexieOrganisation implements OrganisationStorage {
  readonly organisationId: OrganisationId
  readonly acts: ActsStorage
  readonly people: DexiePeople
  readonly changes: DexieChanges
  readonly files: FileStorage
  readonly reviews: DexieReviews
  readonly requests: DexieRequests
  readonly #database: Database
  readonly #scope: Scope
  readonly #list: documents.ListCache = { seq: 0, documents: [] }
  readonly #damageListeners = new Set<() => void>()
  #isTidying = false

  constructor(
    database: Database,
    organisationId: OrganisationId,
    { fillRandom, places = null }: { readonly fillRandom: FillRandom; readonly places?: FilePlaces | null },
  ) {
    this.organisationId = organisationId
    this.#database = database
    this.people = new DexiePeople(database, organisationId)
    this.changes = new DexieChanges(database, organisationId)
    this.reviews = new DexieReviews(database, organisationId)
    this.requests = new DexieRequests(database, organisationId)
    this.#scope = { organisationId, tables: database.tables, mintLogId: () => mintId<LogId>(fillRandom) }
    const transaction = {
      read: <T>(names: readonly (keyof Database['tables'])[], run: () => Promise<T>) => this.#read(names, run),
      write: <T>(names: readonly (keyof Database['tables'])[], run: () => Promise<T>) => this.#write(names, run),
    }
    this.acts = dexieActs(this.#scope, transaction)
    this.files = new DexieFiles(this.#scope, transaction, places)
  }

  async logState(): Promise<LogState> {
    return logStateOf(await this.#write(['logs'], () => readHead(this.#scope)))
  }

  async renewLog(): Promise<LogState> {
    const run = async () => {
      const head = await log.renewLog(this.#scope)
      const seq = await documents.markForComparison(this.#scope, head.seq)
      await this.#database.tables.logs.put({ ...head, seq })
      return head
    }
    return logStateOf(await this.#repairing(() => this.#write(['logs', 'outbox', 'documents', 'spaces'], run)))
  }

  markForComparison(): Promise<void> {
    return this.#write(['logs', 'documents', 'spaces'], async () => {
      const head = await readHead(this.#scope)
      const seq = await documents.markForComparison(this.#scope, head.seq)
      await this.#database.tables.logs.put({ ...head, seq })
    })
  }

  checksumOfRow(row: number): Promise<number | undefined> {
    return this.#read(['outbox', 'logs'], () => log.checksumOfRow(this.#scope, row))
  }

  appendOwn(
    changes: readonly OwnChange[],
    listed: readonly DocumentChange[] = [],
    settled: readonly string[] = [],
  ): Promise<readonly WaitingRow[]> {
    const tables = ['logs', 'outbox', 'updates', 'documents', 'unfolded'] as const
    const append = () => log.appendOwn(this.#scope, changes, listed)
    if (settled.length === 0) return this.#write(tables, append)
    return this.#write([...tables, 'setAside'], async () => {
      await this.#database.tables.setAside.bulkDelete(settled.map((id) => [this.organisationId, id]))
      return append()
    })
  }

  async waitingRows(afterRow: number, maxBytes: number): Promise<readonly WaitingRow[]> {
    try {
      return await this.#read(['outbox'], () => log.waitingRows(this.#scope, afterRow, maxBytes))
    } catch (error) {
      if (error instanceof StorageFailed && error.reason === 'damaged') await this.#repairOutbox()
      throw error
    }
  }

  acknowledge(row: number): Promise<readonly DocumentId[]> {
    return this.#write(['logs', 'outbox'], () => log.acknowledge(this.#scope, row))
  }

  setAside(row: number, reason: RefusalReason, keep: boolean): Promise<void> {
    return this.#write(['logs', 'outbox', 'documents', 'setAside'], () => log.setAside(this.#scope, row, reason, keep))
  }

  setAsideRecords(): Promise<readonly SetAsideRecord[]> {
    const { setAside } = this.#database.tables
    return guarded(async () => {
      const rows = await setAside
        .where('[organisationId+id]')
        .between([this.organisationId, ''], [this.organisationId, '\uffff'])
        .toArray()
      return rows.map(({ id, documentId, title, reason, update }) => ({ id, documentId, title, reason, update }))
    })
  }

  dismissSetAside(id: string): Promise<void> {
    return guarded(() => this.#database.tables.setAside.delete([this.organisationId, id]))
  }

  storeRemote(batch: RemoteBatch): Promise<void> {
    return this.#write(['logs', 'documents', 'updates', 'checkpoints', 'outbox', 'spaces', 'unfolded'], () =>
      content.storeRemote(this.#scope, batch),
    )
  }

  async load(id: DocumentId): Promise<LoadedDocument> {
    const loaded = await guarded(() => content.readContentQuickly(this.#scope, this.#database.dexie, id))
    if (loaded?.damaged === false) return loaded
    return (await this.loadMany([id])).get(id) ?? { updates: [], held: false, damaged: false }
  }

  async loadMany(ids: readonly DocumentId[]): Promise<ReadonlyMap<DocumentId, LoadedDocument>> {
    const tables = ['updates', 'checkpoints', 'documents'] as const
    const loaded = await this.#read(tables, () => content.readContent(this.#scope, ids))
    const damaged = [...loaded].filter(([, document]) => document.damaged).map(([id]) => id)
    if (damaged.length === 0) return loaded
    for (const id of damaged) await this.#repairContent(id)
    const repaired = await this.#read(tables, () => content.readContent(this.#scope, damaged))
    for (const [id, document] of repaired) loaded.set(id, { ...document, damaged: true })
    return loaded
  }

  async compact(id: DocumentId, minRecords: number): Promise<void> {
    const isIntact = await this.#write(['updates', 'checkpoints'], () => content.compact(this.#scope, id, minRecords))
    if (!isIntact) await this.#repairContent(id)
  }

  drop(id: DocumentId, { forget }: { readonly forget: boolean }): Promise<void> {
    return this.#writeAll(() => content.drop(this.#scope, id, forget))
  }

  async documents(ids?: readonly DocumentId[]): Promise<readonly DocumentRecord[]> {
    if (ids !== undefined) return this.#namedDocuments(ids)
    const quick = await guarded(() => documents.readDocumentsQuickly(this.#scope, this.#database, this.#list))
    if (quick !== undefined) return quick
    const run = () => documents.readDocuments(this.#scope, this.#list)
    const read = await this.#read(['documents', 'lists', 'outbox'], run)
    if (read.delta > documents.listDelta) this.#tidySoon()
    return read.documents
  }

  async document(id: DocumentId): Promise<DocumentRecord | undefined> {
    return (await this.documents([id]))[0]
  }

  updateDocuments(changes: readonly DocumentChange[]): Promise<void> {
    return this.#write(['logs', 'documents', 'unfolded'], async () => {
      const head = await readHead(this.#scope)
      const seq = await documents.changeDocuments(this.#scope, changes, head.seq)
      if (seq !== head.seq) await this.#database.tables.logs.put({ ...head, seq })
    })
  }

  spaces(): Promise<readonly SpaceRecord[]> {
    return guarded(() => documents.readSpaces(this.#scope))
  }

  async putSpaces(spaces: readonly SpaceRecord[]): Promise<void> {
    const { organisationId } = this
    await guarded(() => this.#database.tables.spaces.bulkPut(spaces.map((space) => ({ ...space, organisationId }))))
  }

  removeSpace(id: SpaceId): Promise<void> {
    return this.#writeAll(async () => {
      await documents.removeSpace(this.#scope, id)
      await removeFilesOfSpace(this.#scope, id)
    })
  }

  tidy(): Promise<void> {
    return this.#write(['logs', 'documents', 'lists'], () => documents.rewriteList(this.#scope, this.#list))
  }

  setting(name: string): Promise<unknown> {
    return guarded(async () => (await this.#database.tables.settings.get([this.organisationId, name]))?.value)
  }

  async putSetting(name: string, value: unknown): Promise<void> {
    const { settings } = this.#database.tables
    const { organisationId } = this
    if (value === undefined) await guarded(() => settings.delete([organisationId, name]))
    else await guarded(() => settings.put({ organisationId, name, value }))
  }

  /** The list is a cache: where it cannot be written now, the next start reads the records instead. */
  #tidySoon(): void {
    if (this.#isTidying) return
    this.#isTidying = true
    const done = () => {
      this.#isTidying = false
    }
    this.tidy().then(done, done)
  }

  onDamage(listener: () => void): () => void {
    this.#damageListeners.add(listener)
    return () => void this.#damageListeners.delete(listener)
  }

  async #repairContent(id: DocumentId): Promise<void> {
    await this.#writeAll(() => content.repairContent(this.#scope, id))
    for (const listener of this.#damageListeners) listener()
  }

  async #repairOutbox(): Promise<void> {
    await this.#writeAll(async () => {
      await log.repairOutbox(this.#scope)
      const head = await readHead(this.#scope)
      const seq = await documents.markForComparison(this.#scope, head.seq)
      await this.#database.tables.logs.put({ ...head, seq })
    })
    for (const listener of this.#damageListeners) listener()
  }

  /** Renewing reads every waiting row: where one is damaged, the repair has renewed the log already. */
  async #repairing<T>(run: () => Promise<T>): Promise<T> {
    try {
      return await run()
    } catch (error) {
      if (!(error instanceof StorageFailed && error.reason === 'damaged')) throw error
      await this.#repairOutbox()
      return run()
    }
  }

  async #namedDocuments(ids: readonly DocumentId[]): Promise<readonly DocumentRecord[]> {
    if (ids.length === 0) return []
    if (ids.length <= documents.fewNamed) {
      const quick = await guarded(() => documents.readNamedQuickly(this.#scope, this.#database, ids))
      if (quick !== undefined) return quick
    }
    return this.#read(['documents', 'outbox'], () => documents.readNamedDocuments(this.#scope, ids))
  }

  /** The scope is an `async` function itself: that is how Dexie knows to keep the transaction over native promises. */
  #read<T>(tables: readonly (keyof Database['tables'])[], run: () => Promise<T>): Promise<T> {
    return guarded(() => this.#database.dexie.transaction('r', this.#tables(tables), async () => await run()))
  }

  #write<T>(tables: readonly (keyof Database['tables'])[], run: () => Promise<T>): Promise<T> {
    return guarded(() => this.#database.dexie.transaction('rw', this.#tables(tables), async () => await run()))
  }

  #writeAll<T>(run: () => Promise<T>): Promise<T> {
    const tables = ['logs', 'outbox', 'updates', 'checkpoints', 'documents', 'lists', 'spaces', 'setAside'] as const
    return this.#write(
      [...tables, 'acts', 'pageActs', 'members', 'pageStates', 'reviews', 'returns', ...fileTables],
      run,
    )
  }

  #tables(names: readonly (keyof Database['tables'])[]): Table[] {
    return names.map((name) => this.#database.tables[name] as Table)
  }
}
