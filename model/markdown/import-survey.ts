import type { PageNode } from '../page-content.ts'
import { commentsName } from './export-tree.ts'
import { countComments, readComments, type ExportedComments } from './exported-comments.ts'
import { exportedIdOf, readImportPage, type NewAddresses, type ReadPage } from './import-page.ts'
import { ImportIndex, markdownFile } from './import-index.ts'
import {
  isHidden,
  readWhole,
  SourceUnreadable,
  type ImportSource,
  type Skipped,
  type SourceEntry,
} from './import-source.ts'
import { compareNames, planTree, type PageFacts, type PlannedTree } from './import-tree.ts'
import { decodeText, maxImportBytes, type ImportRefusal } from './markdown-to-page.ts'
import { fail, ok, type Result } from '../result.ts'
import type { ImportWarning } from './import-warning.ts'

/** Something that did not come in as it stood: a file, or a part of one. */
export interface ImportProblem {
  readonly path: string
  readonly reason: Skipped['reason'] | ImportWarning['reason']
  readonly detail: string
}

/** What an import would bring, known before anything is made. */
export interface ImportPreview {
  readonly pages: number
  /** Of these, pages made for folders that have no file of their own. */
  readonly folders: number
  /** Images and other files that pages show or link to. */
  readonly files: number
  readonly fileBytes: number
  readonly links: number
  readonly images: number
  readonly tables: number
  readonly comments: number
  /** The first titles, in order, with how deep they stand. */
  readonly outline: readonly { readonly title: string; readonly depth: number }[]
  readonly problems: readonly ImportProblem[]
  readonly problemCount: number
  /** The name of the space that was exported, where it is an export of ours. */
  readonly exportedSpace: string | null
}

/** Whether somebody stopped it: an AbortSignal will do. */
export interface StopSignal {
  readonly aborted: boolean
}

export interface Progress {
  readonly phase: 'reading' | 'writing'
  readonly done: number
  readonly total: number
}

interface SurveyedPage extends PageFacts {
  readonly exportedId: string | null
  readonly files: readonly string[]
}

/** All that was found out; small for each file, whatever the files weigh. */
export interface Survey {
  readonly source: ImportSource
  readonly index: ImportIndex
  readonly tree: PlannedTree
  readonly pages: ReadonlyMap<string, SurveyedPage>
  readonly sizes: ReadonlyMap<string, number>
  readonly preview: ImportPreview
  /** What was said about the pages, where it is an export of ours. */
  readonly comments: ExportedComments | null
  /** Files that did not come in, whatever the pages say of them. */
  readonly skipped: readonly Skipped[]
}

const maxOutline = 200
/** More than anybody reads; all are counted. */
export const maxProblems = 2000

/** Reads every Markdown file once, and keeps of each what a preview and a plan need. Null where it was stopped. */
export async function surveyImport(
  source: ImportSource,
  options: { readonly signal: StopSignal; readonly onProgress: (progress: Progress) => void },
): Promise<Survey | null> {
  const { markdown, others, hidden } = sortEntries(source.entries)
  const index = new ImportIndex([...markdown, ...others].map(({ path }) => path).toSorted(byDepth))
  const manifest = await readManifest(source, index)
  const skipped: Skipped[] = [...source.skipped, ...hidden]
  const found: Found = { pages: new Map(), problems: [], links: 0, images: 0, tables: 0 }
  for (const [done, entry] of markdown.entries()) {
    if (options.signal.aborted) return null
    options.onProgress({ phase: 'reading', done, total: markdown.length })
    const read = await readMarkdown(source, index, entry, noAddresses)
    if (read.ok) note(found, entry.path, read.value)
    else skipped.push({ path: entry.path, reason: read.error })
  }
  for (const { title, path } of found.pages.values()) index.addTitle(title, path)
  const tree = planTree([...found.pages.values()])
  const sizes = new Map(others.map(({ path, sizeBytes }) => [path, sizeBytes]))
  const referenced = new Set([...found.pages.values()].flatMap(({ files }) => files))
  for (const { path } of others) {
    if (!referenced.has(path) && !isOfExport(path, manifest !== null)) skipped.push({ path, reason: 'not-referenced' })
  }
  const comments = manifest === null ? null : await readCommentsFile(source, index)
  const preview = previewOf({ found, tree, sizes, referenced, skipped, manifest, index, comments })
  return { source, index, tree, pages: found.pages, sizes, preview, skipped, comments }
}

function sortEntries(entries: readonly SourceEntry[]): {
  readonly markdown: readonly SourceEntry[]
  readonly others: readonly SourceEntry[]
  readonly hidden: readonly Skipped[]
} {
  const seen = entries.filter(({ path }) => !isHidden(path)).toSorted((a, b) => compareNames(a.path, b.path))
  return {
    markdown: seen.filter(({ path }) => markdownFile.test(path)),
    others: seen.filter(({ path }) => !markdownFile.test(path)),
    hidden: entries.filter(({ path }) => isHidden(path)).map(({ path }) => ({ path, reason: 'hidden' })),
  }
}

function byDepth(a: string, b: string): number {
  return a.split('/').length - b.split('/').length || compareNames(a, b)
}

/** The page of one file; the sidecar of an export is read with it. */
export async function readMarkdown(
  source: ImportSource,
  index: ImportIndex,
  { path, sizeBytes }: SourceEntry,
  addresses: NewAddresses,
): Promise<Result<ReadPage, ImportRefusal | 'unreadable'>> {
  if (sizeBytes > maxImportBytes) return fail('too-large')
  try {
    const text = decodeText(await readWhole(source.open(path), maxImportBytes))
    if (text === null) return fail('not-text')
    const exact = await readExact(source, index, exportedIdOf(text))
    return ok(readImportPage({ path, text, exact }, index, addresses))
  } catch (error) {
    if (error instanceof SourceUnreadable) return fail('unreadable')
    throw error
  }
}

const maxExactBytes = 4 * maxImportBytes

async function readExact(source: ImportSource, index: ImportIndex, id: string | null): Promise<string | null> {
  const path = `plein/${id ?? ''}.json`
  if (id === null || !index.has(path)) return null
  return decodeText(await readWhole(source.open(path), maxExactBytes))
}

export interface ExportManifest {
  readonly spaceName: string
}

/** What stands in `plein.json`, where the folder is an export of ours; the index learns the names of its files. */
async function readManifest(source: ImportSource, index: ImportIndex): Promise<ExportManifest | null> {
  if (!index.has('plein.json')) return null
  try {
    const text = decodeText(await readWhole(source.open('plein.json'), maxExactBytes))
    const value: unknown = JSON.parse(text ?? '')
    if (Reflect.get(Object(value), 'plein') !== 1) return null
    const files: unknown = Reflect.get(Object(value), 'files')
    for (const file of Array.isArray(files) ? (files as unknown[]) : []) {
      const [path, hash] = [Reflect.get(Object(file), 'path'), Reflect.get(Object(file), 'sha256')] as unknown[]
      if (typeof path === 'string' && typeof hash === 'string') index.addHash(hash, path)
    }
    const name: unknown = Reflect.get(Object(Reflect.get(Object(value), 'space')), 'name')
    return { spaceName: typeof name === 'string' ? name : '' }
  } catch {
    // A file of that name which is not ours: then it is a file like any other.
    return null
  }
}

const maxCommentsBytes = 64 * 1024 * 1024

async function readCommentsFile(source: ImportSource, index: ImportIndex): Promise<ExportedComments | null> {
  if (!index.has(commentsName)) return null
  try {
    return readComments(JSON.parse(decodeText(await readWhole(source.open(commentsName), maxCommentsBytes)) ?? ''))
  } catch (error) {
    // Damaged, or edited by hand into something else: the pages come in without it.
    if (error instanceof SourceUnreadable || error instanceof SyntaxError) return null
    throw error
  }
}

function isOfExport(path: string, isExport: boolean): boolean {
  return isExport && (path === 'plein.json' || path === commentsName || /^plein\/[^/]+\.json$/.test(path))
}

/** While nothing is made yet, everything has an address: what is missing then is missing in the folder. */
const noAddresses: NewAddresses = {
  page: () => 'a'.repeat(26),
  file: () => '0'.repeat(64),
  pageById: () => 'a'.repeat(26),
  fileByHash: () => '0'.repeat(64),
}

interface Found {
  readonly pages: Map<string, SurveyedPage>
  readonly problems: ImportProblem[]
  links: number
  images: number
  tables: number
}

function note(found: Found, path: string, page: ReadPage): void {
  const { title, order, exportedId, files } = page
  found.pages.set(path, { path, title, order, isTitled: exportedId !== null, exportedId, files })
  found.links += page.links
  found.images += page.images
  found.tables += countTables(page.body)
  for (const { reason, detail } of page.warnings) {
    if (found.problems.length < maxProblems) found.problems.push({ path, reason, detail })
  }
}

export function countTables(node: PageNode): number {
  const own = node.type === 'table' ? 1 : 0
  return (node.content ?? []).reduce((sum, child) => sum + countTables(child), own)
}

function previewOf(parts: {
  readonly found: Found
  readonly tree: PlannedTree
  readonly sizes: ReadonlyMap<string, number>
  readonly referenced: ReadonlySet<string>
  readonly skipped: readonly Skipped[]
  readonly manifest: ExportManifest | null
  readonly index: ImportIndex
  readonly comments: ExportedComments | null
}): ImportPreview {
  const { found, tree, sizes, referenced, skipped, index } = parts
  const depths = new Map<string, number>()
  for (const { path, parent } of tree.pages) depths.set(path, parent === null ? 0 : (depths.get(parent) ?? 0) + 1)
  // A `[[name]]` may be a title, and titles are known only now.
  const isLink = ({ reason, path, detail }: ImportProblem) => reason === 'link-outside' && isTitle(index, path, detail)
  const problems = [
    ...skipped.map(({ path, reason }) => ({ path, reason, detail: '' })),
    ...found.problems.filter((problem) => !isLink(problem)),
  ]
  return {
    pages: found.pages.size,
    folders: tree.pages.length - found.pages.size,
    files: referenced.size,
    fileBytes: [...referenced].reduce((sum, path) => sum + (sizes.get(path) ?? 0), 0),
    links: found.links + found.problems.filter(isLink).length,
    images: found.images,
    tables: found.tables,
    comments: parts.comments === null ? 0 : countComments(parts.comments),
    outline: tree.pages.slice(0, maxOutline).map(({ path, title }) => ({ title, depth: depths.get(path) ?? 0 })),
    problems: problems.slice(0, maxProblems),
    problemCount: problems.length,
    exportedSpace: parts.manifest?.spaceName ?? null,
  }
}

function isTitle(index: ImportIndex, from: string, detail: string): boolean {
  const name = /^\[\[(.+)\]\]$/.exec(detail)?.[1]
  return name !== undefined && index.findByName(name, from).kind !== 'missing'
}
