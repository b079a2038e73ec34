import { monitorForElements } from '@atlaskit/pragmatic-drag-and-drop/element/adapter'
import { pointerOutsideOfPreview } from '@atlaskit/pragmatic-drag-and-drop/element/pointer-outside-of-preview'
import { setCustomNativeDragPreview } from '@atlaskit/pragmatic-drag-and-drop/element/set-custom-native-drag-preview'
import { extractInstruction } from '@atlaskit/pragmatic-drag-and-drop-hitbox/tree-item'
import type { DragLocationHistory } from '@atlaskit/pragmatic-drag-and-drop/types'
import { useEffect, useEffectEvent, useState } from 'react'
import type { SpaceSnapshot, TreePage } from '../../documents/plein.ts'
import { type Drop, dropOf } from './tree-drag.ts'
import { isItem, spaceIdOf, type TreeItem, type TreeRow } from './tree-rows.ts'
import { openAutoScroll } from './auto-scroll.ts'
import { treeDrag } from './use-row-drag.ts'

/** Long enough not to open every branch that one passes. */
const expandAfterMs = 600

interface TreeDragOptions {
  readonly rows: readonly TreeRow[]
  readonly spaces: readonly SpaceSnapshot[]
  readonly scroll: { readonly current: HTMLElement | null }
  /** What goes along when one takes hold of this row, in the order of the tree. */
  readonly pagesWith: (key: string) => readonly TreePage[]
  readonly mayChange: (row: TreeItem) => boolean
  readonly expand: (key: string) => void
  /** The words on the drag image of several pages. */
  readonly words: (count: number) => string
  readonly onDrop: (pages: readonly TreePage[], drop: Drop) => void
}

type DragLocation = DragLocationHistory['current']

interface Target {
  readonly data: Record<string | symbol, unknown>
}

/** Dragging in the tree: what is dragged and where it would land. Everything else waits until it is let go of. */
export function useTreeDrag(options: TreeDragOptions): {
  readonly dragged: readonly TreePage[]
  readonly drop: Drop | undefined
} {
  const [dragged, setDragged] = useState<readonly TreePage[]>([])
  const [drop, setDrop] = useState<Drop | undefined>(undefined)
  const { scroll } = options
  const take = useEffectEvent((key: string) => setDragged(options.pagesWith(key)))
  const find = useEffectEvent((target: Target | undefined) => findDrop(options, target, dragged))
  const show = useEffectEvent((next: Drop | undefined) => {
    if (JSON.stringify(next) !== JSON.stringify(drop)) setDrop(next)
  })
  const expand = useEffectEvent((key: string) => {
    const row = options.rows.find((each) => each.key === key)
    if (isItem(row) && row.hasChildren && !row.isExpanded) options.expand(key)
  })
  const letGo = useEffectEvent((target: Target | undefined) => {
    const found = find(target)
    if (found !== undefined && dragged.length > 0) options.onDrop(dragged, found)
    setDragged([])
    setDrop(undefined)
  })
  const preview = useEffectEvent((key: string, nativeSetDragImage: DataTransfer['setDragImage'] | null) => {
    const pages = options.pagesWith(key)
    if (pages.length > 1) drawPreview(options.words(pages.length), nativeSetDragImage)
  })

  useEffect(() => {
    const autoScroll = openAutoScroll(() => scroll.current)
    const hover = openHover((key) => expand(key))
    const rest = () => {
      hover.over(null)
      autoScroll.stop()
    }
    const move = (current: DragLocation) => {
      const next = find(current.dropTargets[0])
      show(next)
      hover.over(next?.mark.edge === 'whole' ? next.mark.key : null)
      autoScroll.at(current.input.clientX, current.input.clientY)
    }
    const stop = monitorForElements({
      canMonitor: ({ source }) => source.data['type'] === treeDrag,
      onGenerateDragPreview: ({ source, nativeSetDragImage }) =>
        preview(String(source.data['key']), nativeSetDragImage),
      onDragStart: ({ source }) => take(String(source.data['key'])),
      onDrag: ({ location }) => move(location.current),
      onDropTargetChange: ({ location }) => move(location.current),
      onDrop: ({ location }) => {
        rest()
        letGo(location.current.dropTargets[0])
      },
    })
    return () => {
      rest()
      stop()
    }
  }, [scroll])
  return { dragged, drop }
}

function findDrop(
  { rows, spaces, mayChange }: TreeDragOptions,
  target: Target | undefined,
  dragged: readonly TreePage[],
): Drop | undefined {
  const row = rows.find((each) => each.key === target?.data['key'])
  if (target === undefined || !isItem(row) || !mayChange(row)) return undefined
  const space = spaces.find((each) => each.space.id === spaceIdOf(row))
  return dropOf(extractInstruction(target.data), row, space, dragged)
}

function openHover(onRest: (key: string) => void): { over(key: string | null): void } {
  let at: string | null = null
  let timer: ReturnType<typeof setTimeout> | undefined
  return {
    over(key) {
      if (key === at) return
      at = key
      clearTimeout(timer)
      if (key !== null) timer = setTimeout(() => onRest(key), expandAfterMs)
    },
  }
}

function drawPreview(words: string, nativeSetDragImage: DataTransfer['setDragImage'] | null): void {
  setCustomNativeDragPreview({
    nativeSetDragImage,
    getOffset: pointerOutsideOfPreview({ x: '12px', y: '8px' }),
    render({ container }) {
      container.dataset['treePreview'] = ''
      container.textContent = words
    },
  })
}
