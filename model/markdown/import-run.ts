import * as Y from 'yjs'
import type { ActRef } from '../act-ref.ts'
import type { Anchor } from '../act.ts'
import type { FileHash, PageId } from '../ids.ts'
import type { PageKind } from '../kinds.ts'
import { pageUpdate } from '../page-update.ts'
import type { Result } from '../result.ts'
import { commentsName } from './export-tree.ts'
import {
  anchorsIn,
  countComments,
  placedByPage,
  withAnchors,
  type ExportedComments,
  type PlacedSaid,
} from './exported-comments.ts'
import type { NewAddresses, ReadPage } from './import-page.ts'
import type { SkipReason } from './import-source.ts'
import {
  countTables,
  maxProblems,
  readMarkdown,
  type ImportProblem,
  type Progress,
  type StopSignal,
  type Survey,
} from './import-survey.ts'
import type { PlannedPage } from './import-tree.ts'

/** A page ready to be made. */
export interface ReadyPage {
  readonly id: PageId
  readonly path: string
  readonly title: string
  readonly icon: string | null
  readonly kind: PageKind
  /** Null: directly under the page, or at the top of the space, that the import goes to. */
  readonly parent: PageId | null
  /** On top of the seed of its kind. */
  readonly update: Uint8Array
  readonly schema: number
}

/** Where an import goes: the storage of a laptop, or a server's. */
export interface ImportSink {
  mintPageId(): PageId
  /** Keeps the bytes of a file; why not, where it does not. */
  keepFile(file: {
    readonly path: string
    readonly sizeBytes: number
    readonly pieces: AsyncIterable<Uint8Array>
  }): Promise<Result<FileHash, Extract<SkipReason, 'file-too-large' | 'unreadable' | 'not-kept'>>>
  /** Makes pages, parents before their children, out of sight until `reveal`. */
  commit(pages: readonly ReadyPage[]): Promise<void>
  /** Brings all that was committed into sight at once. */
  reveal(): Promise<void>
  /**
   * Keeps what was said about the pages, marked as imported; false where that cannot be done now. `pages` are those of the export, by
   * the ids that they had there.
   */
  keepComments(comments: ExportedComments, pages: ReadonlyMap<string, PageId>): Promise<boolean>
}

/** What became of everything. */
export interface ImportReport {
  /** `stopped`: somebody stopped it; nothing is in sight. `nothing`: no page came in, which is never a success. */
  readonly outcome: 'done' | 'stopped' | 'nothing'
  readonly pages: number
  readonly folders: number
  readonly files: number
  readonly links: number
  readonly images: number
  readonly tables: number
  readonly problems: readonly ImportProblem[]
  readonly problemCount: number
  /** The first page at the top, to go to. */
  readonly firstPage: PageId | null
  /** Comments and answers, marked as imported. */
  readonly comments: number
  readonly made: readonly { readonly id: PageId; readonly path: string; readonly title: string }[]
}

/** Pages of one commit. Small, so that whoever watches sees it go on, and a laptop's windows are told of little at once. */
const batchPages = 32
const batchBytes = 512 * 1024

/** Makes the pages of a survey. An abort leaves nothing in sight, and the report says `stopped`. */
export async function runImport(
  survey: Survey,
  sink: ImportSink,
  options: { readonly signal: StopSignal; readonly onProgress: (progress: Progress) => void },
): Promise<ImportReport> {
  const run = new ImportRun(survey, sink)
  const { pages } = survey.tree
  if (survey.pages.size === 0) return run.report('nothing')
  for (const [done, page] of pages.entries()) {
    if (options.signal.aborted) return run.report('stopped')
    options.onProgress({ phase: 'writing', done, total: pages.length })
    await run.add(page)
  }
  await run.flush()
  if (options.signal.aborted) return run.report('stopped')
  if (run.fromFiles === 0) return run.report('nothing')
  await sink.reveal()
  await run.keepComments()
  return run.report('done')
}

class ImportRun {
  readonly #survey: Survey
  readonly #sink: ImportSink
  readonly #ids = new Map<string, PageId>()
  readonly #exportedIds = new Map<string, PageId>()
  /** Null: it was tried and not kept. */
  readonly #files = new Map<string, FileHash | null>()
  readonly #problems: ImportProblem[] = []
  #problemCount = 0
  readonly #made: { id: PageId; path: string; title: string }[] = []
  #batch: ReadyPage[] = []
  #batchSize = 0
  #links = 0
  #images = 0
  #tables = 0
  #comments = 0
  readonly #placed: ReadonlyMap<string, readonly PlacedSaid[]>
  readonly #anchors = new Map<ActRef, Anchor>()

  constructor(survey: Survey, sink: ImportSink) {
    this.#survey = survey
    this.#placed = survey.comments === null ? new Map() : placedByPage(survey.comments)
    this.#sink = sink
    for (const { path } of survey.tree.pages) this.#ids.set(path, sink.mintPageId())
    for (const { path, exportedId } of survey.pages.values()) {
      const id = this.#ids.get(path)
      if (exportedId !== null && id !== undefined) this.#exportedIds.set(exportedId, id)
    }
    for (const { path, reason } of survey.skipped) this.#problem({ path, reason, detail: '' })
  }

  async add(planned: PlannedPage): Promise<void> {
    const id = this.#ids.get(planned.path)
    if (id === undefined) return
    const read = await this.#read(planned)
    if (read === 'unreadable') return
    const kind = this.#kindOf(planned.path, read)
    const icon = read?.icon ?? null
    const { update, schema } = pageUpdate({
      kind,
      title: planned.title,
      icon,
      labels: read?.labels ?? [],
      body: read?.body ?? { type: 'doc', content: [{ type: 'paragraph' }] },
    })
    this.#placeComments(planned.path, update)
    const parent = planned.parent === null ? null : (this.#ids.get(planned.parent) ?? null)
    this.#batch.push({ id, path: planned.path, title: planned.title, icon, kind, parent, update, schema })
    this.#batchSize += update.length
    if (read !== null) this.#count(read, planned.path)
    if (this.#batch.length >= batchPages || this.#batchSize >= batchBytes) await this.flush()
  }

  /** While its bytes are at hand: what was said about words of the page is anchored to them again. */
  #placeComments(path: string, update: Uint8Array): void {
    const placed = this.#placed.get(this.#survey.pages.get(path)?.exportedId ?? '')
    if (placed === undefined) return
    const doc = new Y.Doc()
    Y.applyUpdate(doc, update)
    for (const [ref, anchor] of anchorsIn(doc, placed)) this.#anchors.set(ref, anchor)
    doc.destroy()
  }

  /** Pages that are made and come from a file. */
  get fromFiles(): number {
    return this.#made.filter(({ path }) => !path.endsWith('/')).length
  }

  async flush(): Promise<void> {
    const batch = this.#batch
    if (batch.length === 0) return
    this.#batch = []
    this.#batchSize = 0
    await this.#sink.commit(batch)
    for (const { id, path, title } of batch) this.#made.push({ id, path, title })
  }

  /** After the pages: an answer about a page that is not there would be nobody's. */
  async keepComments(): Promise<void> {
    const { comments: exported } = this.#survey
    if (exported === null) return
    const comments = withAnchors(exported, this.#anchors)
    const isKept = await this.#sink.keepComments(comments, this.#exportedIds)
    if (isKept) this.#comments = countComments(comments)
    else this.#problem({ path: commentsName, reason: 'comments-not-kept', detail: String(countComments(comments)) })
  }

  report(outcome: ImportReport['outcome']): ImportReport {
    return {
      outcome,
      pages: this.fromFiles,
      folders: this.#made.length - this.fromFiles,
      files: [...this.#files.values()].filter((hash) => hash !== null).length,
      links: this.#links,
      images: this.#images,
      tables: this.#tables,
      problems: this.#problems,
      problemCount: this.#problemCount,
      firstPage: this.#made[0]?.id ?? null,
      comments: this.#comments,
      made: this.#made,
    }
  }

  /** Null for a folder without a file. */
  async #read({ path }: PlannedPage): Promise<ReadPage | null | 'unreadable'> {
    if (path.endsWith('/')) return null
    for (const file of this.#survey.pages.get(path)?.files ?? []) await this.#keep(file)
    const { source, index } = this.#survey
    const read = await readMarkdown(source, index, { path, sizeBytes: 0 }, this.#addresses)
    if (read.ok) return read.value
    // It could be read a moment ago.
    this.#problem({ path, reason: 'unreadable', detail: '' })
    return 'unreadable'
  }

  readonly #addresses: NewAddresses = {
    page: (path) => this.#ids.get(this.#survey.tree.pageOf(path) ?? '') ?? null,
    file: (path) => this.#files.get(path) ?? null,
    pageById: (id) => this.#exportedIds.get(id) ?? null,
    fileByHash: (hash) => this.#files.get(this.#survey.index.pathOfHash(hash) ?? '') ?? null,
  }

  async #keep(path: string): Promise<void> {
    if (this.#files.has(path)) return
    const { source, sizes } = this.#survey
    const kept = await this.#sink.keepFile({ path, sizeBytes: sizes.get(path) ?? 0, pieces: source.open(path) })
    this.#files.set(path, kept.ok ? kept.value : null)
    if (!kept.ok) this.#problem({ path, reason: kept.error, detail: '' })
  }

  #kindOf(path: string, read: ReadPage | null): PageKind {
    const kind = read?.kind ?? 'wiki'
    if (kind === 'wiki' || kind === 'document' || kind === 'note') return kind
    this.#problem({ path, reason: 'other-kind', detail: kind })
    return 'wiki'
  }

  #count(read: ReadPage, path: string): void {
    this.#links += read.links
    this.#images += read.images
    this.#tables += countTables(read.body)
    for (const { reason, detail } of read.warnings) this.#problem({ path, reason, detail })
  }

  #problem(problem: ImportProblem): void {
    this.#problemCount += 1
    if (this.#problems.length < maxProblems) this.#problems.push(problem)
  }
}
