import { mustParseId, type PageId, type VersionId } from '../../model/ids.ts'
import type { DifferentLine } from '../../model/page-difference.ts'
import { wordDifference } from '../../model/word-difference.ts'
import { ok } from '../../model/result.ts'
import { Cell } from './fake-cell.ts'
import { fakePersonId } from './fake-people.ts'
import type { Comparison, History, PageVersion, VersionList } from './history.ts'
import type { Live } from './plein.ts'

const hourMs = 60 * 60 * 1000

function fakeVersion(letter: string, hoursAgo: number, more: Partial<PageVersion>): PageVersion {
  const key = mustParseId<VersionId>(letter.repeat(26))
  const rest = { reason: 'periodic', name: null, madeBy: null, writers: [] } as const
  return { key, atMs: Date.now() - hoursAgo * hourMs, ...rest, ...more }
}

const versions: readonly PageVersion[] = [
  fakeVersion('a', 1, { writers: [fakePersonId('sem'), fakePersonId('joris')] }),
  fakeVersion('b', 3, { reason: 'before-deletion', writers: [fakePersonId('fatima')] }),
  fakeVersion('c', 26, { reason: 'by-hand', name: 'Vastgesteld door het team', madeBy: fakePersonId('joris') }),
  { ...fakeVersion('d', 30, {}), key: 'visit', reason: 'visit' },
  fakeVersion('e', 200, { writers: [fakePersonId('joris'), fakePersonId('kees'), fakePersonId('ilse')] }),
]

const plain = { level: 1, depth: 0, marker: 'none', ordinal: 0, isQuoted: false } as const

function fakeLine(before: string, after: string, more: Partial<DifferentLine> = {}): DifferentLine {
  const change = before === after ? 'same' : before === '' ? 'added' : after === '' ? 'removed' : 'changed'
  return { kind: 'paragraph', ...plain, change, cells: [wordDifference(before, after)], ...more }
}

const same = 'Van november tot april kijkt de coördinator elke dag naar de wegdektemperatuur.'
const lines: readonly DifferentLine[] = [
  fakeLine(same, same),
  fakeLine('Bij ijzel rijden ze altijd uit.', 'Bij ijzel rijden ze altijd uit, ook als het daarna gaat dooien.'),
  fakeLine('Bewoners halen een zak zout bij de gemeentewerf.', ''),
  fakeLine('Routes en ploegen', 'Routes en ploegen', { kind: 'heading', level: 2 }),
  {
    ...fakeLine('', '', { kind: 'row', change: 'changed' }),
    cells: [wordDifference('A', 'A'), wordDifference('06.00', '06.15')],
  },
  fakeLine('', 'Balie inlichten over de zakken zout', { depth: 1, marker: 'task' }),
]

/** A history as of the pictures. */
export class FakeHistory implements History {
  readonly restored = new Cell<PageId | null>(null)
  readonly #list: Cell<VersionList>

  constructor(isOffline: boolean) {
    const here = versions.filter(({ key }) => key === 'visit')
    this.#list = new Cell<VersionList>(isOffline ? { state: 'offline', versions: here } : { state: 'ready', versions })
  }

  versions(): Live<VersionList> {
    return this.#list
  }

  readonly #comparison = new Cell<Comparison>({
    state: 'ready',
    titleBefore: 'Draaiboek gladheid',
    titleAfter: 'Draaiboek gladheid 2026–2027',
    lines,
  })

  comparison(): Live<Comparison> {
    return this.#comparison
  }

  async keep(_pageId: PageId, name: string) {
    const made = fakeVersion('f', 0, { reason: 'by-hand', name, madeBy: fakePersonId('noor') })
    this.#list.set({ ...this.#list.snapshot(), versions: [made, ...this.#list.snapshot().versions] })
    return ok(null)
  }

  async restore(pageId: PageId) {
    this.restored.set(pageId)
    return ok(null)
  }

  undoRestore(): void {
    this.restored.set(null)
  }
}
