import type { PersonId, RequestId, SpaceId } from '../../model/ids.ts'
import type { SpaceRole } from '../../model/permission.ts'
import type { Ask, RequestRefusal } from '../../model/request.ts'
import type { Live } from './plein.ts'

/** `waiting`: on this laptop, not answered yet. `asked`: it lies with the owners of the space. */
export type RequestState = 'waiting' | 'asked' | 'accepted' | 'refused'

/** Something that this person asked, from whichever of their devices. */
export interface RequestView {
  readonly id: RequestId
  readonly ask: Ask
  /** What it is about, in words, as it was called when it was asked: the space, the page or the person; '' where unknown. */
  readonly about: string
  readonly state: RequestState
  /** Set where it was refused. */
  readonly reason: RequestRefusal | null
  /** For display only. */
  readonly askedAtMs: number
  readonly answeredAtMs: number | null
}

/** What somebody else asks of the owners of a space. `role`: what they would become. */
export interface OpenAsk {
  readonly id: RequestId
  readonly spaceId: SpaceId
  readonly personId: PersonId
  readonly type: 'join-space' | 'ask-role'
  readonly role: SpaceRole
  readonly askedAtMs: number
}

/**
 * What only the server can decide. It waits in sight on this laptop, is sent when there is a line, and is answered once;
 * every device of the person learns the answer.
 */
export interface Requests {
  /** Newest first, without those that were dismissed. */
  readonly all: Live<readonly RequestView[]>
  /** What others ask and this person may decide, as an owner; oldest first. Answer with `decide-ask`. */
  readonly openAsks: Live<readonly OpenAsk[]>
  request(id: RequestId): Live<RequestView | null>
  /** On this laptop's disk when it resolves. Answers the id to follow it by. */
  send(ask: Ask): Promise<RequestId>
  /** Takes an answered request out of the list, on this laptop. */
  dismiss(id: RequestId): Promise<void>
}
