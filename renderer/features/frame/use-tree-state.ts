import { useCallback, useState } from 'react'
import type { TreeAction } from './tree-keys.ts'
import type { TreeItem, TreeRow } from './tree-rows.ts'
import type { useTreeVerbs } from './use-tree-verbs.ts'

interface TreeStateOptions {
  readonly rows: readonly TreeRow[]
  readonly verbs: ReturnType<typeof useTreeVerbs>
  readonly currentKey: string | null
  readonly setExpanded: (keys: readonly string[], isExpanded: boolean) => void
}

/** Where the keyboard is in the tree, which row is being renamed, whose menu is open, and what an action does. */
export function useTreeState({ rows, verbs, currentKey, setExpanded }: TreeStateOptions) {
  const [chosenKey, setChosenKey] = useState<string | null>(null)
  const [renamingKey, setRenamingKey] = useState<string | null>(null)
  const [menuKey, setMenuKey] = useState<string | null>(null)
  const isShown = (key: string | null) => key !== null && rows.some((row) => row.key === key)
  // A row that went away (archived, or its branch closed) gives the keyboard to the page that is open.
  const activeKey = [chosenKey, currentKey].find(isShown) ?? rows[0]?.key ?? null

  const perform = useCallback(
    (action: TreeAction) => {
      if (action.type === 'go') return setChosenKey(action.key)
      const { row } = action
      if (action.type === 'expand' || action.type === 'collapse')
        return setExpanded([row.key], action.type === 'expand')
      setChosenKey(row.key)
      if (action.type === 'open') verbs.open(row)
      else if (action.type === 'move') void verbs.move(row, action.way)
      else if (action.type === 'menu') setMenuKey(row.key)
      else if (row.type === 'page' && verbs.mayChange(row)) setRenamingKey(row.key)
    },
    [setExpanded, verbs],
  )
  const openMenu = useCallback((row: TreeItem) => {
    setChosenKey(row.key)
    setMenuKey(row.key)
  }, [])
  return { activeKey, renamingKey, menuKey, perform, openMenu, setRenamingKey, setMenuKey }
}
