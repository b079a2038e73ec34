import type { PersonId, RequestId } from '../../model/ids.ts'
import type { RequestRefusal } from '../../model/request.ts'
import type { Reacher } from '../access.ts'
import type { DraftedRow } from '../batch-draft.ts'
import type { Core } from '../core.ts'
import type { DocumentState } from '../document-state.ts'
import type { RowDrafts, ServerLog } from '../draft-rows.ts'
import type { PeopleBook } from '../people-book.ts'
import type { Decision, DocumentMove, StoredRequest } from '../store/request-store.ts'

/** Who asks, with their roles as they are now. */
export type Asker = Reacher & { readonly personId: PersonId }

/** What deciding may look at. Nothing is written while it looks. */
export interface DecideContext {
  readonly core: Core
  readonly book: PeopleBook
  readonly log: ServerLog
  readonly asker: Asker
  /** Null where nobody waits for an answer (HTTP). */
  readonly requestId: RequestId | null
  /** What lies with owners now. */
  readonly open: readonly StoredRequest[]
  readonly drafts: RowDrafts
}

/** What an accepted request changes. */
export interface Effects extends Pick<Partial<Decision>, 'createdSpaces' | 'changedSpaces' | 'memberships'> {
  readonly drafted?: readonly DraftedRow[]
  readonly moves?: readonly { readonly move: DocumentMove; readonly state: DocumentState }[]
  /** What others had asked and is answered with it. */
  readonly settled?: readonly {
    readonly request: StoredRequest
    readonly state: 'accepted' | 'refused'
    readonly reason: RequestRefusal | null
  }[]
}

/** `asked`: it lies with the owners of the space. */
export type Verdict = RequestRefusal | 'asked' | Effects
