import type { PageId } from '../../../model/ids.ts'
import { isItem, type TreeRow } from './tree-rows.ts'

/** Several pages at once. `anchor`: where a range begins. */
export interface TreeSelection {
  readonly keys: ReadonlySet<string>
  readonly anchor: string | null
}

export const nothingSelected: TreeSelection = { keys: new Set(), anchor: null }

/** Adds a page or takes it out. */
export function toggled({ keys }: TreeSelection, key: string, rows: readonly TreeRow[]): TreeSelection {
  if (!isPage(rows, key)) return { keys, anchor: key }
  const next = new Set(keys)
  if (!next.delete(key)) next.add(key)
  return { keys: next, anchor: key }
}

/** All pages in sight from the anchor to here. */
export function extended(
  { anchor }: TreeSelection,
  from: string | null,
  to: string,
  rows: readonly TreeRow[],
): TreeSelection {
  const start = anchor ?? from ?? to
  const indexes = [start, to].map((key) => rows.findIndex((row) => row.key === key))
  const [first, last] = [Math.min(...indexes), Math.max(...indexes)]
  if (first < 0) return toggled(nothingSelected, to, rows)
  const keys = rows
    .slice(first, last + 1)
    .filter((row) => row.type === 'page')
    .map((row) => row.key)
  return { keys: new Set(keys), anchor: start }
}

/** The selection without what is not in sight any more: archived, or in a branch that was closed. */
export function inSight(selection: TreeSelection, rows: readonly TreeRow[]): ReadonlySet<PageId> {
  const ids = rows.flatMap((row) => (row.type === 'page' && selection.keys.has(row.key) ? [row.page.id] : []))
  return new Set(ids)
}

function isPage(rows: readonly TreeRow[], key: string): boolean {
  return rows.some((row) => isItem(row) && row.type === 'page' && row.key === key)
}
