import type { PageId } from '../../model/ids.ts'
import { mustParseId } from '../../model/ids.ts'
import type { ImportPreview } from '../../model/markdown/import-survey.ts'
import { Cell } from './fake-cell.ts'
import { nextId } from './fake-sample.ts'
import type { ExportJob, ExportWhat, ImportChoice, ImportJob, ImportPlace, InOut } from './in-out.ts'

const preview: ImportPreview = {
  pages: 48,
  folders: 3,
  files: 21,
  fileBytes: 8_400_000,
  links: 112,
  images: 34,
  tables: 9,
  comments: 0,
  outline: [
    { title: 'Handboek winterdienst', depth: 0 },
    { title: 'Routes en ploegen', depth: 1 },
    { title: 'Zoutvoorraad', depth: 1 },
    { title: 'Evaluatie', depth: 1 },
    { title: 'Groenbeheer', depth: 0 },
  ],
  problems: [
    { path: 'winter/routes.md', reason: 'image-missing', detail: 'img/kaart-2019.png' },
    { path: 'winter/routes.md', reason: 'link-outside', detail: '../intern/rooster.md' },
    { path: 'winter/film.mov', reason: 'not-referenced', detail: '' },
  ],
  problemCount: 3,
  exportedSpace: null,
}

/** Import and export in memory: what is chosen is always the same handbook. */
export class FakeInOut implements InOut {
  readonly importing = new Cell<ImportJob | null>(null)
  readonly exporting = new Cell<ExportJob | null>(null)

  readImport({ name }: ImportChoice): void {
    this.importing.set({ stage: 'preview', name, preview })
  }

  startImport(place: ImportPlace): void {
    const name = this.importing.snapshot()?.name ?? ''
    const { pages, folders, files, links, images, tables, comments, problems, problemCount } = preview
    const counts = { pages, folders, files, links, images, tables, comments, problems, problemCount }
    const report = { ...counts, outcome: 'done', firstPage: null, made: [] } as const
    this.importing.set({ stage: 'done', name, place, report })
  }

  stopImport(): void {
    this.forgetImport()
  }

  startExport(what: ExportWhat): void {
    const report = { outcome: 'done', pages: 12, files: 4, comments: 7, missing: [], sizeBytes: 1_200_000 } as const
    this.exporting.set({ stage: 'done', what, finished: { report, fileName: 'Openbare ruimte.zip', zip: null } })
  }

  stopExport(): void {
    this.forgetExport()
  }

  forgetImport(): void {
    this.importing.set(null)
  }

  forgetExport(): void {
    this.exporting.set(null)
  }

  saveReport(): Promise<PageId> {
    return Promise.resolve(mustParseId<PageId>(nextId()))
  }
}
