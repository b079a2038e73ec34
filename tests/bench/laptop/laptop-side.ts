/** What the bench asks of a side's page, over Playwright. Every database is real IndexedDB. */
export interface LaptopSide {
  /** Stores pages `from` up to `from + count`; resolves when they are on the disk. */
  fill(from: number, count: number): Promise<void>
  /** After the last `fill`. */
  finish(): Promise<void>
  /** Opens pages one after the other, from an open database: how long each took, and all texts in a row. */
  openPages(indexes: readonly number[]): Promise<{ readonly times: readonly number[]; readonly text: string }>
  /** Lists all pages: how long from an open database, and with opening the database first. */
  list(): Promise<{ readonly count: number; readonly listMs: number; readonly withOpeningMs: number }>
}
