import { IconChevronDown, IconChevronRight, IconDots, IconHourglass, IconLock, IconPlus } from '@tabler/icons-react'
import type { TFunction } from 'i18next'
import { memo, type MouseEvent, type ReactNode, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { useDialog } from '../../ui/dialogs.tsx'
import { InlineName } from '../../ui/InlineName.tsx'
import { PageIcon } from '../../ui/PageIcon.tsx'
import { SpaceMark } from '../../ui/SpaceMark.tsx'
import { WaitCount } from '../../ui/WaitCount.tsx'
import classes from './SpaceTree.module.css'
import type { TreeAction } from './tree-keys.ts'
import { indent } from './tree-drag.ts'
import { pageIdOf, spaceIdOf, titleOf, type TreeItem } from './tree-rows.ts'
import { useRowDrag } from './use-row-drag.ts'

interface TreeItemRowProps {
  readonly id: string
  readonly row: TreeItem
  readonly start: number
  readonly size: number
  readonly isCurrent: boolean
  readonly isActive: boolean
  readonly isSelected: boolean
  readonly isDragged: boolean
  /** Asked to be moved to another space, and not answered yet. */
  readonly isMoving: boolean
  /** The whole row is where the dragged pages would land. */
  readonly isTarget: boolean
  readonly isRenaming: boolean
  readonly mayChange: boolean
  readonly menu: ReactNode
  readonly perform: (action: TreeAction) => void
  readonly onMenu: (row: TreeItem) => void
  readonly onRenamed: (row: TreeItem, title: string | null) => void
}

/** One space or page in the tree. The tree holds the focus; the buttons here are for the mouse, keys do the same. */
export const TreeItemRow = memo(function TreeItemRow(props: TreeItemRowProps) {
  const { t } = useTranslation()
  const { id, row, start, size, isCurrent, isActive, isRenaming, perform } = props
  const element = useRef<HTMLDivElement>(null)
  useRowDrag(element, row, row.type === 'page' && props.mayChange && !isRenaming)
  const title = titleOf(row) === '' ? t('common.untitled') : titleOf(row)
  return (
    <div
      ref={element}
      id={id}
      role="treeitem"
      aria-level={row.level}
      aria-setsize={row.siblings}
      aria-posinset={row.position}
      aria-selected={props.isSelected}
      aria-current={isCurrent ? 'page' : undefined}
      aria-expanded={row.hasChildren ? row.isExpanded : undefined}
      aria-label={accessibleName(props, title, t)}
      className={classes['row']}
      data-current={isCurrent}
      data-selected={props.isSelected}
      data-dragged={props.isDragged}
      data-target={props.isTarget}
      data-active={isActive}
      data-space={row.type === 'space'}
      data-menu={props.menu !== null}
      style={{ transform: `translateY(${start}px)`, blockSize: size, paddingInlineStart: 8 + (row.level - 1) * indent }}
      onClick={(event) => {
        if (!isRenaming) perform(actionOf(event, row))
      }}
      onContextMenu={(event) => {
        event.preventDefault()
        props.onMenu(row)
      }}
    >
      <Chevron row={row} perform={perform} />
      <Mark row={row} />
      {isRenaming ? (
        <InlineName
          label={t('tree.renameField', { title })}
          value={titleOf(row)}
          onDone={(name) => {
            props.onRenamed(row, name)
          }}
        />
      ) : (
        <span className={classes['title']} data-held={row.type === 'space' || row.page.held} title={title}>
          {title}
        </span>
      )}
      <Signs row={row} isMoving={props.isMoving} />
      {!isRenaming && <RowButtons {...props} title={title} />}
    </div>
  )
})

function actionOf({ shiftKey, ctrlKey, metaKey }: MouseEvent, row: TreeItem): TreeAction {
  if (shiftKey) return { type: 'extend', key: row.key }
  return ctrlKey || metaKey ? { type: 'toggle', key: row.key } : { type: 'open', row }
}

function accessibleName({ row, isMoving }: TreeItemRowProps, title: string, t: TFunction): string {
  if (row.type === 'space') return row.isSection ? `${title}, ${t('spaceHome.sectionText').toLocaleLowerCase()}` : title
  const parts = [title]
  if (!row.page.held) parts.push(t('tree.notHeld'))
  if (isMoving) parts.push(t('treeMoves.waits'))
  if (row.page.waitingChanges > 0) parts.push(t('receipt.waitingHere', { count: row.page.waitingChanges }))
  return parts.join(', ')
}

function Chevron({ row, perform }: { row: TreeItem; perform: (action: TreeAction) => void }) {
  const Icon = row.isExpanded ? IconChevronDown : IconChevronRight
  if (!row.hasChildren) return <span className={classes['chevron']} />
  return (
    <span
      className={classes['chevron']}
      aria-hidden="true"
      onClick={(event) => {
        event.stopPropagation()
        perform({ type: row.isExpanded ? 'collapse' : 'expand', row })
      }}
    >
      <Icon size={16} stroke={1.75} />
    </span>
  )
}

function Mark({ row }: { row: TreeItem }) {
  if (row.type === 'space') return <SpaceMark spaceId={row.space.id} name={row.space.name} icon={row.icon} />
  return <PageIcon kind={row.page.kind} icon={row.page.icon} hasChildren={row.hasChildren} />
}

/** What a row says beside its title: closed to others, on its way elsewhere, changes that wait. */
function Signs({ row, isMoving }: { row: TreeItem; isMoving: boolean }) {
  const sign = { size: 14, stroke: 1.75, 'aria-hidden': true } as const
  return (
    <>
      {row.type === 'space' && row.isSection && <IconLock className={classes['lock'] ?? ''} {...sign} />}
      {isMoving && <IconHourglass className={classes['moving'] ?? ''} {...sign} />}
      {row.type === 'page' && <WaitCount count={row.page.waitingChanges} />}
    </>
  )
}

function RowButtons({ row, title, mayChange, menu, onMenu }: TreeItemRowProps & { readonly title: string }) {
  const { t } = useTranslation()
  const openDialog = useDialog()
  return (
    <span className={classes['buttons']} onClick={(event) => event.stopPropagation()}>
      <span className={classes['menuPlace']}>
        <button
          type="button"
          tabIndex={-1}
          className={classes['button']}
          aria-label={t('tree.actions', { title })}
          onClick={() => {
            onMenu(row)
          }}
        >
          <IconDots size={16} stroke={1.75} aria-hidden="true" />
        </button>
        {menu}
      </span>
      {mayChange && (
        <button
          type="button"
          tabIndex={-1}
          className={classes['button']}
          aria-label={t('tree.newPage', { title })}
          onClick={() => {
            openDialog({ name: 'create-page', spaceId: spaceIdOf(row), parent: pageIdOf(row), kind: 'wiki' })
          }}
        >
          <IconPlus size={16} stroke={1.75} aria-hidden="true" />
        </button>
      )}
    </span>
  )
}
