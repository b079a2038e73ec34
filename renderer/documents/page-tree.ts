import type { PageId } from '../../model/ids.ts'
import type { PageSummary, TreePage } from './plein.ts'

/** The way from the top of the tree to a page, the page last; empty where it is not in this tree. */
export function pathTo(tree: readonly TreePage[], id: PageId): readonly TreePage[] {
  for (const page of tree) {
    if (page.id === id) return [page]
    const below = pathTo(page.children, id)
    if (below.length > 0) return [page, ...below]
  }
  return []
}

/** The tree with another row for the page at the end of `way`; what does not stand on the way stays the same object. */
export function replacePage(tree: readonly TreePage[], way: readonly PageId[], row: PageSummary): readonly TreePage[] {
  const [id, ...further] = way
  const index = tree.findIndex((page) => page.id === id)
  const page = tree[index]
  if (page === undefined) return tree
  const next =
    further.length === 0
      ? { ...row, children: page.children }
      : { ...page, children: replacePage(page.children, further, row) }
  return tree.with(index, next)
}

/** Every page of a tree, parents before their children. */
export function pagesOf(tree: readonly TreePage[]): readonly TreePage[] {
  const pages: TreePage[] = []
  const add = (page: TreePage) => {
    pages.push(page)
    page.children.forEach(add)
  }
  tree.forEach(add)
  return pages
}

/** Where a page stands among its siblings; undefined where it is not in this tree. */
export function siblingsOf(
  tree: readonly TreePage[],
  id: PageId,
):
  | { readonly siblings: readonly TreePage[]; readonly index: number; readonly parents: readonly TreePage[] }
  | undefined {
  const path = pathTo(tree, id)
  if (path.length === 0) return undefined
  const parents = path.slice(0, -1)
  const siblings = parents.at(-1)?.children ?? tree
  return { siblings, index: siblings.findIndex((page) => page.id === id), parents }
}
