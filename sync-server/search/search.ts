import type { DocumentId, PersonId, SpaceId } from '../../model/ids.ts'
import { may, type Actor } from '../../model/permission.ts'
import { fail, ok, type Result } from '../../model/result.ts'
import type { SearchFilter, SearchHit } from '../../model/search/search-index.ts'
import { documentThing, spaceThing } from '../access.ts'
import type { DocumentRecord, Membership, SpaceRecord } from '../store/store.ts'
import type { Clock, Log, Schedule } from '../sync-options.ts'
import { indexWasLost, type SearchCall, type SearchReturn } from './search-calls.ts'
import type { IndexedDocument } from './server-index.ts'

/** What search needs of the sync core. */
export interface SearchSource {
  spaces(): readonly SpaceRecord[]
  membershipsOf(personId: PersonId): Promise<readonly Membership[]>
  documentsOf(spaceId: SpaceId): Promise<readonly DocumentRecord[]>
  documents(ids: readonly DocumentId[]): Promise<readonly DocumentRecord[]>
  /** Snapshot and rows as stored. */
  pieces(documentId: DocumentId): Promise<readonly Uint8Array[] | 'damaged'>
}

export interface SearchParts {
  readonly source: SearchSource
  readonly ask: (call: SearchCall) => Promise<SearchReturn>
  readonly schedule: Schedule
  readonly clock: Clock
  readonly log: Log
}

export interface ServerQuestion {
  readonly text: string
  readonly filter: SearchFilter
  readonly limit: number
}

export interface ServerFound {
  readonly hits: readonly SearchHit[]
  /** False while the index is being made: what is found is true, and not everything. */
  readonly complete: boolean
}

/** After a change, before it is read: a burst of letters is one reading. A large page waits longer, for reading it costs more. */
const soonMs = 1000
const largeMs = 15_000
const largeBytes = 512 * 1024
/** One step of indexing: at most so many documents and bytes are on their way to the worker, some 40 ms of its time. */
const stepDocuments = 16
const stepBytes = 4 * 1024 * 1024
const pauseMs = 10
/** Of a larger document only the title is found: reading it would cost more than anybody gains. */
const largestBytes = 32 * 1024 * 1024
const retryMs = 30_000
/** From when that is read which the index lacked at the start. */
const lackingFromMs = 0
/** Questions that wait for the worker, of one person and of all. */
const mostOfOne = 3
const mostOfAll = 64

/**
 * Full text over everything that the server keeps, for pages that are not on somebody's laptop. Follows commits from behind, in
 * small steps and in a worker: a commit costs a note of the document's id. Who may read what is decided anew for every answer.
 */
export class ServerSearch {
  readonly #parts: SearchParts
  /** Documents to be read, with the moment from which. */
  readonly #waiting = new Map<DocumentId, number>()
  readonly #asking = new Map<PersonId, number>()
  #asked = 0
  /** `unknown`: what the index lacks was not looked at yet; `filling`: it is being read. */
  #stage: 'unknown' | 'filling' | 'complete' = 'unknown'
  #isRunning = false
  #isStopped = false
  #timer: { readonly atMs: number; readonly undo: () => void } | null = null

  constructor(parts: SearchParts) {
    this.#parts = parts
  }

  /** Looks what the index lacks; nothing waits for it. */
  start(): void {
    this.#wake(soonMs)
  }

  stop(): void {
    this.#isStopped = true
    this.#timer?.undo()
  }

  /** A commit changed the document. */
  changed({ documentId, kind, sizeBytes }: DocumentRecord): void {
    if (!isSearched(kind) || this.#waiting.has(documentId)) return
    const ms = sizeBytes > largeBytes ? largeMs : soonMs
    this.#waiting.set(documentId, this.#parts.clock.nowMs() + ms)
    this.#wake(ms)
  }

  async find(
    actor: Actor & { readonly personId: PersonId },
    question: ServerQuestion,
  ): Promise<Result<ServerFound, 'busy'>> {
    const own = this.#asking.get(actor.personId) ?? 0
    if (own >= mostOfOne || this.#asked >= mostOfAll) return fail('busy')
    this.#asking.set(actor.personId, own + 1)
    this.#asked += 1
    try {
      return ok(await this.#find(actor, question))
    } finally {
      this.#asked -= 1
      const left = (this.#asking.get(actor.personId) ?? 1) - 1
      if (left === 0) this.#asking.delete(actor.personId)
      else this.#asking.set(actor.personId, left)
    }
  }

  async #find(
    actor: Actor & { readonly personId: PersonId },
    { text, filter, limit }: ServerQuestion,
  ): Promise<ServerFound> {
    const { clock } = this.#parts
    const readable = [...(await this.#readableSpaces(actor)).keys()]
    const spaceIds = readable.filter((id) => filter.spaceIds === undefined || filter.spaceIds.includes(id))
    const request = { text, filter: { ...filter, spaceIds }, limit, nowMs: clock.nowMs() }
    const answer = await this.#ask({ type: 'find', request })
    const hits = answer.type === 'found' ? answer.hits : []
    return { hits: await this.#readable(actor, hits), complete: this.#stage === 'complete' }
  }

  /** The index lags behind: where a page stands now, and who one is now, decides. */
  async #readable(
    actor: Actor & { readonly personId: PersonId },
    hits: readonly SearchHit[],
  ): Promise<readonly SearchHit[]> {
    const ids = hits.flatMap(({ pageId }) => (pageId === null ? [] : [pageId]))
    const records = new Map((await this.#parts.source.documents(ids)).map((record) => [record.documentId, record]))
    const spaces = await this.#readableSpaces(actor)
    return hits.filter((hit) => {
      const space = spaces.get(hit.spaceId)
      const record = hit.pageId === null ? undefined : records.get(hit.pageId)
      if (space === undefined || record === undefined || record.spaceId !== hit.spaceId) return false
      return may(actor, 'read', documentThing(record, space.record, space.role))
    })
  }

  async #readableSpaces(actor: Actor & { readonly personId: PersonId }) {
    const { source } = this.#parts
    const memberships = await source.membershipsOf(actor.personId)
    const roles = new Map(memberships.map(({ spaceId, role }) => [spaceId, role]))
    const readable = source
      .spaces()
      .map((record) => ({ record, role: roles.get(record.spaceId) ?? null }))
      .filter(({ record, role }) => may(actor, 'read', spaceThing(record, role)))
    return new Map(readable.map((each) => [each.record.spaceId, each]))
  }

  async #ask(call: SearchCall): Promise<SearchReturn> {
    try {
      return await this.#parts.ask(call)
    } catch (error) {
      if (error instanceof Error && error.message === indexWasLost) {
        this.#parts.log('warn', 'The search index was damaged and is made again')
        this.#stage = 'unknown'
        this.#wake(0)
      }
      throw error
    }
  }

  #wake(ms: number): void {
    const atMs = this.#parts.clock.nowMs() + ms
    if (this.#isRunning || this.#isStopped || (this.#timer !== null && this.#timer.atMs <= atMs)) return
    this.#timer?.undo()
    const undo = this.#parts.schedule(ms, () => {
      this.#timer = null
      void this.#run()
    })
    this.#timer = { atMs, undo }
  }

  async #run(): Promise<void> {
    this.#isRunning = true
    let nextMs: number | null
    try {
      if (this.#stage === 'unknown') await this.#compare()
      await this.#step()
      nextMs = this.#nextMs()
    } catch (error) {
      if (!this.#isStopped) this.#parts.log('warn', 'Indexing for search waits', { error: String(error) })
      nextMs = retryMs
    }
    this.#isRunning = false
    if (nextMs !== null) this.#wake(nextMs)
  }

  /** When there is something to do; the index is complete when nothing is left of what it lacked. */
  #nextMs(): number | null {
    if (this.#stage === 'unknown') return retryMs
    let firstMs = Infinity
    for (const fromMs of this.#waiting.values()) firstMs = Math.min(firstMs, fromMs)
    if (this.#stage === 'filling' && firstMs !== lackingFromMs) this.#stage = 'complete'
    return firstMs === Infinity ? null : Math.max(pauseMs, firstMs - this.#parts.clock.nowMs())
  }

  /** Finds out what the index lacks, space by space, and puts it to be read: what changed last comes last. */
  async #compare(): Promise<void> {
    const { source } = this.#parts
    const lacking: { readonly documentId: DocumentId; readonly changedAtMs: number }[] = []
    for (const { spaceId } of source.spaces()) {
      const records = (await source.documentsOf(spaceId)).filter(({ kind }) => isSearched(kind))
      const documents = records.map((record) => ({ documentId: record.documentId, version: versionOf(record) }))
      const answer = await this.#ask({ type: 'lacking', documents })
      const ids = new Set(answer.type === 'lacking' ? answer.ids : [])
      for (const { documentId, changedAtMs } of records)
        if (ids.has(documentId)) lacking.push({ documentId, changedAtMs })
    }
    for (const { documentId } of lacking.toSorted((a, b) => a.changedAtMs - b.changedAtMs))
      this.#waiting.set(documentId, lackingFromMs)
    this.#stage = 'filling'
  }

  async #step(): Promise<void> {
    const ids = this.#takeDue()
    if (ids.length === 0) return
    try {
      const records = await this.#parts.source.documents(ids)
      for (const some of portions(records)) await this.#put(some)
    } catch (error) {
      // Where one of them waits for a change already, that comes first.
      for (const id of ids) if (!this.#waiting.has(id)) this.#waiting.set(id, this.#parts.clock.nowMs() + retryMs)
      throw error
    }
  }

  #takeDue(): readonly DocumentId[] {
    const nowMs = this.#parts.clock.nowMs()
    const due: DocumentId[] = []
    for (const [id, fromMs] of this.#waiting) {
      if (due.length >= stepDocuments) break
      if (fromMs <= nowMs) due.push(id)
    }
    for (const id of due) this.#waiting.delete(id)
    return due
  }

  async #put(records: readonly DocumentRecord[]): Promise<void> {
    const documents: IndexedDocument[] = []
    for (const record of records) documents.push(await this.#read(record))
    try {
      await this.#ask({ type: 'put', documents })
    } catch (error) {
      if (records.length > 1) {
        for (const record of records) await this.#put([record])
        return
      }
      this.#parts.log('warn', 'A page is found by its title only', {
        ids: records.map(({ documentId }) => documentId),
        error: String(error),
      })
      await this.#ask({ type: 'put', documents: documents.map((document) => ({ ...document, pieces: null })) })
    }
  }

  async #read(record: DocumentRecord): Promise<IndexedDocument> {
    const { documentId, spaceId, pageKind, ownerId, changedAtMs, title, archived, sizeBytes } = record
    const pieces = sizeBytes > largestBytes ? 'damaged' : await this.#parts.source.pieces(documentId)
    return {
      ...{ documentId, spaceId, pageKind, ownerId, changedAtMs, archived },
      kind: record.kind === 'space' ? 'space' : 'page',
      title: title ?? '',
      version: versionOf(record),
      pieces: pieces === 'damaged' ? null : pieces,
    }
  }
}

function isSearched(kind: DocumentRecord['kind']): boolean {
  return kind === 'page' || kind === 'space'
}

function versionOf({ spaceId, lastN }: DocumentRecord): string {
  return `${spaceId} ${lastN}`
}

/** As many as are read into memory at once. */
function portions(records: readonly DocumentRecord[]): readonly (readonly DocumentRecord[])[] {
  const all: DocumentRecord[][] = []
  let size = Infinity
  for (const record of records) {
    size += record.sizeBytes
    if (size > stepBytes) {
      all.push([])
      size = record.sizeBytes
    }
    all.at(-1)?.push(record)
  }
  return all
}
