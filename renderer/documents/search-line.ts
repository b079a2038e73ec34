import type { SearchRequest } from '../../model/search/search-index.ts'
import type { OrganisationId } from '../../model/ids.ts'
import {
  readSearchEnvelope,
  searchChannelOf,
  type FromIndex,
  type SearchEnvelope,
  type ToIndex,
} from '../search/search-messages.ts'
import { LiveValue } from './live.ts'
import type { SearchAnswer, SearchState } from './search.ts'

interface Asked {
  readonly request: SearchRequest
  readonly fresh: boolean
  readonly answer: (answer: SearchAnswer) => void
}

/** The line of a window to the search worker, in whichever window it runs. A question waits until there is one. */
export class SearchLine {
  readonly state = new LiveValue<SearchState>({
    stage: typeof Worker === 'undefined' ? 'missing' : 'starting',
    done: 0,
    of: 0,
  })
  readonly #channel: BroadcastChannel
  readonly #asked = new Map<string, Asked>()
  readonly #windowId: string
  #count = 0

  constructor(organisationId: OrganisationId, windowId: string) {
    this.#windowId = windowId
    this.#channel = new BroadcastChannel(searchChannelOf(organisationId))
    this.#channel.onmessage = ({ data }: MessageEvent<unknown>) => {
      const envelope = readSearchEnvelope(data)
      if (envelope?.to === 'windows') this.#hear(envelope.message)
    }
    this.#post({ type: 'hello' })
  }

  ask(
    request: SearchRequest,
    { fresh, signal }: { readonly fresh: boolean; readonly signal?: AbortSignal | undefined },
  ): Promise<SearchAnswer> {
    this.#count += 1
    const askId = `${this.#windowId} ${this.#count}`
    return new Promise((resolve, reject) => {
      const end = () => {
        this.#asked.delete(askId)
        reject(new DOMException('Nobody waits for it any more', 'AbortError'))
      }
      if (signal?.aborted === true) {
        end()
        return
      }
      signal?.addEventListener('abort', end)
      this.#asked.set(askId, {
        request,
        fresh,
        answer: (answer) => {
          signal?.removeEventListener('abort', end)
          resolve(answer)
        },
      })
      this.#post({ type: 'ask', askId, request, fresh })
    })
  }

  close(): void {
    this.#channel.close()
    for (const { answer } of this.#asked.values()) answer({ hits: [], tookMs: 0 })
    this.#asked.clear()
  }

  #hear(message: FromIndex): void {
    if (message.type === 'state') this.state.set({ stage: message.stage, done: message.done, of: message.of })
    if (message.type === 'ready')
      for (const [askId, { request, fresh }] of this.#asked) this.#post({ type: 'ask', askId, request, fresh })
    if (message.type !== 'answer') return
    const asked = this.#asked.get(message.askId)
    this.#asked.delete(message.askId)
    asked?.answer({ hits: message.hits, tookMs: message.tookMs })
  }

  #post(message: ToIndex): void {
    this.#channel.postMessage({ to: 'index', message } satisfies SearchEnvelope)
  }
}
