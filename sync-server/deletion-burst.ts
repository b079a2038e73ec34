import type { ClockRange } from './update-claims.ts'

/** How much of a page may go at once without its state before being kept. */
const largeShare = 0.3
/** Yjs clocks, about one per character: below this, undo is enough. */
const smallestLarge = 20
/** Deletions that follow each other within this time are one: whoever holds the key down deletes a page in many rows. */
const burstMs = 5000

export type Deletions = ReadonlyMap<number, readonly ClockRange[]>

/** What is deleted of one page in one go. Counts what it is told, so that no keystroke reads a page. */
export class DeletionBurst {
  /** Feed number of the last row before the first deletion: the state to keep. */
  anchorN = 0
  readonly ranges = new Map<number, ClockRange[]>()
  #units = 0
  #lastAtMs = Number.NEGATIVE_INFINITY
  /** Deleted clocks before the burst; null until somebody counted them. */
  #knownDeleted: number | null = null

  /** Takes in the deletions of a row that is about to be committed. */
  add(deletions: Deletions, nowMs: number, lastN: number): void {
    if (deletions.size === 0) return
    if (nowMs - this.#lastAtMs > burstMs) this.#begin(lastN)
    this.#lastAtMs = nowMs
    for (const [client, ranges] of deletions) {
      const known = this.ranges.get(client)
      if (known === undefined) this.ranges.set(client, [...ranges])
      else known.push(...ranges)
    }
    this.#units += unitsOf(deletions)
  }

  #begin(lastN: number): void {
    if (this.#knownDeleted !== null) this.#knownDeleted += this.#units
    this.#units = 0
    this.ranges.clear()
    this.anchorN = lastN
  }

  /** Whether so much may have gone that the page must be read to know. @param clocks of all clients together */
  mayBeLarge(clocks: number): boolean {
    if (this.#units < smallestLarge) return false
    return this.#knownDeleted === null || this.#units > largeShare * (clocks - this.#knownDeleted)
  }

  /** After the page was read as it was before the burst: whether a large part of it went. */
  isLarge(before: { readonly clocks: number; readonly deleted: Deletions }): boolean {
    const fresh = unitsOutside(this.ranges, before.deleted)
    const known = unitsOf(before.deleted)
    this.#knownDeleted = known
    // What was deleted before and is only said again does not count, now or at the next row.
    this.#units = fresh
    return fresh >= smallestLarge && fresh > largeShare * (before.clocks - known)
  }

  /** The state before is kept: what comes now is a burst of its own. */
  kept(lastN: number): void {
    this.#begin(lastN)
  }
}

export function unitsOf(deletions: Deletions): number {
  let units = 0
  for (const ranges of deletions.values()) for (const { start, end } of ranges) units += end - start
  return units
}

/** Clocks in the ranges that are in none of the known ones. */
function unitsOutside(ranges: Deletions, known: Deletions): number {
  let units = 0
  for (const [client, list] of ranges) {
    const taken = joined(known.get(client) ?? [])
    for (const range of joined(list)) units += range.end - range.start - overlapOf(range, taken)
  }
  return units
}

function overlapOf(range: ClockRange, sorted: readonly ClockRange[]): number {
  let units = 0
  for (const { start, end } of sorted) {
    if (start >= range.end) break
    units += Math.max(0, Math.min(end, range.end) - Math.max(start, range.start))
  }
  return units
}

function joined(ranges: readonly ClockRange[]): readonly ClockRange[] {
  const result: ClockRange[] = []
  for (const range of ranges.toSorted((a, b) => a.start - b.start)) {
    const last = result.at(-1)
    if (last !== undefined && range.start <= last.end)
      result[result.length - 1] = { start: last.start, end: Math.max(last.end, range.end) }
    else result.push(range)
  }
  return result
}
