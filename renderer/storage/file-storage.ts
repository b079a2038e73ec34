import type { ListedFile, ProblemReason } from '../../model/api.ts'
import type { FileHash, PersonId, SpaceId } from '../../model/ids.ts'

/** Why the server will not take a file, until somebody does something about it. */
export type UploadRefusal = Extract<
  ProblemReason,
  'too-large' | 'forbidden' | 'hash-mismatch' | 'bad-input' | 'unknown-space'
>

/** A file of a space as this laptop knows it: a row of the list, and how far it has come. */
export interface FileRecord {
  readonly spaceId: SpaceId
  readonly hash: FileHash
  /** May be empty: files of old versions have none. */
  readonly name: string
  /** The media type by content once the server has read it; until then what the browser said of it. */
  readonly type: string
  readonly sizeBytes: number
  readonly addedBy: PersonId | null
  /** By the server's clock, or this laptop's until it is there; for display only. */
  readonly addedAtMs: number
  readonly listed: boolean
  /** The server has it for this space. */
  readonly onServer: boolean
  /** All its bytes are on this laptop. */
  readonly here: boolean
  /** Where the upload goes on, as the server named it. */
  readonly uploadPath: string | null
  readonly sentBytes: number
  readonly refusal: UploadRefusal | null
  /** Somebody stopped the upload by hand. */
  readonly paused: boolean
  /** Somebody asked to keep it on this laptop. */
  readonly pinned: boolean
  /** Opened or added here last, by this laptop's clock: what the keep policy goes by. */
  readonly usedAtMs: number
}

export type FileChange = Partial<Omit<FileRecord, 'spaceId' | 'hash' | 'here'>>

/** Bytes as they are stored: in the database, or as a file of their own beside it (`FilePlaces`). */
export type StoredBytes = { readonly blob: Blob } | { readonly place: string; readonly sizeBytes: number }

export type NewFile = Pick<FileRecord, 'spaceId' | 'hash' | 'name' | 'type' | 'addedBy' | 'addedAtMs' | 'onServer'> & {
  readonly bytes: StoredBytes
}

export interface SpaceUsage {
  readonly spaceId: SpaceId
  readonly files: number
  readonly bytes: number
}

/** Files of one organisation on this laptop: rows per space, bytes once. Every verb is one strict transaction. */
export interface FileStorage {
  /** A file that is there already keeps its state; one that was off the list is on it again. */
  put(file: NewFile): Promise<void>
  /** Many at once, as an import brings them: all or none. */
  putAll(files: readonly NewFile[]): Promise<void>
  /** A handle on the bytes, which are read from the disk as they are needed. */
  bytes(hash: FileHash): Promise<Blob | undefined>
  /** Fetched bytes, which the caller has checked. */
  keepBytes(hash: FileHash, bytes: StoredBytes): Promise<void>
  /** Lets go of bytes that the server has for every space that refers to them; false, and nothing happens, otherwise. */
  dropBytes(hash: FileHash): Promise<boolean>
  record(spaceId: SpaceId, hash: FileHash): Promise<FileRecord | undefined>
  /** What is on the list of the space, and what this laptop added and the server refused. */
  list(spaceId: SpaceId): Promise<readonly FileRecord[]>
  /** Rows of all spaces. */
  all(): Promise<readonly FileRecord[]>
  /** What the server does not have and did not refuse, in the order in which it was added. */
  waiting(): Promise<readonly FileRecord[]>
  /** Nothing happens where there is no such row. */
  change(spaceId: SpaceId, hash: FileHash, change: FileChange): Promise<void>
  /** The row of a file that the server never got, with its bytes unless another space has them. */
  forget(spaceId: SpaceId, hash: FileHash): Promise<void>
  /** Rows of the server's list, up to `cursor`. */
  takeList(spaceId: SpaceId, rows: readonly ListedFile[], cursor: number): Promise<void>
  cursor(spaceId: SpaceId): Promise<number>
  /**
   * The server's list was read from its beginning to `cursor`: what it does not name the server has lost, and it waits again where its
   * bytes are here. Answers how many do.
   */
  takeWhole(spaceId: SpaceId, named: ReadonlySet<FileHash>, cursor: number): Promise<number>
}

/** A row as it is stored: whether the bytes are here is seen from the bytes. */
export type StoredRecord = Omit<FileRecord, 'here'>

export function newRecord(file: NewFile, before: StoredRecord | undefined): StoredRecord {
  const { spaceId, hash, name, type, addedBy, addedAtMs, onServer, bytes } = file
  const sizeBytes = 'blob' in bytes ? bytes.blob.size : bytes.sizeBytes
  if (before !== undefined) {
    return {
      ...before,
      listed: true,
      refusal: null,
      paused: false,
      onServer: before.onServer && before.listed,
      usedAtMs: addedAtMs,
    }
  }
  return {
    ...{ spaceId, hash, name, type, sizeBytes, addedBy, addedAtMs, onServer, listed: true },
    ...{ uploadPath: null, sentBytes: 0, refusal: null, paused: false, pinned: false, usedAtMs: addedAtMs },
  }
}

/** A row of the server's list over what is here; what waits here for the list goes on waiting. */
export function listedRecord(spaceId: SpaceId, row: ListedFile, before: StoredRecord | undefined): StoredRecord {
  const { id: hash, name, mediaType: type, sizeBytes, addedBy, addedAtMs, listed } = row
  const staysWaiting = before !== undefined && !before.onServer && before.refusal === null && !listed
  return {
    ...{ spaceId, hash, name: name === '' ? (before?.name ?? '') : name, type, sizeBytes, addedBy, addedAtMs },
    ...{
      listed: listed || staysWaiting,
      onServer: !staysWaiting,
      uploadPath: null,
      sentBytes: 0,
      refusal: null,
      paused: false,
    },
    pinned: before?.pinned ?? false,
    usedAtMs: before?.usedAtMs ?? 0,
  }
}

/** What the server had, has lost, and is to have again. */
export function lostRecord(row: StoredRecord): StoredRecord {
  return { ...row, onServer: false, uploadPath: null, sentBytes: 0, refusal: null, paused: false }
}

export function isWaiting({ onServer, refusal }: StoredRecord): boolean {
  return !onServer && refusal === null
}

export function isShown({ listed }: StoredRecord): boolean {
  return listed
}
