import { useCallback, useMemo, useState } from 'react'
import type { TreeAction } from './tree-keys.ts'
import type { TreeItem, TreeRow } from './tree-rows.ts'
import { extended, inSight, nothingSelected, toggled } from './tree-selection.ts'
import type { useTreeVerbs } from './use-tree-verbs.ts'

interface TreeStateOptions {
  readonly rows: readonly TreeRow[]
  readonly verbs: ReturnType<typeof useTreeVerbs>
  readonly currentKey: string | null
  readonly setExpanded: (keys: readonly string[], isExpanded: boolean) => void
}

/** Where the keyboard is in the tree, what is selected, which row is being renamed, whose menu is open, and what an action does. */
export function useTreeState({ rows, verbs, currentKey, setExpanded }: TreeStateOptions) {
  const [chosenKey, setChosenKey] = useState<string | null>(null)
  const [renamingKey, setRenamingKey] = useState<string | null>(null)
  const [menuKey, setMenuKey] = useState<string | null>(null)
  const [selection, setSelection] = useState(nothingSelected)
  const selected = useMemo(() => inSight(selection, rows), [selection, rows])
  const isShown = (key: string | null) => key !== null && rows.some((row) => row.key === key)
  // A row that went away (archived, or its branch closed) gives the keyboard to the page that is open.
  const activeKey = [chosenKey, currentKey].find(isShown) ?? rows[0]?.key ?? null
  const clear = useCallback(() => setSelection(nothingSelected), [])

  const perform = useCallback(
    (action: TreeAction) => {
      switch (action.type) {
        case 'clear':
          return setSelection(nothingSelected)
        case 'undo':
          return void verbs.undoMove()
        case 'go':
          setSelection(nothingSelected)
          return setChosenKey(action.key)
        case 'extend':
          setSelection((before) => extended(before, activeKey, action.key, rows))
          return setChosenKey(action.key)
        case 'toggle':
          setSelection((before) => toggled(before, action.key, rows))
          return setChosenKey(action.key)
        case 'expand':
        case 'collapse':
          return setExpanded([action.row.key], action.type === 'expand')
        default:
          setChosenKey(action.row.key)
      }
      const { row } = action
      if (action.type === 'open') {
        setSelection(nothingSelected)
        verbs.open(row)
      } else if (action.type === 'move') void verbs.moveStep(verbs.pagesWith(row.key, selected), action.way)
      else if (action.type === 'menu') setMenuKey(row.key)
      else if (row.type === 'page' && verbs.mayChange(row)) setRenamingKey(row.key)
    },
    [setExpanded, verbs, selected, rows, activeKey],
  )
  const openMenu = useCallback((row: TreeItem) => {
    setChosenKey(row.key)
    setMenuKey(row.key)
  }, [])
  return { activeKey, selected, renamingKey, menuKey, perform, openMenu, clear, setRenamingKey, setMenuKey }
}
