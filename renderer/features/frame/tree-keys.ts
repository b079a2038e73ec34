import { isItem, titleOf, type TreeItem, type TreeRow } from './tree-rows.ts'

/** What a key does in the tree, after the WAI-ARIA pattern; `undefined` leaves the key to others. */
export type TreeAction =
  | { readonly type: 'go'; readonly key: string }
  | { readonly type: 'expand' | 'collapse' | 'open' | 'rename' | 'menu'; readonly row: TreeItem }
  | { readonly type: 'move'; readonly row: TreeItem; readonly way: MoveWay }
  /** The selection: `extend` up to the row with this key, `toggle` one page, `clear`. */
  | { readonly type: 'extend' | 'toggle'; readonly key: string }
  | { readonly type: 'clear' }
  /** Takes the last move back. */
  | { readonly type: 'undo' }

export type MoveWay = 'up' | 'down' | 'in' | 'out'

export interface TreeKey {
  readonly key: string
  readonly altKey: boolean
  readonly shiftKey: boolean
  readonly ctrlKey: boolean
  readonly metaKey: boolean
}

const moveKeys: Readonly<Record<string, MoveWay>> = {
  ArrowUp: 'up',
  ArrowDown: 'down',
  ArrowRight: 'in',
  ArrowLeft: 'out',
}

export function treeAction(
  pressed: TreeKey,
  rows: readonly TreeRow[],
  activeKey: string | null,
): TreeAction | undefined {
  const items = rows.filter(isItem)
  const index = items.findIndex((item) => item.key === activeKey)
  const row = items[Math.max(index, 0)]
  if (row === undefined) return undefined
  if (pressed.ctrlKey || pressed.metaKey) return withControl(pressed, row)
  if (pressed.altKey) {
    const way = moveKeys[pressed.key]
    return way === undefined ? undefined : { type: 'move', row, way }
  }
  if (pressed.shiftKey) return extend(pressed, items, index) ?? act(pressed, row)
  if (pressed.key === 'Escape') return { type: 'clear' }
  return walk(pressed, items, index, row) ?? act(pressed, row) ?? typeAhead(pressed.key, items, index)
}

function withControl({ key, altKey, shiftKey }: TreeKey, row: TreeItem): TreeAction | undefined {
  if (key === ' ') return { type: 'toggle', key: row.key }
  return key.toLowerCase() === 'z' && !altKey && !shiftKey ? { type: 'undo' } : undefined
}

function walk({ key }: TreeKey, items: readonly TreeItem[], index: number, row: TreeItem): TreeAction | undefined {
  if (key === 'ArrowDown') return goTo(items[Math.min(index + 1, items.length - 1)])
  if (key === 'ArrowUp') return goTo(items[Math.max(index - 1, 0)])
  if (key === 'Home') return goTo(items[0])
  if (key === 'End') return goTo(items.at(-1))
  if (key === 'ArrowRight')
    return row.isExpanded ? goTo(items[index + 1]) : row.hasChildren ? { type: 'expand', row } : undefined
  if (key !== 'ArrowLeft') return undefined
  if (row.isExpanded) return { type: 'collapse', row }
  return row.parentKey === null ? undefined : { type: 'go', key: row.parentKey }
}

function extend({ key }: TreeKey, items: readonly TreeItem[], index: number): TreeAction | undefined {
  const ends: Readonly<Record<string, number>> = {
    ArrowDown: Math.min(index + 1, items.length - 1),
    ArrowUp: Math.max(index - 1, 0),
    Home: 0,
    End: items.length - 1,
  }
  const to = items[ends[key] ?? -1]
  return to === undefined ? undefined : { type: 'extend', key: to.key }
}

function act({ key, shiftKey }: TreeKey, row: TreeItem): TreeAction | undefined {
  if (key === 'Enter' || key === ' ') return { type: 'open', row }
  if (key === 'F2') return { type: 'rename', row }
  if (key === 'ContextMenu' || (key === 'F10' && shiftKey)) return { type: 'menu', row }
  return undefined
}

/** A letter goes to the next row that begins with it. */
function typeAhead(key: string, items: readonly TreeItem[], index: number): TreeAction | undefined {
  if ([...key].length !== 1) return undefined
  const after = [...items.slice(index + 1), ...items.slice(0, index + 1)]
  return goTo(after.find((item) => titleOf(item).toLocaleLowerCase().startsWith(key.toLocaleLowerCase())))
}

function goTo(row: TreeItem | undefined): TreeAction | undefined {
  return row === undefined ? undefined : { type: 'go', key: row.key }
}
