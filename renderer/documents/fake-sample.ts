import { encodeId, mustParseId, type PageId, type SpaceId } from '../../model/ids.ts'
import type { PageSummary, SpaceSummary } from './plein.ts'

/** A page of the fake: its row and its place. */
export interface FakePage extends PageSummary {
  readonly parent: PageId | null
}

export interface FakeSpace {
  readonly space: SpaceSummary
  readonly pages: readonly FakePage[]
}

let minted = 0

/** The next id of the fake: a counter, so that addresses stay the same from one start to the next. */
export function nextId(): string {
  minted += 1
  const bytes = new Uint8Array(16)
  new DataView(bytes.buffer).setUint32(0, Math.imul(minted, 0x9e3779b1) >>> 0)
  new DataView(bytes.buffer).setUint32(12, minted)
  return encodeId(bytes)
}

type Outline = readonly (string | readonly [string, Outline])[]

function space(summary: Omit<SpaceSummary, 'id'>, outline: Outline): FakeSpace {
  const id = mustParseId<SpaceId>(nextId())
  return { space: { id, ...summary }, pages: pagesOf(id, outline, null) }
}

function pagesOf(spaceId: SpaceId, outline: Outline, parent: PageId | null): FakePage[] {
  return outline.flatMap((entry) => {
    const [title, children] = typeof entry === 'string' ? [entry, []] : entry
    const page = fakePage({ spaceId, title, parent })
    return [page, ...pagesOf(spaceId, children, page.id)]
  })
}

/** A page of which only what matters is told. */
export function fakePage(known: Partial<FakePage> & Pick<FakePage, 'spaceId' | 'title'>): FakePage {
  const id = mustParseId<PageId>(nextId())
  const changedAtMs = Date.now() - (minted % 40) * 3.1 * 60 * 60 * 1000
  const row = { id, kind: 'wiki', icon: null, archived: false, held: true, waitingChanges: 0, parent: null } as const
  return { ...row, changedAtMs, ...known }
}

/** The municipality of the pictures. */
export function oeverdam(waiting: boolean): readonly FakeSpace[] {
  const openbaar = space({ name: 'Openbare ruimte', kind: 'team', role: 'owner' }, [
    ['Winterdienst', ['Draaiboek gladheid 2026–2027', 'Routes en kaarten', 'Evaluatie vorige winter']],
    ['Groenbeheer', ['Maaiplan', 'Bomen langs de Kerkstraat']],
    ['Bruggen en sluizen', ['Bediening Lage Zijde', ['Inspecties', ['Inspectie 2025', 'Inspectie 2026']]]],
  ])
  const waits = new Map([
    ['Draaiboek gladheid 2026–2027', 7],
    ['Evaluatie vorige winter', 3],
  ])
  const archived = fakePage({ spaceId: openbaar.space.id, title: 'Draaiboek gladheid 2024–2025', archived: true })
  const pages = openbaar.pages.map((page) => ({ ...page, waitingChanges: waiting ? (waits.get(page.title) ?? 0) : 0 }))
  const own = space({ name: 'Mijn notities', kind: 'personal', role: 'owner' }, [])
  const notes = ['Vragen aan de school over het oversteken', 'Overleg met Kees', 'Ideeën voor de lunch'].map((title) =>
    fakePage({ spaceId: own.space.id, title, kind: 'note' }),
  )
  return [
    { space: openbaar.space, pages: [...pages, archived] },
    space({ name: 'Klantcontact', kind: 'team', role: 'editor' }, [
      'Brieven over de energietoeslag',
      'Cijfers balie oktober',
      ['Zo werken wij', ['Eerste week aan de balie']],
    ]),
    space({ name: 'Sociaal domein', kind: 'team', role: 'reader' }, ['Subsidies', 'Tolken']),
    space({ name: 'Heldere taal', kind: 'community', role: 'editor' }, ['Schrijfcafé', 'Voorbeeldbrieven op B1']),
    space({ name: 'Op de fiets naar werk', kind: 'community', role: 'owner' }, []),
    { space: own.space, pages: notes },
  ]
}

/** One space with very many pages, to see that lists keep their pace. */
export function manyPages(count: number): readonly FakeSpace[] {
  const outline = Array.from({ length: count / 10 }, (_, index): readonly [string, Outline] => [
    `Map ${index + 1}`,
    Array.from({ length: 9 }, (_unused, child) => `Pagina ${index + 1}.${child + 1}`),
  ])
  return [space({ name: 'Groot archief', kind: 'organisation', role: 'editor' }, outline)]
}
