import type { DocumentId, LogId, OrganisationId, PersonId, SpaceId } from '../../model/ids.ts'
import type { DocumentKind, Joining, PageKind, SpaceKind, Writers } from '../../model/kinds.ts'
import type { SpaceRole } from '../../model/permission.ts'
import type { SpaceChange } from '../../model/request.ts'
import type { PeopleStore } from './people-store.ts'
import type { RequestStore } from './request-store.ts'

/** What the server keeps: the log is the truth, everything else is derived from it or decides who may read it. */

export interface OrganisationRecord {
  readonly organisationId: OrganisationId
  readonly name: string
}

export interface SpaceRecord {
  readonly spaceId: SpaceId
  readonly kind: SpaceKind
  readonly name: string
  readonly archived: boolean
  readonly description: string
  readonly icon: string | null
  /** The space in whose tree this closed section stands. */
  readonly parent: SpaceId | null
  readonly joining: Joining
  /** Highest feed number; 0 before the first row. */
  readonly head: number
  readonly memberCount: number
}

/** What is not given of a new space is empty; nobody comes in by themselves. */
export type NewSpaceRecord = Pick<SpaceRecord, 'spaceId' | 'kind' | 'name' | 'archived'> &
  Partial<Pick<SpaceRecord, 'description' | 'icon' | 'parent' | 'joining'>>

export const emptySpace = { description: '', icon: null, parent: null, joining: 'closed' } as const

export interface Membership {
  readonly spaceId: SpaceId
  readonly personId: PersonId
  readonly role: SpaceRole
}

/** What the server fixes when a document is registered. */
export interface NewDocument {
  readonly documentId: DocumentId
  readonly spaceId: SpaceId
  readonly kind: DocumentKind
  readonly pageKind: PageKind | null
  readonly writers: Writers
  /** Author of an authored page, owner of acts and private documents; null where nobody is. */
  readonly ownerId: PersonId | null
  readonly coAuthorIds: readonly PersonId[]
}

/** What lists show, derived from the page by the server. */
export interface DerivedRow {
  readonly title: string | null
  readonly icon: string | null
  readonly archived: boolean
}

export interface DocumentRecord extends NewDocument, DerivedRow {
  readonly minSchema: number
  readonly changedAtMs: number
  /** Bytes of the snapshot and of all rows after it. */
  readonly sizeBytes: number
  /** Feed number of its last row. */
  readonly lastN: number
  /** Rows up to this feed number are in the snapshot; 0 without one. */
  readonly compactedTo: number
  readonly tailRows: number
  readonly tailBytes: number
}

/** Who a Yjs client id in a document belongs to; `server` for ids that the server minted. */
export type ClientOwner = PersonId | 'server'

/** One checked row, ready to be committed. */
export interface NewRow {
  readonly spaceId: SpaceId
  readonly documentId: DocumentId
  readonly logId: LogId
  readonly row: number
  /** Chained checksum of the row as the device wrote it. */
  readonly checksum: number
  /** Who delivered it. */
  readonly personId: ClientOwner
  readonly schema: number
  readonly restored: boolean
  readonly update: Uint8Array
  /** Set on the row that brings the document into being. */
  readonly register: NewDocument | null
  /** The document's `minSchema` from this row on. */
  readonly minSchema: number
  /** Client ids that this row is the first to use. */
  readonly bindings: readonly { readonly clientId: number; readonly owner: ClientOwner }[]
}

/** The highest row of a device's log that is committed or refused. */
export interface LogMark {
  readonly logId: LogId
  readonly personId: PersonId
  readonly row: number
  readonly checksum: number
}

export interface CommitBatch {
  readonly rows: readonly NewRow[]
  readonly marks: readonly LogMark[]
  readonly nowMs: number
}

/** Bytes as read back: `damaged` when the record's checksum does not fit, `compacted` when only the snapshot has them. */
export type StoredBytes = Uint8Array | 'damaged' | 'compacted'

export interface FeedRow {
  readonly n: number
  readonly documentId: DocumentId
  readonly logId: LogId
  readonly update: StoredBytes
}

export interface LoadedDocument {
  readonly record: DocumentRecord
  readonly bindings: ReadonlyMap<number, ClientOwner>
  /** State vector of the snapshot as Yjs encodes it; null without a snapshot. */
  readonly snapshotStateVector: Uint8Array | 'damaged' | null
  /** Every row after the snapshot, in order. */
  readonly tail: readonly { readonly n: number; readonly update: Uint8Array | 'damaged' }[]
}

export interface Snapshot {
  readonly coversN: number
  readonly update: Uint8Array
  readonly stateVector: Uint8Array
}

export interface NewSnapshot extends Snapshot {
  readonly documentId: DocumentId
  /** Where the document was when it was read: `coversN` is a number of this space's feed, and of no other's. */
  readonly spaceId: SpaceId
  /** Structs whose dependencies never came: kept aside, outside the snapshot. */
  readonly quarantined: Uint8Array | null
  readonly nowMs: number
}

export interface QuarantineRecord {
  readonly documentId: DocumentId
  readonly n: number
  readonly update: Uint8Array | 'damaged'
}

/**
 * The one seam to the disk. Every method answers a promise, so that a store over a network fits; what belongs together
 * is one call, so that nobody waits per row. Throws `StoreTrouble` and nothing else on purpose.
 */
export interface Store extends PeopleStore, RequestStore {
  organisation(): Promise<OrganisationRecord | null>
  /** Fails with `exists` where there is an organisation already: one server is one organisation. */
  createOrganisation(organisation: OrganisationRecord): Promise<void>
  /** Changes with every restore from a backup. */
  generation(): Promise<string>
  setGeneration(generation: string): Promise<void>

  spaces(): Promise<readonly SpaceRecord[]>
  createSpace(space: NewSpaceRecord): Promise<void>
  changeSpace(spaceId: SpaceId, change: SpaceChange): Promise<void>
  membershipsOf(personId: PersonId): Promise<readonly Membership[]>
  membersOf(spaceId: SpaceId): Promise<readonly Membership[]>
  /** `null` ends the membership. */
  setMembership(spaceId: SpaceId, personId: PersonId, role: SpaceRole | null): Promise<void>

  /**
   * One durable transaction: all of it or nothing. Gives each row the next feed number of its space, inside the
   * transaction. Answers the numbers in the order of the rows.
   */
  commit(batch: CommitBatch): Promise<readonly number[]>

  logMark(logId: LogId): Promise<LogMark | null>
  /** The checksum under which a row of a log was committed; undefined where it was refused, never came or is compacted. */
  rowChecksum(logId: LogId, row: number): Promise<number | undefined>

  /** Only those that exist, in no particular order. */
  loadDocuments(ids: readonly DocumentId[]): Promise<readonly LoadedDocument[]>
  /** The records alone, of those that exist. */
  documents(ids: readonly DocumentId[]): Promise<readonly DocumentRecord[]>
  documentsOf(spaceId: SpaceId): Promise<readonly DocumentRecord[]>
  /** Rows after `after` in order, at least one where there is one, until `maxBytes` or `maxRows` is reached. */
  readLog(spaceId: SpaceId, after: number, maxBytes: number, maxRows: number): Promise<readonly FeedRow[]>
  readSnapshot(documentId: DocumentId): Promise<Snapshot | 'damaged' | null>
  /** Writes the snapshot and deletes the bytes of the rows that it covers, in one transaction. */
  writeSnapshot(snapshot: NewSnapshot): Promise<void>
  quarantine(documentId: DocumentId): Promise<readonly QuarantineRecord[]>
  setDerived(rows: readonly (DerivedRow & { readonly documentId: DocumentId })[]): Promise<void>

  close(): Promise<void>
}

export const storeTroubles = [
  /** No room on the disk: try again later. */
  'full',
  /** The disk does not answer properly, or another process holds the database: try again later. */
  'unavailable',
  'exists',
  /** The database was written by a newer Plein. */
  'newer-version',
  'not-plein',
  'read-only',
  /** This one row or batch cannot be stored. */
  'rejected',
] as const
export type StoreTroubleReason = (typeof storeTroubles)[number]

export class StoreTrouble extends Error {
  override readonly name = 'StoreTrouble'
  readonly reason: StoreTroubleReason
  constructor(reason: StoreTroubleReason, message: string, options?: ErrorOptions) {
    super(message, options)
    this.reason = reason
  }
}
