import type { PageId, PersonId, SpaceId } from '../ids.ts'
import type { PageKind } from '../kinds.ts'
import type { SnippetPart } from './snippet.ts'

/**
 * What can be found. A `comment` is a thread with its replies: its id is the thread's reference, and its title is empty, for it is
 * found by what was said and not by the title of its page. A `file` of a space is found by its name.
 */
export const entryTypes = ['page', 'comment', 'file'] as const
export type EntryType = (typeof entryTypes)[number]

/** One thing that can be found, as an index takes it. */
export interface SearchEntry {
  readonly id: string
  readonly type: EntryType
  readonly pageId: PageId | null
  readonly spaceId: SpaceId
  readonly kind: PageKind | null
  readonly ownerId: PersonId | null
  readonly title: string
  readonly text: string
  readonly changedAtMs: number
  readonly archived: boolean
}

/** What is looked for among; what is left out is not asked. */
export interface SearchFilter {
  readonly spaceIds?: readonly SpaceId[]
  readonly types?: readonly EntryType[]
  readonly kinds?: readonly PageKind[]
  readonly ownerId?: PersonId
  readonly changedAfterMs?: number
  /** Archived ones alone; default: only those that are not. */
  readonly archived?: boolean
}

export interface SearchRequest {
  readonly text: string
  readonly filter: SearchFilter
  readonly limit: number
  /** For ranking newer ones a little higher. */
  readonly nowMs: number
}

export interface SearchHit {
  readonly id: string
  readonly type: EntryType
  readonly pageId: PageId | null
  readonly spaceId: SpaceId
  readonly kind: PageKind | null
  readonly ownerId: PersonId | null
  readonly changedAtMs: number
  readonly archived: boolean
  readonly title: readonly SnippetPart[]
  readonly snippet: readonly SnippetPart[]
  /** Some lines around the same place, for a preview. */
  readonly excerpt: readonly SnippetPart[]
  /** Higher is better; comparable between answers to the same question. */
  readonly score: number
}

/** One step of indexing: all of it or nothing, with the mark up to which the index is complete then. */
export interface IndexBatch {
  readonly put: readonly SearchEntry[]
  /** Ids; the comments of a page that is removed go with it. */
  readonly remove: readonly string[]
  /** All comments of these pages: those known before and not among them are gone. */
  readonly comments?: readonly PageComments[]
  /** Which pages of a space its tree has archived: replaces what was known of that space. */
  readonly archivedBySpace: readonly { readonly spaceId: SpaceId; readonly ids: readonly string[] }[]
  readonly mark: string | null
}

export interface PageComments {
  readonly pageId: PageId
  readonly entries: readonly SearchEntry[]
}

/** An index over entries. Disposable: made from documents, never the truth of anything. */
export interface SearchIndex {
  /** Of the last batch; null where nothing was indexed, or where an older app did it. */
  readonly mark: string | null
  readonly count: number
  /** Ids of the entries of one type. */
  ids(type: EntryType): readonly string[]
  /** At most so many of the words in it, from all over it. */
  someWords(count: number): readonly string[]
  write(batch: IndexBatch): void
  find(request: SearchRequest): readonly SearchHit[]
  close(): void
}
