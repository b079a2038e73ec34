import type { PageId } from '../../../model/ids.ts'
import { unreachable } from '../../../model/result.ts'
import { pagesOf, siblingsOf } from '../../documents/page-tree.ts'
import type { TreePage } from '../../documents/plein.ts'
import type { TreePlace } from '../../documents/trees.ts'
import type { MoveWay } from './tree-keys.ts'

/** Where one step takes pages that are moved together, in the order of the tree; undefined where there is no step that way. */
export function destinationOf(tree: readonly TreePage[], ids: readonly PageId[], way: MoveWay): TreePlace | undefined {
  const moving = new Set(ids)
  const place = placeOf(tree, way === 'down' ? ids.at(-1) : ids[0])
  if (place === undefined) return undefined
  const { siblings, index, parents } = place
  const parent = parents.at(-1)?.id ?? null
  const previous = siblings.slice(0, index).findLast((page) => !moving.has(page.id))
  switch (way) {
    case 'up':
      return previous && { parent, before: previous.id }
    case 'down': {
      const [next, afterNext] = siblings.slice(index + 1).filter((page) => !moving.has(page.id))
      return next && { parent, before: afterNext?.id ?? null }
    }
    case 'in':
      return previous && { parent: previous.id, before: null }
    case 'out':
      return parent === null ? undefined : behind(tree, parent, parents.at(-2)?.id ?? null)
    default:
      return unreachable(way)
  }
}

function placeOf(tree: readonly TreePage[], id: PageId | undefined) {
  return id === undefined ? undefined : siblingsOf(tree, id)
}

/** Right behind a page, under its parent. */
function behind(tree: readonly TreePage[], id: PageId, parent: PageId | null): TreePlace {
  const place = siblingsOf(tree, id)
  return { parent, before: place?.siblings[place.index + 1]?.id ?? null }
}

/** In the order of the tree, without those that come along under another: what really moves when these are moved. */
export function topPages(tree: readonly TreePage[], ids: ReadonlySet<PageId>): readonly TreePage[] {
  const top: TreePage[] = []
  const look = (pages: readonly TreePage[]) => {
    for (const page of pages) {
      if (ids.has(page.id)) top.push(page)
      else look(page.children)
    }
  }
  look(tree)
  return top
}

/** Whether a page is one of these or stands under one of them: there they cannot go. */
export function isWithin(pages: readonly TreePage[], id: PageId): boolean {
  return pagesOf(pages).some((page) => page.id === id)
}
