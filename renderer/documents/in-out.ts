import type { PageId, SpaceId } from '../../model/ids.ts'
import type { ExportReport } from '../../model/markdown/export-run.ts'
import type { ImportReport } from '../../model/markdown/import-run.ts'
import type { ImportPreview, Progress } from '../../model/markdown/import-survey.ts'
import type { PageNode } from '../../model/page-content.ts'
import type { ZipRefusal } from '../../model/zip/zip-directory.ts'
import type { Live } from './plein.ts'

/** Files that somebody chose or dropped: one zip, or a folder with the paths in it. */
export type ImportChoice =
  | { readonly kind: 'zip'; readonly name: string; readonly file: Blob }
  | { readonly kind: 'folder'; readonly name: string; readonly files: readonly ChosenFile[] }

export interface ChosenFile {
  /** Relative to what was chosen, with `/` between its parts. */
  readonly path: string
  readonly file: Blob
}

export interface ImportPlace {
  readonly spaceId: SpaceId
  /** The page that the tree goes under; null for the top of the space. */
  readonly parent: PageId | null
}

/** `storage`: this laptop's disk refused. `interrupted`: the work ended without a word, and nothing of it is in sight. */
export type InOutTrouble = ZipRefusal | 'storage-full' | 'storage' | 'interrupted' | 'file-gone'

/** Why an export ended: the import of one's own making, in words. */
export interface FinishedExport {
  readonly report: ExportReport
  readonly fileName: string
  /** The zip, where it is not on the disk yet. */
  readonly zip: Blob | null
}

export type ImportJob =
  | { readonly stage: 'reading'; readonly name: string; readonly progress: Progress | null }
  | { readonly stage: 'preview'; readonly name: string; readonly preview: ImportPreview }
  | {
      readonly stage: 'writing'
      readonly name: string
      readonly place: ImportPlace
      readonly progress: Progress | null
    }
  | { readonly stage: 'done'; readonly name: string; readonly place: ImportPlace; readonly report: ImportReport }
  | { readonly stage: 'failed'; readonly name: string; readonly reason: InOutTrouble }

export interface ExportWhat {
  readonly spaceId: SpaceId
  /** The page with those below it; null for the whole space. */
  readonly pageId: PageId | null
}

export type ExportJob =
  | { readonly stage: 'writing'; readonly what: ExportWhat; readonly progress: Progress | null }
  | { readonly stage: 'done'; readonly what: ExportWhat; readonly finished: FinishedExport }
  | { readonly stage: 'failed'; readonly what: ExportWhat; readonly reason: InOutTrouble }

/**
 * Bringing Markdown in and taking it out, in a worker: the window stays free, and the work goes on while one reads elsewhere. One
 * import and one export at a time; both end with the window.
 */
export interface InOut {
  readonly importing: Live<ImportJob | null>
  readonly exporting: Live<ExportJob | null>
  /** Reads what was chosen; nothing is made yet. */
  readImport(choice: ImportChoice): void
  /** From the preview on: makes the pages, on this laptop first, with or without a network. */
  startImport(place: ImportPlace): void
  /** Ends the import, whatever it is doing. What was made already goes to the archive, never half into sight. */
  stopImport(): void
  /** Into a file that somebody named, or into memory. */
  startExport(what: ExportWhat, to: FileSystemFileHandle | null): void
  stopExport(): void
  forgetImport(): void
  forgetExport(): void
  /** Makes a page of a report, beside what came in. */
  saveReport(place: ImportPlace, title: string, body: PageNode): Promise<PageId>
}
