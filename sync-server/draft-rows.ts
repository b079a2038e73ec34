import * as Y from 'yjs'
import { checksum } from '../model/checksum.ts'
import type { DocumentId, LogId } from '../model/ids.ts'
import { lowestSchema } from '../model/schema-version.ts'
import { isEmptyUpdate } from '../model/update.ts'
import type { DraftedRow } from './batch-draft.ts'
import { cachedSeedOf } from './check-row.ts'
import type { Core } from './core.ts'
import { DocumentState } from './document-state.ts'
import { inspectUpdate } from './inspect-update.ts'
import type { RowSource } from './row-source.ts'
import type { NewDocument, NewRow } from './store/store.ts'

/** The server's own log of this life: its rows are numbered as they are made. */
export interface ServerLog {
  readonly logId: LogId
  nextRow(): number
}

/** Random, in the 32 bits that Yjs uses; never 0 or the seed's 1. */
export function mintClientId({ random }: Pick<Core, 'random'>): number {
  const bytes = new Uint8Array(4)
  random(bytes)
  return Math.max(new DataView(bytes.buffer).getUint32(0), 2)
}

/**
 * Rows that the server writes as part of a decision, drafted against what the documents hold now. Nothing may be committed between the
 * first draft and the decision: use it inside `Committer.exclusive`. One change per document.
 */
export class RowDrafts {
  readonly drafted: DraftedRow[] = []
  readonly #core: Core
  readonly #log: ServerLog
  readonly #source: RowSource

  constructor(core: Core, log: ServerLog) {
    this.#core = core
    this.#log = log
    this.#source = {
      logId: log.logId,
      author: 'server',
      progress: null,
      isEnded: true,
      settled: () => undefined,
      held: () => undefined,
    }
  }

  /** `damaged` where the document cannot be read; nothing is drafted where the change changes nothing. */
  async change(documentId: DocumentId, change: (doc: Y.Doc) => void): Promise<'drafted' | 'damaged'> {
    const state = await this.#core.states.get(documentId)
    const merged = (await state?.read(this.#core.store)) ?? 'damaged'
    if (state === undefined || merged === 'damaged') return 'damaged'
    const update = changeOf(merged, mintClientId(this.#core), change)
    if (update !== null) this.#draft(state, update, null)
    return 'drafted'
  }

  /** Registers a document with its seed, and gives it content in a second row. */
  create(document: NewDocument, fill: ((doc: Y.Doc) => void) | null): void {
    const seed = cachedSeedOf(document.kind, document.pageKind)
    const state = DocumentState.fresh(document)
    this.#draft(state, seed, document)
    const content = fill === null ? null : changeOf(seed, mintClientId(this.#core), fill)
    if (content !== null) this.#draft(state, content, null)
  }

  #draft(state: DocumentState, update: Uint8Array, register: NewDocument | null): void {
    const claims = inspectUpdate(update)
    const { documentId, spaceId } = state.record
    const bindings =
      register === null ? [...claims.clients.keys()].map((clientId) => ({ clientId, owner: 'server' as const })) : []
    const row: NewRow = {
      spaceId,
      documentId,
      logId: this.#log.logId,
      row: this.#log.nextRow(),
      checksum: checksum(update),
      personId: 'server',
      schema: lowestSchema,
      restored: false,
      update,
      register,
      minSchema: lowestSchema,
      bindings,
    }
    this.drafted.push({ pending: this.#pending(row), row, claims, state })
  }

  #pending({ row, checksum: sum, documentId, schema, restored, update }: NewRow): DraftedRow['pending'] {
    const receivedAtMs = this.#core.clock.nowMs()
    const given = {
      row,
      checksum: sum,
      documentId,
      schema,
      restored,
      registration: null,
      update: new Uint8Array(update),
    }
    return { ...given, source: this.#source, receivedAtMs, isWholeState: false }
  }
}

/** What a change adds to a document, under the given client id; null where it changes nothing. */
function changeOf(merged: Uint8Array, clientId: number, change: (doc: Y.Doc) => void): Uint8Array | null {
  const doc = new Y.Doc()
  try {
    Y.applyUpdate(doc, merged)
    doc.clientID = clientId
    const before = Y.encodeStateVector(doc)
    const deletions = Y.snapshot(doc)
    change(doc)
    const update = Y.encodeStateAsUpdate(doc, before)
    if (isEmptyUpdate(update) || Y.equalSnapshots(deletions, Y.snapshot(doc))) return null
    return new Uint8Array(update)
  } finally {
    doc.destroy()
  }
}
