import type { DocumentId, PageId } from '../../model/ids.ts'
import { readArchivedPages, readPageText } from '../../model/search/read-entry.ts'
import type { IndexBatch, SearchEntry, SearchIndex } from '../../model/search/search-index.ts'
import type { DocumentRecord, LoadedDocument, OrganisationStorage } from '../storage/laptop-storage.ts'
import { commentedPages, readComments } from './read-comments.ts'
import { changedFiles } from './read-files.ts'

/** Documents that are read and indexed in one step: a step keeps a waiting question from its answer for some 40 ms. */
const batchDocuments = 25
/** A burst of letters is one change; with the reading it stays well below a second until the page can be found. */
const soonMs = 300
/** A page so long that indexing it takes a while is not indexed all the time while somebody writes in it. */
const restFactor = 3

export interface IndexerParts {
  readonly storage: OrganisationStorage
  readonly index: SearchIndex
  /** Calls `run` once after `ms`; answers the undo. */
  readonly schedule: (ms: number, run: () => void) => () => void
  readonly nowMs: () => number
  readonly progress: (done: number, of: number) => void
  /** About these pages something was folded here: whoever shows them must be told, for whom nothing is left to fold. */
  readonly folded: (pages: readonly PageId[]) => void
  readonly failed: (error: unknown) => void
}

/**
 * Keeps an index up to what is stored. It asks the storage what changed since the index was written and never listens to what
 * changed: a wake-up that is lost costs time and nothing else.
 */
export class Indexer {
  readonly #parts: IndexerParts
  #undoTimer: (() => void) | null = null
  #logId: string | null = null
  #isRunning = false
  /** The last that was asked to catch up, ended or not. */
  #last: Promise<void> = Promise.resolve()
  #isStopped = false
  #wokenWhileRunning = false
  #lastTookMs = 0
  #areFilesKnown = false

  constructor(parts: IndexerParts) {
    this.#parts = parts
  }

  /** Something was stored. */
  wake(): void {
    if (this.#isRunning) this.#wokenWhileRunning = true
    if (this.#isRunning || this.#undoTimer !== null || this.#isStopped) return
    const ms = Math.max(soonMs, this.#lastTookMs * restFactor)
    this.#undoTimer = this.#parts.schedule(ms, () => {
      this.#undoTimer = null
      this.catchUp().catch(this.#parts.failed)
    })
  }

  /** Files came, went or have another name. */
  wakeForFiles(): void {
    this.#areFilesKnown = false
    this.wake()
  }

  stop(): void {
    this.#isStopped = true
    this.#undoTimer?.()
  }

  /** Takes in everything that is stored when it is called; one after another. */
  catchUp(): Promise<void> {
    const run = this.#last.then(() => this.#catchUp())
    this.#last = run.catch(() => undefined)
    return run
  }

  async #catchUp(): Promise<void> {
    this.#isRunning = true
    this.#wokenWhileRunning = false
    const startedMs = this.#parts.nowMs()
    try {
      while (!this.#isStopped && (await this.#step()));
      if (!this.#areFilesKnown && !this.#isStopped) await this.#catchUpFiles()
    } finally {
      this.#isRunning = false
      this.#lastTookMs = this.#parts.nowMs() - startedMs
    }
    if (this.#wokenWhileRunning) this.wake()
  }

  /** Forgets what is indexed and no longer on this laptop: what was removed while nobody looked. */
  async prune(): Promise<void> {
    const { storage, index } = this.#parts
    const known = new Set<string>((await storage.documents()).filter(({ kind }) => kind === 'page').map(({ id }) => id))
    const remove = index.ids('page').filter((id) => !known.has(id))
    if (remove.length > 0) index.write({ put: [], remove, archivedBySpace: [], mark: index.mark })
  }

  /** Answers whether there is more. The index's mark moves only when everything before it is in. */
  async #step(): Promise<boolean> {
    const { storage, index, progress } = this.#parts
    const [logId, known] = splitMark(index.mark)
    // Asked once: it is a write, and would stand in the way of what is being typed.
    this.#logId ??= (await storage.logState()).logId
    const changed = await storage.changes.since(logId === this.#logId ? known : null)
    const mark = `${this.#logId} ${changed.mark}`
    if (changed.ids.length === 0 && mark === index.mark) return false
    const ids = await this.#inOrder(changed.ids)
    for (let done = 0; done < ids.length; done += batchDocuments) {
      if (this.#isStopped) return false
      progress(done, ids.length)
      index.write({ ...(await this.#read(ids.slice(done, done + batchDocuments))), mark: index.mark })
    }
    await this.#writeComments(ids)
    index.write({ put: [], remove: [], archivedBySpace: [], mark })
    progress(ids.length, ids.length)
    return changed.hasMore
  }

  async #writeComments(ids: readonly DocumentId[]): Promise<void> {
    const { storage, index, folded } = this.#parts
    const touched = await storage.acts.fold()
    if (touched.length > 0) folded(touched)
    const pages = await commentedPages(storage, ids)
    for (let done = 0; done < pages.length && !this.#isStopped; done += batchDocuments) {
      const comments = await readComments(storage, pages.slice(done, done + batchDocuments))
      index.write({ put: [], remove: [], comments, archivedBySpace: [], mark: index.mark })
    }
  }

  async #catchUpFiles(): Promise<void> {
    const { storage, index } = this.#parts
    this.#areFilesKnown = true
    const changed = await changedFiles(storage.files, index)
    if (changed.put.length + changed.remove.length > 0)
      index.write({ ...changed, archivedBySpace: [], mark: index.mark })
  }

  /** What changed last comes last: of pages with common words an index ranks those that came last. */
  async #inOrder(ids: readonly DocumentId[]): Promise<readonly DocumentId[]> {
    if (ids.length <= batchDocuments) return ids
    const records = await this.#parts.storage.documents()
    const times = new Map(records.map(({ id, changedAtMs }) => [id, changedAtMs]))
    return ids.toSorted((a, b) => (times.get(a) ?? 0) - (times.get(b) ?? 0))
  }

  async #read(ids: readonly DocumentId[]): Promise<Omit<IndexBatch, 'mark'>> {
    const { storage } = this.#parts
    const records = await storage.documents(ids)
    const found = new Set(records.map(({ id }) => id))
    const toLoad = records.filter(({ kind, held }) => held && (kind === 'page' || kind === 'space')).map(({ id }) => id)
    const loaded = toLoad.length === 0 ? new Map<DocumentId, LoadedDocument>() : await storage.loadMany(toLoad)
    return {
      put: records.filter(({ kind }) => kind === 'page').map((record) => pageEntry(record, loaded.get(record.id))),
      remove: ids.filter((id) => !found.has(id)),
      archivedBySpace: records
        .filter(({ kind }) => kind === 'space')
        .map(({ id, spaceId }) => ({ spaceId, ids: readArchivedPages(loaded.get(id)?.updates ?? []) })),
    }
  }
}

/** The log is part of the mark: marks of a storage that was thrown away mean nothing in the one after it. */
function splitMark(mark: string | null): readonly [logId: string | null, mark: string | null] {
  const [logId, rest] = mark?.split(' ') ?? []
  return [logId ?? null, rest ?? null]
}

/** A page that is not on this laptop is found by its title, which the list knows. */
function pageEntry(record: DocumentRecord, loaded: LoadedDocument | undefined): SearchEntry {
  const { id, spaceId, pageKind, ownerId, title, archived, changedAtMs } = record
  const page = loaded === undefined ? undefined : readPageText(loaded.updates)
  return {
    ...{ id, spaceId, ownerId, changedAtMs },
    type: 'page',
    pageId: id,
    kind: pageKind,
    title: page?.title ?? title,
    text: page?.text ?? '',
    archived: archived || page?.archived === true,
  }
}
