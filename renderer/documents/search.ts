import type { SpaceId } from '../../model/ids.ts'
import type { Result } from '../../model/result.ts'
import type { FoundOnServer } from '../../model/search/search-api.ts'
import type { SearchFilter, SearchHit } from '../../model/search/search-index.ts'
import type { Live } from './plein.ts'

export interface SearchQuestion {
  readonly text: string
  readonly filter: SearchFilter
  readonly limit: number
  /** The answer waits until the index has taken in everything that is stored here, a moment ago too, and through a first filling. */
  readonly fresh?: boolean
}

/** What was found on this laptop. */
export interface SearchAnswer {
  readonly hits: readonly SearchHit[]
  readonly tookMs: number
}

export interface SearchState {
  /** `starting`: the index is not open yet, a question waits for it. `filling`: not everything is in it. `missing`: titles only. */
  readonly stage: 'starting' | 'filling' | 'complete' | 'missing'
  readonly done: number
  readonly of: number
}

/** `busy`: earlier questions are not answered yet. */
export type ServerSearchTrouble = 'offline' | 'busy'

/** Where the words stand that one looks for. */
export interface Search {
  readonly state: Live<SearchState>
  /** Over everything on this laptop; without a network too. Only what one may read now is answered. */
  find(question: SearchQuestion, signal?: AbortSignal): Promise<SearchAnswer>
  /** What the server finds on pages that are not on this laptop. */
  findOnServer(question: SearchQuestion, signal: AbortSignal): Promise<Result<FoundOnServer, ServerSearchTrouble>>
  /** Pages that are not on this laptop, whose words therefore cannot be found here. */
  pagesElsewhere(spaceIds?: readonly SpaceId[]): number
}
