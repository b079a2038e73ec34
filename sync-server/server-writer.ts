import * as Y from 'yjs'
import { checksum } from '../model/checksum.ts'
import type { DocumentId, LogId, PersonId } from '../model/ids.ts'
import type { Registration } from '../model/protocol/messages.ts'
import type { RefusalReason } from '../model/protocol/reasons.ts'
import { bodyFragmentName } from '../model/page-content.ts'
import { neededSchema } from '../model/page-schema-guard.ts'
import { lowestSchema } from '../model/schema-version.ts'
import { isEmptyUpdate } from '../model/update.ts'
import { cachedSeedOf } from './check-row.ts'
import type { Committer } from './commit.ts'
import type { Core } from './core.ts'
import { mintClientId, type ServerLog } from './draft-rows.ts'
import type { PendingRow, RowSource } from './row-source.ts'

/** The server's own row was refused: a caller asked for what the rules do not allow. */
export class ServerWriteRefused extends Error {
  override readonly name = 'ServerWriteRefused'
  readonly reason: RefusalReason | 'damaged' | 'held'
  constructor(reason: RefusalReason | 'damaged' | 'held') {
    super(`The server's own write was refused: ${reason}`)
    this.reason = reason
  }
}

interface ServerRow {
  readonly documentId: DocumentId
  readonly registration: Registration | null
  readonly update: Uint8Array
  /** The lowest that can show the document with this update. */
  readonly schema: number
}

/** Rows that the server writes itself: spaces, imports, the API. Same queue, same checks of bytes, same commit. */
export class ServerWriter implements ServerLog {
  readonly #core: Core
  readonly #committer: Committer
  readonly logId: LogId
  #row = 0

  constructor(core: Core, committer: Committer, logId: LogId) {
    this.#core = core
    this.#committer = committer
    this.logId = logId
  }

  nextRow(): number {
    this.#row += 1
    return this.#row
  }

  /** Registers a document and gives it content, in one commit; resolves also where it was registered before. */
  async create(
    documentId: DocumentId,
    registration: Registration,
    more: { readonly ownerId: PersonId | null; readonly update: Uint8Array | null },
  ): Promise<void> {
    const seedUpdate = cachedSeedOf(registration.kind, registration.pageKind)
    const seed = { documentId, registration, update: seedUpdate, schema: lowestSchema }
    const isEmpty = more.update === null || isEmptyUpdate(more.update)
    await this.#submit(
      isEmpty || more.update === null
        ? [seed]
        : [seed, { documentId, registration: null, update: more.update, schema: schemaOf([seedUpdate, more.update]) }],
      more.ownerId,
    )
  }

  async change(documentId: DocumentId, change: (doc: Y.Doc) => void): Promise<void> {
    const state = await this.#core.states.get(documentId)
    const merged = await state?.read(this.#core.store)
    if (merged === undefined) throw new ServerWriteRefused('unknown-document')
    if (merged === 'damaged') throw new ServerWriteRefused('damaged')
    const doc = new Y.Doc()
    try {
      Y.applyUpdate(doc, merged)
      doc.clientID = mintClientId(this.#core)
      const before = Y.encodeStateVector(doc)
      const deletions = Y.snapshot(doc)
      change(doc)
      const update = Y.encodeStateAsUpdate(doc, before)
      if (isEmptyUpdate(update) || Y.equalSnapshots(deletions, Y.snapshot(doc))) return
      const schema = neededIn(doc)
      await this.#submit([{ documentId, registration: null, update: new Uint8Array(update), schema }], null)
    } finally {
      doc.destroy()
    }
  }

  /** Resolves when all rows are committed. */
  async #submit(rows: readonly ServerRow[], ownerId: PersonId | null): Promise<void> {
    const { promise, resolve, reject } = Promise.withResolvers<void>()
    let isEnded = false
    let left = rows.length
    const source: RowSource = {
      logId: this.logId,
      author: 'server',
      ownerId,
      progress: null,
      get isEnded() {
        return isEnded
      },
      settled: (outcomes) => {
        left -= outcomes.length
        const refused = outcomes.find((outcome) => outcome.type === 'refused')
        if (refused !== undefined) reject(new ServerWriteRefused(refused.reason))
        else if (left === 0) resolve()
      },
      held: (isHolding) => {
        if (!isHolding) return
        // The caller hears now that it was not done, so it must not be done later.
        isEnded = true
        reject(new ServerWriteRefused('held'))
      },
    }
    this.#committer.submit(rows.map((row) => this.#pendingRow(row, source)))
    await promise
  }

  #pendingRow({ documentId, registration, update, schema }: ServerRow, source: RowSource): PendingRow {
    return {
      source,
      row: this.nextRow(),
      checksum: checksum(update),
      documentId,
      schema,
      restored: false,
      registration,
      update,
      receivedAtMs: this.#core.clock.nowMs(),
      isWholeState: false,
    }
  }
}

/** Of a page's body; documents of other kinds have none, and need nothing. */
function neededIn(doc: Y.Doc): number {
  return doc.share.has(bodyFragmentName) ? neededSchema(doc.getXmlFragment(bodyFragmentName)) : lowestSchema
}

function schemaOf(updates: readonly Uint8Array[]): number {
  const doc = new Y.Doc()
  for (const update of updates) Y.applyUpdate(doc, update)
  const schema = neededIn(doc)
  doc.destroy()
  return schema
}
