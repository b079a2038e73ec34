import {
  mintId,
  type DeviceId,
  type DocumentId,
  type FillRandom,
  type LogId,
  type OrganisationId,
  type PersonId,
  type SpaceId,
} from '../../model/ids.ts'
import type { RefusalReason } from '../../model/protocol/reasons.ts'
import { mergeInTree } from '../../model/update.ts'
import type { ActsStorage } from './acts-storage.ts'
import { memoryActs } from './memory-acts.ts'
import { memoryChanges } from './memory-changes.ts'
import { memoryFiles, removeFilesOfSpace } from './memory-files.ts'
import type { FileStorage } from './file-storage.ts'
import type {
  DocumentChange,
  DocumentRecord,
  LaptopStorage,
  LoadedDocument,
  LogState,
  OrganisationRecord,
  OrganisationStorage,
  OwnChange,
  RemoteBatch,
  SetAsideRecord,
  SpaceRecord,
  StorageProblem,
  WaitingRow,
} from './laptop-storage.ts'
import { StorageFailed } from './laptop-storage.ts'
import {
  addContent,
  emptyDisk,
  loadDocument,
  markForComparison,
  outboxEntry,
  putAside,
  putDocument,
  setDamagedRowsAside,
  waitingOf,
  type MemoryDisk,
} from './memory-disk.ts'
import { forgetMembers, MemoryPeople } from './memory-people.ts'
import { forgetReviews, MemoryReviews } from './memory-reviews.ts'
import { MemoryRequests } from './memory-requests.ts'
import { appendRows, logStateOf, newLog, registeredDocument, rowLabel, type LogHead } from './own-log.ts'
import { isIntact, seal } from './sealed-bytes.ts'

export interface MemoryStorageOptions {
  readonly fillRandom: FillRandom
  /** Asked before every operation: a problem makes it fail and changes nothing. */
  readonly problem?: () => StorageProblem | null
}

/** Storage in memory with the promises of the real one: every verb is one atomic step. For tests and the simulation. */
export class MemoryLaptopStorage implements LaptopStorage {
  readonly disks = new Map<OrganisationId, MemoryDisk>()
  readonly #options: MemoryStorageOptions
  readonly #deviceId: DeviceId
  readonly #organisations = new Map<OrganisationId, OrganisationRecord>()
  readonly #settings = new Map<string, unknown>()

  constructor(options: MemoryStorageOptions) {
    this.#options = options
    this.#deviceId = mintId<DeviceId>(options.fillRandom)
  }

  async deviceId(): Promise<DeviceId> {
    return this.#deviceId
  }

  async organisations(): Promise<readonly OrganisationRecord[]> {
    return [...this.#organisations.values()]
  }

  async putOrganisation(organisation: OrganisationRecord): Promise<void> {
    this.#organisations.set(organisation.id, organisation)
  }

  async removeOrganisation(id: OrganisationId): Promise<void> {
    this.#organisations.delete(id)
    this.disks.delete(id)
  }

  organisation(id: OrganisationId): OrganisationStorage {
    const me = () => this.#organisations.get(id)?.personId
    return new MemoryOrganisation(id, { findDisk: () => this.#diskOf(id), me }, this.#options)
  }

  async setting(name: string): Promise<unknown> {
    return this.#settings.get(name)
  }

  async putSetting(name: string, value: unknown): Promise<void> {
    this.#settings.set(name, value)
  }

  close(): void {
    // Nothing is open.
  }

  #diskOf(id: OrganisationId): MemoryDisk {
    const known = this.disks.get(id)
    if (known !== undefined) return known
    const disk = emptyDisk()
    this.disks.set(id, disk)
    return disk
  }
}

class MemoryOrganisation implements OrganisationStorage {
  readonly organisationId: OrganisationId
  readonly acts: ActsStorage
  readonly people = new MemoryPeople(() => this.#disk)
  readonly changes = memoryChanges(() => this.#disk)
  readonly files: FileStorage
  readonly reviews = new MemoryReviews(() => this.#disk)
  readonly requests = new MemoryRequests(() => this.#disk)
  readonly #findDisk: () => MemoryDisk
  readonly #damageListeners = new Set<() => void>()
  readonly #options: MemoryStorageOptions

  constructor(
    organisationId: OrganisationId,
    { findDisk, me }: { readonly findDisk: () => MemoryDisk; readonly me: () => PersonId | undefined },
    options: MemoryStorageOptions,
  ) {
    this.organisationId = organisationId
    this.#findDisk = findDisk
    this.#options = options
    this.acts = memoryActs(() => this.#disk, me)
    this.files = memoryFiles(() => this.#disk.files)
  }

  get #disk(): MemoryDisk {
    const problem = this.#options.problem?.() ?? null
    if (problem !== null) throw new StorageFailed(problem)
    return this.#findDisk()
  }

  async logState(): Promise<LogState> {
    return logStateOf(this.#head(this.#disk))
  }

  async renewLog(): Promise<LogState> {
    const disk = this.#disk
    this.#watchingDamage(() => setDamagedRowsAside(disk))
    const waiting = [...disk.outbox.values()].filter((entry) => !entry.isTombstone).map((entry) => entry.row)
    const { head, rows } = appendRows(newLog(mintId<LogId>(this.#options.fillRandom)), waiting)
    disk.head = head
    disk.outbox.clear()
    for (const row of rows) disk.outbox.set(row.row, outboxEntry(row))
    markForComparison(disk)
    return logStateOf(head)
  }

  async markForComparison(): Promise<void> {
    markForComparison(this.#disk)
  }

  async checksumOfRow(row: number): Promise<number | undefined> {
    const disk = this.#disk
    if (row === 0) return 0
    const head = this.#head(disk)
    return disk.outbox.get(row)?.row.checksum ?? (head.acknowledgedRow === row ? head.acknowledgedChecksum : undefined)
  }

  async appendOwn(
    changes: readonly OwnChange[],
    documents: readonly DocumentChange[] = [],
    settled: readonly string[] = [],
  ): Promise<readonly WaitingRow[]> {
    const disk = this.#disk
    for (const id of settled) disk.setAside.delete(id)
    const { head, rows } = appendRows(this.#head(disk), changes)
    disk.head = head
    for (const row of rows) {
      disk.outbox.set(row.row, outboxEntry(row))
      addContent(disk, row.documentId, row.update)
    }
    for (const change of changes.map(registeredDocument)) if (change !== undefined) putDocument(disk, change)
    for (const change of documents) putDocument(disk, change)
    return rows
  }

  async waitingRows(afterRow: number, maxBytes: number): Promise<readonly WaitingRow[]> {
    const disk = this.#disk
    const rows: WaitingRow[] = []
    let bytes = 0
    for (const entry of disk.outbox.values()) {
      if (entry.row.row <= afterRow || entry.isTombstone) continue
      if (bytes >= maxBytes) break
      if (!isIntact(entry.sealed, rowLabel(entry.row))) {
        await this.renewLog()
        throw new StorageFailed('damaged')
      }
      rows.push(entry.row)
      bytes += entry.row.update.length
    }
    return rows
  }

  async acknowledge(row: number): Promise<readonly DocumentId[]> {
    const disk = this.#disk
    const passed = [...disk.outbox.values()].filter((entry) => entry.row.row <= row)
    const last = passed.at(-1)
    if (last === undefined) return []
    for (const entry of passed) disk.outbox.delete(entry.row.row)
    disk.head = { ...this.#head(disk), acknowledgedRow: last.row.row, acknowledgedChecksum: last.row.checksum }
    return passed.filter((entry) => !entry.isTombstone).map((entry) => entry.row.documentId)
  }

  async setAside(row: number, reason: RefusalReason, keep: boolean): Promise<void> {
    const disk = this.#disk
    const entry = disk.outbox.get(row)
    if (entry === undefined || entry.isTombstone) return
    if (keep) putAside(disk, entry.row, reason)
    disk.outbox.set(row, { ...entry, isTombstone: true })
  }

  async setAsideRecords(): Promise<readonly SetAsideRecord[]> {
    return [...this.#disk.setAside.values()]
  }

  async dismissSetAside(id: string): Promise<void> {
    this.#disk.setAside.delete(id)
  }

  async storeRemote(batch: RemoteBatch): Promise<void> {
    const disk = this.#disk
    for (const id of batch.replaced ?? []) if (waitingOf(disk, id) === 0) disk.content.delete(id)
    const stored = new Set(batch.changes.map(({ documentId }) => documentId))
    const named = new Set(batch.documents.map(({ id }) => id))
    for (const { documentId, update } of batch.changes) addContent(disk, documentId, update)
    for (const id of stored) {
      const document = disk.documents.get(id)
      if (document !== undefined && !named.has(id)) disk.documents.set(id, { ...document, held: true })
    }
    for (const change of batch.documents) {
      putDocument(disk, stored.has(change.id) && change.held === undefined ? { ...change, held: true } : change)
    }
    for (const { spaceId, cursor } of batch.cursors) {
      const space = disk.spaces.get(spaceId)
      if (space !== undefined) disk.spaces.set(spaceId, { ...space, cursor })
    }
  }

  async load(id: DocumentId): Promise<LoadedDocument> {
    return this.#watchingDamage(() => loadDocument(this.#disk, id))
  }

  async loadMany(ids: readonly DocumentId[]): Promise<ReadonlyMap<DocumentId, LoadedDocument>> {
    const disk = this.#disk
    return this.#watchingDamage(() => new Map(ids.map((id) => [id, loadDocument(disk, id)])))
  }

  onDamage(listener: () => void): () => void {
    this.#damageListeners.add(listener)
    return () => void this.#damageListeners.delete(listener)
  }

  #watchingDamage<T>(run: () => T): T {
    const { setAside } = this.#disk
    const before = setAside.size
    const result = run()
    if (setAside.size > before) for (const listener of this.#damageListeners) listener()
    return result
  }

  async compact(id: DocumentId, minRecords: number): Promise<void> {
    const disk = this.#disk
    const records = disk.content.get(id) ?? []
    if (records.length <= minRecords) return
    if (records.some((record) => !isIntact(record, id))) {
      this.#watchingDamage(() => loadDocument(disk, id))
      return
    }
    disk.content.set(id, [seal(mergeInTree(records.map(({ bytes }) => bytes)), id)])
  }

  async drop(id: DocumentId, { forget }: { readonly forget: boolean }): Promise<void> {
    const disk = this.#disk
    disk.content.delete(id)
    forgetReviews(disk, id)
    const document = disk.documents.get(id)
    if (document === undefined) return
    if (forget) disk.documents.delete(id)
    else disk.documents.set(id, { ...document, held: false, compare: false })
  }

  async documents(ids?: readonly DocumentId[]): Promise<readonly DocumentRecord[]> {
    const disk = this.#disk
    const waiting = new Map<DocumentId, number>()
    for (const { row, isTombstone } of disk.outbox.values()) {
      if (!isTombstone) waiting.set(row.documentId, (waiting.get(row.documentId) ?? 0) + 1)
    }
    const found = ids === undefined ? [...disk.documents.values()] : ids.map((id) => disk.documents.get(id))
    return found
      .filter((document) => document !== undefined)
      .map((document) => ({ ...document, waiting: waiting.get(document.id) ?? 0 }))
  }

  async document(id: DocumentId): Promise<DocumentRecord | undefined> {
    return (await this.documents([id]))[0]
  }

  async updateDocuments(changes: readonly DocumentChange[]): Promise<void> {
    const disk = this.#disk
    for (const change of changes) putDocument(disk, change)
  }

  async spaces(): Promise<readonly SpaceRecord[]> {
    return [...this.#disk.spaces.values()]
  }

  async putSpaces(spaces: readonly SpaceRecord[]): Promise<void> {
    const disk = this.#disk
    for (const space of spaces) disk.spaces.set(space.id, space)
  }

  async removeSpace(id: SpaceId): Promise<void> {
    const disk = this.#disk
    const ids = new Set(
      [...disk.documents.values()].filter(({ spaceId }) => spaceId === id).map((document) => document.id),
    )
    for (const [row, entry] of disk.outbox) {
      if (entry.isTombstone || !ids.has(entry.row.documentId)) continue
      putAside(disk, entry.row, 'forbidden')
      disk.outbox.set(row, { ...entry, isTombstone: true })
    }
    for (const documentId of ids) {
      disk.content.delete(documentId)
      disk.documents.delete(documentId)
      disk.acts.delete(documentId)
      forgetReviews(disk, documentId)
    }
    disk.spaces.delete(id)
    forgetMembers(disk, id)
    removeFilesOfSpace(disk.files, id)
  }

  async tidy(): Promise<void> {
    // There is no cached list in memory.
  }

  async setting(name: string): Promise<unknown> {
    return this.#disk.settings.get(name)
  }

  async putSetting(name: string, value: unknown): Promise<void> {
    if (value === undefined) this.#disk.settings.delete(name)
    else this.#disk.settings.set(name, value)
  }

  #head(disk: MemoryDisk): LogHead {
    return (disk.head ??= newLog(mintId<LogId>(this.#options.fillRandom)))
  }
}
