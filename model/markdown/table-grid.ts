/** Something in a table that reaches over places to its right and below. */
export interface Spanning {
  readonly colspan: number
  readonly rowspan: number
}

/** A span beyond this is a mistake or an attack. */
const maxSpan = 50
/** Beyond this many places joined cells count as single ones. */
const maxPlaces = 20_000

/** A span from outside: a whole number within reason. */
export function readSpan(value: unknown): number {
  const span = typeof value === 'string' ? Number.parseInt(value, 10) : value
  return typeof span === 'number' && Number.isFinite(span) ? Math.min(Math.max(Math.trunc(span), 1), maxSpan) : 1
}

/**
 * Cells by row and column, each in the first of the places that it reaches over; `empty` in the others, so that what stands
 * below keeps its column. Rows may differ in length.
 */
export function gridOf<T extends Spanning>(rows: readonly (readonly T[])[], empty: T): T[][] {
  const grid: T[][] = rows.map(() => [])
  const places = rows.flat().reduce((sum, { colspan, rowspan }) => sum + colspan * rowspan, 0)
  const keepsSpans = places <= maxPlaces
  for (const [index, row] of rows.entries()) {
    let column = 0
    for (const cell of row) {
      while (grid[index]?.[column] !== undefined) column++
      fill(grid.slice(index, index + (keepsSpans ? cell.rowspan : 1)), column, keepsSpans ? cell.colspan : 1, empty)
      const own = grid[index]
      if (own !== undefined) own[column] = cell
    }
  }
  return grid.map((cells) => Array.from(cells, (cell) => cell ?? empty))
}

function fill<T>(rows: readonly T[][], column: number, colspan: number, empty: T): void {
  for (const row of rows) for (let right = 0; right < colspan; right++) row[column + right] = empty
}
