import * as Y from 'yjs'
import type { DocumentId } from '../../model/ids.ts'
import type { Registration } from '../../model/protocol/messages.ts'
import { isEmptyUpdate, mergeInTree } from '../../model/update.ts'
import {
  StorageFailed,
  type DocumentChange,
  type OrganisationStorage,
  type OwnChange,
  type WaitingRow,
} from '../storage/laptop-storage.ts'

/** How long keystrokes are gathered into one row. Below what a person notices, above one IndexedDB transaction (1 to 4 ms). */
export const mergeMs = 20

export interface BatchClock {
  schedule(ms: number, task: () => void): () => void
}

interface Pending {
  readonly updates: Uint8Array[]
  readonly schema: number
}

/**
 * ③ of the keystroke: gathers the changes made in this window and commits them to the laptop's log, one row per document
 * and batch. What is not committed yet is kept here and tried again; nothing is dropped while the window lives.
 */
export class UpdateBatch {
  readonly #storage: OrganisationStorage
  readonly #clock: BatchClock
  readonly #onCommitted: (rows: readonly WaitingRow[]) => void
  readonly #onTrouble: (trouble: StorageFailed | null) => void
  readonly #registrations: OwnChange[] = []
  #pending = new Map<DocumentId, Pending>()
  #lists = new Map<DocumentId, DocumentChange>()
  #cancelTimer: (() => void) | null = null
  #flushing: Promise<void> | null = null
  #isAbandoned = false
  readonly #uncommitted = new Map<DocumentId, number>()
  readonly #listeners = new Set<() => void>()

  constructor(options: {
    readonly storage: OrganisationStorage
    readonly clock: BatchClock
    readonly onCommitted: (rows: readonly WaitingRow[]) => void
    /** Called with the failure when the disk refuses, and with null when it took everything again. */
    readonly onTrouble: (trouble: StorageFailed | null) => void
  }) {
    this.#storage = options.storage
    this.#clock = options.clock
    this.#onCommitted = options.onCommitted
    this.#onTrouble = options.onTrouble
  }

  /** A new document: its seed goes out as a row of its own before anything else of it (LO8). */
  register(documentId: DocumentId, registration: Registration, seed: Uint8Array): void {
    this.#registrations.push({ documentId, registration, update: seed, schema: 1, restored: false })
    this.#count(documentId, 1)
    this.#wait()
  }

  add(documentId: DocumentId, update: Uint8Array, schema: number): void {
    if (isEmptyUpdate(update)) return
    const pending = this.#pending.get(documentId)
    if (pending === undefined) this.#pending.set(documentId, { updates: [update], schema })
    else {
      pending.updates.push(update)
      if (schema > pending.schema) this.#pending.set(documentId, { ...pending, schema })
    }
    this.#count(documentId, 1)
    this.#wait()
  }

  /** What lists say of a document from now on; written with its changes, in the same transaction. */
  list(change: DocumentChange): void {
    this.#lists.set(change.id, { ...this.#lists.get(change.id), ...change })
  }

  /** Whether every change of the document made in this window is on the disk. */
  isCommitted(documentId: DocumentId): boolean {
    return !this.#uncommitted.has(documentId)
  }

  /** Whether everything typed in this window is on the disk. */
  get isIdle(): boolean {
    return this.#uncommitted.size === 0
  }

  /** Calls back when a document's changes begin to wait for the disk, and when they are on it. */
  readonly subscribe = (onChange: () => void): (() => void) => {
    this.#listeners.add(onChange)
    return () => {
      this.#listeners.delete(onChange)
    }
  }

  /** Writes nothing any more: another person has this organisation on this laptop now. */
  abandon(): void {
    this.#isAbandoned = true
    this.#cancelTimer?.()
    this.#cancelTimer = null
  }

  /** Commits what is pending now; resolves when it is on the disk, or rejects with what the disk said. */
  async flush(): Promise<void> {
    this.#cancelTimer?.()
    this.#cancelTimer = null
    while (this.#flushing !== null) await this.#flushing
    if (this.#isAbandoned || (this.#pending.size === 0 && this.#registrations.length === 0)) return
    const running = this.#commit()
    this.#flushing = running.catch(() => undefined)
    try {
      await running
    } finally {
      this.#flushing = null
    }
  }

  #wait(): void {
    if (this.#cancelTimer !== null) return
    this.#cancelTimer = this.#clock.schedule(mergeMs, () => {
      this.#cancelTimer = null
      this.flush().catch(() => undefined) // told to onTrouble; tried again below
    })
  }

  async #commit(): Promise<void> {
    const registrations = this.#registrations.splice(0)
    const pending = this.#pending
    const lists = this.#lists
    this.#pending = new Map()
    this.#lists = new Map()
    const changes: OwnChange[] = [...registrations]
    for (const [documentId, { updates, schema }] of pending) {
      const update = updates.length <= 16 ? Y.mergeUpdates(updates) : mergeInTree(updates)
      changes.push({ documentId, update, schema, restored: false, registration: null })
    }
    try {
      const rows = await this.#storage.appendOwn(changes, [...lists.values()])
      for (const change of registrations) this.#count(change.documentId, -1)
      for (const [documentId, { updates }] of pending) this.#count(documentId, -updates.length)
      this.#onTrouble(null)
      this.#onCommitted(rows)
    } catch (cause) {
      this.#putBack(registrations, pending)
      this.#lists = new Map([...lists, ...this.#lists])
      const failure = cause instanceof StorageFailed ? cause : new StorageFailed('damaged', { cause })
      this.#onTrouble(failure)
      throw failure
    }
  }

  /** Kept in memory, in order, and tried again after a while: the disk may have room then. */
  #putBack(registrations: readonly OwnChange[], pending: ReadonlyMap<DocumentId, Pending>): void {
    this.#registrations.unshift(...registrations)
    for (const [documentId, { updates, schema }] of pending) {
      const newer = this.#pending.get(documentId)
      this.#pending.set(documentId, {
        updates: [...updates, ...(newer?.updates ?? [])],
        schema: Math.max(schema, newer?.schema ?? schema),
      })
    }
    this.#cancelTimer ??= this.#clock.schedule(retryMs, () => {
      this.#cancelTimer = null
      this.flush().catch(() => undefined) // told to onTrouble by #commit
    })
  }

  #count(documentId: DocumentId, change: number): void {
    const before = this.#uncommitted.get(documentId) ?? 0
    const count = before + change
    if (count > 0) this.#uncommitted.set(documentId, count)
    else this.#uncommitted.delete(documentId)
    // Only the first change and the last commit turn a receipt; the keystrokes between cost nothing here.
    if (before === 0 || count <= 0) for (const listener of [...this.#listeners]) listener()
  }
}

const retryMs = 2000
