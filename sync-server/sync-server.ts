import type * as Y from 'yjs'
import type { DocumentId, PersonId, SpaceId } from '../model/ids.ts'
import type { DocumentKind, PageKind, SpaceKind } from '../model/kinds.ts'
import type { SpaceRole } from '../model/permission.ts'
import { createMetrics, type SyncMetrics } from './metrics.ts'
import type { Identity, ServerSocket, Session, SyncServerOptions } from './sync-options.ts'
import type { DocumentRecord, Membership, SpaceRecord } from './store/store.ts'

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

/** SIGNATURES ONLY for now: the core follows within the hour and keeps these. */
export class SyncServer {
  readonly metrics: SyncMetrics = createMetrics()
  constructor(_options: SyncServerOptions) {}
  /** Reads organisation, generation and spaces. Call once before the first socket; again after `createOrganisation`. */
  start(): Promise<void> { throw new Error('soon') }
  accept(_socket: ServerSocket, _identity: Identity): Session { throw new Error('soon') }
  acceptStock(_socket: ServerSocket, _identity: Identity, _target: { readonly documentId: DocumentId; readonly schema: number }): Session { throw new Error('soon') }
  /** Takes no new rows, commits what is here, says goodbye to every socket. */
  drain(): Promise<void> { throw new Error('soon') }

  /** Creates the space with its `space` document (same id) and its owner; open sockets of the owner hear of it. */
  createSpace(_space: CreateSpace): Promise<SpaceId> { throw new Error('soon') }
  /** For a space that was put into the store by other means: makes its document, tells its members. */
  spaceCreated(_spaceId: SpaceId): Promise<void> { throw new Error('soon') }
  spaces(): readonly SpaceRecord[] { throw new Error('soon') }
  membershipsOf(_personId: PersonId): Promise<readonly Membership[]> { throw new Error('soon') }
  grantSpace(_personId: PersonId, _spaceId: SpaceId, _role: SpaceRole): Promise<void> { throw new Error('soon') }
  revokeSpace(_personId: PersonId, _spaceId: SpaceId): Promise<void> { throw new Error('soon') }
  /** Closes all sockets of the person with `suspended`. */
  suspend(_personId: PersonId): void { throw new Error('soon') }
  /** Closes all sockets of one sign-in with `sign-in-needed`. */
  endSession(_sessionId: string): void { throw new Error('soon') }

  /** Rows for lists, newest state; who may read the space is the caller's question. */
  documentsOf(_spaceId: SpaceId): Promise<readonly DocumentRecord[]> { throw new Error('soon') }
  document(_documentId: DocumentId): Promise<DocumentRecord | undefined> { throw new Error('soon') }
  /** The whole document as one update; undefined where there is none, `damaged` where a record of it is. */
  readDocument(_documentId: DocumentId): Promise<Uint8Array | 'damaged' | undefined> { throw new Error('soon') }
  /** Registers and fills a document under a server-minted client id, through the same commit as every row. */
  createDocument(_document: CreateDocument): Promise<DocumentId> { throw new Error('soon') }
  /** Changes a document under a server-minted client id; a document with damage is refused by throwing. */
  updateDocument(_documentId: DocumentId, _change: (doc: Y.Doc) => void): Promise<void> { throw new Error('soon') }
}
