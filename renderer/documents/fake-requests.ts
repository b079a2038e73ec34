import { mustParseId, type RequestId } from '../../model/ids.ts'
import type { Ask } from '../../model/request.ts'
import { Cell, Cells } from './fake-cell.ts'
import { nextId } from './fake-sample.ts'
import type { Live } from './plein.ts'
import type { OpenAsk, Requests, RequestView } from './requests.ts'

export interface FakeServer {
  readonly isOnline: () => boolean
  /** What an ask is about, in words. */
  readonly about: (ask: Ask) => string
  /** Does what was asked; `asked` leaves it with the owners. */
  readonly decide: (ask: Ask) => Pick<RequestView, 'state' | 'reason'>
}

/** Requests that are answered at once while the fake is online, and wait while it is not. */
export class FakeRequests implements Requests {
  readonly all = new Cell<readonly RequestView[]>([])
  readonly openAsks = new Cell<readonly OpenAsk[]>([])
  readonly #server: FakeServer
  readonly #byId = new Cells<RequestId, RequestView | null>(
    (id) => this.all.snapshot().find((request) => request.id === id) ?? null,
  )

  constructor(server: FakeServer) {
    this.#server = server
  }

  request(id: RequestId): Live<RequestView | null> {
    return this.#byId.get(id)
  }

  send(ask: Ask): Promise<RequestId> {
    const id = mustParseId<RequestId>(nextId())
    const askedAtMs = Date.now()
    const about = this.#server.about(ask)
    const isOnline = this.#server.isOnline()
    const answer = isOnline ? this.#server.decide(ask) : ({ state: 'waiting', reason: null } as const)
    const answeredAtMs = isOnline ? askedAtMs : null
    this.#show([{ id, ask, about, askedAtMs, answeredAtMs, ...answer }, ...this.all.snapshot()])
    return Promise.resolve(id)
  }

  dismiss(id: RequestId): Promise<void> {
    this.#show(this.all.snapshot().filter((request) => request.id !== id))
    return Promise.resolve()
  }

  #show(requests: readonly RequestView[]): void {
    this.all.set(requests)
    this.#byId.readAgain()
  }
}
