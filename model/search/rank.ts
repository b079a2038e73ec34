import type { SearchEntry, SearchHit } from './search-index.ts'
import { excerptLength, holdsPhrases, markHits, snippetOf, titleRank } from './snippet.ts'
import type { Query } from './query.ts'

export interface Candidate {
  readonly entry: SearchEntry
  /** How well the words fit, higher is better. */
  readonly fit: number
}

/** A page of today counts this much more than one of years ago; half of that is gone after two months. */
const newerBonus = 0.25
const halfTimeMs = 60 * 24 * 60 * 60 * 1000
/** A title that is the question, begins with it, holds it: titles are what people remember. */
const titleBonus = [1, 1.5, 2.2, 3] as const

/** The best of the candidates, in order, with what to show of them. */
export function rankHits(
  candidates: readonly Candidate[],
  query: Query,
  { limit, nowMs }: { readonly limit: number; readonly nowMs: number },
): readonly SearchHit[] {
  const scored = candidates
    .map(({ entry, fit }) => ({
      entry,
      score: fit * titleBonus[titleRank(entry.title, query)] * newness(entry, nowMs),
    }))
    .toSorted((a, b) => b.score - a.score || (a.entry.id < b.entry.id ? -1 : 1))
  const hits: SearchHit[] = []
  for (const { entry, score } of scored) {
    if (hits.length >= limit) break
    if (holdsPhrases(`${entry.title}\n${entry.text}`, query)) hits.push(hitOf(entry, query, score))
  }
  return hits
}

function newness({ changedAtMs }: SearchEntry, nowMs: number): number {
  return 1 + newerBonus * 0.5 ** (Math.max(0, nowMs - changedAtMs) / halfTimeMs)
}

function hitOf(entry: SearchEntry, query: Query, score: number): SearchHit {
  const { id, type, pageId, spaceId, kind, ownerId, changedAtMs, archived } = entry
  return {
    ...{ id, type, pageId, spaceId, kind, ownerId, changedAtMs, archived, score },
    title: markHits(entry.title, query),
    snippet: snippetOf(entry.text, query),
    excerpt: snippetOf(entry.text, query, excerptLength),
  }
}
