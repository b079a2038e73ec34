import type { PersonId } from '../../model/ids.ts'
import { encodeServerMessage } from '../../model/protocol/codec.ts'
import { maxAnswers } from '../../model/protocol/limits.ts'
import type { Answer, JoinableSpace, OpenAsk } from '../../model/protocol/messages.ts'
import { may } from '../../model/permission.ts'
import { spaceThing } from '../access.ts'
import type { Core } from '../core.ts'
import type { Outgoing } from '../outgoing.ts'
import type { Person } from '../reachers.ts'
import type { StoredRequest } from '../store/request-store.ts'
import { mayFind, openAskOf } from './decide-members.ts'
import type { RequestDesk, RequestReader } from './request-desk.ts'

/** Lists change in bunches; they are short, and made for each person. */
const gatherMs = 100

export interface FollowingRequestsParts {
  readonly core: Core
  readonly desk: RequestDesk
  readonly person: Person
  readonly outgoing: Outgoing
  readonly failed: (error: unknown) => void
}

/** Requests as one device follows them: its person's control feed from a number on, and the lists that change with it (RQ2, RQ4). */
export class FollowingRequests implements RequestReader {
  readonly personId: PersonId
  readonly #parts: FollowingRequestsParts
  #sentTo: number
  #isReading = false
  #mustReadAgain = false
  #isEnded = false
  #cancel: (() => void) | null = null
  #sentAsks = ''
  #sentSpaces = ''

  constructor(parts: FollowingRequestsParts, from: number | null) {
    this.#parts = parts
    this.personId = parts.person.personId
    this.#sentTo = from ?? 0
    parts.desk.readers.add(this)
    this.answersChanged()
    this.#sendLists()
  }

  end(): void {
    this.#isEnded = true
    this.#parts.desk.readers.delete(this)
    this.#cancel?.()
  }

  answersChanged(): void {
    if (this.#isReading) {
      this.#mustReadAgain = true
      return
    }
    this.#isReading = true
    this.#read().catch(this.#parts.failed)
  }

  /** Asked before: the answer is sent again, whatever this device has heard already. */
  again(request: StoredRequest): void {
    this.#send([request], this.#sentTo)
  }

  listsChanged(): void {
    this.#cancel ??= this.#parts.core.schedule(gatherMs, () => {
      this.#cancel = null
      this.#sendLists()
    })
  }

  async #read(): Promise<void> {
    try {
      do {
        this.#mustReadAgain = false
        const found = await this.#parts.core.store.requestsAfter(this.personId, this.#sentTo)
        if (this.#isEnded) return
        for (let from = 0; from < found.length; from += maxAnswers) {
          const part = found.slice(from, from + maxAnswers)
          this.#sentTo = part.at(-1)?.n ?? this.#sentTo
          this.#send(part, this.#sentTo)
        }
      } while (this.#mustReadAgain)
    } finally {
      this.#isReading = false
    }
  }

  #send(requests: readonly StoredRequest[], n: number): void {
    const answers = requests.map(({ requestId, ask, state, reason, askedAtMs, answeredAtMs }): Answer => {
      return { requestId, ask, state, reason, askedAtMs, answeredAtMs }
    })
    this.#parts.outgoing.send(encodeServerMessage({ type: 'answers', n, answers }))
  }

  #sendLists(): void {
    const { outgoing } = this.#parts
    const asks = this.#openAsks()
    const askText = JSON.stringify(asks)
    if (askText !== this.#sentAsks) outgoing.send(encodeServerMessage({ type: 'open-asks', asks }))
    this.#sentAsks = askText
    const spaces = this.#joinable()
    // How many are in a space is told when one connects: it changes far too often to be pushed.
    const spaceText = JSON.stringify(spaces.map((space) => ({ ...space, memberCount: 0 })))
    if (spaceText !== this.#sentSpaces) outgoing.send(encodeServerMessage({ type: 'joinable', spaces }))
    this.#sentSpaces = spaceText
  }

  #openAsks(): readonly OpenAsk[] {
    const { core, desk, person } = this.#parts
    return desk.open
      .flatMap((request) => {
        const ask = openAskOf(request)
        const space = ask === null ? undefined : core.spaces.get(ask.spaceId)?.record
        if (ask === null || space === undefined) return []
        if (!may(person, 'manage-members', spaceThing(space, person.roleIn(space.spaceId)))) return []
        const { requestId, personId, askedAtMs } = request
        return [{ requestId, personId, askedAtMs, spaceId: ask.spaceId, type: ask.type, role: ask.role }]
      })
      .slice(0, maxAnswers)
  }

  #joinable(): readonly JoinableSpace[] {
    const { core, person } = this.#parts
    return [...core.spaces.values()]
      .filter(({ record }) => mayFind(person, record))
      .map(({ record: { spaceId, kind, name, description, icon, joining, memberCount } }) => {
        return { spaceId, kind, name, description, icon, joining, memberCount }
      })
  }
}
