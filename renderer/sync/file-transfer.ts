import type { FileHash, SpaceId } from '../../model/ids.ts'
import type { OrganisationStorage } from '../storage/laptop-storage.ts'
import type { FromWorker } from './sync-messages.ts'

export interface FileTransferParts {
  readonly storage: OrganisationStorage
  readonly serverUrl: string
  readonly token: () => Promise<string | null>
  readonly emit: (message: FromWorker) => void
  readonly report: (error: unknown) => void
  /** Default: the browser's own. */
  readonly fetch?: typeof fetch
}

/** What became of one request. `later`: the line or the server failed, and the next connection tries again. */
type Outcome = 'done' | 'refused' | 'unknown' | 'later'

/** Whole files over HTTP, beside the socket: uploads what waits, one after another, and fetches what a page shows. */
export class FileTransfer {
  readonly #parts: FileTransferParts
  readonly #refused = new Set<FileHash>()
  #isUploading = false
  #mustUploadAgain = false

  constructor(parts: FileTransferParts) {
    this.#parts = parts
  }

  /** Call when files were added, and with every connection. */
  upload(): void {
    if (this.#isUploading) {
      this.#mustUploadAgain = true
      return
    }
    this.#isUploading = true
    this.#uploadAll().then(
      () => this.#uploaded(),
      (error: unknown) => {
        this.#isUploading = false
        this.#parts.report(error)
      },
    )
  }

  download(spaceId: SpaceId, hash: FileHash): void {
    this.#download(spaceId, hash).catch(this.#parts.report)
  }

  #uploaded(): void {
    this.#isUploading = false
    if (!this.#mustUploadAgain) return
    this.#mustUploadAgain = false
    this.upload()
  }

  async #uploadAll(): Promise<void> {
    const { storage, emit } = this.#parts
    for (const hash of await storage.filesToUpload()) {
      const file = await storage.file(hash)
      if (file === undefined || this.#refused.has(hash)) continue
      const { outcome } = await this.#request('PUT', file.spaceId, hash, file.bytes)
      if (outcome === 'later') return
      if (outcome === 'done') await storage.putFile({ ...file, hash, uploaded: true })
      else this.#refused.add(hash)
      emit({ type: 'file', hash, state: outcome === 'done' ? 'uploaded' : 'refused' })
    }
  }

  async #download(spaceId: SpaceId, hash: FileHash): Promise<void> {
    const { storage, emit } = this.#parts
    const { outcome, body } = await this.#request('GET', spaceId, hash)
    if (outcome === 'done' && body !== undefined && (await sha256Of(body)) === hash) {
      await storage.putFile({ hash, type: body.type, bytes: body, uploaded: true, spaceId })
      emit({ type: 'file', hash, state: 'here' })
    } else emit({ type: 'file', hash, state: outcome === 'later' ? 'offline' : 'unknown' })
  }

  async #request(
    method: 'GET' | 'PUT',
    spaceId: SpaceId,
    hash: FileHash,
    bytes?: Blob,
  ): Promise<{ outcome: Outcome; body?: Blob }> {
    const token = await this.#parts.token()
    if (token === null) return { outcome: 'later' }
    const request = this.#parts.fetch ?? fetch
    try {
      const response = await request(`${this.#parts.serverUrl}/api/spaces/${spaceId}/files/${hash}`, {
        method,
        headers: {
          authorization: `Bearer ${token}`,
          ...(bytes === undefined ? {} : { 'content-type': 'application/octet-stream' }),
        },
        ...(bytes === undefined ? {} : { body: bytes }),
      })
      if (response.ok) return { outcome: 'done', body: await response.blob() }
      return { outcome: outcomeOf(response.status) }
    } catch {
      return { outcome: 'later' } // no line; the next connection tries again
    }
  }
}

function outcomeOf(status: number): Outcome {
  if (status === 404) return 'unknown'
  return status >= 500 || status === 401 || status === 408 || status === 429 ? 'later' : 'refused'
}

async function sha256Of(body: Blob): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', await body.arrayBuffer())
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, '0')).join('')
}
