import type { PageId } from '../../model/ids.ts'
import type { TreeNode } from '../../model/tree-places.ts'

/** All pages of a tree, parents before children. */
export function flatten(nodes: readonly TreeNode[]): readonly PageId[] {
  return nodes.flatMap((node) => [node.id, ...flatten(node.children)])
}
