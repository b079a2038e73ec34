import { useMediaQuery } from '@mantine/hooks'
import { useParams } from '@tanstack/react-router'
import { useVirtualizer } from '@tanstack/react-virtual'
import { type KeyboardEvent, useCallback, useId, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type PageId, parseId } from '../../../model/ids.ts'
import { RowMenu } from './RowMenu.tsx'
import classes from './SpaceTree.module.css'
import { type TreeAction, treeAction } from './tree-keys.ts'
import type { TreeItem, TreeRow } from './tree-rows.ts'
import { TreeItemRow } from './TreeItemRow.tsx'
import { useTree } from './use-tree.ts'
import { useTreeVerbs } from './use-tree-verbs.ts'

/** All spaces and their pages: one list that draws only what is in sight, so that 10,000 pages cost no more than fifty. */
export function SpaceTree() {
  const { t } = useTranslation()
  const { pageId, spaceId } = useParams({ strict: false })
  const { rows, spaces, setExpanded } = useTree(parseId<PageId>(pageId))
  const verbs = useTreeVerbs(spaces)
  const currentKey = pageId ?? spaceId ?? null
  const [activeKey, setActiveKey] = useState<string | null>(null)
  const [renamingKey, setRenamingKey] = useState<string | null>(null)
  const [menuKey, setMenuKey] = useState<string | null>(null)
  const treeId = useId()
  const scroll = useRef<HTMLDivElement>(null)
  const active = rows.some((row) => row.key === activeKey) ? activeKey : (currentKey ?? rows[0]?.key ?? null)
  const list = useRows(rows, scroll, active)

  const perform = useCallback(
    (action: TreeAction) => {
      if (action.type === 'go') {
        setActiveKey(action.key)
        list.scrollToIndex(rows.findIndex((row) => row.key === action.key))
      } else if (action.type === 'expand' || action.type === 'collapse') {
        setExpanded([action.row.key], action.type === 'expand')
      } else if (action.type === 'open') {
        setActiveKey(action.row.key)
        verbs.open(action.row)
      } else if (action.type === 'move') {
        void verbs.move(action.row, action.way)
      } else if (action.type === 'menu') {
        setMenuKey(action.row.key)
      } else if (action.row.type === 'page' && verbs.mayChange(action.row)) {
        setRenamingKey(action.row.key)
      }
    },
    [rows, list, setExpanded, verbs],
  )

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.target !== scroll.current) return
    const action = treeAction(event, rows, active)
    if (action === undefined) return
    event.preventDefault()
    perform(action)
  }
  const endRename = (row: TreeItem, title: string | null) => {
    setRenamingKey(null)
    if (title !== null) verbs.rename(row, title)
    scroll.current?.focus()
  }
  const openMenu = useCallback((row: TreeItem) => {
    setActiveKey(row.key)
    setMenuKey(row.key)
  }, [])
  const closeMenu = () => {
    setMenuKey(null)
    scroll.current?.focus()
  }

  return (
    <div
      ref={scroll}
      className={classes['tree']}
      role="tree"
      aria-label={t('tree.label')}
      aria-activedescendant={active === null ? undefined : `${treeId}-${active}`}
      tabIndex={0}
      onKeyDown={onKeyDown}
    >
      <div role="presentation" className={classes['inner']} style={{ blockSize: list.getTotalSize() }}>
        {list.getVirtualItems().map((item) => {
          const row = rows[item.index]
          if (row === undefined) return null
          const style = { transform: `translateY(${item.start}px)`, blockSize: item.size }
          if (row.type === 'heading') {
            return (
              <div key={row.key} role="presentation" className={classes['heading']} style={style}>
                {t(`frame.${row.section}`)}
              </div>
            )
          }
          return (
            <TreeItemRow
              key={row.key}
              id={`${treeId}-${row.key}`}
              row={row}
              style={style}
              isCurrent={row.key === currentKey}
              isActive={row.key === active}
              isRenaming={row.key === renamingKey}
              mayChange={verbs.mayChange(row)}
              perform={perform}
              onMenu={openMenu}
              onRenamed={endRename}
              menu={
                row.key === menuKey ? (
                  <RowMenu
                    row={row}
                    mayChange={verbs.mayChange(row)}
                    verbs={verbs}
                    onRename={() => {
                      setMenuKey(null)
                      setRenamingKey(row.key)
                    }}
                    onClose={closeMenu}
                  />
                ) : null
              }
            />
          )
        })}
      </div>
    </div>
  )
}

function useRows(rows: readonly TreeRow[], scroll: { readonly current: HTMLDivElement | null }, active: string | null) {
  const isCompact = useMediaQuery('(max-height: 819px)', false, { getInitialValueInEffect: false })
  const rowHeight = isCompact ? 28 : 30
  return useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroll.current,
    estimateSize: (index) => (rows[index]?.type === 'heading' ? rowHeight + 10 : rowHeight),
    getItemKey: (index) => rows[index]?.key ?? index,
    overscan: 8,
    // The active row stays in the document: the focus of the tree points at it.
    rangeExtractor({ startIndex, endIndex, overscan, count }) {
      const first = Math.max(startIndex - overscan, 0)
      const last = Math.min(endIndex + overscan, count - 1)
      const indexes = Array.from({ length: last - first + 1 }, (_, offset) => first + offset)
      const activeIndex = rows.findIndex((row) => row.key === active)
      if (activeIndex >= 0 && activeIndex < first) indexes.unshift(activeIndex)
      if (activeIndex > last) indexes.push(activeIndex)
      return indexes
    },
  })
}
