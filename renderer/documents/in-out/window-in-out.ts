import type { PageId } from '../../../model/ids.ts'
import { origins } from '../../../model/origins.ts'
import { writeBody } from '../../../model/page-body.ts'
import type { PageNode } from '../../../model/page-content.ts'
import { bodyName } from '../../../model/page.ts'
import type { ExportJob, ExportWhat, ImportChoice, ImportJob, ImportPlace, InOut } from '../in-out.ts'
import { LiveValue } from '../live.ts'
import type { OpenOrganisation } from '../organisation.ts'
import type { FromInOutWorker, ToInOutWorker } from './in-out-messages.ts'

/** A worker as this file uses it. */
export interface InOutPort {
  post(message: ToInOutWorker): void
  end(): void
}

export type OpenInOutPort = (onMessage: (message: FromInOutWorker) => void, onBroken: () => void) => InOutPort

export interface WindowInOutOptions {
  readonly organisation: () => OpenOrganisation | null
  readonly openPort: OpenInOutPort
  /** The name of a file whose page has no title, in the language of the screen. */
  readonly untitled: () => string
}

/** Import and export as screens see them; the work itself is in `in-out-worker.ts`. */
export class WindowInOut implements InOut {
  readonly importing = new LiveValue<ImportJob | null>(null)
  readonly exporting = new LiveValue<ExportJob | null>(null)
  readonly #options: WindowInOutOptions
  #importPort: InOutPort | null = null
  #exportPort: InOutPort | null = null

  constructor(options: WindowInOutOptions) {
    this.#options = options
  }

  readImport(choice: ImportChoice): void {
    const organisation = this.#options.organisation()
    if (organisation === null) return
    this.#endImport()
    const { name } = choice
    this.importing.set({ stage: 'reading', name, progress: null })
    this.#importPort = this.#options.openPort(
      (message) => this.#heardImport(message),
      () => this.#failImport('interrupted'),
    )
    this.#importPort.post({ type: 'read', organisationId: organisation.record.id, choice })
  }

  startImport(place: ImportPlace): void {
    const job = this.importing.snapshot()
    if (job?.stage !== 'preview') return
    this.importing.set({ stage: 'writing', name: job.name, place, progress: null })
    this.#importPort?.post({ type: 'import', place })
  }

  stopImport(): void {
    const job = this.importing.snapshot()
    // Where pages are being made, the worker says what became of them.
    if (job?.stage === 'writing') this.#importPort?.post({ type: 'stop' })
    else this.forgetImport()
  }

  forgetImport(): void {
    this.#endImport()
    this.importing.set(null)
  }

  startExport(what: ExportWhat, to: FileSystemFileHandle | null): void {
    const organisation = this.#options.organisation()
    if (organisation === null) return
    this.#endExport()
    this.exporting.set({ stage: 'writing', what, progress: null })
    const port = this.#options.openPort(
      (message) => this.#heardExport(message, what),
      () => this.#failExport(what, 'interrupted'),
    )
    this.#exportPort = port
    void this.#sendExport(organisation, port, { what, to })
  }

  stopExport(): void {
    this.#exportPort?.post({ type: 'stop' })
  }

  forgetExport(): void {
    this.#endExport()
    this.exporting.set(null)
  }

  async saveReport({ spaceId, parent }: ImportPlace, title: string, body: PageNode): Promise<PageId> {
    const organisation = this.#options.organisation()
    if (organisation === null) throw new Error('No organisation is open in this window')
    return organisation.createPage({
      ...{ spaceId, parent, title, kind: 'wiki' },
      fill: ({ doc }) => {
        doc.transact(() => {
          writeBody(doc.getXmlFragment(bodyName), body)
        }, origins.user)
      },
    })
  }

  /** The organisation is left: what runs ends with it, and is forgotten. */
  close(): void {
    this.forgetImport()
    this.forgetExport()
  }

  async #sendExport(
    organisation: OpenOrganisation,
    port: InOutPort,
    { what, to }: { readonly what: ExportWhat; readonly to: FileSystemFileHandle | null },
  ): Promise<void> {
    // The worker reads the disk: what was typed a moment ago must be on it.
    await organisation.batch.flush().catch(() => undefined)
    const token = organisation.hasServer ? await organisation.token() : null
    const untitled = this.#options.untitled()
    port.post({ type: 'export', organisationId: organisation.record.id, what, to, token, untitled })
  }

  #heardImport(message: FromInOutWorker): void {
    const job = this.importing.snapshot()
    if (job === null) return
    if (message.type === 'progress') {
      if (job.stage === 'reading' || job.stage === 'writing') this.importing.set({ ...job, progress: message.progress })
    } else if (message.type === 'preview')
      this.importing.set({ stage: 'preview', name: job.name, preview: message.preview })
    else if (message.type === 'imported' && job.stage === 'writing') {
      this.#endImport()
      this.importing.set({ stage: 'done', name: job.name, place: job.place, report: message.report })
    } else if (message.type === 'failed') this.#failImport(message.reason)
  }

  #heardExport(message: FromInOutWorker, what: ExportWhat): void {
    const job = this.exporting.snapshot()
    if (job?.stage !== 'writing') return
    if (message.type === 'progress') this.exporting.set({ ...job, progress: message.progress })
    else if (message.type === 'failed') this.#failExport(what, message.reason)
    else if (message.type === 'exported') {
      this.#endExport()
      const { report, zip, name } = message
      this.exporting.set({ stage: 'done', what, finished: { report, zip, fileName: name } })
    }
  }

  #failImport(reason: Extract<ImportJob, { stage: 'failed' }>['reason']): void {
    const name = this.importing.snapshot()?.name ?? ''
    this.#endImport()
    this.importing.set({ stage: 'failed', name, reason })
  }

  #failExport(what: ExportWhat, reason: Extract<ExportJob, { stage: 'failed' }>['reason']): void {
    this.#endExport()
    this.exporting.set({ stage: 'failed', what, reason })
  }

  #endImport(): void {
    this.#importPort?.end()
    this.#importPort = null
  }

  #endExport(): void {
    this.#exportPort?.end()
    this.#exportPort = null
  }
}

/** The real worker. */
export const openInOutWorker: OpenInOutPort = (onMessage, onBroken) => {
  const worker = new Worker(new URL('./in-out-worker.ts', import.meta.url), { type: 'module', name: 'plein-in-out' })
  worker.onmessage = ({ data }: MessageEvent<FromInOutWorker>) => onMessage(data)
  worker.onerror = () => onBroken()
  return {
    post: (message) => worker.postMessage(message),
    end: () => worker.terminate(),
  }
}
