import * as Y from 'yjs'
import type { DocumentKind, PageKind } from '../../model/kinds.ts'
import { seedClientId, seedOf } from '../../model/seeds.ts'
import { isEmptyUpdate, mergeInTree } from '../../model/update.ts'

/** What a laptop that holds nothing of a document says in a fetch. */
export const emptyStateVector: Uint8Array<ArrayBuffer> = new Uint8Array([0])
const emptyUpdate: Uint8Array<ArrayBuffer> = new Uint8Array([0, 0])

/**
 * Bytes that are no update must not stop everything else from being synced: whoever reads them gets the cautious answer. Yjs
 * throws plain errors of many kinds.
 */
function readOr<T>(cautious: T, read: () => T): T {
  try {
    return read()
  } catch {
    return cautious
  }
}

/** The state vector of stored records, without a Y.Doc; that of nothing where they cannot be read. */
export function stateVectorOf(updates: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  if (updates.length === 0) return emptyStateVector
  return readOr(emptyStateVector, () => new Uint8Array(Y.encodeStateVectorFromUpdate(mergeInTree(updates))))
}

/**
 * GE1: what the server lacks of a document, given the records here, the server's state vector, and what the server answered
 * (which holds its whole delete set). Undefined where it lacks nothing.
 */
export function whatServerLacks(
  updates: readonly Uint8Array[],
  server: { readonly stateVector: Uint8Array; readonly update: Uint8Array },
): Uint8Array<ArrayBuffer> | undefined {
  if (updates.length === 0) return undefined
  return readOr(undefined, () => differenceFrom(updates, server))
}

function differenceFrom(
  updates: readonly Uint8Array[],
  server: { readonly stateVector: Uint8Array; readonly update: Uint8Array },
): Uint8Array<ArrayBuffer> | undefined {
  const difference = Y.diffUpdate(mergeInTree(updates), server.stateVector)
  const ours = Y.decodeUpdate(difference)
  if (ours.structs.length > 0) return new Uint8Array(difference)
  return hasDeletionsBeyond(ours.ds, Y.decodeUpdate(server.update).ds) ? new Uint8Array(difference) : undefined
}

/** Whether a server, by its state vector and its delete set, has all that an update holds. */
export function isKnownTo(
  server: { readonly stateVector: Uint8Array; readonly update: Uint8Array },
  update: Uint8Array,
): boolean {
  return readOr(false, () => {
    const known = Y.decodeStateVector(server.stateVector)
    const { to } = Y.parseUpdateMeta(update)
    if ([...to].some(([client, clock]) => clock > (known.get(client) ?? 0))) return false
    return !hasDeletionsBeyond(Y.decodeUpdate(update).ds, Y.decodeUpdate(server.update).ds)
  })
}

type DeleteSet = ReturnType<typeof Y.decodeUpdate>['ds']

function hasDeletionsBeyond(ours: DeleteSet, theirs: DeleteSet): boolean {
  for (const [client, deletions] of ours.clients) {
    const known = theirs.clients.get(client)?.toSorted((one, other) => one.clock - other.clock) ?? []
    for (const { clock, len } of deletions) if (!isCovered(clock, clock + len, known)) return true
  }
  return false
}

/** Whether sorted ranges cover all from `from` up to `to`. */
function isCovered(
  from: number,
  to: number,
  ranges: readonly { readonly clock: number; readonly len: number }[],
): boolean {
  let reached = from
  for (const { clock, len } of ranges) {
    if (clock > reached) break
    reached = Math.max(reached, clock + len)
    if (reached >= to) return true
  }
  return reached >= to
}

/** Whether an update holds a document from its beginning: it can be applied where nothing is held. */
export function isFromBeginning(update: Uint8Array): boolean {
  if (isEmptyUpdate(update)) return false
  return readOr(false, () => {
    const { from } = Y.parseUpdateMeta(update)
    return from.has(seedClientId) && [...from.values()].every((clock) => clock === 0)
  })
}

/** Whether an update brings content, and not deletions alone. */
export function hasStructs(update: Uint8Array): boolean {
  return readOr(false, () => Y.parseUpdateMeta(update).to.size > 0)
}

/**
 * Whether an update may change a title, an icon or a mark of archiving: those are map values, which text never is. Attributes
 * of nodes are map values too, so this errs towards looking.
 */
export function mayTouchMeta(update: Uint8Array): boolean {
  return readOr(false, () =>
    Y.decodeUpdate(update).structs.some((struct) => struct instanceof Y.Item && struct.content instanceof Y.ContentAny),
  )
}

/** The difference without the seed, which registers the document in a row of its own (LO8). */
export function restoringUpdates(
  updates: readonly Uint8Array[],
  kind: DocumentKind,
  pageKind: PageKind | null,
): { readonly seed: Uint8Array<ArrayBuffer>; readonly rest: Uint8Array<ArrayBuffer> | undefined } {
  const seed = seedOf(kind, pageKind)
  const rest = whatServerLacks(updates, { stateVector: stateVectorOf([seed]), update: emptyUpdate })
  return { seed, rest }
}
