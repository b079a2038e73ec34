import type { FeedRow } from './store/store.ts'

/** A row without its bytes takes about this much. */
const rowOverheadBytes = 200

/** The newest rows of one space, so that what was just committed is fed without reading the disk. */
export class FeedRing {
  readonly #maxBytes: number
  #rows: FeedRow[] = []
  #first = 0
  #bytes = 0

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes
  }

  push(row: FeedRow): void {
    this.#rows.push(row)
    this.#bytes += sizeOf(row)
    while (this.#bytes > this.#maxBytes && this.#first < this.#rows.length) {
      const oldest = this.#rows[this.#first]
      this.#bytes -= oldest === undefined ? 0 : sizeOf(oldest)
      this.#first += 1
    }
    // Dropping from the front of an array moves all the rest: done once in a while, not per row.
    if (this.#first > 1024 && this.#first * 2 > this.#rows.length) {
      this.#rows = this.#rows.slice(this.#first)
      this.#first = 0
    }
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
