import * as Y from 'yjs'
import { checksum } from '../model/checksum.ts'
import type { DocumentId, LogId, PersonId } from '../model/ids.ts'
import type { Registration } from '../model/protocol/messages.ts'
import type { RefusalReason } from '../model/protocol/reasons.ts'
import { lowestSchema } from '../model/schema-version.ts'
import { isEmptyUpdate } from '../model/update.ts'
import { cachedSeedOf } from './check-row.ts'
import type { Committer } from './commit.ts'
import type { Core } from './core.ts'
import type { PendingRow, RowOutcome, RowSource } from './row-source.ts'

/** The server's own row was refused: a caller asked for what the rules do not allow. */
export class ServerWriteRefused extends Error {
  override readonly name = 'ServerWriteRefused'
  readonly reason: RefusalReason | 'damaged' | 'held'
  constructor(reason: RefusalReason | 'damaged' | 'held') {
    super(`The server's own write was refused: ${reason}`)
    this.reason = reason
  }
}

/** Rows that the server writes itself: spaces, imports, the API. Same queue, same checks of bytes, same commit. */
export class ServerWriter {
  readonly #core: Core
  readonly #committer: Committer
  readonly #logId: LogId
  #row = 0

  constructor(core: Core, committer: Committer, logId: LogId) {
    this.#core = core
    this.#committer = committer
    this.#logId = logId
  }

  /** Resolves when the document is registered, also when it was before. */
  async register(documentId: DocumentId, registration: Registration, ownerId: PersonId | null): Promise<void> {
    await this.#submit({
      documentId,
      registration,
      ownerId,
      update: cachedSeedOf(registration.kind, registration.pageKind),
    })
  }

  async write(documentId: DocumentId, update: Uint8Array): Promise<void> {
    await this.#submit({ documentId, registration: null, ownerId: null, update })
  }

  async change(documentId: DocumentId, change: (doc: Y.Doc) => void): Promise<void> {
    const state = await this.#core.states.get(documentId)
    const merged = await state?.read(this.#core.store)
    if (merged === undefined) throw new ServerWriteRefused('unknown-document')
    if (merged === 'damaged') throw new ServerWriteRefused('damaged')
    const doc = new Y.Doc()
    try {
      Y.applyUpdate(doc, merged)
      const before = Y.encodeStateVector(doc)
      const deletions = Y.snapshot(doc)
      change(doc)
      const update = Y.encodeStateAsUpdate(doc, before)
      if (isEmptyUpdate(update) || Y.equalSnapshots(deletions, Y.snapshot(doc))) return
      await this.write(documentId, new Uint8Array(update))
    } finally {
      doc.destroy()
    }
  }

  async #submit(row: {
    readonly documentId: DocumentId
    readonly registration: Registration | null
    readonly ownerId: PersonId | null
    readonly update: Uint8Array
  }): Promise<void> {
    this.#row += 1
    const { promise, resolve, reject } = Promise.withResolvers<void>()
    let isEnded = false
    const source: RowSource = {
      logId: this.#logId,
      author: 'server',
      ownerId: row.ownerId,
      progress: null,
      get isEnded() {
        return isEnded
      },
      settled: ([outcome]) => {
        if (outcome !== undefined) settle(outcome, resolve, reject)
      },
      held: (isHolding) => {
        if (!isHolding) return
        // The caller hears now that it was not done, so it must not be done later.
        isEnded = true
        reject(new ServerWriteRefused('held'))
      },
    }
    const pending: PendingRow = {
      source,
      row: this.#row,
      checksum: checksum(row.update),
      documentId: row.documentId,
      schema: lowestSchema,
      restored: false,
      registration: row.registration,
      update: row.update,
      receivedAtMs: this.#core.clock.nowMs(),
      isWholeState: false,
    }
    this.#committer.submit([pending])
    await promise
  }
}

function settle(outcome: RowOutcome, resolve: () => void, reject: (error: Error) => void): void {
  if (outcome.type === 'refused') reject(new ServerWriteRefused(outcome.reason))
  else resolve()
}
