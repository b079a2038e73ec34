import { isId, mintId, type FillRandom, type RequestId } from '../../model/ids.ts'
import { encodeAsk, parseAsk } from '../../model/parse-ask.ts'
import type { JoinableSpace as JoinableOnWire, OpenAsk } from '../../model/protocol/messages.ts'
import type { Ask } from '../../model/request.ts'
import type { RequestRecord } from '../storage/request-storage.ts'
import { joinableSetting, openAsksSetting } from '../sync/request-sync.ts'
import { LiveValue } from './live.ts'
import type { OpenOrganisation } from './organisation.ts'
import type { OpenAsk as ShownAsk, RequestView } from './requests.ts'
import type { JoinableSpace } from './space-admin.ts'

/** What screens read of requests, made once per change. */
export interface DrawnRequests {
  /** Newest first, dismissed ones left out. */
  readonly all: readonly RequestView[]
  readonly byId: ReadonlyMap<RequestId, RequestView>
  readonly openAsks: readonly ShownAsk[]
  readonly joinable: readonly JoinableSpace[]
}

const nothing: DrawnRequests = { all: [], byId: new Map(), openAsks: [], joinable: [] }

/** The requests of an open organisation, in memory. */
export class OrganisationRequests {
  readonly drawn = new LiveValue<DrawnRequests>(nothing)
  readonly #organisation: OpenOrganisation
  readonly #fillRandom: FillRandom
  #isListening = false
  #loading = 0

  constructor(organisation: OpenOrganisation, fillRandom: FillRandom) {
    this.#organisation = organisation
    this.#fillRandom = fillRandom
  }

  /** Reads everything again, now and whenever it changed; a reading that was overtaken by a later one says nothing. */
  async load(): Promise<void> {
    const { storage, link } = this.#organisation
    if (!this.#isListening) link.subscribe(({ type }) => void (type === 'requests-changed' && this.load()))
    this.#isListening = true
    this.#loading += 1
    const turn = this.#loading
    const records = await storage.requests.read()
    const asks = await storage.setting(openAsksSetting)
    const spaces = await storage.setting(joinableSetting)
    if (turn !== this.#loading) return
    this.drawn.set(drawRequests(this.drawn.snapshot(), { records, asks, spaces }))
  }

  /** Into the outbox: on the disk when it resolves. */
  async send(ask: Ask, nowMs: number): Promise<RequestId> {
    const { storage, link } = this.#organisation
    const id = mintId<RequestId>(this.#fillRandom)
    await storage.requests.put({ id, ask: encodeAsk(ask), about: this.#about(ask), askedAtMs: nowMs })
    link.post({ type: 'request-put' })
    await this.load()
    return id
  }

  async dismiss(id: RequestId): Promise<void> {
    await this.#organisation.storage.requests.dismiss(id)
    await this.load()
  }

  #about(ask: Ask): string {
    const { lists, people } = this.#organisation
    switch (ask.type) {
      case 'create-space':
        return ask.name
      case 'move-page':
      case 'archive-authored':
        return lists.record(ask.pageId)?.title ?? ''
      case 'set-member':
        return people.drawn.snapshot().cards.get(ask.personId)?.name ?? ''
      case 'decide-ask': {
        const asked = this.drawn.snapshot().openAsks.find(({ id }) => id === ask.requestId)
        return asked === undefined ? '' : (people.drawn.snapshot().cards.get(asked.personId)?.name ?? '')
      }
      default: {
        const joinable = this.drawn.snapshot().joinable.find(({ id }) => id === ask.spaceId)
        return lists.space(ask.spaceId)?.name ?? joinable?.name ?? ''
      }
    }
  }
}

/** `before` is what was drawn last, so that what did not change stays the same object. */
export function drawRequests(
  before: DrawnRequests,
  {
    records,
    asks,
    spaces,
  }: { readonly records: readonly RequestRecord[]; readonly asks: unknown; readonly spaces: unknown },
): DrawnRequests {
  const byId = new Map<RequestId, RequestView>()
  for (const record of records) {
    const view = viewOf(record)
    if (view !== null) byId.set(record.id, same(before.byId.get(record.id), view))
  }
  const shown = records.flatMap(({ id, dismissed }) => (dismissed ? [] : (byId.get(id) ?? [])))
  const all = shown.toSorted((a, b) => b.askedAtMs - a.askedAtMs || (a.id < b.id ? 1 : -1))
  return {
    all: same(before.all, all),
    byId,
    openAsks: same(before.openAsks, readOpenAsks(asks)),
    joinable: same(before.joinable, readJoinable(spaces)),
  }
}

/** Null for what only a newer app knows how to show. */
function viewOf({ id, ask: text, about, state, reason, askedAtMs, answeredAtMs }: RequestRecord): RequestView | null {
  const ask = parseAsk(text)
  return typeof ask === 'string' ? null : { id, ask, about, state, reason, askedAtMs, answeredAtMs }
}

function same<T>(before: T | undefined, after: T): T {
  return before !== undefined && JSON.stringify(before) === JSON.stringify(after) ? before : after
}

/** As the worker stored them, parsed from the socket; a record of another form is no list. */
function readOpenAsks(value: unknown): readonly ShownAsk[] {
  return listOf<OpenAsk>(value, 'requestId').map(({ requestId: id, ...ask }) => ({ id, ...ask }))
}

function readJoinable(value: unknown): readonly JoinableSpace[] {
  return listOf<JoinableOnWire>(value, 'spaceId')
    .flatMap(({ spaceId: id, joining, ...space }) => (joining === 'closed' ? [] : [{ id, joining, ...space }]))
    .toSorted((a, b) => a.name.localeCompare(b.name))
}

function listOf<T>(value: unknown, idField: keyof T & string): readonly T[] {
  if (!Array.isArray(value)) return []
  return value.filter(
    (each): each is T => typeof each === 'object' && each !== null && isId(Reflect.get(each, idField)),
  )
}
