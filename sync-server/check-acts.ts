import { documentOfRef, type ActRef } from '../model/act-ref.ts'
import type { Act } from '../model/act.ts'
import { readActsUpdate } from '../model/acts.ts'
import type { DocumentId } from '../model/ids.ts'
import { may } from '../model/permission.ts'
import type { RefusalReason } from '../model/protocol/reasons.ts'
import { unreachable } from '../model/result.ts'
import { spaceThing } from './access.ts'
import type { BatchDraft, DocumentDraft } from './batch-draft.ts'
import { inspectUpdate } from './inspect-update.ts'
import type { Core } from './core.ts'
import type { DocumentState } from './document-state.ts'
import type { Author, PendingRow } from './row-source.ts'
import type { DocumentRecord, NewDocument, SpaceRecord } from './store/store.ts'
import { MalformedUpdate } from './update-claims.ts'

/**
 * Acts documents of one person in one space. One is enough; each device that was offline at its first act makes another, and all
 * of them are folded.
 */
export const maxActsDocuments = 8
/** A person who says something every working hour for thirty years, at 150 bytes each. */
export const maxActsBytes = 8 * 1024 * 1024

/** What the checks of acts ask of the store, looked up before a batch is checked. */
export interface ActsLookUp {
  /** Documents that acts of this batch are about, and where acts stand that they are about. */
  readonly records: ReadonlyMap<DocumentId, DocumentRecord>
  /** Acts documents that there are, by space and owner; only where one is being registered. */
  readonly owned: ReadonlyMap<string, number>
}

export async function lookUpActs(
  core: Core,
  batch: readonly PendingRow[],
  documents: ReadonlyMap<DocumentId, DocumentState>,
): Promise<ActsLookUp> {
  const registering = new Set<DocumentId>()
  const spaces = new Set<string>()
  const wanted = new Set<DocumentId>()
  for (const pending of batch) {
    const { documentId, registration } = pending
    const record = documents.get(documentId)?.record
    if (!mayMatter(pending, record)) continue
    if (record === undefined && registration?.kind === 'acts') {
      registering.add(documentId)
      spaces.add(registration.spaceId)
    } else if (record?.kind === 'acts' || registering.has(documentId)) addDocuments(wanted, pending)
  }
  if (registering.size === 0 && wanted.size === 0) return nothing
  return { records: await recordsOf(core, wanted), owned: await countOwned(core, spaces) }
}

function addDocuments(wanted: Set<DocumentId>, pending: PendingRow): void {
  const read = actsOf(pending)
  if (!read.ok) return
  for (const act of read.value) for (const id of documentsIn(act)) wanted.add(id)
}

/** Nobody makes the server read what will be refused anyway. */
function mayMatter({ source, update }: PendingRow, record: DocumentRecord | undefined): boolean {
  if (update.length > maxActsBytes) return false
  return record === undefined || source.author === 'server' || record.ownerId === source.author.personId
}

const nothing: ActsLookUp = { records: new Map(), owned: new Map() }

/** What a row says, read once; its bytes are checked first, since Yjs takes them as they are. */
function actsOf(pending: PendingRow): ReturnType<typeof readActsUpdate> {
  pending.acts ??= readChecked(pending)
  return pending.acts
}

function readChecked(pending: PendingRow): ReturnType<typeof readActsUpdate> {
  try {
    pending.claims ??= inspectUpdate(pending.update)
    return readActsUpdate(pending.update)
  } catch (error) {
    if (error instanceof MalformedUpdate) return { ok: false, error: 'malformed' }
    throw error
  }
}

function documentsIn(act: Act): readonly DocumentId[] {
  const ref = refIn(act)
  return ref === null ? [act.page] : [act.page, documentOfRef(ref)]
}

/** The act that an act is about. */
function refIn(act: Act): ActRef | null {
  switch (act.kind) {
    case 'comment':
      return null
    case 'reply':
    case 'resolve':
    case 'reopen':
      return act.thread
    case 'reaction':
    case 'edit':
    case 'delete':
      return act.target
    default:
      return unreachable(act)
  }
}

async function recordsOf(core: Core, wanted: ReadonlySet<DocumentId>): Promise<Map<DocumentId, DocumentRecord>> {
  const records = new Map<DocumentId, DocumentRecord>()
  const missing: DocumentId[] = []
  for (const id of wanted) {
    const state = core.states.peek(id)
    if (state === undefined) missing.push(id)
    else records.set(id, state.record)
  }
  if (missing.length === 0) return records
  for (const record of await core.store.documents(missing)) records.set(record.documentId, record)
  return records
}

/** Reads the list of a space, once per batch: it happens at somebody's first act there. */
async function countOwned(core: Core, spaces: ReadonlySet<string>): Promise<ReadonlyMap<string, number>> {
  const owned = new Map<string, number>()
  for (const spaceId of spaces) {
    const space = [...core.spaces.keys()].find((each) => each === spaceId)
    if (space === undefined) continue
    for (const record of await core.store.documentsOf(space)) {
      if (record.kind === 'acts') owned.set(ownedKey(record), (owned.get(ownedKey(record)) ?? 0) + 1)
    }
  }
  return owned
}

function ownedKey({ spaceId, ownerId }: NewDocument): string {
  return `${spaceId} ${ownerId ?? ''}`
}

/** AC2: whether a new acts document would be one too many. */
export function tooManyActsDocuments(document: NewDocument, draft: BatchDraft, { owned }: ActsLookUp): boolean {
  if (document.kind !== 'acts') return false
  const key = ownedKey(document)
  const inBatch = draft.rows.filter(({ row }) => row.register?.kind === 'acts' && ownedKey(row.register) === key)
  return (owned.get(key) ?? 0) + inBatch.length >= maxActsDocuments
}

interface ActsContext {
  readonly acts: ActsLookUp
  space(spaceId: string): SpaceRecord | undefined
}

/** AC1, AC3: why a row of an acts document is refused; null where everything that it says may be said. */
export function actsRefusal(
  pending: PendingRow,
  update: Uint8Array,
  document: DocumentDraft,
  context: ActsContext,
): RefusalReason | null {
  const read = update === pending.update ? actsOf(pending) : readActsUpdate(update)
  if (!read.ok) return read.error
  const { author } = pending.source
  const space = context.space(document.record.spaceId)
  if (author === 'server' || space === undefined) return null
  const record = (id: DocumentId) => document.batch.document(id)?.record ?? context.acts.records.get(id)
  const question = { author, space, record, isRestored: pending.restored }
  for (const act of read.value) {
    const refusal = actRefusal(act, question)
    if (refusal !== null) return refusal
  }
  return null
}

interface ActQuestion {
  readonly author: Author
  readonly space: SpaceRecord
  readonly record: (id: DocumentId) => DocumentRecord | undefined
  /** After a backup was restored, what an act is about may come back later than the act. */
  readonly isRestored: boolean
}

function actRefusal(act: Act, question: ActQuestion): RefusalReason | null {
  const { record, space, isRestored } = question
  const page = record(act.page)
  if (page === undefined) return isRestored ? targetRefusal(act, question) : 'unknown-document'
  if (page.kind !== 'page') return 'forbidden'
  // Who gives a whole document back gives what was said about pages that have moved since, too: it is shown nowhere (AC4).
  if (page.spaceId !== space.spaceId && !isRestored) return 'forbidden'
  return targetRefusal(act, question)
}

/** Whether this may be said of the act that it is about. */
function targetRefusal(act: Act, { author, space, record, isRestored }: ActQuestion): RefusalReason | null {
  const ref = refIn(act)
  if (ref === null) return null
  const about = record(documentOfRef(ref))
  if (about === undefined) return isRestored && isOfAnybody(act) ? null : 'unknown-document'
  if (about.kind !== 'acts') return 'forbidden'
  if (isOfAnybody(act) || about.ownerId === author.personId) return null
  const isResolving = act.kind === 'resolve' || act.kind === 'reopen'
  const role = author.roleIn(space.spaceId)
  return isResolving && may(author, 'resolve-threads', spaceThing(space, role)) ? null : 'forbidden'
}

/** Whether everybody who may act may say it of everybody's act; the others are for its author (and editors, to resolve). */
function isOfAnybody({ kind }: Act): boolean {
  return kind === 'comment' || kind === 'reply' || kind === 'reaction'
}
