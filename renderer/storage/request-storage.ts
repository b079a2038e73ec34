import type { RequestId } from '../../model/ids.ts'
import type { Answer } from '../../model/protocol/messages.ts'
import type { AnswerState, RequestRefusal } from '../../model/request.ts'

/** Something that this person asked of the server, from whichever device. */
export interface RequestRecord {
  readonly id: RequestId
  /** JSON of model/parse-ask.ts. */
  readonly ask: string
  /** What it is about, in words; '' where another device asked. */
  readonly about: string
  /** `waiting`: not answered yet, so it is sent again on every line. */
  readonly state: 'waiting' | AnswerState
  readonly reason: RequestRefusal | null
  /** For display only: this laptop's clock while it waits, the server's afterwards. */
  readonly askedAtMs: number
  readonly answeredAtMs: number | null
  /** Taken out of the list on this laptop. */
  readonly dismissed: boolean
}

/** The outbox of requests and the person's control feed, on this laptop (RQ1, RQ2). All writes are strict. */
export interface RequestStorage {
  /** Puts a new request into the outbox. */
  put(request: Pick<RequestRecord, 'id' | 'ask' | 'about' | 'askedAtMs'>): Promise<void>
  /** What is not answered yet, in the order in which it was asked. */
  waiting(): Promise<readonly RequestRecord[]>
  /** Everything, dismissed ones included, in no particular order. */
  read(): Promise<readonly RequestRecord[]>
  dismiss(id: RequestId): Promise<void>
  /** The number of the control feed up to which everything is here; null before the first answer. */
  number(): Promise<number | null>
  /** One transaction: answers and the number that is reached with them, or nothing. An answer that changes shows itself again. */
  take(answers: readonly Answer[], n: number): Promise<void>
}

export const controlNumberSetting = 'control-number'

export function newRequest({
  id,
  ask,
  about,
  askedAtMs,
}: Pick<RequestRecord, 'id' | 'ask' | 'about' | 'askedAtMs'>): RequestRecord {
  return { id, ask, about, state: 'waiting', reason: null, askedAtMs, answeredAtMs: null, dismissed: false }
}

/** A request as it stands after an answer. */
export function answered(before: RequestRecord | undefined, answer: Answer): RequestRecord {
  const { requestId: id, ask, state, reason, askedAtMs, answeredAtMs } = answer
  const isSame = before?.state === state && before.reason === reason
  const dismissed = isSame && before.dismissed
  return { id, ask, about: before?.about ?? '', state, reason, askedAtMs, answeredAtMs, dismissed }
}

/** By the clock of this laptop alone: what waits was all asked here. */
export function inOrderOfAsking(requests: readonly RequestRecord[]): readonly RequestRecord[] {
  return requests.toSorted((a, b) => a.askedAtMs - b.askedAtMs || (a.id < b.id ? -1 : 1))
}
