import type { Instruction } from '@atlaskit/pragmatic-drag-and-drop-hitbox/tree-item'
import type { SpaceId } from '../../../model/ids.ts'
import { pathTo, siblingsOf } from '../../documents/page-tree.ts'
import type { SpaceSnapshot, TreePage } from '../../documents/plein.ts'
import type { TreePlace } from '../../documents/trees.ts'
import { isWithin } from './move-page.ts'
import { spaceIdOf, type PageRow, type SpaceRow, type TreeItem } from './tree-rows.ts'

/** How far a level is indented, in pixels. */
export const indent = 18

/** What a row says to the hitbox of the library, whose levels count from 0. */
export function hitboxOf(row: TreeItem): {
  readonly currentLevel: number
  readonly indentPerLevel: number
  readonly mode: 'standard' | 'expanded' | 'last-in-group'
} {
  const isLast = row.type === 'page' && row.position === row.siblings
  const mode = row.isExpanded ? 'expanded' : isLast ? 'last-in-group' : 'standard'
  return { currentLevel: row.level - 1, indentPerLevel: indent, mode }
}

export interface Drop {
  readonly spaceId: SpaceId
  readonly to: TreePlace
  /** Where it shows: a line at an edge of the row, from this level on; or the whole row. */
  readonly mark: { readonly key: string; readonly edge: 'top' | 'bottom' | 'whole'; readonly level: number }
}

/** Where pages land that are let go of here; undefined where they cannot. */
export function dropOf(
  instruction: Instruction | null,
  row: TreeItem,
  space: SpaceSnapshot | undefined,
  dragged: readonly TreePage[],
): Drop | undefined {
  if (instruction === null || space === undefined || instruction.type === 'instruction-blocked') return undefined
  if (row.type === 'page' && isWithin(dragged, row.page.id)) return undefined
  const drop = row.type === 'space' ? intoSpace(row) : onPage(instruction, row, space)
  return drop !== undefined && isUseless(drop, space, dragged) ? undefined : drop
}

function intoSpace({ space, key, level }: SpaceRow): Drop {
  return { spaceId: space.id, to: { parent: null, before: null }, mark: { key, edge: 'whole', level } }
}

function onPage(
  instruction: Exclude<Instruction, { type: 'instruction-blocked' }>,
  row: PageRow,
  { tree }: SpaceSnapshot,
): Drop | undefined {
  const { page, key, level } = row
  const spaceId = spaceIdOf(row)
  const path = pathTo(tree, page.id)
  const parent = path.at(-2)?.id ?? null
  if (instruction.type === 'make-child')
    return { spaceId, to: { parent: page.id, before: null }, mark: { key, edge: 'whole', level } }
  if (instruction.type === 'reorder-above')
    return { spaceId, to: { parent, before: page.id }, mark: { key, edge: 'top', level } }
  // Behind the page itself or, further to the left, behind one of those that it is the last of.
  const top = level - path.length
  const depth = instruction.type === 'reparent' ? Math.max(instruction.desiredLevel + 1 - top, 1) : path.length
  const left = path[Math.min(depth, path.length) - 1]
  const place = left === undefined ? undefined : siblingsOf(tree, left.id)
  if (place === undefined) return undefined
  const to = { parent: place.parents.at(-1)?.id ?? null, before: place.siblings[place.index + 1]?.id ?? null }
  return { spaceId, to, mark: { key, edge: 'bottom', level: top + place.parents.length + 1 } }
}

/** Where the one page that is dragged stands already. */
function isUseless({ to }: Drop, { tree }: SpaceSnapshot, dragged: readonly TreePage[]): boolean {
  const [page, ...others] = dragged
  const place = page === undefined || others.length > 0 ? undefined : siblingsOf(tree, page.id)
  if (place === undefined || (place.parents.at(-1)?.id ?? null) !== to.parent) return false
  const next = place.siblings[place.index + 1]?.id ?? null
  return to.before === next || to.before === page?.id
}
