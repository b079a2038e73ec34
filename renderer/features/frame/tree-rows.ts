import type { PageId, SpaceId } from '../../../model/ids.ts'
import type { SpaceSnapshot, SpaceSummary, TreePage } from '../../documents/plein.ts'

export type TreeSection = 'spaces' | 'communities' | 'ownSpaces'

interface Place {
  readonly key: string
  readonly level: number
  readonly hasChildren: boolean
  readonly isExpanded: boolean
  readonly position: number
  readonly siblings: number
  readonly parentKey: string | null
}

export interface HeadingRow {
  readonly type: 'heading'
  readonly key: string
  readonly section: TreeSection
}

export interface SpaceRow extends Place {
  readonly type: 'space'
  readonly space: SpaceSummary
}

export interface PageRow extends Place {
  readonly type: 'page'
  readonly page: TreePage
}

export type TreeRow = HeadingRow | SpaceRow | PageRow
export type TreeItem = SpaceRow | PageRow

const sections: readonly TreeSection[] = ['spaces', 'communities', 'ownSpaces']

function sectionOf(space: SpaceSummary): TreeSection {
  if (space.kind === 'community') return 'communities'
  return space.kind === 'personal' ? 'ownSpaces' : 'spaces'
}

/** The tree as the flat list that is drawn: what is collapsed is left out. The first section has its heading above the list. */
export function treeRows(spaces: readonly SpaceSnapshot[], expanded: ReadonlySet<string>): readonly TreeRow[] {
  return sections.flatMap((section): TreeRow[] => {
    const inside = spaces.filter(({ space }) => sectionOf(space) === section)
    if (inside.length === 0) return []
    const heading: HeadingRow = { type: 'heading', key: section, section }
    const rows = inside.flatMap((space, index) => spaceRows(space, index, inside.length, expanded))
    return section === 'spaces' ? rows : [heading, ...rows]
  })
}

function spaceRows(snapshot: SpaceSnapshot, index: number, count: number, expanded: ReadonlySet<string>): TreeRow[] {
  const { space, treeIsHere } = snapshot
  // On a new laptop the rows come first: pages without their places would jump a second later.
  const tree = treeIsHere ? snapshot.tree : []
  const isExpanded = tree.length > 0 && expanded.has(space.id)
  const row: SpaceRow = {
    type: 'space',
    key: space.id,
    space,
    level: 1,
    hasChildren: tree.length > 0,
    isExpanded,
    position: index + 1,
    siblings: count,
    parentKey: null,
  }
  const rows: TreeRow[] = [row]
  if (isExpanded) addPages(rows, tree, { level: 2, parentKey: space.id }, expanded)
  return rows
}

function addPages(
  rows: TreeRow[],
  pages: readonly TreePage[],
  { level, parentKey }: Pick<Place, 'level' | 'parentKey'>,
  expanded: ReadonlySet<string>,
): void {
  pages.forEach((page, index) => {
    const hasChildren = page.children.length > 0
    const isExpanded = hasChildren && expanded.has(page.id)
    const place = { key: page.id, level, parentKey, position: index + 1, siblings: pages.length }
    rows.push({ type: 'page', page, hasChildren, isExpanded, ...place })
    if (isExpanded) addPages(rows, page.children, { level: level + 1, parentKey: page.id }, expanded)
  })
}

export function isItem(row: TreeRow | undefined): row is TreeItem {
  return row !== undefined && row.type !== 'heading'
}

export function titleOf(row: TreeItem): string {
  return row.type === 'space' ? row.space.name : row.page.title
}

export function spaceIdOf(row: TreeItem): SpaceId {
  return row.type === 'space' ? row.space.id : row.page.spaceId
}

export function pageIdOf(row: TreeItem): PageId | null {
  return row.type === 'page' ? row.page.id : null
}
