import * as Y from 'yjs'
import { checksum as checksumOf, rowChecksum } from '../model/checksum.ts'
import type { DocumentId, PersonId } from '../model/ids.ts'
import { writersOf, type DocumentKind, type PageKind } from '../model/kinds.ts'
import { maxUpdateBytes } from '../model/protocol/limits.ts'
import type { Registration } from '../model/protocol/messages.ts'
import type { RefusalReason } from '../model/protocol/reasons.ts'
import { seedClientId, seedOf } from '../model/seeds.ts'
import { isEmptyUpdate } from '../model/update.ts'
import { mayOnDocument } from './access.ts'
import type { BatchDraft, DocumentDraft } from './batch-draft.ts'
import { actsRefusal, maxActsBytes, tooManyActsDocuments, type ActsLookUp } from './check-acts.ts'
import { contradicts } from './contradiction.ts'
import { hasGap, inspectUpdate, overlaps } from './inspect-update.ts'
import type { PendingRow } from './row-source.ts'
import type { ClientOwner, NewDocument, NewRow, SpaceRecord } from './store/store.ts'
import { MalformedUpdate, type UpdateClaims } from './update-claims.ts'

export type Verdict =
  | { readonly type: 'commit'; readonly row: NewRow; readonly claims: UpdateClaims }
  | { readonly type: 'repeat' }
  | { readonly type: 'refused'; readonly reason: RefusalReason }

/** What the checks ask of the running server. */
export interface CheckContext {
  readonly documentBytes: number
  /** The schema that this server knows: a document's `minSchema` never passes it. */
  readonly schema: number
  /** Whose documents acts are about. */
  readonly acts: ActsLookUp
  space(spaceId: string): SpaceRecord | undefined
  /** Whom a client id belongs to that so far was seen in presence only. */
  presenceOwner(documentId: DocumentId, clientId: number): string | undefined
  /** Whether the update's deletions are all known; only asked of rows that bring nothing else. */
  repeatsDeletions(pending: PendingRow): boolean
  /** The document's bytes as they are committed; only asked of rows that bring clocks which are known. */
  knownPieces(pending: PendingRow): readonly Uint8Array[]
  /** The checksum of a row that is below its log's mark. */
  knownChecksum(pending: PendingRow): number | undefined
}

/**
 * Client ids of one document: each session that writes has its own, and every device names them all when it compares. Below
 * what `parseStateVector` takes, so that no document grows past what an honest device can ask for.
 */
const maxClientsOfDocument = 80_000

/**
 * Structs and deletions of one update. Each costs a microsecond in all that is done with it: five million, in 10 MiB, kept
 * everybody waiting for 15 s. Yjs joins what stands together, so that a page of years has a hundred thousand.
 */
const maxPartsOfUpdate = 500_000

const repeat: Verdict = { type: 'repeat' }
const refuse = (reason: RefusalReason): Verdict => ({ type: 'refused', reason })

/**
 * Decides about one row, after all rows before it and before anything is applied: the log's chain first (LO2, LO3), then
 * the checks CH in their order, the cheapest first. Writes nothing but the draft of this batch.
 */
export function checkRow(pending: PendingRow, draft: BatchDraft, context: CheckContext): Verdict {
  const chained = checkChain(pending, draft, context)
  if (chained !== null) return chained
  const verdict = checkDocument(pending, draft, context)
  draft.markLog(pending)
  return verdict
}

/** LO2, LO3; null for the next row of a log whose chain holds. */
function checkChain(pending: PendingRow, draft: BatchDraft, context: CheckContext): Verdict | null {
  const progress = draft.progressOf(pending.source)
  if (progress === null) return null
  if (pending.row > progress.row) {
    const expected = rowChecksum(progress.checksum, pending.row, pending.documentId, pending.update)
    return expected === pending.checksum ? null : refuse('row-reused')
  }
  const known =
    pending.row === progress.row
      ? progress.checksum
      : (draft.checksumInBatch(pending) ?? context.knownChecksum(pending))
  return known === pending.checksum ? repeat : refuse('row-reused')
}

function checkDocument(pending: PendingRow, draft: BatchDraft, context: CheckContext): Verdict {
  if (pending.update.length > maxUpdateBytes) return refuse('too-large')
  const document = draft.document(pending.documentId)
  if (document === undefined) return checkRegistration(pending, draft, context)
  const maxBytes = document.record.kind === 'acts' ? maxActsBytes : context.documentBytes
  if (document.record.sizeBytes + pending.update.length > maxBytes) return refuse('too-large')
  const space = context.space(document.record.spaceId)
  if (space === undefined) return refuse('unknown-space')
  const { author } = pending.source
  if (pending.registration !== null && !isSameRegistration(pending.registration, document.record, author))
    return refuse('document-taken')
  if (author !== 'server' && !mayOnDocument(author, 'write', document.record, space)) return refuse('forbidden')
  if (pending.schema < document.minSchema) return refuse('schema-too-old')
  return checkBytes(pending, document, context)
}

function isSameRegistration(
  registration: Registration,
  document: NewDocument,
  author: PendingRow['source']['author'],
): boolean {
  const { spaceId, kind, pageKind } = registration
  if (spaceId !== document.spaceId || kind !== document.kind || pageKind !== document.pageKind) return false
  return document.ownerId === null || author === 'server' || document.ownerId === author.personId
}

/** LO8: the first row is exactly the seed. */
function checkRegistration(pending: PendingRow, draft: BatchDraft, context: CheckContext): Verdict {
  const { registration, source } = pending
  if (registration === null) return refuse('unknown-document')
  const space = context.space(registration.spaceId)
  if (space === undefined) return refuse('unknown-space')
  const document = newDocumentOf(
    pending.documentId,
    registration,
    source.author === 'server' ? (source.ownerId ?? null) : source.author.personId,
  )
  if (document === null) return refuse('malformed')
  if (source.author !== 'server') {
    const isElsewhere = document.kind === 'private' && space.kind !== 'personal'
    if (document.kind === 'space' || isElsewhere || !mayOnDocument(source.author, 'write', document, space))
      return refuse('forbidden')
    if (tooManyActsDocuments(document, draft, context.acts)) return refuse('too-large')
  }
  if (!isSeed(pending.update, document.kind, document.pageKind)) return refuse('malformed')
  const claims = inspectUpdate(pending.update)
  const row = newRowOf(pending, context, {
    spaceId: document.spaceId,
    update: pending.update,
    bindings: [],
    register: document,
  })
  draft.register(document)
  draft.add(pending, row, claims)
  return { type: 'commit', row, claims }
}

/** What the server fixes; null where kind and page kind do not go together. */
export function newDocumentOf(
  documentId: DocumentId,
  registration: Registration,
  pusher: PersonId | null,
): NewDocument | null {
  const { spaceId, kind, pageKind } = registration
  if ((kind === 'page') !== (pageKind !== null)) return null
  if (kind === 'space' && (documentId as string) !== spaceId) return null
  const writers = writersOf(kind, pageKind)
  const ownerId = writers === 'authors' || writers === 'owner' ? pusher : null
  return { documentId, spaceId, kind, pageKind, writers, ownerId, coAuthorIds: [] }
}

const seeds = new Map<string, Uint8Array>()

export function cachedSeedOf(kind: DocumentKind, pageKind: PageKind | null): Uint8Array {
  const key = `${kind} ${pageKind ?? ''}`
  let seed = seeds.get(key)
  if (seed === undefined) {
    seed = seedOf(kind, pageKind)
    seeds.set(key, seed)
  }
  return seed
}

function isSeed(update: Uint8Array, kind: DocumentKind, pageKind: PageKind | null): boolean {
  return Buffer.compare(update, cachedSeedOf(kind, pageKind)) === 0
}

function checkBytes(pending: PendingRow, document: DocumentDraft, context: CheckContext): Verdict {
  const { kind, pageKind, spaceId } = document.record
  if (isEmptyUpdate(pending.update) || isSeed(pending.update, kind, pageKind)) return repeat
  const claims = claimsOf(pending)
  if (claims === null) return refuse('malformed')
  if (hasGap(claims, document.clocks)) return refuse('gap')
  if (bringsTooManyClients(claims, document)) return refuse('too-large')
  const bindings = bindingsOf(pending, claims, document, context)
  if (bindings === null) return refuse('foreign-client-id')
  if (saysOtherwise(pending, claims, document, context)) return refuse('foreign-client-id')
  const fresh = overlaps(claims, document.clocks)
    ? withoutKnown(pending.update, claims, document)
    : { update: pending.update, claims }
  if (fresh.claims.clients.size === 0 && (fresh.claims.deletions.size === 0 || context.repeatsDeletions(pending)))
    return repeat
  if (kind === 'acts') {
    const refusal = actsRefusal(pending, fresh.update, document, context)
    if (refusal !== null) return refuse(refusal)
  }
  const row = newRowOf(pending, context, { spaceId, update: fresh.update, bindings, register: null })
  document.batch.add(pending, row, fresh.claims)
  return { type: 'commit', row, claims: fresh.claims }
}

function bringsTooManyClients(claims: UpdateClaims, document: DocumentDraft): boolean {
  let fresh = 0
  for (const clientId of claims.clients.keys()) if (document.clocks.get(clientId) === undefined) fresh += 1
  return fresh > 0 && document.clientCount + fresh > maxClientsOfDocument
}

/**
 * Whether a row says something else under clocks that are known: somebody has given "back" what its author never wrote (CH5
 * binds no client ids). Cutting it off as known would acknowledge words that nobody keeps.
 */
function saysOtherwise(
  pending: PendingRow,
  claims: UpdateClaims,
  document: DocumentDraft,
  context: CheckContext,
): boolean {
  if (!mayContradict(pending) || !overlaps(claims, document.clocks)) return false
  return contradicts(pending.update, document.clocks, [...context.knownPieces(pending), ...document.updates])
}

/** Restored rows and whole states repeat what is known as a matter of course, and the server does not forge. */
export function mayContradict({ restored, isWholeState, source }: PendingRow): boolean {
  return !restored && !isWholeState && source.author !== 'server'
}

/** What the row's update claims, read once; null where it is malformed. */
export function claimsOf(pending: PendingRow): UpdateClaims | null {
  try {
    pending.claims ??= inspectUpdate(pending.update, maxPartsOfUpdate)
    return pending.claims
  } catch (error) {
    if (error instanceof MalformedUpdate) return null
    throw error
  }
}

/** CH4: the client ids to bind; null when one of them belongs to somebody else. */
function bindingsOf(
  pending: PendingRow,
  claims: UpdateClaims,
  document: DocumentDraft,
  context: CheckContext,
): NewRow['bindings'] | null {
  if (pending.restored) return []
  const { author } = pending.source
  const owner: ClientOwner = author === 'server' ? 'server' : author.personId
  const bindings: { clientId: number; owner: ClientOwner }[] = []
  for (const clientId of claims.clients.keys()) {
    const bound = document.ownerOf(clientId)
    if (bound === owner) continue
    const shown = context.presenceOwner(pending.documentId, clientId)
    if (clientId === seedClientId || bound !== undefined || (shown !== undefined && shown !== owner)) return null
    bindings.push({ clientId, owner })
  }
  return bindings
}

/**
 * Structs that the server has are cut off: Yjs ignores them where they are known, but a copy that says something else
 * would be believed by whoever does not have them yet.
 */
function withoutKnown(
  update: Uint8Array,
  claims: UpdateClaims,
  document: DocumentDraft,
): { readonly update: Uint8Array; readonly claims: UpdateClaims } {
  const known = new Map<number, number>()
  for (const client of claims.clients.keys()) known.set(client, document.clocks.get(client) ?? 0)
  const fresh = Y.diffUpdate(update, Y.encodeStateVector(known))
  return { update: fresh, claims: inspectUpdate(fresh) }
}

function newRowOf(
  pending: PendingRow,
  context: CheckContext,
  parts: Pick<NewRow, 'spaceId' | 'update' | 'bindings' | 'register'>,
): NewRow {
  const { source, row, documentId, schema, restored } = pending
  return {
    documentId,
    logId: source.logId,
    row,
    checksum: source.progress === null ? checksumOf(parts.update) : pending.checksum,
    personId: source.author === 'server' ? 'server' : source.author.personId,
    schema,
    restored,
    minSchema: Math.min(schema, context.schema),
    ...parts,
  }
}
