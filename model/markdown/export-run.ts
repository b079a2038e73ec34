import { encodeUtf8 } from 'lib0/string'
import type { FileHash, PageId } from '../ids.ts'
import type { PageNode } from '../page-content.ts'
import type { ZipWriter } from '../zip/zip-writer.ts'
import { zipWriterLimits } from '../zip/zip-limits.ts'
import { exportPage } from './export-page.ts'
import { countComments, type ExportedComments } from './exported-comments.ts'
import { ExportPaths, filesIn } from './export-paths.ts'
import {
  commentsName,
  exportFolders,
  manifestName,
  placePages,
  type ExportPage,
  type PlacedPage,
} from './export-tree.ts'
import type { Progress, StopSignal } from './import-survey.ts'

/** What an export is made of. */
export interface ExportPlan {
  /** The tree of a space, or one page with those below it. */
  readonly pages: readonly ExportPage[]
  /** Notes of one's own. */
  readonly notes: readonly ExportPage[]
  /** What stands in `plein.json` about the space. */
  readonly space: Readonly<Record<string, unknown>>
  readonly organisationName: string
  /** ISO 8601. */
  readonly exportedAt: string
  /** The name of a file whose page has no title. */
  readonly untitled: string
}

export interface ExportSource {
  /** Null where the page cannot be had now. */
  readPage(
    id: PageId,
  ): Promise<{ readonly title: string; readonly labels: readonly string[]; readonly body: PageNode } | null>
  /** Null where the file cannot be had now. */
  openFile(hash: FileHash): Promise<{
    /** What it was called when it came; null where nobody knows. */
    readonly name: string | null
    readonly mediaType: string
    readonly sizeBytes: number
    readonly pieces: AsyncIterable<Uint8Array>
  } | null>
  /** What was said about the exported pages; null where nothing was. */
  comments(pages: readonly PageId[]): Promise<ExportedComments | null>
}

/** Something that is not in the export. */
export interface Missing {
  readonly reason: 'page-not-here' | 'file-not-here' | 'export-too-large'
  readonly pageId: PageId
  readonly title: string
  readonly detail: string
}

export interface ExportReport {
  readonly outcome: 'done' | 'stopped' | 'nothing' | 'too-large'
  readonly pages: number
  readonly files: number
  readonly comments: number
  readonly missing: readonly Missing[]
  readonly sizeBytes: number
}

interface ExportedFile {
  readonly path: string
  readonly sha256: FileHash
  readonly mediaType: string
  readonly sizeBytes: number
}

/** Writes an export piece by piece into `write`, which takes the next one when it has taken this one. */
export async function runExport(
  plan: ExportPlan,
  source: ExportSource,
  zip: ZipWriter,
  options: {
    readonly signal: StopSignal
    readonly onProgress: (progress: Progress) => void
    readonly write: (bytes: Uint8Array) => Promise<void>
  },
): Promise<ExportReport> {
  const run = new ExportRun(plan, source, zip, options.write)
  const total = run.placed.length
  for (const [done, placed] of run.placed.entries()) {
    if (options.signal.aborted) return run.report('stopped')
    if (run.isFull) return run.report('too-large')
    options.onProgress({ phase: 'writing', done, total })
    await run.addPage(placed)
  }
  if (run.pages === 0) return run.report('nothing')
  await run.finish()
  return run.report('done')
}

class ExportRun {
  readonly placed: readonly PlacedPage[]
  pages = 0
  readonly #plan: ExportPlan
  readonly #source: ExportSource
  readonly #zip: ZipWriter
  readonly #write: (bytes: Uint8Array) => Promise<void>
  readonly #paths: ExportPaths
  readonly #files: ExportedFile[] = []
  readonly #missing: Missing[] = []
  readonly #index: { readonly id: PageId; readonly path: string }[] = []
  #entries = 0
  #comments = 0

  constructor(plan: ExportPlan, source: ExportSource, zip: ZipWriter, write: (bytes: Uint8Array) => Promise<void>) {
    this.#plan = plan
    this.#source = source
    this.#zip = zip
    this.#write = write
    this.placed = placePages(plan.pages, plan.notes, plan.untitled)
    this.#paths = new ExportPaths(this.placed)
  }

  get isFull(): boolean {
    return this.#zip.sizeBytes > zipWriterLimits.totalBytes || this.#entries > zipWriterLimits.entries
  }

  async addPage(placed: PlacedPage): Promise<void> {
    const { id, title } = placed.page
    const content = await this.#source.readPage(id)
    if (content === null) {
      this.#missing.push({ reason: 'page-not-here', pageId: id, title, detail: placed.path })
      return
    }
    for (const file of filesIn(content.body)) {
      if (this.#paths.file(file.hash) === undefined) await this.#addFile(placed, file)
    }
    const { markdown, exact } = exportPage(placed, content, this.#paths)
    await this.#add(placed.path, markdown)
    if (exact !== null) await this.#add(`${exportFolders.exact}/${id}.json`, exact)
    this.pages += 1
    this.#index.push({ id, path: placed.path })
  }

  async finish(): Promise<void> {
    const comments = await this.#source.comments(this.#index.map(({ id }) => id))
    if (comments !== null) {
      this.#comments = countComments(comments)
      await this.#add(commentsName, `${JSON.stringify({ plein: 1, ...comments }, null, 1)}\n`)
    }
    const { space, organisationName, exportedAt } = this.#plan
    const manifest = {
      plein: 1,
      exportedAt,
      organisation: organisationName,
      space,
      pages: this.#index,
      files: this.#files,
      missing: this.#missing,
    }
    await this.#add(manifestName, `${JSON.stringify(manifest, null, 1)}\n`)
    for (const bytes of this.#zip.end()) await this.#write(bytes)
  }

  report(outcome: ExportReport['outcome']): ExportReport {
    return {
      outcome,
      pages: this.pages,
      files: this.#files.length,
      comments: this.#comments,
      missing: this.#missing,
      sizeBytes: this.#zip.sizeBytes,
    }
  }

  async #addFile({ page }: PlacedPage, file: { readonly hash: FileHash; readonly name: string | null }): Promise<void> {
    const opened = await this.#source.openFile(file.hash)
    const missing = { pageId: page.id, title: page.title, detail: file.name ?? file.hash }
    if (opened === null) {
      this.#missing.push({ reason: 'file-not-here', ...missing })
      return
    }
    if (this.#zip.sizeBytes + opened.sizeBytes > zipWriterLimits.totalBytes) {
      this.#missing.push({ reason: 'export-too-large', ...missing })
      return
    }
    const path = this.#paths.addFile({ hash: file.hash, name: opened.name ?? file.name }, opened.mediaType)
    const { mediaType, sizeBytes } = opened
    this.#files.push({ path, sha256: file.hash, mediaType, sizeBytes })
    await this.#addPieces(path, opened.pieces, isPacked(mediaType))
  }

  async #add(path: string, text: string): Promise<void> {
    await this.#addPieces(path, [encodeUtf8(text)], false)
  }

  async #addPieces(
    path: string,
    pieces: Iterable<Uint8Array> | AsyncIterable<Uint8Array>,
    packed: boolean,
  ): Promise<void> {
    this.#entries += 1
    for await (const bytes of this.#zip.add(path, pieces, packed)) await this.#write(bytes)
  }
}

/** Pictures, films and archives are packed already. */
function isPacked(mediaType: string): boolean {
  return /^(?:image\/(?!svg|bmp)|video\/|audio\/|application\/(?:zip|gzip|pdf|x-7z))/.test(mediaType)
}
