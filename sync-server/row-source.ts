import type { readActsUpdate } from '../model/acts.ts'
import type { DocumentId, LogId, PersonId } from '../model/ids.ts'
import type { Registration } from '../model/protocol/messages.ts'
import type { RefusalReason } from '../model/protocol/reasons.ts'
import type { Reacher } from './access.ts'
import type { UpdateClaims } from './update-claims.ts'

/** How far a device's log is committed or refused; shared by the sockets that speak for it, moved on by commits. */
export interface LogProgress {
  row: number
  checksum: number
}

/** A person whose rights are asked for each row. */
export type Author = Reacher & { readonly personId: PersonId }

/** Who hands in rows: a device's session, a stock socket, or the server itself. */
export interface RowSource {
  readonly logId: LogId
  /** `server`: minted client ids, no questions about rights. */
  readonly author: Author | 'server'
  /** For whom the server registers: author of an authored page, owner of acts; unused where a person hands in. */
  readonly ownerId?: PersonId | null
  /** Where rows are numbered and chained by the device; null where this server numbers them. */
  readonly progress: LogProgress | null
  /** Rows of an ended source are dropped while the store cannot commit: its device pushes them again. */
  readonly isEnded: boolean
  /** What became of its rows, in their order, after the commit and the broadcast. */
  settled(outcomes: readonly RowOutcome[]): void
  /** The store cannot commit now, or can again. */
  held(isHolding: boolean): void
}

/** A row as it was handed in. */
export interface PendingRow {
  readonly source: RowSource
  readonly row: number
  readonly checksum: number
  readonly documentId: DocumentId
  readonly schema: number
  readonly restored: boolean
  readonly registration: Registration | null
  readonly update: Uint8Array
  readonly receivedAtMs: number
  /** An answer to step 1: holds every deletion each time, so one that brings nothing new is not stored. */
  readonly isWholeState: boolean
  /** Read once, at the first try. */
  claims?: UpdateClaims
  /** The same of an acts document: what it says. */
  acts?: ReturnType<typeof readActsUpdate>
}

export type RowOutcome =
  | { readonly type: 'committed'; readonly pending: PendingRow; readonly n: number }
  /** Known already, or changes nothing: as good as committed. */
  | { readonly type: 'repeat'; readonly pending: PendingRow }
  | { readonly type: 'refused'; readonly pending: PendingRow; readonly reason: RefusalReason }
