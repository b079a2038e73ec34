import type { DocumentId, LogId, PersonId, SpaceId } from '../model/ids.ts'
import type { CloseReason } from '../model/protocol/reasons.ts'
import type { Core } from './core.ts'
import type { LogProgress } from './row-source.ts'
import type { Identity } from './sync-options.ts'
import type { SpaceRecord } from './store/store.ts'

/** One open socket, as changes of rights reach it. */
export interface Connection {
  readonly identity: Identity
  /** The log that it speaks for, once it has said hello; undefined for stock sockets. */
  readonly speaksFor: LogId | undefined
  end(reason: CloseReason): void
  spaceGranted(space: SpaceRecord): void
  spaceRevoked(spaceId: SpaceId): void
  /** The document stands in another space: who has it open asks again whether they may. */
  documentMoved(documentId: DocumentId): void
}

/** All open sockets, and how far the logs behind them are. */
export class Connections {
  readonly #core: Core
  readonly #connections = new Set<Connection>()
  readonly #progress = new Map<LogId, LogProgress>()

  constructor(core: Core) {
    this.#core = core
  }

  add(connection: Connection): void {
    this.#connections.add(connection)
  }

  remove(connection: Connection): void {
    this.#connections.delete(connection)
  }

  all(): readonly Connection[] {
    return [...this.#connections]
  }

  of(personId: PersonId): readonly Connection[] {
    return this.all().filter((connection) => connection.identity.personId === personId)
  }

  /**
   * One socket speaks for a log: an older one is a line that broke without a word, or a cloned disk. Never one of another
   * person: who names their log gets nothing of it, and does not end their line.
   */
  takeOver(logId: LogId, by: Connection): void {
    for (const connection of this.all()) {
      if (connection === by || connection.speaksFor !== logId) continue
      if (connection.identity.personId === by.identity.personId) connection.end('going-away')
    }
  }

  /** How far the log is, in one object for all who speak for it. A log of somebody else is never moved on (LO3). */
  async progressOf(logId: LogId, personId: PersonId): Promise<LogProgress> {
    const mark = await this.#core.store.logMark(logId)
    if (mark !== null && mark.personId !== personId) return { row: Number.MAX_SAFE_INTEGER, checksum: -1 }
    let progress = this.#progress.get(logId)
    if (progress === undefined) {
      progress = { row: mark?.row ?? 0, checksum: mark?.checksum ?? 0 }
      this.#progress.set(logId, progress)
    }
    return progress
  }

  /** The last socket of a log ended and none of its rows is under way any more. */
  forgetProgress(logId: LogId): void {
    if (!this.all().some((connection) => connection.speaksFor === logId)) this.#progress.delete(logId)
  }
}
