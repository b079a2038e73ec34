import { on } from 'node:events'
import { Worker } from 'node:worker_threads'
import type { ActRef } from '../model/act-ref.ts'
import type { SaidAct } from '../model/acts.ts'
import type { PageAnswer, ProblemReason } from '../model/api.ts'
import type { PageId, PersonId } from '../model/ids.ts'
import { isSharedPage } from '../model/kinds.ts'
import { placesIn, writeComments, type ExportedComments } from '../model/markdown/exported-comments.ts'
import type { ExportReport } from '../model/markdown/export-run.ts'
import type { ExportPage } from '../model/markdown/export-tree.ts'
import type { QuotePlace } from '../model/quote-place.ts'
import { fail, ok, type Result } from '../model/result.ts'
import type { ExportJob, ExportStep, FileOnDisk } from './export-worker.ts'
import { withDocument } from './page-writing.ts'
import type { Services } from './services.ts'
import { readSpaceComments } from './space-comments.ts'
import type { SpaceRecord } from './store/store.ts'

export interface ExportOrder {
  readonly space: SpaceRecord
  /** Null: the whole space. */
  readonly page: PageId | null
  /** Whose notes go along; null for nobody's. */
  readonly notesOf: PersonId | null
  /** A file that ends in `.zip`, or a folder that is empty or not there. */
  readonly to: string
}

export type ExportRefused = Extract<ProblemReason, 'unknown-page'> | { readonly code: string }

/** Writes the pages of a space with their files to this computer's disk. */
export async function exportMarkdown(
  order: ExportOrder,
  services: Pick<Services, 'pages' | 'files' | 'syncServer' | 'directory' | 'clock' | 'random'>,
): Promise<Result<ExportReport, ExportRefused>> {
  const { space, to } = order
  const listed = (await services.pages.list(space.spaceId)).filter(({ archived }) => !archived)
  const tree = growTree(listed)
  const pages = order.page === null ? tree : [findPage(tree, order.page)].filter((page) => page !== undefined)
  if (order.page !== null && pages.length === 0) return fail('unknown-page')
  const atMs = services.clock.nowMs()
  const plan = {
    pages,
    notes: order.page === null ? await notesOf(order, listed, services) : [],
    space: { id: space.spaceId, name: space.name, kind: space.kind },
    organisationName: (await services.directory.getOrganisation())?.name ?? '',
    exportedAt: new Date(atMs).toISOString(),
    untitled: 'Untitled',
  }
  const worker = new Worker(new URL('./export-worker.ts', import.meta.url))
  try {
    worker.postMessage({ plan, to, atMs } satisfies ExportJob)
    return await answerSteps(worker, order, services)
  } finally {
    await worker.terminate()
  }
}

async function answerSteps(
  worker: Worker,
  { space }: ExportOrder,
  services: Pick<Services, 'files' | 'syncServer' | 'directory' | 'random'>,
): Promise<Result<ExportReport, ExportRefused>> {
  const { syncServer, files } = services
  // Throws when the worker ends by an error.
  for await (const [step] of on(worker, 'message', { close: ['exit'] }) as AsyncIterable<[ExportStep]>) {
    if (step.type === 'done') return ok(step.report)
    if (step.type === 'failed') return fail({ code: step.code })
    if (step.type === 'page') worker.postMessage((await syncServer.readDocument(step.id)) ?? null)
    else if (step.type === 'file')
      worker.postMessage((await files.onDisk(space.spaceId, step.hash)) satisfies FileOnDisk | null)
    else worker.postMessage(await commentsOf(space, step.pages, services))
  }
  throw new Error('The export ended without a report')
}

async function commentsOf(
  space: SpaceRecord,
  pages: readonly PageId[],
  services: Pick<Services, 'syncServer' | 'directory' | 'random'>,
): Promise<ExportedComments | null> {
  const names = new Map((await services.directory.listPeople()).map(({ id, name }) => [id, name]))
  const said = await readSpaceComments(space.spaceId, new Set(pages), services)
  return writeComments(said, (id) => names.get(id) ?? null, await placesOf(said, services))
}

async function placesOf(
  said: readonly SaidAct[],
  { syncServer }: Pick<Services, 'syncServer'>,
): Promise<ReadonlyMap<ActRef, QuotePlace>> {
  const places = new Map<ActRef, QuotePlace>()
  for (const [page, about] of Map.groupBy(said, ({ act }) => act.page)) {
    const update = await syncServer.readDocument(page)
    if (update === undefined || update === 'damaged') continue
    for (const [ref, place] of withDocument(update, (doc) => placesIn(doc, about))) places.set(ref, place)
  }
  return places
}

/** Shared pages under their parents, in the order of the list, which is that of the tree. */
function growTree(listed: readonly PageAnswer[]): readonly ExportPage[] {
  interface Growing extends ExportPage {
    readonly children: Growing[]
  }
  const all = new Map<PageId, Growing>()
  for (const page of listed) if (isSharedPage(page.kind)) all.set(page.id, { ...exportPageOf(page), children: [] })
  const roots: Growing[] = []
  for (const page of listed) {
    const grown = all.get(page.id)
    const parent = page.parent === null ? undefined : all.get(page.parent)
    if (grown !== undefined) (parent?.children ?? roots).push(grown)
  }
  return roots
}

function exportPageOf({ id, title, kind, icon, changedAtMs }: PageAnswer): ExportPage {
  return { id, title, kind, icon, changed: new Date(changedAtMs).toISOString(), children: [] }
}

function findPage(pages: readonly ExportPage[], id: PageId): ExportPage | undefined {
  const waiting = [...pages]
  for (let page = waiting.pop(); page !== undefined; page = waiting.pop()) {
    if (page.id === id) return page
    waiting.push(...page.children)
  }
  return undefined
}

async function notesOf(
  { space, notesOf: personId }: ExportOrder,
  listed: readonly PageAnswer[],
  { syncServer }: Pick<Services, 'syncServer'>,
): Promise<readonly ExportPage[]> {
  if (personId === null) return []
  const documents = await syncServer.documentsOf(space.spaceId)
  const own = new Set(documents.filter(({ ownerId }) => ownerId === personId).map(({ documentId }) => documentId))
  return listed.filter(({ id, kind }) => kind === 'note' && own.has(id)).map((page) => exportPageOf(page))
}
