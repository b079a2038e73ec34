import type { DocumentId, SpaceId } from '../../model/ids.ts'
import { lowestSchema } from '../../model/schema-version.ts'
import type { ClientMessage, FetchedDocument, ServerMessage } from '../../model/protocol/messages.ts'
import { isEmptyUpdate } from '../../model/update.ts'
import type {
  DocumentChange,
  OrganisationStorage,
  OwnChange,
  RemoteBatch,
  RemoteChange,
  WaitingRow,
} from '../storage/laptop-storage.ts'
import { emptyStateVector, restoringUpdates, stateVectorOf, whatServerLacks } from './document-bytes.ts'
import type { DocumentIndex, IndexedDocument } from './document-index.ts'
import { FetchPlan, type FetchReason, type Planned } from './fetch-plan.ts'
import { listChange, mustDerive } from './list-change.ts'
import type { FromWorker } from './sync-messages.ts'

/** Documents in one fetch, and how many of them may need reading from disk first. */
const batchDocuments = 400
/** Read at once for state vectors: bounds memory where pages are large. */
const readDocuments = 20
/** Fetches on their way: one is answered while the next is prepared. */
const fetchesOnTheWay = 2
/** A document that needs repair again and again on one line is left for the next one. */
const repairsPerLine = 3

type Documents = Extract<ServerMessage, { type: 'documents' }>

export interface FetcherParts {
  readonly storage: OrganisationStorage
  readonly index: DocumentIndex
  readonly send: (message: ClientMessage) => void
  /** Stores a batch and tells the windows; false where the line is gone. */
  readonly store: (batch: RemoteBatch) => Promise<boolean>
  /** Rows were appended that give back what the server lacks. */
  readonly appended: (rows: readonly WaitingRow[]) => void
  /** CH5: whether this person may give this document back. */
  readonly mayGiveBack: (document: IndexedDocument) => boolean
  readonly derive: (id: DocumentId) => void
  readonly emit: (message: FromWorker) => void
  readonly failed: (error: unknown) => void
}

/** Fetches documents in batches (FE3, FE4, FE5), gives back what the server lost (GE1) and throws refused content away (LO6). */
export class DocumentFetcher {
  readonly #parts: FetcherParts
  readonly #plan = new FetchPlan()
  readonly #onTheWay = new Map<number, Map<DocumentId, Planned>>()
  /** Highest feed number seen of a document while it is fetched: an answer that is older is not the whole. */
  readonly #seen = new Map<DocumentId, number>()
  /** To be compared or reset when nothing of them waits any more. */
  readonly #deferred = new Map<DocumentId, FetchReason>()
  /** Held words of them were refused as a gap and are kept nowhere else, until a comparison gives them back. */
  readonly #unkept = new Set<DocumentId>()
  /** Wanted to be reset on this line, and not yet. */
  readonly #resets = new Set<DocumentId>()
  readonly #repairs = new Map<DocumentId, number>()
  readonly #awaited = new Set<DocumentId>()
  #line = 0
  #isActive = false
  #isPreparing = false
  #isPreparingSoon = false
  #key = 0

  constructor(parts: FetcherParts) {
    this.#parts = parts
  }

  /** Whether everything wanted is here. */
  get isIdle(): boolean {
    return this.#plan.size === 0 && this.#onTheWay.size === 0 && !this.#isPreparing
  }

  begin(): void {
    this.#isActive = true
    this.#prepare()
  }

  /** The line is gone: what was wanted is found again from the lists after the next `welcome`. No list names resets. */
  end(): void {
    for (const id of this.#resets) this.#deferred.set(id, 'reset')
    this.#resets.clear()
    this.#line += 1
    this.#isActive = false
    this.#isPreparing = false
    this.#plan.clear()
    this.#onTheWay.clear()
    this.#seen.clear()
    this.#repairs.clear()
    for (const documentId of this.#awaited) this.#parts.emit({ type: 'fetch-failed', documentId, reason: 'offline' })
    this.#awaited.clear()
  }

  want(id: DocumentId, reason: FetchReason): void {
    const document = this.#parts.index.get(id)
    if (reason === 'person') this.#awaited.add(id)
    if (reason === 'reset') this.#resets.add(id)
    if (reason === 'compare' && this.#isRepairedTooOften(id)) return
    this.#plan.add(document ?? { id, kind: 'page', changedAtMs: 0 }, reason)
    if (this.#isPreparingSoon) return
    // A whole list is wanted one by one in one turn; the order and the batches are made when all of it is here.
    this.#isPreparingSoon = true
    queueMicrotask(() => {
      this.#isPreparingSoon = false
      this.#prepare()
    })
  }

  /** Wants it as soon as the server has answered every row of the document that waits. */
  wantWhenDrained(id: DocumentId, reason: FetchReason): void {
    if (this.#deferred.get(id) !== 'reset') this.#deferred.set(id, reason)
    this.drained(id)
  }

  /** A row of the document was refused as a gap, and is not set aside: what it says is in the document alone. */
  leftUnkept(id: DocumentId): void {
    this.#unkept.add(id)
  }

  /** A row of the document was acknowledged. */
  drained(id: DocumentId): void {
    const reason = this.#deferred.get(id)
    if (reason === undefined || (this.#parts.index.get(id)?.waiting ?? 0) > 0) return
    this.#deferred.delete(id)
    this.want(id, reason)
  }

  /** Nothing waits any more. */
  allDrained(): void {
    for (const id of [...this.#deferred.keys()]) this.drained(id)
  }

  /** A change of the document came by feed or channel with this number. */
  note(id: DocumentId, n: number): void {
    for (const fetch of this.#onTheWay.values())
      if (fetch.has(id)) this.#seen.set(id, Math.max(n, this.#seen.get(id) ?? 0))
  }

  forget(id: DocumentId): void {
    this.#plan.remove(id)
    this.#resets.delete(id)
    this.#deferred.delete(id)
  }

  /** One frame of an answer; runs in the order of everything that is stored. */
  async received({ key, isLast, documents }: Documents): Promise<void> {
    const fetch = this.#onTheWay.get(key)
    if (fetch === undefined) return
    const answers = documents.flatMap((document) => {
      const planned = fetch.get(document.documentId)
      return planned === undefined ? [] : [{ document, reason: planned.reason, compares: planned.compares }]
    })
    await this.#giveBack(answers)
    await this.#storeFound(answers)
    for (const { document, ...planned } of answers) {
      fetch.delete(document.documentId)
      this.#seen.delete(document.documentId)
      const isFound = document.state === 'found' && this.#parts.index.get(document.documentId) !== undefined
      if (isFound) this.#awaited.delete(document.documentId)
      else await this.#notFound(document, planned)
    }
    if (!isLast) return
    this.#onTheWay.delete(key)
    this.#prepare()
  }

  #prepare(): void {
    if (!this.#isActive || this.#isPreparing || this.#plan.size === 0 || this.#onTheWay.size >= fetchesOnTheWay) return
    this.#isPreparing = true
    const line = this.#line
    const taken = this.#plan.take(batchDocuments)
    this.#sendFetch(taken, line).then(
      () => {
        if (line !== this.#line) return
        this.#isPreparing = false
        this.#prepare()
      },
      (error: unknown) => {
        if (line !== this.#line) return
        this.#isPreparing = false
        this.#parts.failed(error)
      },
    )
  }

  async #sendFetch(taken: readonly Planned[], line: number): Promise<void> {
    const vectors = await this.#stateVectors(taken)
    if (line !== this.#line) return
    this.#key += 1
    this.#onTheWay.set(this.#key, new Map(taken.map((planned) => [planned.id, planned])))
    const documents = taken.map(({ id }) => ({ documentId: id, stateVector: vectors.get(id) ?? emptyStateVector }))
    this.#parts.send({ type: 'fetch', key: this.#key, documents })
  }

  async #stateVectors(taken: readonly Planned[]): Promise<Map<DocumentId, Uint8Array<ArrayBuffer>>> {
    const held = taken.filter(({ id, reason }) => reason !== 'reset' && this.#parts.index.get(id)?.held === true)
    const vectors = new Map<DocumentId, Uint8Array<ArrayBuffer>>()
    for (let start = 0; start < held.length; start += readDocuments) {
      const ids = held.slice(start, start + readDocuments).map(({ id }) => id)
      const loaded = await this.#parts.storage.loadMany(ids)
      for (const [id, { updates }] of loaded) vectors.set(id, stateVectorOf(updates))
    }
    return vectors
  }

  async #storeFound(answers: readonly Answer[]): Promise<void> {
    const taken = answers.map((answer) => this.#take(answer)).filter((one) => one !== undefined)
    if (taken.length === 0) return
    const changes: RemoteChange[] = taken
      .filter(({ update }) => !isEmptyUpdate(update))
      .map(({ change, update }) => ({ documentId: change.id, update }))
    const replaced = taken.filter(({ isReset }) => isReset).map(({ change }) => change.id)
    const documents = taken.map(({ change }) => change)
    if (!(await this.#parts.store({ changes, documents, cursors: [], replaced }))) return
    for (const documentId of replaced) {
      this.#resets.delete(documentId)
      this.#parts.emit({ type: 'document-reset', documentId })
    }
  }

  /** What is stored of one answer; undefined where it cannot be, or must be asked for again first. */
  #take(answer: Answer): { change: DocumentChange; update: Uint8Array; isReset: boolean } | undefined {
    const { document, reason } = answer
    const { documentId, row, update } = document
    const known = this.#parts.index.get(documentId)
    if (document.state !== 'found' || row === null || known === undefined) return undefined
    const isWhole = (this.#seen.get(documentId) ?? 0) <= document.n
    if (!isWhole) this.#again(answer)
    const isReset = reason === 'reset'
    if (isReset && (this.#mustWait(known) || !isWhole)) return undefined
    if (mustDerive(row, known)) this.#parts.derive(documentId)
    const isSame = isWhole && !this.#isComparisonAhead(answer)
    const change = { ...listChange(spaceOf(document, known), row, known), held: isWhole || known.held }
    return { change: isSame ? { ...change, compare: false } : change, update, isReset }
  }

  /** Content is thrown away only when no row of it waits any more. */
  #mustWait({ id, waiting }: IndexedDocument): boolean {
    if (waiting > 0) this.#deferred.set(id, 'reset')
    return waiting > 0
  }

  /** Appends rows with what the server lacks of documents that were fetched for comparison. */
  async #giveBack(answers: readonly Answer[]): Promise<void> {
    const compared = answers.filter((answer) => this.#mustGiveBack(answer))
    for (let start = 0; start < compared.length; start += readDocuments) {
      const part = compared.slice(start, start + readDocuments)
      const loaded = await this.#parts.storage.loadMany(part.map(({ document }) => document.documentId))
      const own = part.flatMap(({ document }) => {
        const known = this.#parts.index.get(document.documentId)
        const updates = loaded.get(document.documentId)?.updates ?? []
        return known === undefined ? [] : restoredChanges(document, known, updates)
      })
      if (own.length > 0) this.#parts.appended(await this.#parts.storage.appendOwn(own))
      for (const { document } of part) this.#unkept.delete(document.documentId)
    }
  }

  #mustGiveBack({ document, reason, compares }: Answer): boolean {
    return reason === 'reset' ? this.#holdsUnkept(document) : compares && this.#isToBeGivenBack(document)
  }

  /**
   * Whether content that is about to be thrown away holds words that are kept nowhere else: they are handed in once more, so
   * that the server takes them, or refuses them in a row that is set aside.
   */
  #holdsUnkept({ documentId, state }: FetchedDocument): boolean {
    const known = this.#parts.index.get(documentId)
    if (!this.#unkept.has(documentId) || known?.held !== true || known.waiting > 0) return false
    return state === 'found' || state === 'unknown'
  }

  /** Whether another answer is still to come that compares the document. */
  #isComparisonAhead({ document: { documentId }, compares }: Answer): boolean {
    if (this.#deferred.has(documentId) || this.#plan.compares(documentId)) return true
    const comparing = [...this.#onTheWay.values()].filter((fetch) => fetch.get(documentId)?.compares === true)
    return comparing.length > (compares ? 1 : 0)
  }

  #isToBeGivenBack({ documentId, state }: FetchedDocument): boolean {
    const known = this.#parts.index.get(documentId)
    if (known === undefined || !known.held || (state !== 'found' && state !== 'unknown')) return false
    if (known.waiting > 0) {
      // What waits would be given back twice: compared again when the server has answered it.
      this.#deferred.set(documentId, 'compare')
      return false
    }
    return this.#parts.mayGiveBack(known)
  }

  async #notFound(
    { documentId, state }: FetchedDocument,
    { reason, compares }: Pick<Planned, 'reason' | 'compares'>,
  ): Promise<void> {
    const known = this.#parts.index.get(documentId)
    const isOutOfReach = state === 'unknown' || state === 'forbidden'
    if (reason === 'reset' && isOutOfReach && known !== undefined && !this.#mustWait(known)) {
      // Its registration was refused, or it went where one may not read: what waited of it is set aside, in sight.
      await this.#parts.storage.drop(documentId, { forget: true })
      this.#parts.index.forget(documentId)
      this.#resets.delete(documentId)
      this.#parts.emit({ type: 'document-reset', documentId })
      this.#parts.emit({ type: 'documents-changed', documentIds: [documentId], spacesChanged: false })
    }
    if (compares && state === 'unknown' && known !== undefined && !this.#deferred.has(documentId)) {
      const { id, spaceId, kind, pageKind } = known
      await this.#parts.store({
        changes: [],
        documents: [{ id, spaceId, kind, pageKind, compare: false }],
        cursors: [],
      })
    }
    if (!this.#awaited.delete(documentId)) return
    const why = state === 'forbidden' || state === 'damaged' ? state : 'unknown'
    this.#parts.emit({ type: 'fetch-failed', documentId, reason: why })
  }

  #again({ document, reason, compares }: Answer): void {
    const known = this.#parts.index.get(document.documentId)
    if (known === undefined) return
    this.#plan.add(known, reason)
    if (compares) this.#plan.add(known, 'compare')
  }

  #isRepairedTooOften(id: DocumentId): boolean {
    const times = (this.#repairs.get(id) ?? 0) + 1
    this.#repairs.set(id, times)
    return times > repairsPerLine
  }
}

/** Where the document stands now: it may have gone to another space since it was listed. */
function spaceOf({ spaceId }: FetchedDocument, known: IndexedDocument): SpaceId {
  return spaceId ?? known.spaceId
}

interface Answer extends Pick<Planned, 'reason' | 'compares'> {
  readonly document: FetchedDocument
}

/** GE1: one row with the difference; where the server lost the document, its registration comes first (LO8). */
function restoredChanges(
  document: FetchedDocument,
  known: IndexedDocument,
  updates: readonly Uint8Array[],
): OwnChange[] {
  const base = { documentId: known.id, schema: Math.max(known.minSchema, lowestSchema), restored: true }
  if (document.state === 'found') {
    const update = whatServerLacks(updates, document)
    return update === undefined ? [] : [{ ...base, update, registration: null }]
  }
  const { spaceId, kind, pageKind } = known
  const { seed, rest } = restoringUpdates(updates, kind, pageKind)
  const registered = { ...base, schema: lowestSchema, update: seed, registration: { spaceId, kind, pageKind } }
  return rest === undefined ? [registered] : [registered, { ...base, update: rest, registration: null }]
}
