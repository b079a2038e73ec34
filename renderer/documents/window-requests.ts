import type { RequestId } from '../../model/ids.ts'
import type { Ask } from '../../model/request.ts'
import { deriveFrom } from './live.ts'
import type { OpenOrganisation, WindowClock } from './organisation.ts'
import type { DrawnRequests } from './organisation-requests.ts'
import type { Live } from './plein.ts'
import type { OpenAsk, Requests, RequestView } from './requests.ts'

const none: readonly never[] = []

/** The requests of the organisation that is open in this window. */
export class WindowRequests implements Requests {
  readonly all: Live<readonly RequestView[]>
  readonly openAsks: Live<readonly OpenAsk[]>
  readonly #open: Live<OpenOrganisation | null>
  readonly #clock: Pick<WindowClock, 'nowMs'>

  constructor(open: Live<OpenOrganisation | null>, clock: Pick<WindowClock, 'nowMs'>) {
    this.#open = open
    this.#clock = clock
    this.all = this.#read<readonly RequestView[]>(none, ({ all }) => all)
    this.openAsks = this.#read<readonly OpenAsk[]>(none, ({ openAsks }) => openAsks)
  }

  request(id: RequestId): Live<RequestView | null> {
    return this.#read<RequestView | null>(null, ({ byId }) => byId.get(id) ?? null)
  }

  send(ask: Ask): Promise<RequestId> {
    return this.#mustBeOpen().requests.send(ask, this.#clock.nowMs())
  }

  dismiss(id: RequestId): Promise<void> {
    return this.#mustBeOpen().requests.dismiss(id)
  }

  #mustBeOpen(): OpenOrganisation {
    const organisation = this.#open.snapshot()
    if (organisation === null) throw new Error('No organisation is open in this window')
    return organisation
  }

  #read<T>(missing: T, read: (drawn: DrawnRequests) => T): Live<T> {
    return deriveFrom<OpenOrganisation | null, T>(
      this.#open,
      (organisation) => (organisation === null ? missing : read(organisation.requests.drawn.snapshot())),
      (organisation, invalidate) => [organisation?.requests.drawn.subscribe(invalidate)],
    )
  }
}
