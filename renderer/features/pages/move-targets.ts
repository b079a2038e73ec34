import type { PageId, SpaceId } from '../../../model/ids.ts'
import type { SpaceSnapshot, TreePage } from '../../documents/plein.ts'

/** Somewhere that pages can go: the top of a space, or under a page. */
export interface MoveTarget {
  readonly key: string
  readonly spaceId: SpaceId
  readonly parent: PageId | null
  readonly spaceName: string
  readonly title: string
  /** The titles of the pages above, from the top. */
  readonly above: readonly string[]
  readonly icon: string | null
  readonly kind: TreePage['kind']
  readonly hasChildren: boolean
}

/** As many as one looks through; typing on narrows them. */
export const mostTargets = 60

/** Every place but the moving pages themselves and what is under them; those of the query alone, in the order of the trees. */
export function moveTargets(
  spaces: readonly SpaceSnapshot[],
  moving: ReadonlySet<PageId>,
  query: string,
): readonly MoveTarget[] {
  const wanted = folded(query).split(/\s+/).filter(Boolean)
  const targets: MoveTarget[] = []
  const add = (target: MoveTarget) => {
    const words = folded(`${target.title} ${target.spaceName}`)
    if (targets.length < mostTargets && wanted.every((word) => words.includes(word))) targets.push(target)
  }
  const walk = (pages: readonly TreePage[], spaceName: string, above: readonly string[]) => {
    for (const { id, spaceId, title, icon, kind, children } of pages) {
      if (moving.has(id)) continue
      if (targets.length === mostTargets) return
      add({ key: id, spaceId, parent: id, spaceName, title, above, icon, kind, hasChildren: children.length > 0 })
      walk(children, spaceName, [...above, title])
    }
  }
  for (const { space, tree } of spaces) {
    add({
      key: space.id,
      spaceId: space.id,
      parent: null,
      spaceName: space.name,
      title: '',
      above: [],
      icon: null,
      kind: 'wiki',
      hasChildren: true,
    })
    walk(tree, space.name, [])
  }
  return targets
}

function folded(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{Diacritic}/gu, '')
    .toLowerCase()
}
