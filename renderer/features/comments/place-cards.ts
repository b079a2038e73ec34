import type { AnchorKey } from '../../documents/anchor-board.ts'

export interface Card {
  readonly key: AnchorKey
  /** Where it would like to stand. */
  readonly top: number
  readonly height: number
}

const gap = 8

/**
 * Where cards stand so that none covers another: the active one exactly beside its words, the others as near to theirs as those
 * before and after them leave room. Cards come in the order of their words.
 */
export function placeCards(cards: readonly Card[], active: AnchorKey | null): ReadonlyMap<AnchorKey, number> {
  const places = new Map<AnchorKey, number>()
  const pivot = Math.max(
    0,
    cards.findIndex(({ key }) => key === active),
  )
  let below = Number.NEGATIVE_INFINITY
  for (const { key, top, height } of cards.slice(pivot)) {
    const place = Math.max(top, below)
    places.set(key, place)
    below = place + height + gap
  }
  let above = places.get(cards[pivot]?.key ?? 'draft') ?? 0
  for (const { key, top, height } of cards.slice(0, pivot).toReversed()) {
    const place = Math.min(top, above - height - gap)
    places.set(key, place)
    above = place
  }
  return places
}
