import { on } from 'node:events'
import { Worker } from 'node:worker_threads'
import type { ProblemReason } from '../model/api.ts'
import type { PageId, PersonId, SpaceId } from '../model/ids.ts'
import { isSharedPage } from '../model/kinds.ts'
import type { ImportReport, ReadyPage } from '../model/markdown/import-run.ts'
import { fail, ok, type Result } from '../model/result.ts'
import type { DiskRefusal } from './disk-source.ts'
import type { ImportJob, ImportStep } from './import-worker.ts'
import type { Services } from './services.ts'
import { importComments } from './space-comments.ts'

export interface ImportTarget {
  readonly spaceId: SpaceId
  /** The page that the tree goes under; null for the top of the space. */
  readonly parent: PageId | null
  readonly authorId: PersonId
}

type CommentService = 'syncServer' | 'directory' | 'random'

export type ImportRefused = Extract<ProblemReason, 'unknown-parent'> | DiskRefusal

/**
 * Makes a tree of pages, with their files, from Markdown. Everything is read away from the sockets; pages are committed like
 * everything else, archived until the last of them is there, so that whatever happens half-way nothing half-made is in sight.
 */
export async function importMarkdown(
  from: ImportJob['from'],
  target: ImportTarget,
  services: Pick<Services, 'pages' | 'files' | 'config' | CommentService>,
): Promise<Result<ImportReport, ImportRefused>> {
  const { spaceId, parent } = target
  if (parent !== null && !(await services.pages.hasInTree(spaceId, parent))) return fail('unknown-parent')
  const worker = new Worker(new URL('./import-worker.ts', import.meta.url))
  try {
    const { asideDir } = services.files
    worker.postMessage({ from, asideDir, maxFileBytes: services.config.maxFileBytes } satisfies ImportJob)
    return await answerSteps(worker, new ServerTarget(target, services))
  } finally {
    await worker.terminate()
  }
}

async function answerSteps(worker: Worker, target: ServerTarget): Promise<Result<ImportReport, DiskRefusal>> {
  // Throws when the worker ends by an error.
  for await (const [message] of on(worker, 'message', { close: ['exit'] }) as AsyncIterable<[ImportStep]>) {
    if (message.type === 'done') return ok(message.report)
    if (message.type === 'refused') return fail(message.reason)
    worker.postMessage(await target.take(message))
  }
  throw new Error('The import ended without a report')
}

class ServerTarget {
  readonly #target: ImportTarget
  readonly #services: Pick<Services, 'pages' | 'files' | CommentService>
  readonly #top: PageId[] = []

  constructor(target: ImportTarget, services: Pick<Services, 'pages' | 'files' | CommentService>) {
    this.#target = target
    this.#services = services
  }

  async take(step: Exclude<ImportStep, { type: 'done' | 'refused' }>): Promise<boolean> {
    const { spaceId, authorId } = this.#target
    if (step.type === 'file') {
      const name = step.path.split('/').at(-1) ?? ''
      await this.#services.files.take(step.aside, { spaceId, hash: step.hash, name, personId: authorId })
    } else if (step.type === 'commit') await this.#commit(step.pages)
    else if (step.type === 'comments')
      await importComments(step.comments, { spaceId, importerId: authorId, pages: step.pages }, this.#services)
    else if (this.#top.length > 0) await this.#services.pages.setArchived(spaceId, this.#top, false)
    return true
  }

  async #commit(pages: readonly ReadyPage[]): Promise<void> {
    const { spaceId, parent, authorId } = this.#target
    const shared = pages.filter(({ kind }) => isSharedPage(kind))
    const top = shared.filter((page) => page.parent === null).map(({ id }) => id)
    this.#top.push(...top)
    const places = shared.map((page) => ({ id: page.id, parent: page.parent ?? parent }))
    await this.#services.pages.place(spaceId, places, { archived: top })
    await Promise.all(
      pages.map(({ id, kind, update }) => this.#services.pages.write({ id, spaceId, kind, authorId, update })),
    )
  }
}
