import type { PageId } from '../../../model/ids.ts'
import { unreachable } from '../../../model/result.ts'
import { siblingsOf } from '../../documents/page-tree.ts'
import type { TreePage } from '../../documents/plein.ts'
import type { MoveWay } from './tree-keys.ts'

export interface Destination {
  readonly parent: PageId | null
  /** The sibling that it comes before; null is the end. */
  readonly before: PageId | null
}

/** Where one step takes a page; undefined where there is no step that way. */
export function destinationOf(tree: readonly TreePage[], id: PageId, way: MoveWay): Destination | undefined {
  const place = siblingsOf(tree, id)
  if (place === undefined) return undefined
  const { siblings, index, parents } = place
  const parent = parents.at(-1)?.id ?? null
  const previous = siblings[index - 1]
  switch (way) {
    case 'up':
      return previous && { parent, before: previous.id }
    case 'down':
      return siblings[index + 1] && { parent, before: siblings[index + 2]?.id ?? null }
    case 'in':
      return previous && { parent: previous.id, before: null }
    case 'out':
      return parent === null ? undefined : outOf(tree, parent, parents.at(-2)?.id ?? null)
    default:
      return unreachable(way)
  }
}

/** Right behind the parent that it leaves. */
function outOf(tree: readonly TreePage[], left: PageId, parent: PageId | null): Destination {
  const above = siblingsOf(tree, left)
  return { parent, before: above?.siblings[above.index + 1]?.id ?? null }
}
