import type { PersonId } from '../model/ids.ts'
import { inspectUpdate } from './inspect-update.ts'
import type { WrittenRow } from './store/version-store.ts'
import { MalformedUpdate, type ClockRange } from './update-claims.ts'

/** Rows read for one question: an afternoon of five people in one page, which compaction would have taken before. */
export const maxAuthorRows = 5000

/** What one person inserted and deleted, as stretches of clocks: client, first, and the one after the last. */
export interface Authorship {
  readonly personId: PersonId
  readonly inserted: readonly ClockStretch[]
  readonly deleted: readonly ClockStretch[]
}

type ClockStretch = readonly [client: number, start: number, end: number]

export function authorsOf(rows: readonly WrittenRow[]): readonly Authorship[] {
  const authors = new Map<PersonId, { inserted: ClockStretch[]; deleted: ClockStretch[] }>()
  for (const { personId, update } of rows) {
    const author = authors.get(personId) ?? { inserted: [], deleted: [] }
    authors.set(personId, author)
    try {
      const { clients, deletions } = inspectUpdate(update)
      for (const stretch of stretchesIn(clients)) author.inserted.push(stretch)
      for (const stretch of stretchesIn(deletions)) author.deleted.push(stretch)
    } catch (error) {
      if (!(error instanceof MalformedUpdate)) throw error
    }
  }
  return [...authors].map(([personId, { inserted, deleted }]) => ({ personId, inserted, deleted }))
}

function stretchesIn(ranges: ReadonlyMap<number, readonly ClockRange[]>): readonly ClockStretch[] {
  return [...ranges].flatMap(([client, list]) => list.map(({ start, end }): ClockStretch => [client, start, end]))
}
