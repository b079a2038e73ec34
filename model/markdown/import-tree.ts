import type { PageMark, PageNode } from '../page-content.ts'
import { ImportWarnings } from './import-warning.ts'
import type { ImportWarning } from './import-warning.ts'
import { bytesToPage, titleOfFile } from './markdown-to-page.ts'
import type { ImportRefusal } from './markdown-to-page.ts'

export interface ImportFile {
  /** Relative to the folder, with `/` or `\` between its parts. */
  readonly path: string
  readonly bytes: Uint8Array
}

/** A page that the import will make, with those below it. */
export interface PlannedPage {
  /** The file it comes from; the folder itself, ending in `/`, where a folder has no page of its own. */
  readonly path: string
  readonly title: string
  readonly labels: readonly string[]
  readonly body: PageNode
  readonly children: readonly PlannedPage[]
}

/** What became of one file. */
export interface FileReport {
  readonly path: string
  /** `not-markdown`: another kind of file, left where it is. */
  readonly outcome: 'page' | ImportRefusal | 'not-markdown'
  readonly warnings: readonly ImportWarning[]
}

export interface ImportPlan {
  readonly pages: readonly PlannedPage[]
  readonly files: readonly FileReport[]
  /** How many pages come from a file. An import is a success only where this is above zero. */
  readonly pageCount: number
}

const markdownFile = /\.(?:md|markdown|mdown|mkd)$/i
/** The file that is its folder's own page; the first of these that is there. */
const folderPages = ['readme', 'index'] as const

interface Folder {
  readonly path: string
  readonly folders: Map<string, Folder>
  readonly pages: { readonly name: string; readonly page: PlannedPage }[]
}

/**
 * Plans how a folder of files becomes a tree of pages: folders become pages, of their `README.md` or `index.md` where they have
 * one, and hold what is in them, in the order of their names. Touches nothing; the same files give the same plan.
 */
export function planImport(files: readonly ImportFile[]): ImportPlan {
  const root: Folder = { path: '', folders: new Map(), pages: [] }
  const reports: FileReport[] = []
  for (const file of files.toSorted((a, b) => compareNames(a.path, b.path))) reports.push(addFile(root, file))
  const pages = pagesOf(root)
  const pageCount = reports.filter(({ outcome }) => outcome === 'page').length
  return { pages, files: reports, pageCount }
}

function addFile(root: Folder, { path, bytes }: ImportFile): FileReport {
  const parts = partsOf(path)
  const name = parts.pop() ?? ''
  const clean = [...parts, name].join('/')
  if (!markdownFile.test(name)) return { path: clean, outcome: 'not-markdown', warnings: [] }
  const read = bytesToPage(bytes, name)
  if (!read.ok) return { path: clean, outcome: read.error, warnings: [] }
  const { warnings, ...page } = read.value
  folderOf(root, parts).pages.push({
    name: name.replace(markdownFile, '').toLowerCase(),
    page: { ...page, path: clean, children: [] },
  })
  return { path: clean, outcome: 'page', warnings }
}

/** `.` and `..` never lead out of the folder that is imported. */
function partsOf(path: string): string[] {
  const parts: string[] = []
  for (const part of path.split(/[/\\]/)) {
    if (part === '..') parts.pop()
    else if (part !== '' && part !== '.') parts.push(part)
  }
  return parts
}

function folderOf(root: Folder, parts: readonly string[]): Folder {
  let folder = root
  for (const part of parts) {
    const inner = folder.folders.get(part) ?? { path: `${folder.path}${part}/`, folders: new Map(), pages: [] }
    folder.folders.set(part, inner)
    folder = inner
  }
  return folder
}

/** The pages in a folder. The root's own page, if any, stands first beside the others: the space is the folder's name. */
function pagesOf(folder: Folder): PlannedPage[] {
  const own = ownPage(folder)
  const others = folder.pages.filter(({ page }) => page !== own).map(({ page }) => page)
  const below = [...folder.folders.values()].flatMap((inner) => folderPage(inner))
  const sorted = [...others, ...below].toSorted((a, b) => compareNames(a.path, b.path))
  return own === undefined || folder.path !== '' ? sorted : [own, ...sorted]
}

function folderPage(folder: Folder): PlannedPage[] {
  const own = ownPage(folder)
  const children = pagesOf(folder)
  // A folder is called by its name also where its README is titled `readme`.
  const name = titleOfFolder(folder.path)
  if (own !== undefined) {
    const isUntitled = folderPages.some((each) => each === own.title.toLowerCase())
    return [{ ...own, title: isUntitled ? name : own.title, children }]
  }
  const body = { type: 'doc', content: [{ type: 'paragraph' }] }
  return children.length === 0 ? [] : [{ path: folder.path, title: name, labels: [], body, children }]
}

function titleOfFolder(path: string): string {
  return titleOfFile(`${path.slice(0, -1)}.md`)
}

function ownPage({ pages }: Folder): PlannedPage | undefined {
  for (const wanted of folderPages) {
    const found = pages.find(({ name }) => name === wanted)
    if (found !== undefined) return found.page
  }
  return undefined
}

/** By number where names begin with one, so that `10-slot.md` follows `9-begin.md`; the same on every machine. */
function compareNames(a: string, b: string): number {
  const [first, second] = [sortKey(a), sortKey(b)]
  if (first !== second) return first < second ? -1 : 1
  return a === b ? 0 : a < b ? -1 : 1
}

function sortKey(path: string): string {
  return path.toLowerCase().replaceAll(/\d+/g, (digits) => digits.padStart(12, '0'))
}

/**
 * The second pass: links between the imported files become links to their pages. A link to a Markdown file that is not among them
 * stays as it is and is reported.
 */
export function resolveLinks(plan: ImportPlan, idOf: (path: string) => string): ImportPlan {
  const targets = new Map<string, string>()
  const gather = (page: PlannedPage) => {
    targets.set(page.path, page.path)
    page.children.forEach(gather)
  }
  plan.pages.forEach(gather)
  for (const path of targets.keys()) addFolderTarget(targets, path)
  const warnings = new Map<string, ImportWarnings>()
  const pages = plan.pages.map((page) => resolvePage(page, { targets, idOf, warnings }))
  const files = plan.files.map((file) => ({
    ...file,
    warnings: [...file.warnings, ...(warnings.get(file.path)?.list() ?? [])],
  }))
  return { ...plan, pages, files }
}

/** A link to a folder means its page. */
function addFolderTarget(targets: Map<string, string>, path: string): void {
  const slash = path.lastIndexOf('/')
  const name = path
    .slice(slash + 1)
    .replace(markdownFile, '')
    .toLowerCase()
  const folder = path.slice(0, slash + 1)
  if (folder !== '' && folderPages.some((each) => each === name) && !targets.has(folder)) targets.set(folder, path)
}

interface Resolving {
  readonly targets: ReadonlyMap<string, string>
  readonly idOf: (path: string) => string
  readonly warnings: Map<string, ImportWarnings>
}

function resolvePage(page: PlannedPage, resolving: Resolving): PlannedPage {
  const body = resolveNode(page.body, (href) => resolveHref(href, page.path, resolving))
  return { ...page, body, children: page.children.map((child) => resolvePage(child, resolving)) }
}

function resolveHref(href: string, from: string, { targets, idOf, warnings }: Resolving): string {
  const address = /^([^#?]+)(?:\?[^#]*)?(?:#.*)?$/.exec(href)?.[1]
  if (address === undefined || /^[a-z][a-z0-9+.-]*:|^\//i.test(address)) return href
  const folder = from.slice(0, from.lastIndexOf('/') + 1)
  const path = partsOf(folder + decodePath(address)).join('/')
  const target = targets.get(path) ?? targets.get(`${path}/`) ?? targets.get(`${path}.md`)
  if (target !== undefined) return `plein:page/${idOf(target)}`
  if (markdownFile.test(address)) {
    const own = warnings.get(from) ?? new ImportWarnings()
    own.add('link-outside', href)
    warnings.set(from, own)
  }
  return href
}

function decodePath(address: string): string {
  try {
    return decodeURIComponent(address)
  } catch {
    // A bare `%` in a name is no escape: the name is then as it stands.
    return address
  }
}

function resolveNode(node: PageNode, resolve: (href: string) => string): PageNode {
  const { content, marks, attrs } = node
  const href = node.type === 'image' ? attrs?.['href'] : undefined
  return {
    ...node,
    ...(typeof href === 'string' && { attrs: { ...attrs, href: resolve(href) } }),
    ...(content !== undefined && { content: content.map((child) => resolveNode(child, resolve)) }),
    ...(marks !== undefined && { marks: marks.map((mark) => resolveMark(mark, resolve)) }),
  }
}

function resolveMark(mark: PageMark, resolve: (href: string) => string): PageMark {
  const href = mark.attrs?.['href']
  return mark.type === 'link' && typeof href === 'string'
    ? { ...mark, attrs: { ...mark.attrs, href: resolve(href) } }
    : mark
}
