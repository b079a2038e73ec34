import { apiLimits, apiPaths } from '../../model/api.ts'
import { cleanFileName } from '../../model/file-name.ts'
import {
  mintId,
  parseFileHash,
  type DeviceId,
  type FileHash,
  type FillRandom,
  type PersonId,
  type SpaceId,
} from '../../model/ids.ts'
import { fail, ok, type Result } from '../../model/result.ts'
import { StorageFailed, type OrganisationRecord, type OrganisationStorage } from '../storage/laptop-storage.ts'
import { takeFile } from '../storage/take-file.ts'
import type { FileActivity } from '../sync/sync-messages.ts'
import type { AddedFile, AddFileError, Uploads } from './files.ts'
import { LiveValue } from './live.ts'
import { SpaceFileList } from './space-file-list.ts'
import type { Heard, SyncLink } from './sync-link.ts'

/** What of the open organisation its files need. */
export interface FilesHome {
  readonly storage: OrganisationStorage
  readonly record: OrganisationRecord
  readonly link: SyncLink
  readonly token: () => Promise<string | null>
  readonly clock: { readonly nowMs: () => number; readonly schedule: (ms: number, task: () => void) => () => void }
  readonly fillRandom: FillRandom
}

/** Counting reads every file that waits: with a thousand on their way, each step of each of them would stall the window. */
const countEveryMs = 250
/** Reading a list looks at every file of the space: of a thousand that are uploaded, each says that something changed. */
const readEveryMs = 500

const noUploads: Uploads = { files: 0, sizeBytes: 0, doneBytes: 0, current: null }

/** Files of one organisation in one window: on this laptop first, named by their content. */
export class OrganisationFiles {
  readonly uploads = new LiveValue<Uploads>(noUploads)
  readonly #home: FilesHome
  readonly #lists = new Map<SpaceId, SpaceFileList>()
  readonly #activities = new Map<FileHash, FileActivity>()
  readonly #urls = new Map<FileHash, Promise<string | null>>()
  /** Fetches that somebody waits for. */
  readonly #waiters = new Map<FileHash, { readonly spaceId: SpaceId; readonly tell: (isHere: boolean) => void }[]>()
  #added = 0
  #counting: Promise<void> | null = null
  #isCountStale = false
  #undoCount: (() => void) | null = null
  readonly #stale = new Set<SpaceId>()
  /** While it runs, what changes is read at its end. */
  #undoRead: (() => void) | null = null

  constructor(home: FilesHome) {
    this.#home = home
    this.#beside(this.#countUploads())
  }

  get #hasServer(): boolean {
    return this.#home.record.serverUrl !== null
  }

  list(spaceId: SpaceId): SpaceFileList {
    const known = this.#lists.get(spaceId)
    if (known !== undefined) return known
    const list = new SpaceFileList(spaceId, this.#hasServer, this.#activities)
    this.#lists.set(spaceId, list)
    this.#beside(this.#read(spaceId))
    return list
  }

  /** Keeps a file on this laptop; the sync worker takes it to the server. */
  async add(spaceId: SpaceId, file: File): Promise<Result<AddedFile, AddFileError>> {
    if (file.size === 0) return fail('empty')
    if (file.size > apiLimits.defaultMaxFileBytes) return fail('too-large')
    const name = cleanFileName(file.name)
    const end = this.#showAdding(spaceId, name, file.size)
    try {
      const place = `${this.#home.record.id}-${mintId<DeviceId>(this.#home.fillRandom)}`
      const taken = await takeFile(file, { place, onProgress: end.progress })
      if (!taken.ok) return taken
      const { hash, bytes } = taken.value
      const added = { hash, name, type: file.type, sizeBytes: file.size }
      await this.#put({ spaceId, ...added, bytes })
      return ok(added)
    } catch (error) {
      if (error instanceof StorageFailed && error.reason === 'full') return fail('storage-full')
      throw error
    } finally {
      end.remove()
    }
  }

  /** @returns the hash; null for a file that cannot be kept */
  async keep(file: File, spaceId: SpaceId): Promise<FileHash | null> {
    const added = await this.add(spaceId, file)
    return added.ok ? added.value.hash : null
  }

  /** An address for `<img>`; from the server where the file is not on this laptop; null where it cannot be had now. */
  async url(name: string, spaceId: SpaceId): Promise<string | null> {
    const hash = parseFileHash(name)
    if (hash === undefined) return null
    const known = this.#urls.get(hash) ?? this.#makeUrl(hash, spaceId)
    this.#urls.set(hash, known)
    const url = await known
    if (url === null) this.#urls.delete(hash)
    return url
  }

  async bytes(hash: FileHash, spaceId: SpaceId): Promise<Blob | null> {
    const { storage, clock } = this.#home
    const here = await storage.files.bytes(hash)
    if (here === undefined && !(await this.#fetched(hash, spaceId))) return null
    const bytes = here ?? (await storage.files.bytes(hash))
    if (bytes === undefined) return null
    await storage.files.change(spaceId, hash, { usedAtMs: clock.nowMs() })
    const type = (await storage.files.record(spaceId, hash))?.type ?? bytes.type
    return bytes.type === type ? bytes : bytes.slice(0, bytes.size, type)
  }

  fetch(hash: FileHash, spaceId: SpaceId): void {
    if (this.#hasServer) this.#home.link.post({ type: 'fetch-file', spaceId, hash })
  }

  async setPaused(spaceId: SpaceId, hash: FileHash, paused: boolean): Promise<void> {
    await this.#home.storage.files.change(spaceId, hash, { paused })
    await this.#changed(spaceId)
  }

  async cancel(spaceId: SpaceId, hash: FileHash): Promise<void> {
    await this.#home.storage.files.forget(spaceId, hash)
    await this.#changed(spaceId)
  }

  async setPinned(spaceId: SpaceId, hash: FileHash, pinned: boolean): Promise<void> {
    await this.#home.storage.files.change(spaceId, hash, { pinned })
    await this.#changed(spaceId)
    this.#home.link.post({ type: 'keep-changed', spaceId })
  }

  async takeOffList(spaceId: SpaceId, hash: FileHash): Promise<Result<null, 'offline' | 'forbidden'>> {
    const { record, storage, token } = this.#home
    if (record.serverUrl !== null) {
      const answer = await askToRemove(`${record.serverUrl}${apiPaths.file(spaceId, hash)}`, await token())
      if (answer !== 'removed') return fail(answer)
    }
    await storage.files.change(spaceId, hash, { listed: false })
    await this.#changed(spaceId)
    return ok(null)
  }

  refresh(spaceId: SpaceId): void {
    if (this.#hasServer) this.#home.link.post({ type: 'refresh-files', spaceId })
  }

  hear(message: Heard): void {
    if (message.type === 'file') this.#heardOf(message)
    else if (message.type === 'files-changed') this.#heardChanged(message.spaceIds)
    else if (message.type === 'who-is-there') this.#askAgain()
  }

  close(): void {
    this.#undoCount?.()
    this.#undoRead?.()
    for (const url of this.#urls.values()) void url.then((each) => each !== null && URL.revokeObjectURL(each))
    this.#urls.clear()
    for (const waiters of this.#waiters.values()) for (const { tell } of waiters) tell(false)
    this.#waiters.clear()
  }

  async #put(
    file: AddedFile & {
      readonly spaceId: SpaceId
      readonly bytes: Parameters<OrganisationStorage['files']['put']>[0]['bytes']
    },
  ) {
    const { spaceId, hash, name, type, bytes } = file
    const { storage, record, clock } = this.#home
    const addedBy: PersonId = record.personId
    await storage.files.put({ spaceId, hash, name, type, bytes, addedBy, addedAtMs: clock.nowMs(), onServer: false })
    await this.#changed(spaceId)
  }

  /** Reading for the screen: what fails now is read again with the next change, and writing says what is wrong with the disk. */
  #beside(work: Promise<void>): void {
    work.catch((error: unknown) => console.warn('Files', error))
  }

  /** Rows changed here: other windows and the worker hear of it. */
  async #changed(spaceId: SpaceId): Promise<void> {
    this.#home.link.post({ type: 'files-changed', spaceIds: [spaceId] })
    await this.#readAll([spaceId])
  }

  async #readAll(spaceIds: readonly SpaceId[]): Promise<void> {
    for (const spaceId of spaceIds) if (this.#lists.has(spaceId)) await this.#read(spaceId)
    await this.#countUploads()
  }

  #heardChanged(spaceIds: readonly SpaceId[]): void {
    for (const spaceId of spaceIds) this.#stale.add(spaceId)
    if (this.#undoRead === null) this.#readStale()
  }

  #readStale(): void {
    this.#beside(this.#readAll([...this.#stale]))
    this.#stale.clear()
    this.#undoRead = this.#home.clock.schedule(readEveryMs, () => {
      this.#undoRead = null
      if (this.#stale.size > 0) this.#readStale()
    })
  }

  async #read(spaceId: SpaceId): Promise<void> {
    this.#lists.get(spaceId)?.take(await this.#home.storage.files.list(spaceId))
  }

  #countSoon(): void {
    this.#undoCount ??= this.#home.clock.schedule(countEveryMs, () => {
      this.#undoCount = null
      this.#beside(this.#countUploads())
    })
  }

  /** Once at a time: whoever asks meanwhile gets what is counted after that. */
  async #countUploads(): Promise<void> {
    if (!this.#hasServer) return
    this.#isCountStale = true
    this.#counting ??= this.#countWhileStale().finally(() => {
      this.#counting = null
    })
    await this.#counting
  }

  async #countWhileStale(): Promise<void> {
    while (this.#isCountStale) {
      this.#isCountStale = false
      await this.#count()
    }
  }

  async #count(): Promise<void> {
    const waiting = (await this.#home.storage.files.waiting()).filter(({ paused }) => !paused)
    let doneBytes = 0
    let current: Uploads['current'] = null
    for (const { hash, name, spaceId } of waiting) {
      const activity = this.#activities.get(hash)
      if (activity?.kind !== 'uploading') continue
      doneBytes += activity.doneBytes
      current ??= { name, spaceId }
    }
    const sizeBytes = waiting.reduce((sum, each) => sum + each.sizeBytes, 0)
    const next = { files: waiting.length, sizeBytes, doneBytes, current }
    if (JSON.stringify(next) !== JSON.stringify(this.uploads.snapshot())) this.uploads.set(next)
  }

  #heardOf({ spaceId, hash, activity }: Extract<Heard, { type: 'file' }>): void {
    const before = this.#activities.get(hash)
    if (activity === null) this.#activities.delete(hash)
    else this.#activities.set(hash, activity)
    const isFetched = activity === null && before?.kind === 'fetching'
    if (isFetched) this.#lists.get(spaceId)?.isHere(hash)
    else this.#lists.get(spaceId)?.changed()
    if (isFetched || activity?.kind === 'failed') this.#tell(hash, isFetched)
    if (activity?.kind === 'uploading' || before?.kind === 'uploading') this.#countSoon()
  }

  #tell(hash: FileHash, isHere: boolean): void {
    const waiters = this.#waiters.get(hash) ?? []
    this.#waiters.delete(hash)
    for (const { tell } of waiters) tell(isHere)
  }

  /** A new worker knows nothing of what was asked of the last one. */
  #askAgain(): void {
    for (const [hash, [first]] of this.#waiters) if (first !== undefined) this.fetch(hash, first.spaceId)
  }

  #fetched(hash: FileHash, spaceId: SpaceId): Promise<boolean> {
    if (!this.#hasServer) return Promise.resolve(false)
    const answer = new Promise<boolean>((tell) => {
      this.#waiters.set(hash, [...(this.#waiters.get(hash) ?? []), { spaceId, tell }])
    })
    this.fetch(hash, spaceId)
    return answer
  }

  async #makeUrl(hash: FileHash, spaceId: SpaceId): Promise<string | null> {
    const bytes = await this.bytes(hash, spaceId)
    return bytes === null ? null : URL.createObjectURL(bytes)
  }

  #showAdding(spaceId: SpaceId, name: string, sizeBytes: number) {
    const list = this.list(spaceId)
    const id = (this.#added += 1)
    const others = () => list.live.snapshot().adding.filter((each) => each.id !== id)
    const progress = (doneBytes: number) => list.setAdding([...others(), { id, name, doneBytes, sizeBytes }])
    progress(0)
    return { progress, remove: () => list.setAdding(others()) }
  }
}

async function askToRemove(address: string, token: string | null): Promise<'removed' | 'offline' | 'forbidden'> {
  if (token === null) return 'offline'
  try {
    const response = await fetch(address, {
      method: 'DELETE',
      headers: { authorization: `Bearer ${token}` },
      credentials: 'omit',
    })
    // What somebody else took off the list meanwhile is off it.
    if (response.ok || response.status === 404) return 'removed'
    return response.status === 403 ? 'forbidden' : 'offline'
  } catch {
    return 'offline'
  }
}
