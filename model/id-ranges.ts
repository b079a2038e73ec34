import * as Y from 'yjs'

/** Stretches of clocks of one client, in no particular order. */
export interface ClockStretch {
  readonly start: number
  readonly end: number
}

/** A set of Yjs ids, as stretches by client. */
export class IdRanges {
  readonly #stretches = new Map<number, ClockStretch[]>()

  add(client: number, start: number, end: number): void {
    if (start >= end) return
    const known = this.#stretches.get(client)
    if (known === undefined) this.#stretches.set(client, [{ start, end }])
    else known.push({ start, end })
  }

  has(client: number, clock: number): boolean {
    return this.#stretches.get(client)?.some(({ start, end }) => clock >= start && clock < end) === true
  }
}

/** What updates bring: the ids of what they insert, and of what they delete. */
export interface BroughtIds {
  readonly inserted: IdRanges
  readonly deleted: IdRanges
}

export function idsIn(updates: readonly Uint8Array[]): BroughtIds {
  const [inserted, deleted] = [new IdRanges(), new IdRanges()]
  for (const update of updates) {
    const { structs, ds } = Y.decodeUpdate(update)
    for (const { id, length } of structs) inserted.add(id.client, id.clock, id.clock + length)
    for (const [client, ranges] of ds.clients) {
      for (const { clock, len } of ranges) deleted.add(client, clock, clock + len)
    }
  }
  return { inserted, deleted }
}
