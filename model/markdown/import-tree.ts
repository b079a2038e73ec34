import { bareName, folderOf, folderPages } from './import-index.ts'
import { titleOfFile } from './markdown-to-page.ts'

/** What the tree needs to know of a Markdown file that can be read. */
export interface PageFacts {
  readonly path: string
  readonly title: string
  /** Where it wants to stand among its siblings, from its front matter. */
  readonly order: number | null
  /** It says its title itself: no name of a folder takes its place. */
  readonly isTitled: boolean
}

/** A page that an import will make. */
export interface PlannedPage {
  /** The file it comes from; the folder itself, ending in `/`, where a folder has no page of its own. */
  readonly path: string
  readonly title: string
  /** The path of the page above it; null at the top. */
  readonly parent: string | null
}

export interface PlannedTree {
  /** Parents before their children, siblings in their order. */
  readonly pages: readonly PlannedPage[]
  /** The page that stands for a file or a folder; undefined where there is none. */
  pageOf(path: string): string | undefined
}

interface Folder {
  readonly path: string
  readonly folders: Map<string, Folder>
  readonly pages: PageFacts[]
}

interface Sibling {
  readonly page: PageFacts
  readonly folder: Folder | null
}

/**
 * Plans how a folder of files becomes a tree of pages: folders become pages, of their `README.md` or `index.md`, or of the file
 * beside them that has their name, and hold what is in them; in the order that the files ask for, else of their names. The same
 * files give the same plan in whatever order they come.
 */
export function planTree(files: readonly PageFacts[]): PlannedTree {
  const root: Folder = { path: '', folders: new Map(), pages: [] }
  for (const file of files) folderAt(root, file.path.split('/').slice(0, -1)).pages.push(file)
  const pages: PlannedPage[] = []
  const owners = new Map<string, string>()
  const add = (siblings: readonly Sibling[], parent: string | null) => {
    for (const { page, folder } of siblings) {
      pages.push({ path: page.path, title: titleOf(page, folder), parent })
      owners.set(page.path, page.path)
      if (folder === null) continue
      owners.set(folder.path, page.path)
      add(siblingsIn(folder, page), page.path)
    }
  }
  add(topOf(root), null)
  return { pages, pageOf: (path) => owners.get(path) }
}

function folderAt(root: Folder, parts: readonly string[]): Folder {
  let folder = root
  for (const part of parts) {
    const inner = folder.folders.get(part) ?? { path: `${folder.path}${part}/`, folders: new Map(), pages: [] }
    folder.folders.set(part, inner)
    folder = inner
  }
  return folder
}

/** The root's own page, if any, stands first beside the others: the space is the folder's name. */
function topOf(root: Folder): Sibling[] {
  const own = ownPage(root)
  const others = siblingsIn(root, own ?? null)
  return own === undefined || own.order !== null ? siblingsIn(root, null) : [{ page: own, folder: null }, ...others]
}

function siblingsIn(folder: Folder, own: PageFacts | null): Sibling[] {
  const beside = new Map<string, PageFacts>()
  const siblings: Sibling[] = []
  for (const page of folder.pages) {
    if (page === own) continue
    const inner = folder.folders.get(bareName(page.path))
    // Several tools write `plan.md` beside `plan/` for a page with pages below it.
    if (inner !== undefined && ownPage(inner) === undefined && !beside.has(inner.path)) beside.set(inner.path, page)
    else siblings.push({ page, folder: null })
  }
  for (const inner of folder.folders.values()) {
    const page = beside.get(inner.path) ??
      ownPage(inner) ?? { path: inner.path, title: '', order: null, isTitled: false }
    siblings.push({ page, folder: inner })
  }
  return siblings.toSorted(compareSiblings)
}

function ownPage({ path, pages }: Folder): PageFacts | undefined {
  for (const wanted of folderPages) {
    const found = pages.find((page) => folderOf(page.path) === path && bareName(page.path).toLowerCase() === wanted)
    if (found !== undefined) return found
  }
  return undefined
}

/** A folder is called by its name, also where its README is titled `readme`. */
function titleOf(page: PageFacts, folder: Folder | null): string {
  const isNamed = page.path.endsWith('/') || folderPages.some((each) => each === page.title.toLowerCase())
  return folder !== null && isNamed && !page.isTitled ? titleOfFile(`${folder.path.slice(0, -1)}.md`) : page.title
}

function compareSiblings(a: Sibling, b: Sibling): number {
  const [first, second] = [a.page.order ?? Infinity, b.page.order ?? Infinity]
  if (first !== second) return first - second
  return compareNames(a.folder?.path ?? a.page.path, b.folder?.path ?? b.page.path)
}

/** By number where names begin with one, so that `10-slot.md` follows `9-begin.md`; the same on every machine. */
export function compareNames(a: string, b: string): number {
  const [first, second] = [sortKey(a), sortKey(b)]
  if (first !== second) return first < second ? -1 : 1
  return a === b ? 0 : a < b ? -1 : 1
}

function sortKey(path: string): string {
  return path.toLowerCase().replaceAll(/\d+/g, (digits) => digits.padStart(12, '0'))
}
