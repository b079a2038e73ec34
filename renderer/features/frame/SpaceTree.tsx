import { useParams } from '@tanstack/react-router'
import { type KeyboardEvent, useCallback, useId, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { type PageId, parseId } from '../../../model/ids.ts'
import { RowMenu } from './RowMenu.tsx'
import classes from './SpaceTree.module.css'
import { treeAction } from './tree-keys.ts'
import type { TreeItem } from './tree-rows.ts'
import { TreeItemRow } from './TreeItemRow.tsx'
import { useRowList } from './use-row-list.ts'
import { useTree } from './use-tree.ts'
import { useTreeState } from './use-tree-state.ts'
import { useTreeVerbs } from './use-tree-verbs.ts'

/** All spaces and their pages: one list that draws only what is in sight, so that 10,000 pages cost no more than fifty. */
export function SpaceTree() {
  const { t } = useTranslation()
  const { pageId, spaceId } = useParams({ strict: false })
  const currentKey = pageId ?? spaceId ?? null
  const { rows, spaces, setExpanded } = useTree(parseId<PageId>(pageId))
  const verbs = useTreeVerbs(spaces)
  const treeId = useId()
  const scroll = useRef<HTMLDivElement>(null)
  const state = useTreeState({ rows, verbs, currentKey, setExpanded })
  const list = useRowList(rows, scroll, state.activeKey)
  const { perform, setRenamingKey } = state

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.target !== scroll.current) return
    const action = treeAction(event, rows, state.activeKey)
    if (action === undefined) return
    event.preventDefault()
    perform(action)
    if (action.type === 'go') list.scrollToIndex(rows.findIndex((row) => row.key === action.key))
  }
  const endRename = useCallback(
    (row: TreeItem, title: string | null) => {
      setRenamingKey(null)
      if (title !== null) verbs.rename(row, title)
      scroll.current?.focus()
    },
    [setRenamingKey, verbs],
  )
  const menuOf = (row: TreeItem) => (
    <RowMenu
      row={row}
      mayChange={verbs.mayChange(row)}
      verbs={verbs}
      onRename={() => {
        state.setMenuKey(null)
        setRenamingKey(row.key)
      }}
      onClose={() => {
        state.setMenuKey(null)
        scroll.current?.focus()
      }}
    />
  )

  return (
    <div
      ref={scroll}
      className={classes['tree']}
      role="tree"
      aria-label={t('tree.label')}
      aria-activedescendant={state.activeKey === null ? undefined : `${treeId}-${state.activeKey}`}
      tabIndex={0}
      onKeyDown={onKeyDown}
    >
      <div role="presentation" className={classes['inner']} style={{ blockSize: list.getTotalSize() }}>
        {list.getVirtualItems().map(({ index, start, size }) => {
          const row = rows[index]
          if (row === undefined) return null
          if (row.type === 'heading') {
            return (
              <div
                key={row.key}
                role="presentation"
                className={classes['heading']}
                style={{ transform: `translateY(${start}px)`, blockSize: size }}
              >
                {t(`frame.${row.section}`)}
              </div>
            )
          }
          return (
            <TreeItemRow
              key={row.key}
              id={`${treeId}-${row.key}`}
              row={row}
              start={start}
              size={size}
              isCurrent={row.key === currentKey}
              isActive={row.key === state.activeKey}
              isRenaming={row.key === state.renamingKey}
              mayChange={verbs.mayChange(row)}
              perform={perform}
              onMenu={state.openMenu}
              onRenamed={endRename}
              menu={row.key === state.menuKey ? menuOf(row) : null}
            />
          )
        })}
      </div>
    </div>
  )
}
