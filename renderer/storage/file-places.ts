/** Writes a file from where it ends; only workers can. Closed by whoever opened it. */
export interface PlaceWriter {
  readonly sizeBytes: number
  /** Appends all of the bytes; throws where the disk is full. */
  write(bytes: Uint8Array): void
  /** Begins anew. */
  empty(): void
  /** Brings what was written to the disk; once is enough. */
  close(): void
}

/**
 * Large files beside the database, each under a name of its own: written piece by piece, gone on with after a restart, read without
 * ever being whole in memory. IndexedDB can do neither of the first two.
 */
export interface FilePlaces {
  /** Null where this thread cannot write (a window), or another one is writing there now. */
  openWriter(place: string): Promise<PlaceWriter | null>
  read(place: string): Promise<Blob | undefined>
  remove(place: string): Promise<void>
  list(): Promise<readonly { readonly place: string; readonly changedAtMs: number }[]>
}

/** From this size up a file lies beside the database: below, one record is simpler, and one transaction holds all. */
export const placeFromBytes = 4 * 1024 * 1024

const folderName = 'plein-files'
const placePattern = /^[a-z0-9-]{1,120}$/

/** Browsers without a private file system, or those that refuse it now, keep all files in the database: null. */
export async function openFilePlaces(): Promise<FilePlaces | null> {
  try {
    const root = await navigator.storage.getDirectory()
    return new OpfsPlaces(await root.getDirectoryHandle(folderName, { create: true }))
  } catch {
    return null
  }
}

/** What workers have besides. */
interface SyncAccessHandle {
  getSize(): number
  write(bytes: Uint8Array, options: { readonly at: number }): number
  truncate(sizeBytes: number): void
  flush(): void
  close(): void
}
type WritableHandle = FileSystemFileHandle & { createSyncAccessHandle?: () => Promise<SyncAccessHandle> }

class OpfsPlaces implements FilePlaces {
  readonly #folder: FileSystemDirectoryHandle

  constructor(folder: FileSystemDirectoryHandle) {
    this.#folder = folder
  }

  async openWriter(place: string): Promise<PlaceWriter | null> {
    mustBePlace(place)
    if (typeof document !== 'undefined') return null
    try {
      const handle: WritableHandle = await this.#folder.getFileHandle(place, { create: true })
      return handle.createSyncAccessHandle === undefined ? null : new OpfsWriter(await handle.createSyncAccessHandle())
    } catch (error) {
      if (error instanceof DOMException && error.name === 'NoModificationAllowedError') return null
      throw error
    }
  }

  async read(place: string): Promise<Blob | undefined> {
    try {
      return await (await this.#folder.getFileHandle(place)).getFile()
    } catch (error) {
      if (isMissing(error)) return undefined
      throw error
    }
  }

  async remove(place: string): Promise<void> {
    try {
      await this.#folder.removeEntry(place)
    } catch (error) {
      if (!isMissing(error)) throw error
    }
  }

  async list(): Promise<readonly { readonly place: string; readonly changedAtMs: number }[]> {
    const found: { place: string; changedAtMs: number }[] = []
    for await (const [place, handle] of this.#folder.entries()) {
      if (handle.kind === 'file') found.push({ place, changedAtMs: (await handle.getFile()).lastModified })
    }
    return found
  }
}

class OpfsWriter implements PlaceWriter {
  readonly #handle: SyncAccessHandle
  #size: number
  #isClosed = false

  constructor(handle: SyncAccessHandle) {
    this.#handle = handle
    this.#size = handle.getSize()
  }

  get sizeBytes(): number {
    return this.#size
  }

  write(bytes: Uint8Array): void {
    for (let written = 0; written < bytes.length;) {
      const count = this.#handle.write(bytes.subarray(written), { at: this.#size })
      if (count === 0) throw new DOMException('The disk takes no more', 'QuotaExceededError')
      written += count
      this.#size += count
    }
  }

  empty(): void {
    this.#handle.truncate(0)
    this.#size = 0
  }

  close(): void {
    if (this.#isClosed) return
    this.#isClosed = true
    this.#handle.flush()
    this.#handle.close()
  }
}

function mustBePlace(place: string): void {
  if (!placePattern.test(place)) throw new RangeError('Not the name of a place')
}

function isMissing(error: unknown): boolean {
  return error instanceof DOMException && (error.name === 'NotFoundError' || error.name === 'TypeMismatchError')
}
