import type { FileHash, PageId, SpaceId } from '../../model/ids.ts'
import { defaultKeepPolicy, type KeepPolicy } from '../../model/keep.ts'
import { fail, type Result } from '../../model/result.ts'
import { keepPolicyOf, putKeepPolicy } from '../storage/keep-settings.ts'
import type { AddedFile, AddFileError, Files, FileState, SpaceFiles, SpaceUsage, Uploads } from './files.ts'
import { findUses, measureUsage } from './file-survey.ts'
import { deriveFrom, LiveValue } from './live.ts'
import type { OpenOrganisation } from './organisation.ts'
import type { Live } from './plein.ts'

const noFiles: SpaceFiles = { isLoaded: false, files: [], adding: [] }
const noUploads: Uploads = { files: 0, sizeBytes: 0, doneBytes: 0, current: null }
const notHere: FileState = { kind: 'not-here' }

/** The files of the organisation that is open in this window. */
export class WindowFiles implements Files {
  readonly uploads: Live<Uploads>
  readonly #open: Live<OpenOrganisation | null>
  readonly #policies = new Map<SpaceId, LiveValue<KeepPolicy>>()

  constructor(open: Live<OpenOrganisation | null>) {
    this.#open = open
    this.uploads = this.#derive((organisation) => organisation?.files.uploads, noUploads)
    // Policies belong to the organisation that was open.
    open.subscribe(() => this.#policies.clear())
  }

  list(spaceId: SpaceId): Live<SpaceFiles> {
    return this.#derive((organisation) => organisation?.files.list(spaceId).live, noFiles)
  }

  state(spaceId: SpaceId, hash: FileHash): Live<FileState> {
    return this.#derive((organisation) => organisation?.files.list(spaceId).state(hash), notHere)
  }

  async add(spaceId: SpaceId, file: File): Promise<Result<AddedFile, AddFileError>> {
    return this.#files?.add(spaceId, file) ?? fail('unreadable')
  }

  async bytes(spaceId: SpaceId, hash: FileHash): Promise<Blob | null> {
    return (await this.#files?.bytes(hash, spaceId)) ?? null
  }

  async url(spaceId: SpaceId, hash: FileHash): Promise<string | null> {
    return (await this.#files?.url(hash, spaceId)) ?? null
  }

  fetch(spaceId: SpaceId, hash: FileHash): void {
    this.#files?.fetch(hash, spaceId)
  }

  async pause(spaceId: SpaceId, hash: FileHash): Promise<void> {
    await this.#files?.setPaused(spaceId, hash, true)
  }

  async resume(spaceId: SpaceId, hash: FileHash): Promise<void> {
    await this.#files?.setPaused(spaceId, hash, false)
  }

  async cancel(spaceId: SpaceId, hash: FileHash): Promise<void> {
    await this.#files?.cancel(spaceId, hash)
  }

  async takeOffList(spaceId: SpaceId, hash: FileHash): Promise<Result<null, 'offline' | 'forbidden'>> {
    return this.#files?.takeOffList(spaceId, hash) ?? fail('offline')
  }

  async setPinned(spaceId: SpaceId, hash: FileHash, isPinned: boolean): Promise<void> {
    await this.#files?.setPinned(spaceId, hash, isPinned)
  }

  refresh(spaceId: SpaceId): void {
    this.#files?.refresh(spaceId)
  }

  async uses(spaceId: SpaceId): Promise<ReadonlyMap<FileHash, readonly PageId[]>> {
    const organisation = this.#open.snapshot()
    return organisation === null ? new Map() : findUses(organisation.storage.organisationId, spaceId)
  }

  keepPolicy(spaceId: SpaceId): Live<KeepPolicy> {
    const known = this.#policies.get(spaceId)
    if (known !== undefined) return known
    const policy = new LiveValue(defaultKeepPolicy)
    this.#policies.set(spaceId, policy)
    const storage = this.#open.snapshot()?.storage
    if (storage !== undefined) {
      keepPolicyOf(storage, spaceId).then(
        (stored) => policy.set(stored),
        (error: unknown) => console.warn('Files', error),
      )
    }
    return policy
  }

  async setKeepPolicy(spaceId: SpaceId, policy: KeepPolicy): Promise<void> {
    const organisation = this.#open.snapshot()
    if (organisation === null) return
    await putKeepPolicy(organisation.storage, spaceId, policy)
    this.#policies.get(spaceId)?.set(policy)
    organisation.link.post({ type: 'keep-changed', spaceId })
  }

  async usage(): Promise<readonly SpaceUsage[]> {
    const organisation = this.#open.snapshot()
    return organisation === null ? [] : measureUsage(organisation.storage.organisationId)
  }

  get #files() {
    return this.#open.snapshot()?.files
  }

  #derive<T>(find: (organisation: OpenOrganisation | null) => Live<T> | undefined, nothing: T): Live<T> {
    return deriveFrom<OpenOrganisation | null, T>(
      this.#open,
      (organisation) => find(organisation)?.snapshot() ?? nothing,
      (organisation, invalidate) => [find(organisation)?.subscribe(invalidate)],
    )
  }
}
