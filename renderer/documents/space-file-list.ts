import type { FileHash, SpaceId } from '../../model/ids.ts'
import type { FileRecord } from '../storage/file-storage.ts'
import type { FileActivity } from '../sync/sync-messages.ts'
import { fileStateOf, isSameState } from './file-state.ts'
import type { AddingFile, FileState, FileSummary, SpaceFiles } from './files.ts'
import { LiveValue } from './live.ts'

/** The files of one space in one window: rows as they were read last, with what is being done with each. */
export class SpaceFileList {
  readonly live = new LiveValue<SpaceFiles>({ isLoaded: false, files: [], adding: [] })
  readonly #spaceId: SpaceId
  readonly #hasServer: boolean
  readonly #activities: ReadonlyMap<FileHash, FileActivity>
  readonly #states = new Map<FileHash, LiveValue<FileState>>()
  /** Fetched for a page before any list named it. */
  readonly #hereUnlisted = new Set<FileHash>()
  #records: ReadonlyMap<FileHash, FileRecord> = new Map()
  #adding: readonly AddingFile[] = []
  #isLoaded = false

  constructor(spaceId: SpaceId, hasServer: boolean, activities: ReadonlyMap<FileHash, FileActivity>) {
    this.#spaceId = spaceId
    this.#hasServer = hasServer
    this.#activities = activities
  }

  record(hash: FileHash): FileRecord | undefined {
    return this.#records.get(hash)
  }

  state(hash: FileHash): LiveValue<FileState> {
    const known = this.#states.get(hash) ?? new LiveValue(this.#stateOf(hash))
    this.#states.set(hash, known)
    return known
  }

  take(records: readonly FileRecord[]): void {
    this.#records = new Map(records.map((record) => [record.hash, record]))
    this.#isLoaded = true
    this.#publish()
  }

  setAdding(adding: readonly AddingFile[]): void {
    this.#adding = adding
    this.#publish()
  }

  /** Its bytes are on this laptop, whether or not a list names it. */
  isHere(hash: FileHash): void {
    this.#hereUnlisted.add(hash)
    this.#publish()
  }

  /** What is being done with a file changed. */
  changed(): void {
    this.#publish()
  }

  #publish(): void {
    for (const [hash, state] of this.#states) {
      const next = this.#stateOf(hash)
      if (!isSameState(state.snapshot(), next)) state.set(next)
    }
    const before = new Map(this.live.snapshot().files.map((file) => [file.hash, file]))
    const files = [...this.#records.values()]
      .map((record) => this.#summary(record, before.get(record.hash)))
      .toSorted((one, other) => other.addedAtMs - one.addedAtMs || (one.name < other.name ? -1 : 1))
    this.live.set({ isLoaded: this.#isLoaded, files, adding: this.#adding })
  }

  /** The same object where nothing changed: a list of hundreds draws the one row that did. */
  #summary(record: FileRecord, before: FileSummary | undefined): FileSummary {
    const { hash, name, type, sizeBytes, addedBy, addedAtMs, here, pinned } = record
    const state = this.#stateOf(hash)
    const summary = { hash, spaceId: this.#spaceId, name, type, sizeBytes, addedBy, addedAtMs, state, here, pinned }
    return JSON.stringify(before) === JSON.stringify(summary) && before !== undefined ? before : summary
  }

  #stateOf(hash: FileHash): FileState {
    const isHere = this.#hereUnlisted.has(hash)
    return fileStateOf(this.#records.get(hash), this.#activities.get(hash), { hasServer: this.#hasServer, isHere })
  }
}
