import { apiLimits, apiPaths } from '../../model/api.ts'
import { parseFileHash, type FileHash, type SpaceId } from '../../model/ids.ts'
import type { OpenOrganisation } from './organisation.ts'

/** Images and files of the organisation's pages, named by their content; on this laptop first. */
export class PageFiles {
  readonly #organisation: OpenOrganisation
  readonly #urls = new Map<FileHash, Promise<string | null>>()

  constructor(organisation: OpenOrganisation) {
    this.#organisation = organisation
  }

  /**
   * Keeps a file on this laptop; the sync worker takes it to the server.
   * @returns its hash; null for a file that is too large to be taken by the server
   */
  async keep(file: File, spaceId: SpaceId): Promise<FileHash | null> {
    if (file.size === 0 || file.size > apiLimits.fileBytes) return null
    const hash = await hashOf(await file.arrayBuffer())
    const { storage, link, hasServer } = this.#organisation
    await storage.putFile({ hash, type: file.type, bytes: file, uploaded: !hasServer, spaceId })
    link.post({ type: 'files-changed' })
    return hash
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

  close(): void {
    for (const url of this.#urls.values()) void url.then((each) => each !== null && URL.revokeObjectURL(each))
    this.#urls.clear()
  }

  async #makeUrl(hash: FileHash, spaceId: SpaceId): Promise<string | null> {
    const here = await this.#organisation.storage.file(hash)
    const bytes = here?.bytes ?? (await this.#download(hash, spaceId))
    return bytes === null ? null : URL.createObjectURL(bytes)
  }

  async #download(hash: FileHash, spaceId: SpaceId): Promise<Blob | null> {
    const { serverUrl } = this.#organisation.record
    const token = await this.#organisation.token()
    if (serverUrl === null || token === null) return null
    try {
      const response = await fetch(`${serverUrl}${apiPaths.file(spaceId, hash)}`, {
        headers: { authorization: `Bearer ${token}` },
        credentials: 'omit',
      })
      if (!response.ok) return null
      const bytes = await response.blob()
      if ((await hashOf(await bytes.arrayBuffer())) !== hash) return null
      await this.#organisation.storage.putFile({ hash, type: bytes.type, bytes, uploaded: true, spaceId })
      return bytes
    } catch {
      // No network, or the answer broke off: the image shows that it is missing and is asked for again.
      return null
    }
  }
}

async function hashOf(bytes: ArrayBuffer): Promise<FileHash> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))
  const hash = parseFileHash([...digest].map((byte) => byte.toString(16).padStart(2, '0')).join(''))
  if (hash === undefined) throw new Error('A digest that is no digest')
  return hash
}
