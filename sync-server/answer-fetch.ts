import type { DocumentId } from '../model/ids.ts'
import { encodeServerMessage } from '../model/protocol/codec.ts'
import { chunkBytes } from '../model/protocol/limits.ts'
import type { ClientMessage, FetchedDocument } from '../model/protocol/messages.ts'
import { mayOnDocument, type Reacher } from './access.ts'
import type { Core } from './core.ts'
import { differenceFor } from './document-state.ts'
import { documentRowOf } from './feed.ts'
import { parseStateVector } from './inspect-update.ts'
import type { Outgoing } from './outgoing.ts'

interface FetchContext {
  readonly core: Core
  readonly person: Reacher
  readonly outgoing: Outgoing
}

type Fetch = Extract<ClientMessage, { type: 'fetch' }>

/** Documents asked of the store at once. */
const documentsAtOnce = 200

/** FE5: answers in frames of about 1 MiB, as fast as they are read. Throws MalformedUpdate on a wrong state vector. */
export async function answerFetch(context: FetchContext, { key, documents }: Fetch): Promise<void> {
  const { core, outgoing } = context
  for (const { stateVector } of documents) if (stateVector.length > 0) parseStateVector(stateVector)
  let answers: FetchedDocument[] = []
  let bytes = 0
  for (const [i, asked] of documents.entries()) {
    if (i % documentsAtOnce === 0)
      await core.states.getMany(documents.slice(i, i + documentsAtOnce).map((each) => each.documentId))
    const answer = await answerOne(context, asked.documentId, asked.stateVector)
    answers.push(answer)
    bytes += answer.update.length + answer.stateVector.length + 200
    if (bytes < chunkBytes || i === documents.length - 1) continue
    outgoing.send(encodeServerMessage({ type: 'documents', key, isLast: false, documents: answers }))
    answers = []
    bytes = 0
    await outgoing.drained()
    if (outgoing.isEnded) return
  }
  outgoing.send(encodeServerMessage({ type: 'documents', key, isLast: true, documents: answers }))
}

const nothing = new Uint8Array()

async function answerOne(
  { core, person }: FetchContext,
  documentId: DocumentId,
  stateVector: Uint8Array,
): Promise<FetchedDocument> {
  const empty = { documentId, spaceId: null, row: null, update: nothing, stateVector: nothing, n: 0 }
  const state = await core.states.get(documentId)
  const space = state && core.spaces.get(state.record.spaceId)
  if (state === undefined || space === undefined) return { ...empty, state: 'unknown' }
  if (!mayOnDocument(person, 'read', state.record, space.record)) return { ...empty, state: 'forbidden' }
  await core.reads.turn(state.record.sizeBytes)
  // Read before the document: everything of it up to this number is in what is read now.
  const n = space.feed.head
  const merged = await state.read(core.store)
  // Rights may have changed while the store was read: after `revoked`, nothing of the space goes out (FE8).
  if (!mayOnDocument(person, 'read', state.record, space.record)) return { ...empty, state: 'forbidden' }
  const { spaceId } = state.record
  const row = documentRowOf(state.record)
  const known = new Uint8Array(state.encodedStateVector)
  if (merged === 'damaged') {
    core.metrics.damagedRecords += 1
    core.log('error', 'A document has a damaged record', { documentId })
    return { documentId, spaceId, state: 'damaged', row, update: nothing, stateVector: known, n }
  }
  return {
    documentId,
    spaceId,
    state: 'found',
    row,
    update: new Uint8Array(differenceFor(merged, stateVector)),
    stateVector: known,
    n,
  }
}
