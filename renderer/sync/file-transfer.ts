import type { FileHash, SpaceId } from '../../model/ids.ts'
import type { FileRecord } from '../storage/file-storage.ts'
import { placeFromBytes, type FilePlaces } from '../storage/file-places.ts'
import type { OrganisationStorage } from '../storage/laptop-storage.ts'
import { waitBefore } from './back-off.ts'
import { downloadFile } from './download.ts'
import { EditTraffic } from './edit-traffic.ts'
import type { SyncClock } from './engine-options.ts'
import { FileLists } from './file-lists.ts'
import { makeFileRequest, type FileRequest } from './file-request.ts'
import { mayGiveBackFiles } from './give-back.ts'
import { dropFiles, keptFiles } from './kept-files.ts'
import type { FileActivity, FromWorker, ToWorker } from './sync-messages.ts'
import { uploadFile, type UploadOutcome } from './upload.ts'

export interface FileTransferParts {
  readonly storage: OrganisationStorage
  readonly places: FilePlaces | null
  readonly serverUrl: string
  readonly token: () => Promise<string | null>
  readonly clock: SyncClock
  readonly random: () => number
  readonly emit: (message: FromWorker) => void
  readonly report: (error: unknown) => void
  /** Default: the browser's own. */
  readonly fetch?: typeof fetch
}

/** Small files and large ones go out beside one another, so that a picture does not wait for a film. */
const lanes = ['small', 'large'] as const
type Lane = (typeof lanes)[number]

/** Files over HTTP, beside the socket: uploads what waits and goes on where it broke off, fetches what is asked for or kept. */
export class FileTransfer {
  readonly #traffic: EditTraffic
  readonly #parts: FileTransferParts
  readonly #request: FileRequest
  readonly #lists: FileLists
  readonly #running = new Map<Lane, { readonly record: FileRecord; readonly end: AbortController }>()
  readonly #fetching = new Map<FileHash, Promise<void>>()
  readonly #undoRetry = new Map<Lane, () => void>()
  readonly #failures = new Map<Lane, number>()
  #isOnline = false
  #isStopped = false

  constructor(parts: FileTransferParts) {
    this.#parts = parts
    this.#traffic = new EditTraffic(parts.clock)
    this.#request = makeFileRequest(parts)
    this.#lists = new FileLists({
      request: this.#request,
      storage: parts.storage.files,
      nowMs: () => parts.clock.nowMs(),
      changed: (spaceIds) => parts.emit({ type: 'files-changed', spaceIds }),
      mayAdd: async (spaceId) => mayGiveBackFiles((await parts.storage.spaces()).find(({ id }) => id === spaceId)),
    })
  }

  /** What windows say. */
  handle(message: ToWorker): void {
    switch (message.type) {
      case 'own-rows':
        this.#traffic.began()
        break
      case 'files-changed':
        this.#uploadAll()
        break
      case 'fetch-file':
        this.#run(this.#fetchOnce(message.spaceId, message.hash))
        break
      case 'refresh-files':
        this.#run(this.#refresh(message.spaceId))
        break
      case 'keep-changed':
        this.#run(this.#keep(message.spaceId))
        break
      case 'retry-now':
      case 'wake-up':
        this.#uploadAll()
        break
      default:
        break
    }
  }

  /** What sync says: when the line is there again, what failed for want of it is tried at once. */
  heard(message: FromWorker): void {
    if (message.type === 'acknowledged') this.#traffic.ended()
    if (message.type !== 'status') return
    if (message.state !== 'online') this.#traffic.ended()
    if (message.state === 'online' && !this.#isOnline) {
      this.#failures.clear()
      this.#uploadAll()
      this.#run(this.#refreshAll())
    }
    this.#isOnline = message.state === 'online'
  }

  stop(): void {
    this.#isStopped = true
    for (const { end } of this.#running.values()) end.abort()
    for (const undo of this.#undoRetry.values()) undo()
  }

  #uploadAll(): void {
    for (const lane of lanes) this.#run(this.#uploadIn(lane))
  }

  #run(work: Promise<void>): void {
    work.catch(this.#parts.report)
  }

  async #uploadIn(lane: Lane): Promise<void> {
    const running = this.#running.get(lane)
    if (running !== undefined) {
      const now = await this.#files.record(running.record.spaceId, running.record.hash)
      if (now === undefined || now.paused) running.end.abort()
      return
    }
    this.#undoRetry.get(lane)?.()
    for (;;) {
      const next = await this.#nextIn(lane)
      if (next === undefined || this.#running.has(lane) || this.#isStopped) return
      if (!(await this.#upload(lane, next))) return
    }
  }

  async #nextIn(lane: Lane): Promise<FileRecord | undefined> {
    const waiting = await this.#files.waiting()
    return waiting.find(
      ({ sizeBytes, paused, here }) => here && !paused && sizeBytes >= placeFromBytes === (lane === 'large'),
    )
  }

  /** Whether the next one may be begun at once. */
  async #upload(lane: Lane, record: FileRecord): Promise<boolean> {
    const end = new AbortController()
    this.#running.set(lane, { record, end })
    try {
      const outcome = await this.#send(record, end.signal)
      return await this.#ended(lane, record, outcome)
    } finally {
      this.#running.delete(lane)
    }
  }

  async #send(record: FileRecord, signal: AbortSignal): Promise<UploadOutcome> {
    const { spaceId, hash, sizeBytes, sentBytes } = record
    const bytes = await this.#files.bytes(hash)
    if (bytes === undefined) return { kind: 'stopped' }
    this.#tell(record, { kind: 'uploading', doneBytes: sentBytes, sizeBytes })
    return uploadFile(record, bytes, {
      request: this.#request,
      signal,
      makeWay: this.#traffic.makeWay,
      nowMs: () => this.#parts.clock.nowMs(),
      onPath: (uploadPath) => this.#files.change(spaceId, hash, { uploadPath, sentBytes: 0 }),
      onProgress: (doneBytes) => this.#tell(record, { kind: 'uploading', doneBytes, sizeBytes }),
    })
  }

  async #ended(lane: Lane, record: FileRecord, outcome: UploadOutcome): Promise<boolean> {
    const { spaceId, hash } = record
    if (outcome.kind === 'later') {
      this.#tell(record, { kind: 'waiting', reason: outcome.reason })
      this.#retryLater(lane)
      return false
    }
    this.#failures.delete(lane)
    if (outcome.kind === 'done') await this.#files.change(spaceId, hash, { onServer: true, uploadPath: null })
    else if (outcome.kind === 'refused') await this.#files.change(spaceId, hash, { refusal: outcome.reason })
    else await this.#giveUp(record)
    this.#tell(record, null)
    this.#parts.emit({ type: 'files-changed', spaceIds: [spaceId] })
    if (outcome.kind === 'done') await this.#refresh(spaceId)
    return true
  }

  /** Stopped by hand: what was given up for good is taken off the server too, where there is a line for that. */
  async #giveUp({ spaceId, hash, uploadPath }: FileRecord): Promise<void> {
    if (uploadPath === null || (await this.#files.record(spaceId, hash)) !== undefined) return
    try {
      await this.#request(uploadPath, { method: 'DELETE' })
    } catch {
      // The server removes it by itself after a fortnight.
    }
  }

  #retryLater(lane: Lane): void {
    if (this.#isStopped) return
    const failures = this.#failures.get(lane) ?? 0
    this.#failures.set(lane, failures + 1)
    const undo = this.#parts.clock.schedule(waitBefore(failures, this.#parts.random()), () => {
      this.#run(this.#uploadIn(lane))
    })
    this.#undoRetry.set(lane, undo)
  }

  #fetchOnce(spaceId: SpaceId, hash: FileHash): Promise<void> {
    const running = this.#fetching.get(hash) ?? this.#fetch(spaceId, hash).finally(() => this.#fetching.delete(hash))
    this.#fetching.set(hash, running)
    return running
  }

  async #fetch(spaceId: SpaceId, hash: FileHash): Promise<void> {
    const tell = (activity: FileActivity | null) => this.#tell({ spaceId, hash }, activity)
    const sizeBytes = (await this.#files.record(spaceId, hash))?.sizeBytes ?? 0
    tell({ kind: 'fetching', doneBytes: 0, sizeBytes })
    const outcome = await downloadFile(spaceId, hash, {
      request: this.#request,
      storage: this.#files,
      organisationId: this.#parts.storage.organisationId,
      places: this.#parts.places,
      onProgress: (doneBytes, size) => tell({ kind: 'fetching', doneBytes, sizeBytes: size }),
    })
    if (outcome !== 'done') {
      tell({ kind: 'failed', reason: outcome })
      return
    }
    await this.#files.change(spaceId, hash, { usedAtMs: this.#parts.clock.nowMs() })
    this.#parts.emit({ type: 'files-changed', spaceIds: [spaceId] })
    tell(null)
  }

  async #refreshAll(): Promise<void> {
    for (const { id } of await this.#parts.storage.spaces()) {
      if (this.#isStopped || (await this.#lists.isFresh(id))) continue
      await this.#refresh(id)
      await this.#keep(id)
    }
  }

  async #refresh(spaceId: SpaceId): Promise<void> {
    if ((await this.#lists.refresh(spaceId)) > 0) this.#uploadAll()
  }

  /** Lets go of what the keep policy does not want here, then fetches what it does, one after another. */
  async #keep(spaceId: SpaceId): Promise<void> {
    const { storage, clock, emit } = this.#parts
    if ((await dropFiles(storage, spaceId, clock.nowMs())) > 0) emit({ type: 'files-changed', spaceIds: [spaceId] })
    for (const { hash } of await keptFiles(storage, spaceId, clock.nowMs())) {
      if (this.#isStopped || !this.#isOnline) return
      await this.#traffic.makeWay()
      await this.#fetchOnce(spaceId, hash)
    }
  }

  #tell({ spaceId, hash }: Pick<FileRecord, 'spaceId' | 'hash'>, activity: FileActivity | null): void {
    this.#parts.emit({ type: 'file', spaceId, hash, activity })
  }

  get #files() {
    return this.#parts.storage.files
  }
}
