import { ok, type Result } from '../../model/result.ts'
import { MemoryIndex } from '../../model/search/memory-index.ts'
import type { FoundOnServer } from '../../model/search/search-api.ts'
import { Cell } from './fake-cell.ts'
import type { PageSummary } from './plein.ts'
import type { Search, SearchAnswer, SearchQuestion, SearchState } from './search.ts'

/** What stands on pages of the pictures; every other page holds its title alone. */
const texts: readonly (readonly [title: string, text: string])[] = [
  [
    'Draaiboek gladheid',
    'Wordt het nul graden of kouder, dan beslissen we vóór 16.00 uur of de ploegen uitrijden. Het zout gaat altijd eerst naar de brug bij de Lage Zijde, ook in het weekend.',
  ],
  ['Routes en kaarten', 'Route A gaat over alle bruggen en langs de scholen. Het zout ligt klaar bij de gemeentewerf.'],
]

/** Search over what the fake shows, in memory. */
export class FakeSearch implements Search {
  readonly state = new Cell<SearchState>({ stage: 'complete', done: 0, of: 0 })
  readonly #pages: () => readonly PageSummary[]

  constructor(pages: () => readonly PageSummary[]) {
    this.#pages = pages
  }

  find({ text, filter, limit }: SearchQuestion): Promise<SearchAnswer> {
    const index = new MemoryIndex()
    const put = this.#pages().map(({ id, spaceId, kind, title, archived, changedAtMs }) => ({
      ...{ id, type: 'page' as const, pageId: id, spaceId, kind, ownerId: null, title, archived, changedAtMs },
      text: texts.find(([known]) => title.startsWith(known))?.[1] ?? '',
    }))
    index.write({ put, remove: [], archivedBySpace: [], mark: null })
    return Promise.resolve({ hits: index.find({ text, filter, limit, nowMs: Date.now() }), tookMs: 9 })
  }

  findOnServer(): Promise<Result<FoundOnServer, never>> {
    return Promise.resolve(ok({ hits: [], complete: true }))
  }

  pagesElsewhere(): number {
    return 0
  }
}
