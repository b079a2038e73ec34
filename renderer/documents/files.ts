import type { FileHash, PageId, PersonId, SpaceId } from '../../model/ids.ts'
import type { KeepPolicy } from '../../model/keep.ts'
import type { Result } from '../../model/result.ts'
import type { UploadRefusal } from '../storage/file-storage.ts'
import type { FetchFileFailure } from '../sync/sync-messages.ts'
import type { Live } from './plein.ts'

/** Where a file stands, always shown with words. */
export type FileState =
  /** On this laptop, in an organisation without a server. */
  | { readonly kind: 'here' }
  /** On this laptop, and not yet on the server. `line`: it goes by itself when there is a connection. */
  | { readonly kind: 'waiting'; readonly reason: 'line' | 'quota' | 'server-full' | 'paused' }
  | { readonly kind: 'uploading'; readonly doneBytes: number; readonly sizeBytes: number }
  /** On this laptop and on the server. */
  | { readonly kind: 'on-server' }
  /** On the server, and not on this laptop: fetched when it is opened. */
  | { readonly kind: 'not-here' }
  | { readonly kind: 'fetching'; readonly doneBytes: number; readonly sizeBytes: number }
  /** Fetching failed; it can be tried again. */
  | { readonly kind: 'fetch-failed'; readonly reason: FetchFileFailure }
  /** The server will not take it. */
  | { readonly kind: 'refused'; readonly reason: UploadRefusal }

export interface FileSummary {
  readonly hash: FileHash
  readonly spaceId: SpaceId
  /** May be empty. */
  readonly name: string
  readonly type: string
  readonly sizeBytes: number
  readonly addedBy: PersonId | null
  readonly addedAtMs: number
  readonly state: FileState
  readonly here: boolean
  /** Kept on this laptop whatever the policy of the space. */
  readonly pinned: boolean
}

/** A file that is being read in. */
export interface AddingFile {
  readonly id: number
  readonly name: string
  readonly doneBytes: number
  readonly sizeBytes: number
}

export interface SpaceFiles {
  readonly isLoaded: boolean
  /** Newest first. */
  readonly files: readonly FileSummary[]
  readonly adding: readonly AddingFile[]
}

export interface AddedFile {
  readonly hash: FileHash
  readonly name: string
  readonly type: string
  readonly sizeBytes: number
}

/** `too-large`: larger than any server takes by default. `unreadable`: moved or changed while it was read, or a folder. */
export type AddFileError = 'empty' | 'too-large' | 'unreadable' | 'storage-full'

/** Everything on its way to the server, for the frame. */
export interface Uploads {
  readonly files: number
  readonly sizeBytes: number
  readonly doneBytes: number
  /** What travels now; null while all of it waits. */
  readonly current: { readonly name: string; readonly spaceId: SpaceId } | null
}

/** What a space takes on this laptop, in bytes as they are stored. */
export interface SpaceUsage {
  readonly spaceId: SpaceId
  readonly pages: number
  readonly pageBytes: number
  readonly files: number
  readonly fileBytes: number
}

/** Files of the organisation that is open. Adding works without a network; what waits goes by itself. */
export interface Files {
  list(spaceId: SpaceId): Live<SpaceFiles>
  state(spaceId: SpaceId, hash: FileHash): Live<FileState>
  readonly uploads: Live<Uploads>

  add(spaceId: SpaceId, file: File): Promise<Result<AddedFile, AddFileError>>
  /** The bytes, fetched first where they are not here; null where they cannot be had now. */
  bytes(spaceId: SpaceId, hash: FileHash): Promise<Blob | null>
  /** An address for `<img>`, `<video>` and the like, good while the organisation is open. Never to be navigated to: it would run as the app. */
  url(spaceId: SpaceId, hash: FileHash): Promise<string | null>
  fetch(spaceId: SpaceId, hash: FileHash): void

  pause(spaceId: SpaceId, hash: FileHash): Promise<void>
  resume(spaceId: SpaceId, hash: FileHash): Promise<void>
  /** Gives up a file that the server never got. */
  cancel(spaceId: SpaceId, hash: FileHash): Promise<void>
  /** Needs the server. Pages that show the file go on showing it. */
  takeOffList(spaceId: SpaceId, hash: FileHash): Promise<Result<null, 'offline' | 'forbidden'>>
  setPinned(spaceId: SpaceId, hash: FileHash, isPinned: boolean): Promise<void>
  /** Asks the server what changed on the list. */
  refresh(spaceId: SpaceId): void
  /** The pages of the space, as far as they are on this laptop, that show each file. */
  uses(spaceId: SpaceId): Promise<ReadonlyMap<FileHash, readonly PageId[]>>

  keepPolicy(spaceId: SpaceId): Live<KeepPolicy>
  /** Fetches what is wanted now and lets go of what is not; never of anything that the server does not have. */
  setKeepPolicy(spaceId: SpaceId, policy: KeepPolicy): Promise<void>
  /** Measured anew at each call: reads much. */
  usage(): Promise<readonly SpaceUsage[]>
}
