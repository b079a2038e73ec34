import { createReadStream } from 'node:fs'
import { open, rename, rm, type FileHandle } from 'node:fs/promises'
import { parentPort, type MessagePort } from 'node:worker_threads'
import type { FileHash, PageId } from '../model/ids.ts'
import { runExport, type ExportPlan, type ExportReport, type ExportSource } from '../model/markdown/export-run.ts'
import { readBody } from '../model/page-body.ts'
import { bodyName, readPageMeta } from '../model/page.ts'
import { openZipWriter } from '../model/zip/zip-writer.ts'
import { openFolderWriter } from './folder-writer.ts'
import { withDocument } from './page-writing.ts'

export interface ExportJob {
  readonly plan: ExportPlan
  /** A file that ends in `.zip`, or a folder. */
  readonly to: string
  readonly atMs: number
}

/** What the worker asks of the server, each answered by the next message; `done` and `failed` end it. */
export type ExportStep =
  | { readonly type: 'page'; readonly id: PageId }
  | { readonly type: 'file'; readonly hash: FileHash }
  | { readonly type: 'comments'; readonly pages: readonly PageId[] }
  | { readonly type: 'done'; readonly report: ExportReport }
  | { readonly type: 'failed'; readonly code: string }

/** Where the bytes of a file are. */
export interface FileOnDisk {
  readonly path: string
  /** May be empty. */
  readonly name: string
  readonly mediaType: string
  readonly sizeBytes: number
}

/** Writes an export to this computer's disk, away from the sockets. A zip has its name only when it is complete. */
async function run({ plan, to, atMs }: ExportJob, port: MessagePort): Promise<void> {
  const isZip = to.toLowerCase().endsWith('.zip')
  const aside = `${to}.part`
  let handle: FileHandle | null = null
  try {
    handle = isZip ? await open(aside, 'w') : null
    const writer = isZip ? openZipWriter(atMs) : openFolderWriter(to)
    const report = await runExport(plan, new PortSource(port), writer, {
      signal: { aborted: false },
      onProgress: () => undefined,
      write: async (bytes) => {
        await handle?.writeFile(bytes)
      },
    })
    await handle?.sync()
    await handle?.close()
    if (handle !== null && report.outcome === 'done') await rename(aside, to)
    port.postMessage({ type: 'done', report } satisfies ExportStep)
  } catch (error) {
    await handle?.close().catch(() => undefined)
    if (!(error instanceof Error) || !('code' in error)) throw error
    // The disk's own word, such as ENOSPC or EEXIST: whoever asked chose the place.
    port.postMessage({ type: 'failed', code: String(error.code) } satisfies ExportStep)
  } finally {
    if (isZip) await rm(aside, { force: true })
  }
}

class PortSource implements ExportSource {
  readonly #port: MessagePort

  constructor(port: MessagePort) {
    this.#port = port
  }

  async readPage(id: PageId): ReturnType<ExportSource['readPage']> {
    const update = await this.#ask({ type: 'page', id })
    if (!(update instanceof Uint8Array)) return null
    return withDocument(update, (doc) => ({ ...readPageMeta(doc), body: readBody(doc.getXmlFragment(bodyName)) }))
  }

  async openFile(hash: FileHash): ReturnType<ExportSource['openFile']> {
    const found = (await this.#ask({ type: 'file', hash })) as FileOnDisk | null
    if (found === null) return null
    const { mediaType, sizeBytes, path, name } = found
    return {
      name: name === '' ? null : name,
      mediaType,
      sizeBytes,
      pieces: createReadStream(path) as AsyncIterable<Uint8Array>,
    }
  }

  async comments(pages: readonly PageId[]): ReturnType<ExportSource['comments']> {
    return (await this.#ask({ type: 'comments', pages })) as Awaited<ReturnType<ExportSource['comments']>>
  }

  async #ask(step: ExportStep): Promise<unknown> {
    const { promise, resolve } = Promise.withResolvers<unknown>()
    this.#port.once('message', resolve)
    this.#port.postMessage(step)
    return promise
  }
}

const port = parentPort
port?.once('message', (job: ExportJob) => {
  void run(job, port)
})
