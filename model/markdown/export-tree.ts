import type { PageId } from '../ids.ts'
import type { PageKind } from '../kinds.ts'
import { FolderNames, nameOfTitle } from './export-names.ts'

/** A page as the tree of a space, or a list of one's own notes, tells of it. */
export interface ExportPage {
  readonly id: PageId
  readonly title: string
  readonly kind: PageKind
  readonly icon: string | null
  /** ISO 8601; null where nobody knows. */
  readonly changed: string | null
  readonly children: readonly ExportPage[]
}

/** A page with the file that it is written to. */
export interface PlacedPage {
  readonly page: ExportPage
  readonly path: string
  /** Its place among its siblings, from 1. */
  readonly order: number
}

/** What stands beside the pages at the top of an export. */
export const exportFolders = { files: 'files', notes: 'notes', exact: 'plein' } as const
export const manifestName = 'plein.json'
export const commentsName = 'comments.json'

/**
 * Gives every page its file: in the folder of the page above it, named after its title; a page with pages below it is the
 * `index.md` of a folder. Parents before their children.
 */
export function placePages(
  pages: readonly ExportPage[],
  notes: readonly ExportPage[],
  untitled: string,
): readonly PlacedPage[] {
  const placed: PlacedPage[] = []
  place(pages, { folder: '', reserved: Object.values(exportFolders), untitled, placed })
  place(notes, { folder: `${exportFolders.notes}/`, reserved: [], untitled, placed })
  return placed
}

interface Placing {
  readonly folder: string
  readonly reserved: readonly string[]
  readonly untitled: string
  readonly placed: PlacedPage[]
}

function place(pages: readonly ExportPage[], { folder, reserved, untitled, placed }: Placing): void {
  // A page of that name would be taken for its folder's own.
  const names = new FolderNames([...reserved, 'index', 'readme'])
  for (const [index, page] of pages.entries()) {
    const name = names.give(nameOfTitle(page.title, untitled))
    const hasChildren = page.children.length > 0
    placed.push({ page, path: hasChildren ? `${folder}${name}/index.md` : `${folder}${name}.md`, order: index + 1 })
    if (hasChildren) place(page.children, { folder: `${folder}${name}/`, reserved: [], untitled, placed })
  }
}
