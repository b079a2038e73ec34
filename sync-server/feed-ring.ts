import type { FeedRow } from './store/store.ts'

/** A row without its bytes takes about this much. */
const rowOverheadBytes = 200

/** What all rings of a server take together; the space that was quiet longest gives way first. */
export class RingBudget {
  readonly #maxBytes: number
  /** In order of the last push. */
  readonly #rings = new Set<FeedRing>()
  #bytes = 0

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes
  }

  add(ring: FeedRing, bytes: number): void {
    this.#bytes += bytes
    this.#rings.delete(ring)
    this.#rings.add(ring)
    for (const oldest of this.#rings) {
      if (this.#bytes <= this.#maxBytes) return
      if (oldest === ring) this.#bytes -= ring.dropOldest(this.#bytes - this.#maxBytes)
      else {
        this.#bytes -= oldest.dropOldest(Number.POSITIVE_INFINITY)
        this.#rings.delete(oldest)
      }
    }
  }
}

/** The newest rows of one space, so that what was just committed is fed without reading the disk. */
export class FeedRing {
  readonly #budget: RingBudget
  #rows: FeedRow[] = []
  #first = 0

  constructor(budget: RingBudget) {
    this.#budget = budget
  }

  push(row: FeedRow): void {
    this.#rows.push(row)
    this.#budget.add(this, sizeOf(row))
  }

  /** Drops rows from the oldest on, until so many bytes are free. @returns how many are */
  dropOldest(bytes: number): number {
    let freed = 0
    while (freed < bytes && this.#first < this.#rows.length) {
      const oldest = this.#rows[this.#first]
      freed += oldest === undefined ? 0 : sizeOf(oldest)
      this.#first += 1
    }
    // Dropping from the front of an array moves all the rest: done once in a while, not per row.
    if (this.#first === this.#rows.length || (this.#first > 1024 && this.#first * 2 > this.#rows.length)) {
      this.#rows = this.#rows.slice(this.#first)
      this.#first = 0
    }
    return freed
  }

  /** Rows after the cursor, until `maxBytes` or `maxRows`; undefined where the ring does not reach back that far. */
  after(from: number, maxBytes: number, maxRows: number): readonly FeedRow[] | undefined {
    const oldest = this.#rows[this.#first]
    if (oldest === undefined || oldest.n > from + 1) return undefined
    const rows: FeedRow[] = []
    let size = 0
    for (let i = this.#indexAfter(from); i < this.#rows.length; i += 1) {
      const row = this.#rows[i]
      if (row === undefined || size >= maxBytes || rows.length >= maxRows) break
      rows.push(row)
      size += row.update instanceof Uint8Array ? row.update.length : 0
    }
    return rows
  }

  #indexAfter(from: number): number {
    let low = this.#first
    let high = this.#rows.length
    while (low < high) {
      const middle = (low + high) >>> 1
      if ((this.#rows[middle]?.n ?? 0) > from) high = middle
      else low = middle + 1
    }
    return low
  }
}

function sizeOf(row: FeedRow): number {
  return rowOverheadBytes + (row.update instanceof Uint8Array ? row.update.length : 0)
}
