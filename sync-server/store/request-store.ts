import type { DocumentId, LogId, PersonId, RequestId, SpaceId } from '../../model/ids.ts'
import type { SpaceRole } from '../../model/permission.ts'
import type { AnswerState, RequestRefusal, SpaceChange } from '../../model/request.ts'
import type { NewRow, NewSpaceRecord } from './store.ts'

/** What one person asked, and how it stands. Kept for ever: asking again is answered the same (RQ2). */
export interface AskedRequest {
  readonly requestId: RequestId
  readonly personId: PersonId
  /** As it came: model/parse-ask.ts. */
  readonly ask: string
  readonly state: AnswerState
  readonly reason: RequestRefusal | null
  readonly askedAtMs: number
  /** Of the last change of its state. */
  readonly answeredAtMs: number
}

/** `n`: its number on the person's own control feed, raised with each change. */
export interface StoredRequest extends AskedRequest {
  readonly n: number
}

/** A document that goes to another space: all that it holds becomes a snapshot there, under the next feed number. */
export interface DocumentMove {
  readonly documentId: DocumentId
  readonly from: SpaceId
  readonly to: SpaceId
  readonly update: Uint8Array
  readonly stateVector: Uint8Array
  /** The server's own log and its next rows: one in each of the two feeds. */
  readonly logId: LogId
  readonly leftRow: number
  readonly enteredRow: number
}

/** Everything that one decision changes. */
export interface Decision {
  readonly requests: readonly AskedRequest[]
  readonly createdSpaces: readonly NewSpaceRecord[]
  readonly changedSpaces: readonly { readonly spaceId: SpaceId; readonly change: SpaceChange }[]
  /** `role` null ends the membership. */
  readonly memberships: readonly {
    readonly spaceId: SpaceId
    readonly personId: PersonId
    readonly role: SpaceRole | null
  }[]
  /** Before the rows. */
  readonly moves: readonly DocumentMove[]
  /** Written by the server. */
  readonly rows: readonly NewRow[]
  readonly nowMs: number
}

/** Feed numbers that a decision gave, in the order of what it held. */
export interface DecisionNumbers {
  readonly moves: readonly { readonly left: number; readonly entered: number }[]
  readonly rows: readonly number[]
}

/** Part of the store: what people asked, and decisions as one transaction each (RQ3). */
export interface RequestStore {
  request(id: RequestId): Promise<StoredRequest | null>
  /** On the person's control feed after `after`, in order. */
  requestsAfter(personId: PersonId, after: number): Promise<readonly StoredRequest[]>
  /** What lies with the owners of spaces, oldest first. */
  openRequests(): Promise<readonly StoredRequest[]>
  /** All of it or nothing. */
  decide(decision: Decision): Promise<DecisionNumbers>
}
