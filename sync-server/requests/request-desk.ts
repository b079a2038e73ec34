import type { PersonId, RequestId } from '../../model/ids.ts'
import { parseAsk } from '../../model/parse-ask.ts'
import type { Ask, RequestRefusal } from '../../model/request.ts'
import { fail, ok, type Result } from '../../model/result.ts'
import type { Committer } from '../commit.ts'
import type { Core } from '../core.ts'
import { RowDrafts, type ServerLog } from '../draft-rows.ts'
import type { PeopleBook } from '../people-book.ts'
import type { Rights } from '../rights.ts'
import { StoreTrouble } from '../store/store.ts'
import type { AskedRequest, DecisionNumbers, StoredRequest } from '../store/request-store.ts'
import { decide } from './decide.ts'
import type { Asker, DecideContext, Effects, Verdict } from './effects.ts'

/** A device that follows what its person asked. */
export interface RequestReader {
  readonly personId: PersonId
  /** The person's control feed has something new. */
  answersChanged(): void
  /** What lies with owners, or which spaces one can join, may be different now. */
  listsChanged(): void
}

/** Told of each request that was accepted, for the audit log. */
export type OnAccepted = (what: { readonly actorId: PersonId; readonly ask: Ask }) => Promise<void>

export interface RequestDeskParts {
  readonly core: Core
  readonly committer: Pick<Committer, 'exclusive' | 'adopt'>
  readonly book: PeopleBook
  readonly rights: Rights
  readonly log: ServerLog
  readonly accepted: OnAccepted
}

interface Incoming {
  readonly asker: Asker
  readonly requestId: RequestId
  readonly ask: string
  /** It was answered before: the answer is given again. */
  readonly again: (request: StoredRequest) => void
  /** Its socket has ended: the laptop asks again. */
  readonly isEnded: () => boolean
}

/** Decides about requests, one after another, each in one transaction together with its answer (RQ3). */
export class RequestDesk {
  readonly readers = new Set<RequestReader>()
  readonly #parts: RequestDeskParts
  #open: readonly StoredRequest[] = []
  #queue: Promise<void> = Promise.resolve()

  constructor(parts: RequestDeskParts) {
    this.#parts = parts
  }

  async start(): Promise<void> {
    this.#open = await this.#parts.core.store.openRequests()
  }

  /** What lies with owners, oldest first. */
  get open(): readonly StoredRequest[] {
    return this.#open
  }

  /** RQ2: decided once, however often it is sent. */
  submit(incoming: Incoming): void {
    this.#add(() => this.#answer(incoming)).catch((error: unknown) => {
      const { core } = this.#parts
      core.metrics.handlerErrors += 1
      core.log('error', 'A request could not be answered', { error: String(error) })
    })
  }

  /** Does at once what a request would do, for who waits for the answer over HTTP. Throws StoreTrouble where the store cannot. */
  async act(asker: Asker, ask: Ask): Promise<Result<null, RequestRefusal>> {
    let outcome: Result<null, RequestRefusal> = ok(null)
    await this.#add(async () => {
      const verdict = await this.#decide({ asker, requestId: null, ask, requests: () => [] })
      // Nothing lies with anybody: who asks over HTTP has no outbox to hear the answer in.
      if (typeof verdict === 'string') outcome = fail(verdict === 'asked' ? 'closed' : verdict)
    })
    return outcome
  }

  /** People or spaces changed by other means. */
  listsChanged(): void {
    for (const reader of this.readers) reader.listsChanged()
  }

  #add<T>(work: () => Promise<T>): Promise<T> {
    const done = this.#queue.then(work)
    this.#queue = done.then(
      () => undefined,
      () => undefined,
    )
    return done
  }

  async #answer(incoming: Incoming): Promise<void> {
    const { core } = this.#parts
    while (!incoming.isEnded()) {
      try {
        await this.#answerNow(incoming)
        return
      } catch (error) {
        if (!(error instanceof StoreTrouble)) throw error
        core.log('warn', 'A request waits for the store', { error: String(error) })
        await new Promise<void>((resolve) => core.schedule(core.limits.retryMs, resolve))
      }
    }
  }

  async #answerNow({ asker, requestId, ask: text, again }: Incoming): Promise<void> {
    const { core } = this.#parts
    const known = await core.store.request(requestId)
    if (known !== null) {
      // An id is one person's: to anybody else it says nothing.
      if (known.personId === asker.personId) again(known)
      return
    }
    const nowMs = core.clock.nowMs()
    const base = { requestId, personId: asker.personId, ask: text, askedAtMs: nowMs, answeredAtMs: nowMs }
    const requestsOf = (verdict: Verdict): readonly AskedRequest[] => [{ ...base, ...stateOf(verdict) }]
    const ask = parseAsk(text)
    if (typeof ask === 'string') await this.#record(requestsOf(ask))
    else await this.#decide({ asker, requestId, ask, requests: requestsOf })
  }

  async #decide(request: {
    readonly asker: Asker
    readonly requestId: RequestId | null
    readonly ask: Ask
    readonly requests: (verdict: Verdict) => readonly AskedRequest[]
  }): Promise<Verdict> {
    const { committer, core, accepted } = this.#parts
    const { asker, ask } = request
    const verdict = await committer.exclusive(async () => {
      const decided = await this.#tryToDecide(request)
      if (typeof decided === 'string') return decided
      try {
        await this.#carryOut(decided, request.requests(decided))
        return decided
      } catch (error) {
        if (!(error instanceof StoreTrouble) || !isForGood(error)) throw error
        core.log('warn', 'The store refused a decision', { ask: ask.type, error: String(error) })
        return error.reason === 'exists' ? 'space-taken' : 'server-trouble'
      }
    })
    if (typeof verdict === 'string') await this.#record(request.requests(verdict))
    else await accepted({ actorId: asker.personId, ask })
    return verdict
  }

  /** What nobody foresaw is answered as well: a request must not wait for ever. */
  async #tryToDecide({
    asker,
    requestId,
    ask,
  }: Pick<DecideContext, 'asker' | 'requestId'> & { readonly ask: Ask }): Promise<Verdict> {
    const { core, book, log } = this.#parts
    const drafts = new RowDrafts(core, log)
    try {
      const verdict = await decide({ core, book, log, asker, requestId, open: this.#open, drafts }, ask)
      if (typeof verdict === 'string') return verdict
      const moves = core.faults['move-tree-alone'] === true ? [] : verdict.moves
      return { ...verdict, ...(moves === undefined ? {} : { moves }), drafted: drafts.drafted }
    } catch (error) {
      if (error instanceof StoreTrouble) throw error
      core.metrics.handlerErrors += 1
      core.log('error', 'A request could not be decided', { ask: ask.type, error: String(error) })
      return 'server-trouble'
    }
  }

  async #carryOut(effects: Effects, asked: readonly AskedRequest[]): Promise<void> {
    const { core } = this.#parts
    const nowMs = core.clock.nowMs()
    const settled = (effects.settled ?? []).map(({ request: { n: _n, ...request }, state, reason }) => ({
      ...request,
      state,
      reason,
      answeredAtMs: nowMs,
    }))
    const requests = [...asked, ...settled]
    const numbers = await core.store.decide({
      requests,
      createdSpaces: effects.createdSpaces ?? [],
      changedSpaces: effects.changedSpaces ?? [],
      memberships: effects.memberships ?? [],
      moves: (effects.moves ?? []).map(({ move }) => move),
      rows: (effects.drafted ?? []).map(({ row }) => row),
      nowMs,
    })
    await this.#tell(effects, numbers)
    await this.#answersChanged(requests)
  }

  /** The store has it: now everybody hears of it. */
  async #tell(effects: Effects, numbers: DecisionNumbers): Promise<void> {
    const { committer, rights, book } = this.#parts
    const memberships = effects.memberships ?? []
    await rights.readSpaces()
    for (const { personId, spaceId, role } of memberships) rights.changeRole(personId, spaceId, role)
    for (const [place, { move, state }] of (effects.moves ?? []).entries()) {
      const given = numbers.moves[place]
      if (given !== undefined) this.#moved(move, state, given)
    }
    committer.adopt(effects.drafted ?? [], numbers.rows)
    for (const { personId, spaceId, role } of memberships) if (role !== null) rights.tellGranted(personId, spaceId)
    for (const { spaceId } of effects.changedSpaces ?? []) await rights.tellMembers(spaceId)
    if (memberships.length > 0) await book.refresh()
  }

  #moved(
    { documentId, from, to, update, logId }: NonNullable<Effects['moves']>[number]['move'],
    state: NonNullable<Effects['moves']>[number]['state'],
    { left, entered }: DecisionNumbers['moves'][number],
  ): void {
    const { core, rights } = this.#parts
    const sizes = { sizeBytes: update.length, tailRows: 0, tailBytes: 0 }
    state.record = { ...state.record, spaceId: to, lastN: entered, compactedTo: entered, ...sizes }
    core.states.put(state)
    core.changed(state.record)
    // What was cut for cursors of the old feed still names the document as its own.
    core.feedChunks.forget(from)
    core.spaces.get(from)?.feed.append([{ n: left, documentId, logId, update: 'compacted' }])
    core.spaces.get(to)?.feed.append([{ n: entered, documentId, logId, update: 'compacted' }])
    rights.documentMoved(documentId)
  }

  async #record(requests: readonly AskedRequest[]): Promise<void> {
    if (requests.length === 0) return
    const { core } = this.#parts
    const nothing = { createdSpaces: [], changedSpaces: [], memberships: [], moves: [], rows: [] }
    await core.store.decide({ ...nothing, requests, nowMs: core.clock.nowMs() })
    await this.#answersChanged(requests)
  }

  async #answersChanged(requests: readonly AskedRequest[]): Promise<void> {
    this.#open = await this.#parts.core.store.openRequests()
    const people = new Set(requests.map(({ personId }) => personId))
    for (const reader of this.readers) {
      if (people.has(reader.personId)) reader.answersChanged()
      reader.listsChanged()
    }
  }
}

function stateOf(verdict: Verdict): Pick<AskedRequest, 'state' | 'reason'> {
  if (verdict === 'asked') return { state: 'asked', reason: null }
  return typeof verdict === 'string' ? { state: 'refused', reason: verdict } : { state: 'accepted', reason: null }
}

/** Trying again would not help. */
function isForGood({ reason }: StoreTrouble): boolean {
  return reason === 'rejected' || reason === 'exists'
}
