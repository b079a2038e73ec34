import type { OrganisationId } from '../../model/ids.ts'
import type { SearchHit, SearchRequest } from '../../model/search/search-index.ts'

/** What windows and the search worker of the leading window tell one another, over one BroadcastChannel per organisation. */
export type ToIndex =
  /** A window is there and wants the state. */
  | { readonly type: 'hello' }
  /** `fresh`: what is stored and not in the index yet is taken in first. */
  | { readonly type: 'ask'; readonly askId: string; readonly request: SearchRequest; readonly fresh: boolean }

export type FromIndex =
  /** A worker has started: questions that were not answered are asked again. */
  | { readonly type: 'ready' }
  | { readonly type: 'answer'; readonly askId: string; readonly hits: readonly SearchHit[]; readonly tookMs: number }
  | IndexState

export interface IndexState {
  readonly type: 'state'
  /** `filling`: what is found so far is true, and not yet everything. */
  readonly stage: 'filling' | 'complete'
  readonly done: number
  readonly of: number
}

export type SearchEnvelope =
  | { readonly to: 'index'; readonly message: ToIndex }
  | { readonly to: 'windows'; readonly message: FromIndex }

export function searchChannelOf(organisationId: OrganisationId): string {
  return `plein-search-${organisationId}`
}

/** Only this app's own windows and workers can post here (same origin), so the form alone is checked. */
export function readSearchEnvelope(data: unknown): SearchEnvelope | undefined {
  if (typeof data !== 'object' || data === null) return undefined
  const to: unknown = Reflect.get(data, 'to')
  const message: unknown = Reflect.get(data, 'message')
  if ((to !== 'index' && to !== 'windows') || typeof message !== 'object' || message === null) return undefined
  return data as SearchEnvelope
}
