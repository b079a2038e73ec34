import type { OrganisationId } from '../../../model/ids.ts'
import type { ExportReport } from '../../../model/markdown/export-run.ts'
import type { ImportReport } from '../../../model/markdown/import-run.ts'
import type { ImportPreview, Progress } from '../../../model/markdown/import-survey.ts'
import type { ExportWhat, ImportChoice, ImportPlace, InOutTrouble } from '../in-out.ts'

/** What a window says to the worker of one import or one export. `stop` ends either. */
export type ToInOutWorker =
  | { readonly type: 'read'; readonly organisationId: OrganisationId; readonly choice: ImportChoice }
  | { readonly type: 'import'; readonly place: ImportPlace }
  | {
      readonly type: 'export'
      readonly organisationId: OrganisationId
      readonly what: ExportWhat
      readonly to: FileSystemFileHandle | null
      readonly token: string | null
      readonly untitled: string
    }
  | { readonly type: 'stop' }

export type FromInOutWorker =
  | { readonly type: 'progress'; readonly progress: Progress }
  | { readonly type: 'preview'; readonly preview: ImportPreview }
  | { readonly type: 'imported'; readonly report: ImportReport }
  | { readonly type: 'exported'; readonly report: ExportReport; readonly zip: Blob | null; readonly name: string }
  | { readonly type: 'failed'; readonly reason: InOutTrouble }
