import { apiPaths, type FilesAnswer, type ListedFile } from '../../model/api.ts'
import { parseFileHash, parseId, type PersonId, type SpaceId } from '../../model/ids.ts'
import type { FileStorage } from '../storage/file-storage.ts'
import { NoAnswer, type FileRequest } from './file-request.ts'

export interface FileListParts {
  readonly request: FileRequest
  readonly storage: FileStorage
  readonly nowMs: () => number
  readonly changed: (spaceIds: readonly SpaceId[]) => void
}

/** Lists that nobody looks at are asked for no more often than this, however often the line breaks. */
const unaskedEveryMs = 10 * 60_000

/** The lists of files, as the server has them, on this laptop: only what changed since comes over. */
export class FileLists {
  readonly #parts: FileListParts
  readonly #askedAtMs = new Map<SpaceId, number>()

  constructor(parts: FileListParts) {
    this.#parts = parts
  }

  /** Whether the list was asked for not long ago. */
  isFresh(spaceId: SpaceId): boolean {
    const at = this.#askedAtMs.get(spaceId)
    return at !== undefined && this.#parts.nowMs() - at < unaskedEveryMs
  }

  /** Without a line nothing happens: what was known stays. */
  async refresh(spaceId: SpaceId): Promise<void> {
    const { storage, nowMs, changed } = this.#parts
    try {
      let after = await storage.cursor(spaceId)
      let hasChanged = false
      for (let hasMore = true; hasMore;) {
        const answer = await this.#ask(spaceId, after)
        if (answer === undefined) return
        after = answer.files.at(-1)?.n ?? after
        hasMore = answer.hasMore && answer.files.length > 0
        if (answer.files.length > 0) await storage.takeList(spaceId, answer.files, after)
        hasChanged ||= answer.files.length > 0
      }
      this.#askedAtMs.set(spaceId, nowMs())
      if (hasChanged) changed([spaceId])
    } catch (error) {
      if (!(error instanceof NoAnswer)) throw error
    }
  }

  async #ask(spaceId: SpaceId, after: number): Promise<FilesAnswer | undefined> {
    const response = await this.#parts.request(`${apiPaths.files(spaceId)}?after=${after}`)
    return response.ok ? readAnswer(await response.json()) : undefined
  }
}

function readAnswer(value: unknown): FilesAnswer | undefined {
  const { files, hasMore, maxFileBytes } = Object(value) as Readonly<Record<string, unknown>>
  if (!Array.isArray(files)) return undefined
  const rows = files.flatMap((row: unknown) => readRow(row) ?? [])
  return { files: rows, hasMore: hasMore === true, maxFileBytes: typeof maxFileBytes === 'number' ? maxFileBytes : 0 }
}

function readRow(value: unknown): ListedFile | undefined {
  const row = Object(value) as Readonly<Record<keyof ListedFile, unknown>>
  const id = parseFileHash(row.id)
  const [n, sizeBytes, addedAtMs] = [row.n, row.sizeBytes, row.addedAtMs].map((each) =>
    typeof each === 'number' ? each : 0,
  )
  if (id === undefined || n === undefined || n === 0) return undefined
  return {
    ...{ id, n, sizeBytes: sizeBytes ?? 0, addedAtMs: addedAtMs ?? 0 },
    name: typeof row.name === 'string' ? row.name : '',
    mediaType: typeof row.mediaType === 'string' ? row.mediaType : 'application/octet-stream',
    addedBy: parseId<PersonId>(row.addedBy) ?? null,
    listed: row.listed !== false,
  }
}
