import classes from './SpaceTree.module.css'
import { type Drop, indent } from './tree-drag.ts'
import type { TreeRow } from './tree-rows.ts'
import type { RowList } from './use-row-list.ts'

/** Where the dragged pages would land, between two rows. Into a row is drawn by the row itself. */
export function DropLine({ drop, rows, list }: { drop: Drop | undefined; rows: readonly TreeRow[]; list: RowList }) {
  if (drop === undefined || drop.mark.edge === 'whole') return null
  const { key, edge, level } = drop.mark
  const index = rows.findIndex((row) => row.key === key)
  const item = list.getVirtualItems().find((each) => each.index === index)
  if (item === undefined) return null
  const top = edge === 'top' ? item.start : item.start + item.size
  const style = { transform: `translateY(${top}px)`, insetInlineStart: 8 + (level - 1) * indent }
  return <span className={classes['dropLine']} style={style} aria-hidden="true" data-testid="drop-line" />
}
