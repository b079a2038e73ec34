import type { DocumentId, LogId, PersonId } from '../model/ids.ts'
import { DocumentState } from './document-state.ts'
import { advance, type Clocks } from './inspect-update.ts'
import type { LogProgress, PendingRow, RowSource } from './row-source.ts'
import type { ClientOwner, DocumentRecord, LogMark, NewDocument, NewRow } from './store/store.ts'
import type { UpdateClaims } from './update-claims.ts'

/** A document as it will be when this batch is committed, laid over what it is. */
export class DocumentDraft {
  readonly batch: BatchDraft
  readonly state: DocumentState
  minSchema: number
  readonly #clocks = new Map<number, number>()
  readonly #bindings = new Map<number, ClientOwner>()
  readonly clocks: Clocks
  /** What this batch adds to it. */
  readonly updates: Uint8Array[] = []

  constructor(batch: BatchDraft, state: DocumentState) {
    this.batch = batch
    this.state = state
    this.minSchema = state.record.minSchema
    this.clocks = { get: (client) => this.#clocks.get(client) ?? state.stateVector.get(client) }
  }

  get record(): DocumentRecord {
    return this.state.record
  }

  /** Never too few. */
  get clientCount(): number {
    return this.state.stateVector.size + this.#clocks.size
  }

  ownerOf(clientId: number): ClientOwner | undefined {
    return this.state.bindings.get(clientId) ?? this.#bindings.get(clientId)
  }

  add(row: NewRow, claims: UpdateClaims): void {
    advance(this.#clocks, claims, this.clocks)
    this.updates.push(row.update)
    for (const { clientId, owner } of row.bindings) this.#bindings.set(clientId, owner)
    this.minSchema = Math.max(this.minSchema, row.minSchema)
  }
}

export interface DraftedRow {
  readonly pending: PendingRow
  readonly row: NewRow
  readonly claims: UpdateClaims
  readonly state: DocumentState
}

/** Everything that one commit would change. Nothing of it counts until the store has it: a failed batch is simply dropped. */
export class BatchDraft {
  readonly rows: DraftedRow[] = []
  readonly #states: ReadonlyMap<DocumentId, DocumentState>
  readonly #documents = new Map<DocumentId, DocumentDraft>()
  readonly #progress = new Map<LogProgress, { readonly source: RowSource; row: number; checksum: number }>()
  readonly #checksums = new Map<string, number>()

  constructor(states: ReadonlyMap<DocumentId, DocumentState>) {
    this.#states = states
  }

  document(id: DocumentId): DocumentDraft | undefined {
    const known = this.#documents.get(id)
    if (known !== undefined) return known
    const state = this.#states.get(id)
    return state === undefined ? undefined : this.#open(id, state)
  }

  register(document: NewDocument): void {
    this.#open(document.documentId, DocumentState.fresh(document))
  }

  #open(id: DocumentId, state: DocumentState): DocumentDraft {
    const draft = new DocumentDraft(this, state)
    this.#documents.set(id, draft)
    return draft
  }

  add(pending: PendingRow, row: NewRow, claims: UpdateClaims): void {
    const document = this.document(row.documentId)
    if (document === undefined) return
    document.add(row, claims)
    this.rows.push({ pending, row, claims, state: document.state })
  }

  /** How far the log is, rows of this batch included; null for rows that this server numbers. */
  progressOf({ progress }: RowSource): LogProgress | null {
    return progress === null ? null : (this.#progress.get(progress) ?? progress)
  }

  checksumInBatch({ source, row }: PendingRow): number | undefined {
    return this.#checksums.get(`${source.logId} ${row}`)
  }

  markLog({ source, row, checksum }: PendingRow): void {
    if (source.progress === null) return
    this.#progress.set(source.progress, { source, row, checksum })
    this.#checksums.set(`${source.logId} ${row}`, checksum)
  }

  marks(): readonly LogMark[] {
    const marks: LogMark[] = []
    for (const { source, row, checksum } of this.#progress.values()) {
      const personId: PersonId | null = source.author === 'server' ? null : source.author.personId
      const logId: LogId = source.logId
      if (personId !== null) marks.push({ logId, personId, row, checksum })
    }
    return marks
  }

  /** After the commit: the batch has become what is. */
  adopt(): void {
    for (const [progress, { row, checksum }] of this.#progress) {
      progress.row = row
      progress.checksum = checksum
    }
  }
}

/** A committed row becomes part of what is known of its document. */
export function applyRow({ row, claims, state }: DraftedRow, n: number, nowMs: number): void {
  const { record } = state
  const length = row.update.length
  state.record = {
    ...record,
    minSchema: Math.max(record.minSchema, row.minSchema),
    changedAtMs: nowMs,
    sizeBytes: record.sizeBytes + length,
    lastN: n,
    tailRows: record.tailRows + 1,
    tailBytes: record.tailBytes + length,
  }
  for (const { clientId, owner } of row.bindings) state.bindings.set(clientId, owner)
  state.apply(row.update, claims)
}
