import type { DeviceId, DocumentId, LogId, OrganisationId, PersonId, SpaceId } from '../../model/ids.ts'
import type { DocumentKind, Joining, PageKind, SpaceKind } from '../../model/kinds.ts'
import type { OrganisationRole, SpaceRole } from '../../model/permission.ts'
import type { KeepMode, Registration } from '../../model/protocol/messages.ts'
import type { RefusalReason } from '../../model/protocol/reasons.ts'
import type { ActsStorage } from './acts-storage.ts'
import type { ChangesStorage } from './changes-storage.ts'
import type { PeopleStorage } from './people-storage.ts'
import type { FileStorage } from './file-storage.ts'
import type { ReviewStorage } from './review-storage.ts'
import type { RequestStorage } from './request-storage.ts'

/** An organisation on this laptop. Every other record carries its id. */
export interface OrganisationRecord {
  readonly id: OrganisationId
  readonly name: string
  readonly kind: 'server' | 'personal' | 'sample'
  /** Origin of its server, null where there is none. */
  readonly serverUrl: string | null
  readonly personId: PersonId
  readonly personName: string
  readonly email: string
  readonly role: OrganisationRole
  /** The generation of the server's store that this laptop last compared itself with. */
  readonly generation: string | null
}

export interface SpaceRecord {
  readonly id: SpaceId
  readonly kind: SpaceKind
  readonly name: string
  readonly role: SpaceRole
  readonly archived: boolean
  /** Absent in records of an older app. */
  readonly description?: string
  readonly icon?: string | null
  /** The space in whose tree this closed section stands. */
  readonly parent?: SpaceId | null
  readonly joining?: Joining
  readonly keep: KeepMode
  /** Highest feed number whose changes are all stored here; null until the list has come. */
  readonly cursor: number | null
}

/**
 * One document in a list: what screens show without opening it. `held`: its content is on this laptop. `compare`: its
 * content must be compared with the server by state vector before the receipt is true again.
 */
export interface DocumentRecord {
  readonly id: DocumentId
  readonly spaceId: SpaceId
  readonly kind: DocumentKind
  readonly pageKind: PageKind | null
  readonly ownerId: PersonId | null
  readonly title: string
  readonly icon: string | null
  readonly archived: boolean
  readonly minSchema: number
  readonly held: boolean
  readonly compare: boolean
  /** For display only: the server's time, or this laptop's for what waits. */
  readonly changedAtMs: number
  /** Own changes that the server has not acknowledged. */
  readonly waiting: number
}

/** One change made here. Several may be merged into one row by the caller; one document each. */
export interface OwnChange {
  readonly documentId: DocumentId
  readonly update: Uint8Array
  readonly schema: number
  readonly restored: boolean
  readonly registration: Registration | null
}

/** A row of this laptop's log that the server has not acknowledged. */
export interface WaitingRow extends OwnChange {
  readonly row: number
  readonly checksum: number
}

export interface LogState {
  readonly logId: LogId
  readonly lastRow: number
  /** Highest row that the server has acknowledged, and its checksum: what `welcome` is compared with (LO4). */
  readonly acknowledgedRow: number
  readonly acknowledgedChecksum: number
}

/** A refused row, kept in sight until the person dismisses it; or a damaged local record that could not be read. */
export interface SetAsideRecord {
  readonly id: string
  readonly documentId: DocumentId
  readonly title: string
  readonly reason: RefusalReason | 'damaged-record'
  readonly update: Uint8Array
}

export interface RemoteChange {
  readonly documentId: DocumentId
  readonly update: Uint8Array
}

/** Changes to lists; the fields that are given replace, the others stay. A record that does not exist is made. */
export type DocumentChange = Pick<DocumentRecord, 'id' | 'spaceId' | 'kind' | 'pageKind'> &
  Partial<Omit<DocumentRecord, 'id' | 'spaceId' | 'kind' | 'pageKind' | 'waiting'>>

/** What one step of sync stores, in one strict transaction: all or nothing (FE1). */
export interface RemoteBatch {
  readonly changes: readonly RemoteChange[]
  readonly documents: readonly DocumentChange[]
  readonly cursors: readonly { readonly spaceId: SpaceId; readonly cursor: number }[]
  /**
   * Documents whose content here is thrown away before `changes` are stored, because it holds what the server refused
   * (LO6). A document that still has waiting rows keeps its content.
   */
  readonly replaced?: readonly DocumentId[]
}

export interface LoadedDocument {
  /** Checkpoint first, then updates in the order in which they were written; all checked. */
  readonly updates: readonly Uint8Array[]
  readonly held: boolean
  /** Records whose checksum did not hold were set aside; the document is marked `compare` and refilled by sync. */
  readonly damaged: boolean
}

export type StorageProblem = 'full' | 'blocked' | 'damaged' | 'newer-version'

/** Every failure of the disk arrives as this; `reason` is what screens explain. */
export class StorageFailed extends Error {
  override readonly name = 'StorageFailed'
  readonly reason: StorageProblem
  constructor(reason: StorageProblem, options?: ErrorOptions) {
    super(`Storage failed: ${reason}`, options)
    this.reason = reason
  }
}

/** The storage of one organisation on this laptop. All writes are strict; several windows and the sync worker use it at once. */
export interface OrganisationStorage {
  readonly organisationId: OrganisationId
  readonly acts: ActsStorage
  readonly people: PeopleStorage
  readonly changes: ChangesStorage
  readonly files: FileStorage
  readonly reviews: ReviewStorage
  readonly requests: RequestStorage

  /** The log; minted with a random id at first use. */
  logState(): Promise<LogState>
  /**
   * LO4: a new log id; waiting rows are renumbered from 1 under it, all held documents marked `compare` and all cursors
   * forgotten, because the feed passed over what another copy wrote under the old id.
   */
  renewLog(): Promise<LogState>
  /** GE1: all held documents are marked `compare` and all cursors forgotten. */
  markForComparison(): Promise<void>
  /** The checksum of an own row still known here (waiting, or the last acknowledged); undefined otherwise. */
  checksumOfRow(row: number): Promise<number | undefined>

  /**
   * LO1: updates and rows in one strict transaction; numbers and checksums are given inside it. Answers rows in order. `documents`
   * is what lists say of them from now on, in the same transaction: a window that goes right after leaves no list behind. `settled`
   * are records of what was set aside, gone in the same transaction because the changes say it again.
   */
  appendOwn(
    changes: readonly OwnChange[],
    documents?: readonly DocumentChange[],
    settled?: readonly string[],
  ): Promise<readonly WaitingRow[]>
  /**
   * Waiting rows after `row`, in order, up to about `maxBytes` (at least one). A damaged one is set aside, its document marked
   * `compare` and the log renewed with the rest: then this throws StorageFailed('damaged'), once, and the caller begins anew.
   */
  waitingRows(afterRow: number, maxBytes: number): Promise<readonly WaitingRow[]>
  /** Drops waiting rows up to `row` and remembers its checksum. Answers the document of each dropped row. */
  acknowledge(row: number): Promise<readonly DocumentId[]>
  /** LO6: takes the row out of the waiting rows, and keeps it where `keep` says so. */
  setAside(row: number, reason: RefusalReason, keep: boolean): Promise<void>
  setAsideRecords(): Promise<readonly SetAsideRecord[]>
  dismissSetAside(id: string): Promise<void>
  /** Calls the listener when a damaged record was set aside through this object, whatever found it; returns the end of that. */
  onDamage(listener: () => void): () => void

  /** One step of sync; see RemoteBatch. Documents named in `changes` become held unless `documents` says otherwise. */
  storeRemote(batch: RemoteBatch): Promise<void>
  load(id: DocumentId): Promise<LoadedDocument>
  /** Many at once, in one transaction; every id is in the answer. */
  loadMany(ids: readonly DocumentId[]): Promise<ReadonlyMap<DocumentId, LoadedDocument>>
  /** Merges a document's records into one checkpoint in one transaction, when there are more than `minRecords`. */
  compact(id: DocumentId, minRecords: number): Promise<void>
  /** Removes content (keep policy, revocation); the record stays with `held` false unless `forget`. */
  drop(id: DocumentId, options: { readonly forget: boolean }): Promise<void>

  /**
   * All records from the one cached list (plus what changed since it was written): fast at 10,000 pages. With `ids`, only
   * those that exist of them: what to read again after `documents-changed`.
   */
  documents(ids?: readonly DocumentId[]): Promise<readonly DocumentRecord[]>
  document(id: DocumentId): Promise<DocumentRecord | undefined>
  /** Own derivations for lists (title, icon, archived, schema); never marks anything as waiting. */
  updateDocuments(changes: readonly DocumentChange[]): Promise<void>

  spaces(): Promise<readonly SpaceRecord[]>
  putSpaces(spaces: readonly SpaceRecord[]): Promise<void>
  /** Removes the space with its documents; what waits there is set aside as `forbidden`, in sight. */
  removeSpace(id: SpaceId): Promise<void>
  /** Rewrites the cached list where much changed since it was written. For idle moments. */
  tidy(): Promise<void>

  setting(name: string): Promise<unknown>
  /** Undefined takes it away. */
  putSetting(name: string, value: unknown): Promise<void>
}

/** This laptop: the organisations on it and what belongs to the device itself. */
export interface LaptopStorage {
  deviceId(): Promise<DeviceId>
  organisations(): Promise<readonly OrganisationRecord[]>
  putOrganisation(organisation: OrganisationRecord): Promise<void>
  /** Removes the organisation with all that belongs to it. */
  removeOrganisation(id: OrganisationId): Promise<void>
  organisation(id: OrganisationId): OrganisationStorage
  /** Settings of the device: language, the organisation opened last. */
  setting(name: string): Promise<unknown>
  putSetting(name: string, value: unknown): Promise<void>
  close(): void
}
