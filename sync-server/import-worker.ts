import { createHash, randomUUID } from 'node:crypto'
import { open, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { parentPort, type MessagePort } from 'node:worker_threads'
import { mintId, parseFileHash, type FileHash, type PageId } from '../model/ids.ts'
import type { ExportedComments } from '../model/markdown/exported-comments.ts'
import { runImport, type ImportReport, type ImportSink, type ReadyPage } from '../model/markdown/import-run.ts'
import { SourceUnreadable, type ImportSource } from '../model/markdown/import-source.ts'
import { surveyImport } from '../model/markdown/import-survey.ts'
import { fail, ok } from '../model/result.ts'
import { safePath } from '../model/zip/zip-names.ts'
import { openDiskSource, type DiskRefusal, type OpenSource } from './disk-source.ts'

export interface ImportFile {
  /** Relative to the folder, with `/` or `\` between its parts. */
  readonly path: string
  readonly bytes: Uint8Array
}

export interface ImportJob {
  /** A folder or a zip on this computer, or files that came over the line. */
  readonly from: string | readonly ImportFile[]
  /** Where bytes are written that are not a file yet. */
  readonly asideDir: string
  readonly maxFileBytes: number
}

/** What the worker asks of the server; each waits for an answer, `true` or `false`, but for the last two. */
export type ImportStep =
  | { readonly type: 'file'; readonly aside: string; readonly hash: FileHash; readonly path: string }
  | { readonly type: 'commit'; readonly pages: readonly ReadyPage[] }
  | { readonly type: 'reveal' }
  | { readonly type: 'comments'; readonly comments: ExportedComments; readonly pages: ReadonlyMap<string, PageId> }
  | { readonly type: 'done'; readonly report: ImportReport }
  | { readonly type: 'refused'; readonly reason: DiskRefusal }

/** Reads a folder or zip into pages. Takes seconds for thousands of files, so the server runs it in this worker. */
async function run(job: ImportJob, port: MessagePort): Promise<void> {
  const opened = typeof job.from === 'string' ? await openDiskSource(job.from) : ok(openFiles(job.from))
  if (!opened.ok) {
    port.postMessage({ type: 'refused', reason: opened.error } satisfies ImportStep)
    return
  }
  const going = { signal: { aborted: false }, onProgress: () => undefined }
  try {
    const survey = await surveyImport(opened.value.source, going)
    if (survey === null) return
    const report = await runImport(survey, new PortSink(job, port), going)
    port.postMessage({ type: 'done', report } satisfies ImportStep)
  } finally {
    await opened.value.close()
  }
}

function openFiles(files: readonly ImportFile[]): OpenSource {
  const byPath = new Map<string, Uint8Array>()
  const skipped: { path: string; reason: 'unsafe-path' | 'same-name' }[] = []
  for (const { path, bytes } of files) {
    const safe = safePath(path)
    if (safe === null || byPath.has(safe)) skipped.push({ path, reason: safe === null ? 'unsafe-path' : 'same-name' })
    else byPath.set(safe, bytes)
  }
  const source: ImportSource = {
    entries: [...byPath].map(([path, { length }]) => ({ path, sizeBytes: length })),
    skipped,
    async *open(path) {
      const bytes = byPath.get(path)
      if (bytes === undefined) throw new SourceUnreadable()
      yield bytes
    },
  }
  return { source, close: () => Promise.resolve() }
}

class PortSink implements ImportSink {
  readonly #job: ImportJob
  readonly #port: MessagePort

  constructor(job: ImportJob, port: MessagePort) {
    this.#job = job
    this.#port = port
  }

  mintPageId(): PageId {
    return mintId<PageId>((bytes) => crypto.getRandomValues(bytes))
  }

  async keepFile({
    path,
    sizeBytes,
    pieces,
  }: Parameters<ImportSink['keepFile']>[0]): ReturnType<ImportSink['keepFile']> {
    if (sizeBytes > this.#job.maxFileBytes) return fail('file-too-large')
    const aside = join(this.#job.asideDir, `${randomUUID()}.part`)
    try {
      const hash = await writeAside(aside, pieces)
      return (await this.#ask({ type: 'file', aside, hash, path })) ? ok(hash) : fail('not-kept')
    } catch (error) {
      if (error instanceof SourceUnreadable) return fail('unreadable')
      throw error
    } finally {
      await rm(aside, { force: true })
    }
  }

  async commit(pages: readonly ReadyPage[]): Promise<void> {
    await this.#ask({ type: 'commit', pages })
  }

  async reveal(): Promise<void> {
    await this.#ask({ type: 'reveal' })
  }

  keepComments(comments: ExportedComments, pages: ReadonlyMap<string, PageId>): Promise<boolean> {
    return this.#ask({ type: 'comments', comments, pages })
  }

  async #ask(step: ImportStep): Promise<boolean> {
    const { promise, resolve } = Promise.withResolvers<boolean>()
    this.#port.once('message', (answer: unknown) => {
      resolve(answer === true)
    })
    this.#port.postMessage(step)
    return promise
  }
}

async function writeAside(path: string, pieces: AsyncIterable<Uint8Array>): Promise<FileHash> {
  const handle = await open(path, 'wx', 0o600)
  try {
    const digest = createHash('sha256')
    for await (const piece of pieces) {
      digest.update(piece)
      await handle.writeFile(piece)
    }
    const hash = parseFileHash(digest.digest('hex'))
    if (hash === undefined) throw new Error('A digest that is no digest')
    return hash
  } finally {
    await handle.close()
  }
}

const port = parentPort
port?.once('message', (job: ImportJob) => {
  void run(job, port)
})
