import { createHash } from 'node:crypto'
import * as Y from 'yjs'
import { mintId, type FileHash, type PageId } from '../../model/ids.ts'
import type { ExportedComments } from '../../model/markdown/exported-comments.ts'
import { runExport, type ExportReport, type ExportSource } from '../../model/markdown/export-run.ts'
import type { ExportPage } from '../../model/markdown/export-tree.ts'
import { runImport, type ImportReport, type ImportSink, type ReadyPage } from '../../model/markdown/import-run.ts'
import { readWhole, SourceUnreadable, type ImportSource } from '../../model/markdown/import-source.ts'
import { surveyImport, type Survey } from '../../model/markdown/import-survey.ts'
import { readBody } from '../../model/page-body.ts'
import type { PageNode } from '../../model/page-content.ts'
import { bodyName, readPageMeta } from '../../model/page.ts'
import { seedOf } from '../../model/seeds.ts'
import { fail, ok } from '../../model/result.ts'
import type { ByteSource } from '../../model/zip/byte-source.ts'
import { openZipSource } from '../../model/zip/zip-source.ts'
import { openZipWriter } from '../../model/zip/zip-writer.ts'

/** A page as it stands in a space of memory. */
export interface StandingPage {
  readonly ready: ReadyPage
  readonly title: string
  readonly labels: readonly string[]
  readonly icon: string | null
  readonly body: PageNode
}

/** A space that only holds what is imported into it, and exports it again. */
export class MemoryTarget implements ImportSink, ExportSource {
  readonly pages: StandingPage[] = []
  readonly files = new Map<string, Uint8Array>()
  isRevealed = false
  said: ExportedComments | null = null
  /** Called before each commit. */
  beforeCommit: () => void = () => undefined

  mintPageId(): PageId {
    return mintId<PageId>((bytes) => crypto.getRandomValues(bytes))
  }

  async keepFile({ pieces, sizeBytes }: Parameters<ImportSink['keepFile']>[0]): ReturnType<ImportSink['keepFile']> {
    if (sizeBytes > 25 * 1024 * 1024) return fail('file-too-large')
    try {
      const bytes = await readWhole(pieces, 25 * 1024 * 1024)
      const hash = createHash('sha256').update(bytes).digest('hex') as FileHash
      this.files.set(hash, bytes)
      return ok(hash)
    } catch (error) {
      if (error instanceof SourceUnreadable) return fail('unreadable')
      throw error
    }
  }

  commit(pages: readonly ReadyPage[]): Promise<void> {
    this.beforeCommit()
    for (const ready of pages) this.pages.push(stand(ready))
    return Promise.resolve()
  }

  reveal(): Promise<void> {
    this.isRevealed = true
    return Promise.resolve()
  }

  tree(): readonly ExportPage[] {
    return this.#below(null)
  }

  #below(parent: PageId | null): ExportPage[] {
    return this.pages
      .filter(({ ready }) => ready.parent === parent)
      .map(({ ready, title, icon }) => ({
        ...{ id: ready.id, title, kind: ready.kind, icon, changed: '2026-11-24T10:00:00.000Z' },
        children: this.#below(ready.id),
      }))
  }

  readPage(id: PageId): ReturnType<ExportSource['readPage']> {
    return Promise.resolve(this.pages.find(({ ready }) => ready.id === id) ?? null)
  }

  openFile(hash: FileHash): ReturnType<ExportSource['openFile']> {
    const bytes = this.files.get(hash)
    const opened = bytes && { name: null, mediaType: 'image/png', sizeBytes: bytes.length, pieces: piecesOf(bytes) }
    return Promise.resolve(opened ?? null)
  }

  comments(): Promise<ExportedComments | null> {
    return Promise.resolve(this.said)
  }

  keepComments(comments: ExportedComments): Promise<boolean> {
    this.said = comments
    return Promise.resolve(true)
  }
}

function stand(ready: ReadyPage): StandingPage {
  const doc = new Y.Doc()
  Y.applyUpdate(doc, seedOf('page', ready.kind))
  Y.applyUpdate(doc, ready.update)
  const { title, labels, icon } = readPageMeta(doc)
  return { ready, title, labels, icon, body: readBody(doc.getXmlFragment(bodyName)) }
}
export async function* piecesOf(...pieces: readonly Uint8Array[]): AsyncGenerator<Uint8Array> {
  yield* pieces
}

export function bytesSource(bytes: Uint8Array): ByteSource {
  return { sizeBytes: bytes.length, read: (start, length) => Promise.resolve(bytes.slice(start, start + length)) }
}

export function folderSource(files: Readonly<Record<string, string | Uint8Array>>): ImportSource {
  const bytes = new Map(Object.entries(files).map(([path, content]) => [path, new Uint8Array(Buffer.from(content))]))
  return {
    entries: [...bytes].map(([path, { length }]) => ({ path, sizeBytes: length })),
    skipped: [],
    open: (path) => piecesOf(bytes.get(path) ?? new Uint8Array()),
  }
}

const going = { signal: { aborted: false }, onProgress: () => undefined }

export async function survey(source: ImportSource): Promise<Survey> {
  const found = await surveyImport(source, going)
  if (found === null) throw new Error('Nobody stopped it')
  return found
}

export async function importAll(source: ImportSource): Promise<{ target: MemoryTarget; report: ImportReport }> {
  const target = new MemoryTarget()
  return { target, report: await runImport(await survey(source), target, going) }
}

export async function exportAll(target: MemoryTarget): Promise<{ zip: Uint8Array; report: ExportReport }> {
  const chunks: Uint8Array[] = []
  const report = await runExport(
    {
      pages: target.tree(),
      notes: [],
      space: { name: 'Winter' },
      organisationName: 'Oeverdam',
      exportedAt: '2026-11-24T10:00:00.000Z',
      untitled: 'Untitled',
    },
    target,
    openZipWriter(Date.parse('2026-11-24T10:00:00Z')),
    {
      ...going,
      write: (bytes) => {
        chunks.push(bytes)
        return Promise.resolve()
      },
    },
  )
  return { zip: new Uint8Array(Buffer.concat(chunks)), report }
}

export async function openZip(zip: Uint8Array): Promise<ImportSource> {
  const source = await openZipSource(bytesSource(zip))
  if (!source.ok) throw new Error(source.error)
  return source.value
}

/** All files of a zip as text, by path. */
export async function textsIn(zip: Uint8Array): Promise<Record<string, string>> {
  const source = await openZip(zip)
  const texts: Record<string, string> = {}
  for (const { path } of source.entries) {
    texts[path] = Buffer.from(await readWhole(source.open(path), 50_000_000)).toString('utf8')
  }
  return texts
}
