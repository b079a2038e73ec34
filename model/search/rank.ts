import type { Matcher } from './matcher.ts'
import type { SearchEntry, SearchHit } from './search-index.ts'
import { holdsPhrases, markHits, snippetsOf, titleRank } from './snippet.ts'

/** What ranking needs of something that was found. */
export interface Candidate {
  readonly title: string
  readonly changedAtMs: number
  /** How well the words fit, higher is better. */
  readonly fit: number
}

/** A page of today counts this much more than one of years ago; half of that is gone after two months. */
const newerBonus = 0.25
const halfTimeMs = 60 * 24 * 60 * 60 * 1000
/** A title that is the question, begins with it, holds it: titles are what people remember. */
const titleBonus = [1, 1.5, 2.2, 3] as const

/** The best of the candidates, in order, with what to show of them. `read` answers them whole, in their order: only those shown are read. */
export function rankHits<Found extends Candidate>(
  candidates: readonly Found[],
  read: (some: readonly Found[]) => readonly SearchEntry[],
  matcher: Matcher,
  { limit, nowMs }: { readonly limit: number; readonly nowMs: number },
): readonly SearchHit[] {
  const sorted = candidates
    .map((candidate) => ({
      candidate,
      score: candidate.fit * titleBonus[titleRank(candidate.title, matcher)] * newness(candidate.changedAtMs, nowMs),
    }))
    .toSorted((a, b) => b.score - a.score)
  const hits: SearchHit[] = []
  for (let from = 0; from < sorted.length && hits.length < limit; from += limit) {
    const some = sorted.slice(from, from + limit)
    const entries = read(some.map(({ candidate }) => candidate))
    for (const [place, entry] of entries.entries()) {
      if (!holdsPhrases(`${entry.title}\n${entry.text}`, matcher.query.phrases)) continue
      hits.push(hitOf(entry, matcher, some[place]?.score ?? 0))
    }
  }
  return hits.slice(0, limit)
}

function newness(changedAtMs: number, nowMs: number): number {
  return 1 + newerBonus * 0.5 ** (Math.max(0, nowMs - changedAtMs) / halfTimeMs)
}

function hitOf(entry: SearchEntry, matcher: Matcher, score: number): SearchHit {
  const { id, type, pageId, spaceId, kind, ownerId, changedAtMs, archived } = entry
  return {
    ...{ id, type, pageId, spaceId, kind, ownerId, changedAtMs, archived, score },
    title: markHits(entry.title, matcher),
    ...snippetsOf(entry.text, matcher),
  }
}
