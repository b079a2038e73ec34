import { combine } from '@atlaskit/pragmatic-drag-and-drop/combine'
import { draggable, dropTargetForElements } from '@atlaskit/pragmatic-drag-and-drop/element/adapter'
import { attachInstruction } from '@atlaskit/pragmatic-drag-and-drop-hitbox/tree-item'
import { type RefObject, useEffect } from 'react'
import { hitboxOf } from './tree-drag.ts'
import type { TreeItem } from './tree-rows.ts'

/** What tells drags of the tree from others. */
export const treeDrag = 'plein-tree'

/** Lets a row be dragged and dropped on; what then happens is decided by the tree (`useTreeDrag`). */
export function useRowDrag(ref: RefObject<HTMLElement | null>, row: TreeItem, mayDrag: boolean): void {
  useEffect(() => {
    const element = ref.current
    if (element === null) return undefined
    const data = { type: treeDrag, key: row.key }
    const target = dropTargetForElements({
      element,
      canDrop: ({ source }) => source.data['type'] === treeDrag,
      getData: ({ input }) => attachInstruction({ ...data }, { element, input, ...hitboxOf(row) }),
    })
    return mayDrag ? combine(target, draggable({ element, getInitialData: () => data })) : target
  }, [ref, row, mayDrag])
}
