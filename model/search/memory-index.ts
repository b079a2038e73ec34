import type { SpaceId } from '../ids.ts'
import { formsOf } from './index-words.ts'
import { Matcher } from './matcher.ts'
import { parseQuery, type Query, type QueryTerm } from './query.ts'
import { rankHits, type Candidate } from './rank.ts'
import { foldedWords } from './words.ts'
import type {
  EntryType,
  IndexBatch,
  SearchEntry,
  SearchFilter,
  SearchHit,
  SearchIndex,
  SearchRequest,
} from './search-index.ts'

interface Stored {
  readonly entry: SearchEntry
  readonly title: ReadonlySet<string>
  readonly words: ReadonlySet<string>
}

/** The index in plain memory: where a browser runs no WebAssembly, and what the real one is compared with. Reads everything each time. */
export class MemoryIndex implements SearchIndex {
  #mark: string | null = null
  readonly #stored = new Map<string, Stored>()
  readonly #archived = new Map<SpaceId, ReadonlySet<string>>()

  get mark(): string | null {
    return this.#mark
  }

  get count(): number {
    return this.#stored.size
  }

  ids(type: EntryType): readonly string[] {
    return [...this.#stored.values()].filter(({ entry }) => entry.type === type).map(({ entry }) => entry.id)
  }

  someWords(count: number): readonly string[] {
    return [...new Set([...this.#stored.values()].slice(0, count).flatMap(({ words }) => [...words]))].slice(0, count)
  }

  write({ put, remove, comments = [], archivedBySpace, mark }: IndexBatch): void {
    const removed = new Set(remove)
    const answered = new Set<string>(comments.map(({ pageId }) => pageId))
    for (const { entry } of [...this.#stored.values()]) {
      const isOld = entry.type === 'comment' && entry.pageId !== null && answered.has(entry.pageId)
      if (removed.has(entry.id) || removed.has(entry.pageId ?? '') || isOld) this.#stored.delete(entry.id)
    }
    for (const entry of [...put, ...comments.flatMap(({ entries }) => entries)]) {
      this.#stored.set(entry.id, { entry, title: tokens(entry.title), words: tokens(`${entry.title}\n${entry.text}`) })
    }
    for (const { spaceId, ids } of archivedBySpace) this.#archived.set(spaceId, new Set(ids))
    this.#mark = mark
  }

  find({ text, filter, limit, nowMs }: SearchRequest): readonly SearchHit[] {
    const query = parseQuery(text)
    if (query.terms.length === 0) return []
    const candidates: (Candidate & { readonly entry: SearchEntry })[] = []
    for (const stored of this.#stored.values()) {
      const entry = this.#withArchived(stored.entry)
      const fit = passes(entry, filter) ? fitOf(stored, query) : 0
      const { title, changedAtMs } = entry
      if (fit > 0) candidates.push({ title, changedAtMs, fit, entry })
    }
    return rankHits(candidates, (some) => some.map(({ entry }) => entry), new Matcher(query), { limit, nowMs })
  }

  close(): void {
    this.#stored.clear()
  }

  #withArchived(entry: SearchEntry): SearchEntry {
    const isArchived = this.#archived.get(entry.spaceId)?.has(entry.pageId ?? entry.id) === true
    return isArchived && !entry.archived ? { ...entry, archived: true } : entry
  }
}

function tokens(text: string): ReadonlySet<string> {
  const words = new Set(foldedWords(text))
  const forms = [...words].flatMap((word) => formsOf(word).map(({ form }) => form))
  return new Set([...words, ...forms])
}

function fitOf({ title, words }: Stored, { terms }: Query): number {
  let fit = 0
  for (const term of terms) {
    const best = Math.max(3 * fitIn(title, term), fitIn(words, term))
    if (best === 0) return 0
    fit += best
  }
  return fit
}

function fitIn(tokenSet: ReadonlySet<string>, { word, stems, isPrefix }: QueryTerm): number {
  if (tokenSet.has(word)) return 1
  if (stems.some((stem) => tokenSet.has(stem))) return 0.8
  if (isPrefix) for (const token of tokenSet) if (token.startsWith(word)) return 0.6
  return 0
}

function passes(entry: SearchEntry, filter: SearchFilter): boolean {
  const { spaceIds, types, kinds, ownerId, changedAfterMs, archived = false } = filter
  if (entry.archived !== archived) return false
  if (spaceIds !== undefined && !spaceIds.includes(entry.spaceId)) return false
  if (types !== undefined && !types.includes(entry.type)) return false
  if (kinds !== undefined && (entry.kind === null || !kinds.includes(entry.kind))) return false
  if (ownerId !== undefined && entry.ownerId !== ownerId) return false
  return changedAfterMs === undefined || entry.changedAtMs >= changedAfterMs
}
