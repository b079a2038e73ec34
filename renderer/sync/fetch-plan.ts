import type { DocumentId } from '../../model/ids.ts'
import type { IndexedDocument } from './document-index.ts'

/** Why a document is fetched. */
export type FetchReason =
  /** A person waits for it. */
  | 'person'
  /** Its content here holds what the server refused, and is thrown away for what the server has (LO6). */
  | 'reset'
  /** Held, but perhaps not the same as on the server: fetched with its state vector, and what the server lacks is given back. */
  | 'compare'
  /** Held, and the server has more than the feed carries (FE4). */
  | 'stale'
  /** Kept by policy, and not here yet (FE3). */
  | 'keep'

const urgency: Readonly<Record<FetchReason, number>> = { person: 0, reset: 1, compare: 3, stale: 2, keep: 4 }
/** Within `keep`: the tree of a space before acts and ledger, those before pages. */
const kindUrgency: Readonly<Record<IndexedDocument['kind'], number>> = {
  space: 0,
  acts: 1,
  private: 1,
  ledger: 1,
  page: 2,
}

export interface Planned {
  readonly id: DocumentId
  readonly reason: FetchReason
  /** What the server lacks is given back, whatever else it is fetched for. */
  readonly compares: boolean
}

interface Wanted extends Planned {
  readonly kindUrgency: number
  readonly changedAtMs: number
}

/** What is to be fetched, in the order of FE3. A document stands in it once, for its most urgent reason. */
export class FetchPlan {
  readonly #wanted = new Map<DocumentId, Wanted>()
  /** Most urgent last, so that taking is cheap; undefined after a change. */
  #sorted: Wanted[] | undefined

  get size(): number {
    return this.#wanted.size
  }

  add(document: Pick<IndexedDocument, 'id' | 'kind' | 'changedAtMs'>, reason: FetchReason): void {
    const before = this.#wanted.get(document.id)
    const compares = reason === 'compare' || before?.compares === true
    const isLater = before !== undefined && urgency[before.reason] <= urgency[reason]
    if (isLater && compares === before.compares) return
    const { id, kind, changedAtMs } = document
    this.#wanted.set(id, {
      id,
      reason: isLater ? before.reason : reason,
      compares,
      kindUrgency: kindUrgency[kind],
      changedAtMs,
    })
    this.#sorted = undefined
  }

  /** Whether the document waits to be compared. */
  compares(id: DocumentId): boolean {
    return this.#wanted.get(id)?.compares === true
  }

  remove(id: DocumentId): void {
    if (this.#wanted.delete(id)) this.#sorted = undefined
  }

  /** Takes up to `count` of the most urgent out of the plan. */
  take(count: number): Planned[] {
    this.#sorted ??= [...this.#wanted.values()].sort(lastFirst)
    const taken: Planned[] = []
    while (taken.length < count) {
      const next = this.#sorted.pop()
      if (next === undefined) break
      this.#wanted.delete(next.id)
      taken.push(next)
    }
    return taken
  }

  clear(): void {
    this.#wanted.clear()
    this.#sorted = undefined
  }
}

function lastFirst(one: Wanted, other: Wanted): number {
  return (
    urgency[other.reason] - urgency[one.reason] ||
    other.kindUrgency - one.kindUrgency ||
    one.changedAtMs - other.changedAtMs
  )
}
