import * as Y from 'yjs'
import type { AuthorsOf } from '../../model/away.ts'
import { idsIn } from '../../model/id-ranges.ts'
import type { DocumentId, PageId, PersonId } from '../../model/ids.ts'
import { origins } from '../../model/origins.ts'
import {
  compareMentions,
  mentionsOf,
  noticeOf,
  type MentionNotice,
  type PageMention,
} from '../../model/page-mentions.ts'
import type { OrganisationStorage } from '../storage/laptop-storage.ts'
import { putPageMentions, readPageMentions } from '../storage/page-mentions.ts'
import type { SyncClock } from './engine-options.ts'
import { SerialQueue } from './serial-queue.ts'
import type { FromWorker } from './sync-messages.ts'

/** A burst of letters is looked at once; lists are as late (`Deriver`). */
const soonMs = 500
/** Pages read at once: bounds memory where pages are large. */
const batchPages = 20
const maxWaitingBytes = 8 * 1024 * 1024

export interface PageMentionsOptions {
  readonly storage: OrganisationStorage
  readonly clock: SyncClock
  /** Whose laptop it is. */
  readonly personId: PersonId
  /** Who wrote in a page. Rejects where the server does not answer. */
  readonly fetchAuthors: (pageId: PageId) => Promise<AuthorsOf>
  readonly emit: (message: FromWorker) => void
  readonly report: (error: unknown) => void
}

/**
 * Looks for its person's name in the pages that changed on this disk. A page whose stored bytes do not hold their id is not opened;
 * who wrote a new mention is asked of the server, and until it answers the page is looked at again.
 */
export class PageMentionsWatch {
  readonly #options: PageMentionsOptions
  readonly #needle: Uint8Array
  readonly #queue: SerialQueue
  #isPlanned = false

  constructor(options: PageMentionsOptions) {
    this.#options = options
    this.#needle = new TextEncoder().encode(options.personId)
    this.#queue = new SerialQueue(options.report)
  }

  /** Something that the worker tells the windows. */
  heard(message: FromWorker): void {
    const isBack = message.type === 'status' && message.state === 'online'
    if (!isBack && message.type !== 'documents-changed' && message.type !== 'acknowledged') return
    if (this.#isPlanned) return
    this.#isPlanned = true
    this.#options.clock.schedule(soonMs, () => {
      this.#isPlanned = false
      this.#queue.add(() => this.#look())
    })
  }

  /** Resolves when what is known now is stored; for tests. */
  settled(): Promise<void> {
    return this.#queue.settled()
  }

  async #look(): Promise<void> {
    while (await this.#lookOnce());
  }

  /** Answers whether there is more. */
  async #lookOnce(): Promise<boolean> {
    const { storage, emit } = this.#options
    const record = await readPageMentions(storage)
    const changed = await storage.changes.since(record.mark)
    const ids = [...new Set([...record.again, ...changed.ids])]
    if (ids.length === 0 && changed.mark === record.mark) return false
    const found = new Map<PageId, readonly MentionNotice[] | 'later'>()
    for (const batch of batchesOf(ids))
      for (const [id, notices] of await this.#readBatch(batch, record.pages)) found.set(id, notices)
    const read = [...found].flatMap(([id, notices]) => (notices === 'later' ? [] : [[id, notices] as const]))
    const pages = new Map([...record.pages, ...read])
    for (const [id, notices] of read) if (notices.length === 0) pages.delete(id)
    const again = [...found].flatMap(([id, notices]) => (notices === 'later' ? [id] : []))
    await putPageMentions(storage, { mark: changed.mark, again, pages })
    if (read.length > 0) emit({ type: 'acts-folded', pages: read.map(([id]) => id) })
    return changed.hasMore
  }

  /** What is known of those pages of a batch that name the person, or did. */
  async #readBatch(
    ids: readonly DocumentId[],
    known: ReadonlyMap<PageId, readonly MentionNotice[]>,
  ): Promise<readonly (readonly [PageId, readonly MentionNotice[] | 'later'])[]> {
    const { storage } = this.#options
    const records = (await storage.documents(ids)).filter(({ kind, held }) => kind === 'page' && held)
    const atMs = new Map(records.map((record) => [record.id, record.changedAtMs]))
    const loaded = await storage.loadMany(records.map(({ id }) => id))
    const found: (readonly [PageId, readonly MentionNotice[] | 'later'])[] = []
    for (const id of ids) {
      const updates = loaded.get(id)?.updates ?? []
      const before = known.get(id) ?? []
      const isNamed = updates.some((bytes) => holds(bytes, this.#needle))
      if (!isNamed && before.length === 0) continue
      const mentions = isNamed ? mentionsIn(updates, this.#options.personId) : []
      // A page that is here no more has no notices; what it said stays with the page.
      const compared = compareMentions(atMs.has(id) ? before : [], mentions)
      const fresh = await this.#notice(id, compared.fresh, atMs.get(id) ?? 0)
      found.push([id, fresh === 'later' ? fresh : [...compared.notices, ...fresh]])
    }
    return found
  }

  async #notice(
    page: PageId,
    fresh: readonly PageMention[],
    atMs: number,
  ): Promise<readonly MentionNotice[] | 'later'> {
    if (fresh.length === 0) return []
    const { storage, fetchAuthors, personId } = this.#options
    const waiting = (await storage.waitingRows(0, maxWaitingBytes)).filter(({ documentId }) => documentId === page)
    const own = idsIn(waiting.map(({ update }) => update)).inserted
    const isOwn = fresh.map(({ item }) => own.has(...idOf(item)))
    const authors = isOwn.every(Boolean) ? null : await fetchAuthors(page).catch(() => 'unreachable' as const)
    if (authors === 'unreachable') return 'later'
    return fresh.map((mention, place) => {
      const author = isOwn[place] === true ? personId : (authors?.inserted(...idOf(mention.item)) ?? null)
      return noticeOf(page, mention, { author, atMs })
    })
  }
}

function idOf(item: string): readonly [client: number, clock: number] {
  const [client, clock] = item.split(':').map(Number)
  return [client ?? 0, clock ?? 0]
}

/** Nothing where the bytes are no updates: the page itself is set aside when somebody opens it. */
function mentionsIn(updates: readonly Uint8Array[], person: PersonId): readonly PageMention[] {
  const doc = new Y.Doc()
  try {
    doc.transact(() => {
      for (const update of updates) Y.applyUpdate(doc, update)
    }, origins.storage)
    return mentionsOf(doc, person)
  } catch {
    return []
  } finally {
    doc.destroy()
  }
}

/** Ids stand in updates letter by letter. */
function holds(bytes: Uint8Array, needle: Uint8Array): boolean {
  const [first] = needle
  if (first === undefined) return false
  for (let at = bytes.indexOf(first); at !== -1; at = bytes.indexOf(first, at + 1)) {
    if (needle.every((byte, place) => bytes[at + place] === byte)) return true
  }
  return false
}

function* batchesOf(ids: readonly DocumentId[]): Generator<readonly DocumentId[]> {
  for (let start = 0; start < ids.length; start += batchPages) yield ids.slice(start, start + batchPages)
}
