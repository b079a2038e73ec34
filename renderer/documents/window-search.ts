import type { SpaceId } from '../../model/ids.ts'
import { ok, type Result } from '../../model/result.ts'
import type { FoundOnServer } from '../../model/search/search-api.ts'
import type { SearchHit } from '../../model/search/search-index.ts'
import { deriveFrom } from './live.ts'
import type { OpenOrganisation } from './organisation.ts'
import type { Live } from './plein.ts'
import { SearchLine } from './search-line.ts'
import { searchOnServer } from './search-on-server.ts'
import type { Search, SearchAnswer, SearchQuestion, SearchState, ServerSearchTrouble } from './search.ts'

const starting: SearchState = { stage: 'starting', done: 0, of: 0 }

/** Search in the organisation that is open in this window. */
export class WindowSearch implements Search {
  readonly state: Live<SearchState>
  readonly #open: Live<OpenOrganisation | null>
  readonly #nowMs: () => number
  readonly #fetch: typeof fetch
  #line: { readonly organisation: OpenOrganisation; readonly line: SearchLine } | null = null

  constructor(open: Live<OpenOrganisation | null>, nowMs: () => number, fetchFrom: typeof fetch) {
    this.#open = open
    this.#nowMs = nowMs
    this.#fetch = fetchFrom
    this.state = deriveFrom<OpenOrganisation | null, SearchState>(
      open,
      (organisation) => (organisation === null ? starting : this.#lineOf(organisation).state.snapshot()),
      (organisation, invalidate) => [
        organisation === null ? undefined : this.#lineOf(organisation).state.subscribe(invalidate),
      ],
    )
  }

  async find({ text, filter, limit, fresh = false }: SearchQuestion, signal?: AbortSignal): Promise<SearchAnswer> {
    const organisation = this.#open.snapshot()
    if (organisation === null || this.state.snapshot().stage === 'missing') return { hits: [], tookMs: 0 }
    const request = { text, filter, limit, nowMs: this.#nowMs() }
    const answer = await this.#lineOf(organisation).ask(request, { fresh, signal })
    return { ...answer, hits: answer.hits.filter((hit) => isKnown(organisation, hit)) }
  }

  async findOnServer(
    question: SearchQuestion,
    signal: AbortSignal,
  ): Promise<Result<FoundOnServer, ServerSearchTrouble>> {
    const organisation = this.#open.snapshot()
    const serverUrl = organisation?.record.serverUrl ?? null
    if (organisation === null || serverUrl === null) return ok({ hits: [], complete: true })
    const found = await searchOnServer(this.#fetch, question, { serverUrl, token: await organisation.token(), signal })
    if (!found.ok) return found
    // What is on this laptop was searched here, with words that the server may not have yet.
    const hits = found.value.hits.filter((hit) => isKnown(organisation, hit) && !isHere(organisation, hit))
    return ok({ ...found.value, hits })
  }

  pagesElsewhere(spaceIds?: readonly SpaceId[]): number {
    const lists = this.#open.snapshot()?.lists
    if (lists === undefined) return 0
    if (this.#open.snapshot()?.hasServer !== true) return 0
    const records = lists.pageIds().map((id) => lists.record(id))
    return records.filter(
      (record) => record?.held === false && (spaceIds === undefined || spaceIds.includes(record.spaceId)),
    ).length
  }

  #lineOf(organisation: OpenOrganisation): SearchLine {
    if (this.#line?.organisation === organisation) return this.#line.line
    this.#line?.line.close()
    const line = new SearchLine(organisation.record.id, organisation.link.windowId)
    this.#line = { organisation, line }
    return line
  }
}

function isHere({ lists }: OpenOrganisation, { type, pageId }: SearchHit): boolean {
  return type === 'page' && pageId !== null && lists.record(pageId)?.held === true
}

/** The index may lag behind what was taken away a moment ago: what the lists do not know is not shown. */
function isKnown({ lists }: OpenOrganisation, { pageId, spaceId }: SearchHit): boolean {
  return lists.space(spaceId) !== undefined && (pageId === null || lists.record(pageId) !== undefined)
}
