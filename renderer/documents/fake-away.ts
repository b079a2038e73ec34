import type { AwayItem, AwayWords } from '../../model/away-review.ts'
import type { PageId } from '../../model/ids.ts'
import { ok } from '../../model/result.ts'
import type { Away, AwaySnapshot } from './away.ts'
import { Cell } from './fake-cell.ts'
import { fakePersonId } from './fake-people.ts'

const minuteMs = 60_000

function fakeItem(id: string, kind: AwayItem['kind'], by: readonly string[], words: readonly AwayWords[]): AwayItem {
  return { id, kind, authors: by.map(fakePersonId), words, place: null, block: null }
}

const items: readonly AwayItem[] = [
  fakeItem(
    '1',
    'lost',
    ['kees'],
    [
      {
        text: 'Bewoners die zelf willen strooien, halen een zak zout bij de gemeentewerf.',
        by: 'before',
        change: 'removed',
      },
      { text: ' Neem een legitimatiebewijs mee; per adres één zak.', by: 'me', change: 'added' },
    ],
  ),
  fakeItem(
    '2',
    'both',
    ['sem'],
    [
      { text: 'Wordt het nul graden of kouder, dan beslissen we vóór 16.00 uur.', by: 'before', change: 'same' },
      { text: ' Bij ijzel rijden ze altijd uit.', by: 'them', change: 'added' },
    ],
  ),
  fakeItem('3', 'theirs', ['fatima'], [{ text: 'Balie inlichten over de zakken zout', by: 'them', change: 'added' }]),
]

/** A return as of the pictures. */
export class FakeAway implements Away {
  readonly reviews: Cell<AwaySnapshot>
  readonly rescued = new Cell<{ readonly pageId: PageId; readonly itemId: string } | null>(null)

  constructor(page: { readonly id: PageId; readonly title: string } | undefined) {
    const toMs = Date.now() - 2 * minuteMs
    const review = { fromMs: toMs - 136 * minuteMs, toMs, mine: 12, items }
    this.reviews = new Cell(
      page === undefined
        ? nothing
        : { pages: [{ pageId: page.id, title: page.title, ...review }], questions: 1, merged: 2 },
    )
  }

  async rescue(pageId: PageId, itemId: string) {
    await this.settle(pageId, itemId)
    this.rescued.set({ pageId, itemId })
    return ok(null)
  }

  undoRescue(): void {
    this.rescued.set(null)
  }

  async settle(pageId: PageId, itemId: string): Promise<void> {
    const pages = this.reviews
      .snapshot()
      .pages.map((page) =>
        page.pageId === pageId ? { ...page, items: page.items.filter(({ id }) => id !== itemId) } : page,
      )
      .filter((page) => page.items.length > 0)
    const all = pages.flatMap((page) => page.items)
    const questions = all.filter(({ kind }) => kind === 'lost').length
    this.reviews.set({ pages, questions, merged: all.length - questions })
  }

  async settleAll(): Promise<void> {
    this.reviews.set(nothing)
  }

  async blockOf(): Promise<number | null> {
    return 0
  }
}

const nothing: AwaySnapshot = { pages: [], questions: 0, merged: 0 }
