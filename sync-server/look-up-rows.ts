import type { DocumentId } from '../model/ids.ts'
import { mayOnDocument } from './access.ts'
import { lookUpActs, type ActsLookUp } from './check-acts.ts'
import { claimsOf, mayContradict } from './check-row.ts'
import type { Core } from './core.ts'
import type { DocumentState } from './document-state.ts'
import { bringsStructs, overlaps } from './inspect-update.ts'
import type { PendingRow } from './row-source.ts'

/** What was asked of the store before a batch is checked, so that the checks themselves wait for nothing. */
export interface LookedUp {
  readonly states: ReadonlyMap<DocumentId, DocumentState>
  readonly repeatedDeletions: ReadonlySet<PendingRow>
  readonly pieces: ReadonlyMap<PendingRow, Uint8Array>
  readonly checksums: ReadonlyMap<PendingRow, number>
  readonly acts: ActsLookUp
}

export async function lookUpRows(core: Core, batch: readonly PendingRow[]): Promise<LookedUp> {
  const { states, store } = core
  const documents = await states.getMany(new Set(batch.map((pending) => pending.documentId)))
  const checksums = new Map<PendingRow, number>()
  const repeatedDeletions = new Set<PendingRow>()
  const pieces = new Map<PendingRow, Uint8Array>()
  const read = readerOnce(core)
  for (const pending of batch) {
    const { progress, logId } = pending.source
    if (progress !== null && pending.row < progress.row && progress.row !== Number.MAX_SAFE_INTEGER) {
      const checksum = await store.rowChecksum(logId, pending.row)
      if (checksum !== undefined) checksums.set(pending, checksum)
    }
    const document = documents.get(pending.documentId)
    if (document === undefined || !mayWrite(core, pending, document)) continue
    if (await repeatsDeletions(core, pending, document)) repeatedDeletions.add(pending)
    const known = await knownBytes(pending, document, read)
    if (known !== null) pieces.set(pending, known)
  }
  const acts = await lookUpActs(core, batch, documents)
  return { states: documents, checksums, repeatedDeletions, pieces, acts }
}

/** Nobody makes the server read a document for a row that will be refused; what decides is asked again in `checkRow`. */
function mayWrite(core: Core, { source }: PendingRow, { record }: DocumentState): boolean {
  const space = core.spaces.get(record.spaceId)
  return (
    space !== undefined && (source.author === 'server' || mayOnDocument(source.author, 'write', record, space.record))
  )
}

/** The document's bytes for a row that brings clocks which are known already, as it hardly ever happens. */
async function knownBytes(
  pending: PendingRow,
  document: DocumentState,
  read: ReturnType<typeof readerOnce>,
): Promise<Uint8Array | null> {
  const claims = mayContradict(pending) ? claimsOf(pending) : null
  if (claims === null || !overlaps(claims, document.stateVector)) return null
  const merged = await read(document)
  return merged === 'damaged' ? null : merged
}

/** Reads each document once, however many rows of a batch ask for it: a large one takes tens of milliseconds. */
function readerOnce({ store }: Core): (document: DocumentState) => Promise<Uint8Array | 'damaged'> {
  const reads = new Map<DocumentState, Promise<Uint8Array | 'damaged'>>()
  return (document) => {
    const reading = reads.get(document) ?? document.read(store)
    reads.set(document, reading)
    return reading
  }
}

/** Whether a row that holds a whole delete set (step 2, something restored) says nothing that is not known. */
async function repeatsDeletions(core: Core, pending: PendingRow, document: DocumentState): Promise<boolean> {
  if (!pending.isWholeState && !pending.restored) return false
  const claims = claimsOf(pending)
  if (claims === null || bringsStructs(claims, document.stateVector)) return false
  return document.knowsDeletions(core.store, claims.deletions)
}
