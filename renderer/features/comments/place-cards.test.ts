import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { refOf } from '../../../model/act-ref.ts'
import { mintId, type ActId, type DocumentId } from '../../../model/ids.ts'
import { placeCards, type Card } from './place-cards.ts'

const document = mintId<DocumentId>((bytes) => bytes.fill(1))
const key = (n: number) =>
  refOf(
    document,
    mintId<ActId>((bytes) => bytes.fill(n + 2)),
  )

describe('cards beside the text', () => {
  it('stand beside their words where there is room', () => {
    const cards = [
      { key: key(0), top: 10, height: 50 },
      { key: key(1), top: 200, height: 50 },
    ]
    expect([...placeCards(cards, null).values()]).toEqual([10, 200])
  })

  it('never cover one another, and the active one stands beside its words', () => {
    const card = fc.record({ top: fc.nat(2000), height: fc.integer({ min: 1, max: 300 }) })
    fc.assert(
      fc.property(fc.array(card, { minLength: 1, maxLength: 30 }), fc.nat(29), (drawn, chosen) => {
        const cards: Card[] = drawn.toSorted((a, b) => a.top - b.top).map((each, n) => ({ ...each, key: key(n) }))
        const active = cards[chosen % cards.length]
        const places = placeCards(cards, active?.key ?? null)
        if (active !== undefined) expect(places.get(active.key)).toBe(active.top)
        for (const [n, each] of cards.entries()) {
          const next = cards[n + 1]
          if (next === undefined) continue
          expect((places.get(each.key) ?? 0) + each.height).toBeLessThanOrEqual(places.get(next.key) ?? 0)
        }
      }),
    )
  })
})
