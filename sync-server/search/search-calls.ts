import type { DocumentId } from '../../model/ids.ts'
import type { SearchHit, SearchRequest } from '../../model/search/search-index.ts'
import type { IndexedDocument, VersionedDocument } from './server-index.ts'

/** What the server and its search worker say to one another. */
export type SearchCall =
  | { readonly type: 'lacking'; readonly documents: readonly VersionedDocument[] }
  | { readonly type: 'put'; readonly documents: readonly IndexedDocument[] }
  | { readonly type: 'find'; readonly request: SearchRequest }

export type SearchReturn =
  | { readonly type: 'lacking'; readonly ids: readonly DocumentId[] }
  | { readonly type: 'put' }
  | { readonly type: 'found'; readonly hits: readonly SearchHit[] }

export interface SearchWorkerData {
  readonly path: string
  readonly generation: string
}

/** The message of a call that found the index damaged: it is empty now, and everything is lacking. */
export const indexWasLost = 'index-was-lost'
