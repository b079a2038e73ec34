import { Dexie, type DexieOptions, type Table, type Transaction } from 'dexie'
import type { AwayReview } from '../../model/away-review.ts'
import type { DocumentId, FileHash, OrganisationId, PageId } from '../../model/ids.ts'
import type { Registration } from '../../model/protocol/messages.ts'
import type { ActRecord, PageActs } from './acts-storage.ts'
import type { StoredDocument } from './document-record.ts'
import { isWaiting, type StoredRecord } from './file-storage.ts'
import type { OrganisationRecord, SetAsideRecord, SpaceRecord } from './laptop-storage.ts'
import type { LogHead } from './own-log.ts'
import type { MemberRecord, PersonRecord } from './people-storage.ts'
import type { RequestRecord } from './request-storage.ts'
import type { ReturnRecord } from './review-storage.ts'
import type { SealedBytes } from './sealed-bytes.ts'

/** Every record but the device's own belongs to an organisation. */
interface OfOrganisation {
  readonly organisationId: OrganisationId
}

export interface SettingRow {
  readonly name: string
  readonly value: unknown
}

export interface LogRow extends LogHead, OfOrganisation {
  /** Raised by every transaction that changes documents: the cached list knows by it what it has not seen. */
  readonly seq: number
}

/** A waiting row; a tombstone (`documentId` empty) where it was set aside but not yet passed by an acknowledgement. */
export interface OutboxRow extends SealedBytes, OfOrganisation {
  readonly row: number
  readonly checksum: number
  readonly documentId: DocumentId | ''
  readonly schema: number
  readonly restored: boolean
  readonly registration: Registration | null
}

export interface UpdateRow extends SealedBytes, OfOrganisation {
  readonly key?: number
  readonly documentId: DocumentId
}

export interface CheckpointRow extends SealedBytes, OfOrganisation {
  readonly documentId: DocumentId
}

export interface DocumentRow extends StoredDocument, OfOrganisation {
  readonly seq: number
  /** Removed, but the cached list may still name it. */
  readonly forgotten?: true
}

/** All documents of an organisation up to `seq`, as one record: starting reads this and what is newer. */
export interface ListRow extends SealedBytes, OfOrganisation {
  readonly seq: number
}

/** The bytes of a file: here, or under `place` beside the database. Rows of the first version have `bytes` and no place. */
export interface FileRow extends OfOrganisation {
  readonly hash: FileHash
  readonly bytes: Blob | null
  readonly place?: string | null
}

/** A file of a space. */
export interface SpaceFileRow extends StoredRecord, OfOrganisation {
  /** 0 or 1: booleans are no keys of an index. */
  readonly waiting: 0 | 1
}

/** An act, by the document that it stands in and by its page. */
export interface ActRow extends ActRecord, OfOrganisation {
  readonly page: PageId
}

/** An acts document or ledger that changed since it was folded into `acts`. */
export interface UnfoldedRow extends OfOrganisation {
  readonly documentId: DocumentId
}

export interface PageStateRow extends SealedBytes, OfOrganisation {
  readonly documentId: PageId
  readonly atMs: number
}

export interface ReviewRow extends AwayReview, OfOrganisation {
  /** The page's id. */
  readonly documentId: PageId
}

export interface ReturnRow extends ReturnRecord, OfOrganisation {
  /** The page's id. */
  readonly documentId: PageId
}

export interface Tables {
  readonly device: Table<SettingRow, string>
  readonly organisations: Table<OrganisationRecord, string>
  readonly settings: Table<SettingRow & OfOrganisation, [string, string]>
  readonly logs: Table<LogRow, string>
  readonly outbox: Table<OutboxRow, [string, number]>
  readonly updates: Table<UpdateRow, number>
  readonly checkpoints: Table<CheckpointRow, [string, string]>
  readonly documents: Table<DocumentRow, [string, string]>
  readonly lists: Table<ListRow, string>
  readonly spaces: Table<SpaceRecord & OfOrganisation, [string, string]>
  readonly setAside: Table<SetAsideRecord & OfOrganisation, [string, string]>
  readonly files: Table<FileRow, [string, string]>
  readonly spaceFiles: Table<SpaceFileRow, [string, string, string]>
  readonly acts: Table<ActRow, [string, string, string]>
  readonly pageActs: Table<PageActs & OfOrganisation, [string, string]>
  readonly unfolded: Table<UnfoldedRow, [string, string]>
  readonly people: Table<PersonRecord & OfOrganisation, [string, string]>
  readonly members: Table<MemberRecord & OfOrganisation, [string, string, string]>
  readonly pageStates: Table<PageStateRow, [string, string]>
  readonly reviews: Table<ReviewRow, [string, string]>
  readonly requests: Table<RequestRecord & OfOrganisation, [string, string]>
  readonly returns: Table<ReturnRow, [string, string]>
}

/** Tables and indexes by version. A released version is never changed: add the next one below, with its upgrade. */
const versions: readonly Readonly<Partial<Record<keyof Tables, string>>>[] = [
  {
    device: 'name',
    organisations: 'id',
    settings: '[organisationId+name]',
    logs: 'organisationId',
    outbox: '[organisationId+row],[organisationId+documentId]',
    updates: '++key,[organisationId+documentId]',
    checkpoints: '[organisationId+documentId]',
    documents: '[organisationId+id],[organisationId+seq]',
    lists: 'organisationId',
    spaces: '[organisationId+id]',
    setAside: '[organisationId+id]',
    files: '[organisationId+hash],[organisationId+uploaded]',
  },
  {
    acts: '[organisationId+documentId+ref],[organisationId+page]',
    pageActs: '[organisationId+page]',
    unfolded: '[organisationId+documentId]',
  },
  { people: '[organisationId+id]', members: '[organisationId+spaceId+personId]' },
  { spaceFiles: '[organisationId+spaceId+hash],[organisationId+hash],[organisationId+waiting]' },
  {
    pageStates: '[organisationId+documentId],[organisationId+atMs]',
    reviews: '[organisationId+documentId]',
  },
  { requests: '[organisationId+id]' },
  { returns: '[organisationId+documentId]' },
]

/** What a version does to the records of the one before, by its number. */
const upgrades: ReadonlyMap<number, (transaction: Transaction) => Promise<void>> = new Map([[4, listOldFiles]])

/** Before version 4 a file had one record, in the one space that it was put into. */
async function listOldFiles(transaction: Transaction): Promise<void> {
  const old = await transaction.table<unknown>('files').toArray()
  for (const file of old) {
    const { organisationId, hash, spaceId, type, bytes, uploaded } = file as Readonly<
      Pick<SpaceFileRow, 'organisationId' | 'hash' | 'spaceId' | 'type'> & { bytes: Blob; uploaded: 0 | 1 }
    >
    const record: StoredRecord = {
      ...{ spaceId, hash, type, name: '', sizeBytes: bytes.size, addedBy: null, addedAtMs: 0, listed: true },
      ...{
        onServer: uploaded === 1,
        uploadPath: null,
        sentBytes: 0,
        refusal: null,
        paused: false,
        pinned: false,
        usedAtMs: 0,
      },
    }
    await transaction.table('spaceFiles').put({ ...record, organisationId, waiting: isWaiting(record) ? 1 : 0 })
  }
}

export const databaseVersion = versions.length

export interface Database {
  readonly dexie: Dexie
  readonly tables: Tables
  /** The browser's own, or that of the stand-in. */
  readonly keyRange: Pick<typeof IDBKeyRange, 'bound'>
}

/**
 * The database of this profile. Every commit is `strict`: on disk before it is reported, which in merged batches costs almost
 * nothing (9,302 against 10,582 rows a second). Dexie's own cache is off: other windows and the worker write too.
 */
export function makeDatabase(name: string, options: Pick<DexieOptions, 'indexedDB' | 'IDBKeyRange'> = {}): Database {
  const dexie = new Dexie(name, { ...options, chromeTransactionDurability: 'strict', cache: 'disabled' })
  versions.forEach((stores, place) => {
    const version = dexie.version(place + 1).stores(stores)
    const upgrade = upgrades.get(place + 1)
    if (upgrade !== undefined) version.upgrade(upgrade)
  })
  return {
    dexie,
    keyRange: (options.IDBKeyRange as typeof IDBKeyRange | undefined) ?? IDBKeyRange,
    tables: {
      device: dexie.table('device'),
      organisations: dexie.table('organisations'),
      settings: dexie.table('settings'),
      logs: dexie.table('logs'),
      outbox: dexie.table('outbox'),
      updates: dexie.table('updates'),
      checkpoints: dexie.table('checkpoints'),
      documents: dexie.table('documents'),
      lists: dexie.table('lists'),
      spaces: dexie.table('spaces'),
      setAside: dexie.table('setAside'),
      files: dexie.table('files'),
      spaceFiles: dexie.table('spaceFiles'),
      acts: dexie.table('acts'),
      pageActs: dexie.table('pageActs'),
      unfolded: dexie.table('unfolded'),
      people: dexie.table('people'),
      members: dexie.table('members'),
      pageStates: dexie.table('pageStates'),
      reviews: dexie.table('reviews'),
      requests: dexie.table('requests'),
      returns: dexie.table('returns'),
    },
  }
}
