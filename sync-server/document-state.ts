import * as Y from 'yjs'
import type { DocumentId } from '../model/ids.ts'
import { isEmptyUpdate, mergeInTree } from '../model/update.ts'
import { advance, inspectUpdate, parseStateVector } from './inspect-update.ts'
import { MalformedUpdate, type ClockRange, type UpdateClaims } from './update-claims.ts'
import type { ClientOwner, DocumentRecord, LoadedDocument, NewDocument, Store } from './store/store.ts'

/** Bytes of rows that one document keeps in memory before it leaves them to the store. */
const tailInMemoryBytes = 1024 * 1024
/** A merged document up to this size stays in memory for the next reader. */
const mergedInMemoryBytes = 4 * 1024 * 1024

/**
 * What the server keeps in memory of a document that is in use: never a Y.Doc. The state vector decides about gaps; the
 * bytes are pieces that together are the document, or are left to the store when they grow.
 */
export class DocumentState {
  record: DocumentRecord
  readonly stateVector: Map<number, number>
  readonly bindings: Map<number, ClientOwner>
  /** A record of it does not fit its checksum: it is answered as damaged, and never compacted. */
  damaged: boolean
  /** Pieces from the beginning to `record.lastN`; null while the store alone has them. */
  #pieces: Uint8Array[] | null = null
  #pieceBytes = 0
  #deleted: Map<number, ClockRange[]> | null = null

  private constructor(
    record: DocumentRecord,
    parts: {
      stateVector: Map<number, number>
      bindings: Map<number, ClientOwner>
      pieces: Uint8Array[] | null
      damaged: boolean
    },
  ) {
    this.record = record
    this.stateVector = parts.stateVector
    this.bindings = parts.bindings
    this.damaged = parts.damaged
    this.#setPieces(parts.pieces)
  }

  static fresh(document: NewDocument): DocumentState {
    const empty = { minSchema: 0, changedAtMs: 0, sizeBytes: 0, lastN: 0, compactedTo: 0, tailRows: 0, tailBytes: 0 }
    const record = { ...document, title: null, icon: null, archived: false, ...empty }
    return new DocumentState(record, { stateVector: new Map(), bindings: new Map(), pieces: [], damaged: false })
  }

  /** From the store's records; the snapshot's bytes stay there until somebody reads the document. */
  static from(loaded: LoadedDocument): DocumentState {
    const { record, snapshotStateVector } = loaded
    const ofSnapshot = readStateVector(snapshotStateVector)
    const stateVector = ofSnapshot ?? new Map<number, number>()
    let damaged = ofSnapshot === undefined
    const pieces: Uint8Array[] = []
    for (const { update } of loaded.tail) {
      if (update === 'damaged' || !advanceBy(stateVector, update)) damaged = true
      else pieces.push(update)
    }
    const isComplete = snapshotStateVector === null && !damaged
    return new DocumentState(record, {
      stateVector,
      bindings: new Map(loaded.bindings),
      pieces: isComplete ? pieces : null,
      damaged,
    })
  }

  /** About how much memory it takes, for the cache. */
  get weight(): number {
    return 1000 + this.#pieceBytes + 80 * this.stateVector.size + 60 * this.bindings.size
  }

  get encodedStateVector(): Uint8Array {
    return Y.encodeStateVector(this.stateVector)
  }

  /** Takes in a committed row. */
  apply(update: Uint8Array, claims: UpdateClaims): void {
    advance(this.stateVector, claims)
    if (this.#deleted !== null) addDeletions(this.#deleted, claims.deletions)
    if (this.#pieces === null) return
    if (this.#pieceBytes + update.length > Math.max(tailInMemoryBytes, mergedInMemoryBytes)) this.#setPieces(null)
    else {
      this.#pieces.push(update)
      this.#pieceBytes += update.length
    }
  }

  /** The whole document as one update, or `damaged`. */
  async read(store: Store): Promise<Uint8Array | 'damaged'> {
    for (;;) {
      const { lastN } = this.record
      const pieces = this.#pieces ?? (await readPieces(store, this.record.documentId))
      if (pieces === 'damaged') {
        this.damaged = true
        return 'damaged'
      }
      // A row that was committed while the store answered may be missing from these pieces: read again.
      if (this.#pieces === null && this.record.lastN !== lastN) continue
      const merged = mergeInTree(pieces)
      if (merged.length <= mergedInMemoryBytes) this.#setPieces([merged])
      return merged
    }
  }

  /** Whether every deletion in the update is known already, so that storing it again would only repeat it. */
  async knowsDeletions(store: Store, deletions: ReadonlyMap<number, readonly ClockRange[]>): Promise<boolean> {
    if (deletions.size === 0) return true
    if (this.#deleted === null) {
      const merged = await this.read(store)
      if (merged === 'damaged') return false
      const deleted = new Map<number, ClockRange[]>()
      addDeletions(deleted, inspectUpdate(merged).deletions)
      this.#deleted = deleted
    }
    return containsDeletions(this.#deleted, deletions)
  }

  #setPieces(pieces: Uint8Array[] | null): void {
    this.#pieces = pieces
    this.#pieceBytes = pieces === null ? 0 : pieces.reduce((sum, piece) => sum + piece.length, 0)
  }
}

/** Undefined where it is damaged or none: one such document must not keep the rows of all others from the disk. */
function readStateVector(stored: Uint8Array | 'damaged' | null): Map<number, number> | undefined {
  if (stored === null) return new Map()
  if (stored === 'damaged') return undefined
  try {
    return parseStateVector(stored)
  } catch (error) {
    if (error instanceof MalformedUpdate) return undefined
    throw error
  }
}

function advanceBy(stateVector: Map<number, number>, update: Uint8Array): boolean {
  try {
    advance(stateVector, inspectUpdate(update))
    return true
  } catch (error) {
    if (error instanceof MalformedUpdate) return false
    throw error
  }
}

/** Snapshot and rows as the store has them, in order; `damaged` when one of them is. */
export async function readPieces(store: Store, documentId: DocumentId): Promise<Uint8Array[] | 'damaged'> {
  const [loaded] = await store.loadDocuments([documentId])
  if (loaded === undefined) return []
  const pieces: Uint8Array[] = []
  if (loaded.snapshotStateVector !== null) {
    const snapshot = await store.readSnapshot(documentId)
    // Compacted in between: what was loaded is older than the snapshot, and together they are still everything.
    if (snapshot === 'damaged' || snapshot === null) return 'damaged'
    pieces.push(snapshot.update)
  }
  for (const { update } of loaded.tail) {
    if (update === 'damaged') return 'damaged'
    pieces.push(update)
  }
  return pieces
}

/** What a reader with this state vector lacks. Deletions are sent whole: Yjs keeps no clocks of them. */
export function differenceFor(merged: Uint8Array, stateVector: Uint8Array): Uint8Array {
  return isEmptyUpdate(merged) || stateVector.length <= 1 ? merged : Y.diffUpdate(merged, stateVector)
}

function addDeletions(into: Map<number, ClockRange[]>, more: ReadonlyMap<number, readonly ClockRange[]>): void {
  for (const [client, ranges] of more) {
    const sorted = [...(into.get(client) ?? []), ...ranges].sort((a, b) => a.start - b.start)
    const joined: ClockRange[] = []
    for (const range of sorted) {
      const last = joined.at(-1)
      if (last !== undefined && range.start <= last.end)
        joined[joined.length - 1] = { start: last.start, end: Math.max(last.end, range.end) }
      else joined.push(range)
    }
    into.set(client, joined)
  }
}

function containsDeletions(
  known: ReadonlyMap<number, readonly ClockRange[]>,
  asked: ReadonlyMap<number, readonly ClockRange[]>,
): boolean {
  for (const [client, ranges] of asked) {
    const have = known.get(client) ?? []
    if (!ranges.every((range) => isWithin(range, have))) return false
  }
  return true
}

/** By halving: a page that was edited for years has a hundred thousand ranges, and each of them is asked for. */
function isWithin(range: ClockRange, sorted: readonly ClockRange[]): boolean {
  let low = 0
  let high = sorted.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((sorted[middle]?.start ?? 0) <= range.start) low = middle + 1
    else high = middle
  }
  const before = sorted[low - 1]
  return before !== undefined && range.end <= before.end
}
