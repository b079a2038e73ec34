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
  readonly icon: string | null
  /** Pages for fewer eyes: it stands in the tree of the space that it is a part of. */
  readonly isSection: boolean
}

/** What the tree needs to know of a space beyond its pages. */
export interface SpaceFacts {
  readonly parent: SpaceId | null
  readonly icon: string | null
}

const noFacts: SpaceFacts = { parent: null, icon: null }

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
export function treeRows(
  spaces: readonly SpaceSnapshot[],
  expanded: ReadonlySet<string>,
  factsOf: (id: SpaceId) => SpaceFacts | null = () => null,
): readonly TreeRow[] {
  const ids = new Set(spaces.map(({ space }) => space.id))
  // Where one is in a section and not in the space around it, the section stands for itself.
  const parentOf = (id: SpaceId) => {
    const parent = factsOf(id)?.parent ?? null
    return parent !== null && ids.has(parent) ? parent : null
  }
  const drawing: Drawing = {
    expanded,
    iconOf: (id) => (factsOf(id) ?? noFacts).icon,
    sectionsOf: (id) => spaces.filter(({ space }) => parentOf(space.id) === id),
  }
  const top = spaces.filter(({ space }) => parentOf(space.id) === null)
  return sections.flatMap((section): TreeRow[] => {
    const inside = top.filter(({ space }) => sectionOf(space) === section)
    if (inside.length === 0) return []
    const heading: HeadingRow = { type: 'heading', key: section, section }
    const rows = inside.flatMap((space, index) => {
      const place = { level: 1, position: index + 1, siblings: inside.length, parentKey: null }
      return spaceRows(space, place, drawing)
    })
    return section === 'spaces' ? rows : [heading, ...rows]
  })
}

interface Drawing {
  readonly expanded: ReadonlySet<string>
  iconOf(id: SpaceId): string | null
  sectionsOf(id: SpaceId): readonly SpaceSnapshot[]
}

function spaceRows(
  snapshot: SpaceSnapshot,
  place: Pick<Place, 'level' | 'position' | 'siblings' | 'parentKey'>,
  drawing: Drawing,
): TreeRow[] {
  const { space, treeIsHere } = snapshot
  // On a new laptop the rows come first: pages without their places would jump a second later.
  const tree = treeIsHere ? snapshot.tree : []
  const closed = drawing.sectionsOf(space.id)
  const hasChildren = tree.length + closed.length > 0
  const isExpanded = hasChildren && drawing.expanded.has(space.id)
  const icon = drawing.iconOf(space.id)
  const isSection = place.parentKey !== null
  const rows: TreeRow[] = [{ type: 'space', key: space.id, space, icon, isSection, hasChildren, isExpanded, ...place }]
  if (!isExpanded) return rows
  const inside = { level: place.level + 1, parentKey: space.id }
  const siblings = tree.length + closed.length
  addPages(rows, tree, { ...inside, siblings }, drawing.expanded)
  for (const [index, section] of closed.entries())
    rows.push(...spaceRows(section, { ...inside, position: tree.length + index + 1, siblings }, drawing))
  return rows
}

function addPages(
  rows: TreeRow[],
  pages: readonly TreePage[],
  { level, parentKey, siblings }: Pick<Place, 'level' | 'parentKey' | 'siblings'>,
  expanded: ReadonlySet<string>,
): void {
  pages.forEach((page, index) => {
    const hasChildren = page.children.length > 0
    const isExpanded = hasChildren && expanded.has(page.id)
    const place = { key: page.id, level, parentKey, position: index + 1, siblings }
    rows.push({ type: 'page', page, hasChildren, isExpanded, ...place })
    if (isExpanded)
      addPages(rows, page.children, { level: level + 1, parentKey: page.id, siblings: page.children.length }, expanded)
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
