import { useParams } from '@tanstack/react-router'
import { type KeyboardEvent, useCallback, useId, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type PageId, parseId } from '../../../model/ids.ts'
import { useRequests } from '../../documents/use-requests.ts'
import { DropLine } from './DropLine.tsx'
import { MoveNotice } from './MoveNotice.tsx'
import { RowMenu } from './RowMenu.tsx'
import { SelectionBar } from './SelectionBar.tsx'
import classes from './SpaceTree.module.css'
import { treeAction } from './tree-keys.ts'
import { pageIdOf, type TreeItem } from './tree-rows.ts'
import { TreeItemRow } from './TreeItemRow.tsx'
import { useRowList } from './use-row-list.ts'
import { useTree } from './use-tree.ts'
import { useTreeDrag } from './use-tree-drag.ts'
import { useTreeState } from './use-tree-state.ts'
import { useTreeVerbs } from './use-tree-verbs.ts'

/** All spaces and their pages: one list that draws only what is in sight, so that 10,000 pages cost no more than fifty. */
export function SpaceTree() {
  const { t } = useTranslation()
  const tree = useSpaceTree()
  const { rows, verbs, state, list, drag, treeId, scroll, currentKey } = tree
  const { perform, setRenamingKey, selected } = state

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.target !== scroll.current) return
    const action = treeAction(event, rows, state.activeKey)
    if (action === undefined) return
    event.preventDefault()
    perform(action)
    if ('key' in action) list.scrollToIndex(rows.findIndex((row) => row.key === action.key))
  }
  const endRename = useCallback(
    (row: TreeItem, title: string | null) => {
      setRenamingKey(null)
      if (title !== null) verbs.rename(row, title)
      scroll.current?.focus()
    },
    [setRenamingKey, verbs, scroll],
  )
  const menuOf = (row: TreeItem) => {
    const pages = verbs.pagesWith(row.key, selected)
    return (
      <RowMenu
        row={row}
        pages={pages}
        mayChange={row.type === 'space' ? verbs.mayChange(row) : verbs.mayChangeAll(pages)}
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
  }
  const isSelected = (row: TreeItem) =>
    selected.size === 0 ? row.key === currentKey : row.type === 'page' && selected.has(row.page.id)

  return (
    <>
      <div
        ref={scroll}
        className={classes['tree']}
        role="tree"
        aria-label={t('tree.label')}
        aria-multiselectable="true"
        aria-activedescendant={state.activeKey === null ? undefined : `${treeId}-${state.activeKey}`}
        tabIndex={0}
        data-dragging={drag.dragged.length > 0}
        onKeyDown={onKeyDown}
      >
        <div role="presentation" className={classes['inner']} style={{ blockSize: list.getTotalSize() }}>
          {list.getVirtualItems().map(({ index, start, size }) => {
            const row = rows[index]
            if (row === undefined) return null
            if (row.type === 'heading') return <Heading key={row.key} section={row.section} start={start} size={size} />
            return (
              <TreeItemRow
                key={row.key}
                id={`${treeId}-${row.key}`}
                row={row}
                start={start}
                size={size}
                isCurrent={row.key === currentKey}
                isActive={row.key === state.activeKey}
                isSelected={isSelected(row)}
                isDragged={drag.dragged.some((page) => page.id === pageIdOf(row))}
                isMoving={row.type === 'page' && tree.moving.has(row.page.id)}
                isTarget={drag.drop?.mark.edge === 'whole' && drag.drop.mark.key === row.key}
                isRenaming={row.key === state.renamingKey}
                mayChange={verbs.mayChange(row)}
                perform={perform}
                onMenu={state.openMenu}
                onRenamed={endRename}
                menu={row.key === state.menuKey ? menuOf(row) : null}
              />
            )
          })}
          <DropLine drop={drag.drop} rows={rows} list={list} />
        </div>
      </div>
      <MoveNotice onUndo={() => void verbs.undoMove()} />
      <SelectionBar pages={tree.selectedPages} verbs={verbs} onClear={state.clear} />
      <p className={classes['said']} role="status">
        {tree.said}
      </p>
    </>
  )
}

function Heading({
  section,
  start,
  size,
}: {
  section: 'spaces' | 'communities' | 'ownSpaces'
  start: number
  size: number
}) {
  const { t } = useTranslation()
  return (
    <div
      role="presentation"
      className={classes['heading']}
      style={{ transform: `translateY(${start}px)`, blockSize: size }}
    >
      {t(`frame.${section}`)}
    </div>
  )
}

/** Pages that wait for the server to move them to another space. */
function useMovingPages(): ReadonlySet<PageId> {
  const requests = useRequests()
  return useMemo(() => {
    const waiting = requests.filter(({ state }) => state === 'waiting')
    return new Set(waiting.flatMap(({ ask }) => (ask.type === 'move-page' ? [ask.pageId] : [])))
  }, [requests])
}

/** What the tree is made of: rows, verbs, where one is in it, and what is being dragged. */
function useSpaceTree() {
  const { t } = useTranslation()
  const { pageId, spaceId } = useParams({ strict: false })
  const currentKey = pageId ?? spaceId ?? null
  const { rows, spaces, setExpanded } = useTree(parseId<PageId>(pageId))
  const [said, say] = useState('')
  const moving = useMovingPages()
  const verbs = useTreeVerbs({ spaces, say })
  const treeId = useId()
  const scroll = useRef<HTMLDivElement>(null)
  const state = useTreeState({ rows, verbs, currentKey, setExpanded })
  const { selected } = state
  const drag = useTreeDrag({
    rows,
    spaces,
    scroll,
    pagesWith: (key) => verbs.pagesWith(key, selected),
    mayChange: verbs.mayChange,
    expand: (key) => setExpanded([key], true),
    words: (count) => t('treeMoves.pages', { count }),
    onDrop: (pages, drop) => {
      void verbs.drop(pages, drop)
      if (drop.mark.edge === 'whole') setExpanded([drop.mark.key], true)
    },
  })
  // Those under the keyboard and those that are dragged stay drawn, wherever one scrolls.
  const list = useRowList(rows, scroll, [state.activeKey, ...drag.dragged.map((page) => page.id)])
  const [first] = selected
  const selectedPages = first === undefined ? [] : verbs.pagesWith(first, selected)
  return { rows, verbs, state, list, drag, treeId, scroll, currentKey, said, selectedPages, moving }
}
