import type { Command } from '@tiptap/pm/state'
import { isInTable, selectedRect, TableMap } from '@tiptap/pm/tables'

/** What a column has before anybody gave it a width, and the least that it can have. */
const [usualWidth, leastWidth] = [160, 64]

/** Makes the columns of the selection wider, or narrower: by keyboard what dragging their edge does. */
export function widenColumns(byPixels: number): Command {
  return (state, dispatch) => {
    if (!isInTable(state)) return false
    const { left, right, table, tableStart } = selectedRect(state)
    const map = TableMap.get(table)
    const change = state.tr
    for (const position of new Set(map.cellsInRect({ left, right, top: 0, bottom: map.height }))) {
      const cell = table.nodeAt(position)
      if (cell === null) continue
      const widths: unknown = cell.attrs['colwidth']
      const span = Number(cell.attrs['colspan'])
      const known = Array.from({ length: span }, (_, index): unknown => (Array.isArray(widths) ? widths[index] : 0))
      const colwidth = known.map((width) => Math.max((Number(width) || usualWidth) + byPixels, leastWidth))
      change.setNodeMarkup(tableStart + position, null, { ...cell.attrs, colwidth })
    }
    dispatch?.(change)
    return true
  }
}
