import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import type { ImportAnswer, ProblemReason } from '../model/api.ts'
import type { PageId, PersonId, SpaceId } from '../model/ids.ts'
import type { ImportFile } from '../model/markdown/import-tree.ts'
import { fail, ok, type Result } from '../model/result.ts'
import type { ReadFiles, ReadyPage } from './import-worker.ts'
import type { Pages } from './pages.ts'

export interface ImportTarget {
  readonly spaceId: SpaceId
  /** The page that the tree goes under; null for the top of the space. */
  readonly parent: PageId | null
  readonly authorId: PersonId
}

// One commit holds the pages of a batch; a disk that fills up half-way leaves whole batches, in their places.
const batchPages = 64

/**
 * Makes a tree of pages from a folder of Markdown. Files are read away from the sockets; pages are committed like
 * everything else, parents first, so that whatever happens half-way nothing stands in the wrong place.
 */
export async function importMarkdown(
  files: readonly ImportFile[],
  target: ImportTarget,
  { pages }: { readonly pages: Pages },
): Promise<Result<ImportAnswer, Extract<ProblemReason, 'unknown-parent'>>> {
  const { spaceId, parent, authorId } = target
  if (parent !== null && !(await pages.hasInTree(spaceId, parent))) return fail('unknown-parent')
  const read = await readAside(files)
  const isSomething = read.pages.some(({ path }) => !path.endsWith('/'))
  if (!isSomething) return ok({ pages: [], skipped: read.skipped })
  await writeBatches(read.pages, { spaceId, parent, authorId }, pages)
  return ok({
    pages: read.pages.map(({ path, id, title, warnings }) => ({ path, id, title, warnings })),
    skipped: read.skipped,
  })
}

async function writeBatches(
  ready: readonly ReadyPage[],
  { spaceId, parent, authorId }: ImportTarget,
  pages: Pages,
): Promise<void> {
  for (let start = 0; start < ready.length; start += batchPages) {
    const batch = ready.slice(start, start + batchPages)
    await Promise.all(batch.map(({ id, update }) => pages.write({ id, spaceId, kind: 'wiki', authorId, update })))
    await pages.place(
      spaceId,
      batch.map((page) => ({ id: page.id, parent: page.parent ?? parent })),
    )
  }
}

async function readAside(files: readonly ImportFile[]): Promise<ReadFiles> {
  const worker = new Worker(new URL('./import-worker.ts', import.meta.url))
  try {
    worker.postMessage(files)
    // `once` rejects when the worker ends by an error.
    const [read] = (await once(worker, 'message')) as [ReadFiles]
    return read
  } finally {
    await worker.terminate()
  }
}
