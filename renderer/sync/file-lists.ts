import { apiPaths, type FilesAnswer, type ListedFile } from '../../model/api.ts'
import { parseFileHash, parseId, type FileHash, type PersonId, type SpaceId } from '../../model/ids.ts'
import type { FileStorage } from '../storage/file-storage.ts'
import { NoAnswer, type FileRequest } from './file-request.ts'

export interface FileListParts {
  readonly request: FileRequest
  readonly storage: FileStorage
  readonly nowMs: () => number
  readonly changed: (spaceIds: readonly SpaceId[]) => void
  /** Whether this person may put files into the space, and so give back what the server lost. */
  readonly mayAdd: (spaceId: SpaceId) => Promise<boolean>
}

/** Lists that nobody looks at are asked for no more often than this, however often the line breaks. */
const unaskedEveryMs = 10 * 60_000

/** The lists of files, as the server has them, on this laptop: only what changed since comes over. */
export class FileLists {
  readonly #parts: FileListParts
  readonly #asked = new Map<SpaceId, { readonly atMs: number; readonly cursor: number }>()

  constructor(parts: FileListParts) {
    this.#parts = parts
  }

  /** Whether the list was asked for not long ago, and still counts: under another generation it is to be read anew (GE1). */
  async isFresh(spaceId: SpaceId): Promise<boolean> {
    const { storage, nowMs } = this.#parts
    const asked = this.#asked.get(spaceId)
    if (asked === undefined || nowMs() - asked.atMs >= unaskedEveryMs) return false
    return (await storage.cursor(spaceId)) === asked.cursor
  }

  /** Without a line nothing happens: what was known stays. Answers how many files the server turned out to have lost. */
  async refresh(spaceId: SpaceId): Promise<number> {
    const { storage, nowMs, changed } = this.#parts
    try {
      const after = await storage.cursor(spaceId)
      const read = await this.#read(spaceId, after)
      if (read === undefined) return 0
      const isWhole = after === 0 && (await this.#parts.mayAdd(spaceId))
      const lost = isWhole ? await storage.takeWhole(spaceId, read.named, read.cursor) : 0
      if (!isWhole && read.cursor !== after) await storage.takeList(spaceId, [], read.cursor)
      this.#asked.set(spaceId, { atMs: nowMs(), cursor: read.cursor })
      if (read.named.size > 0 || lost > 0) changed([spaceId])
      return lost
    } catch (error) {
      if (!(error instanceof NoAnswer)) throw error
      return 0
    }
  }

  /**
   * Takes the rows as they come. A list that is read from its beginning counts as read when all of it came: what it does not name
   * is seen at its end alone.
   */
  async #read(
    spaceId: SpaceId,
    from: number,
  ): Promise<{ readonly named: ReadonlySet<FileHash>; readonly cursor: number } | undefined> {
    const named = new Set<FileHash>()
    let cursor = from
    for (let hasMore = true; hasMore;) {
      const answer = await this.#ask(spaceId, cursor)
      if (answer === undefined) return undefined
      const { files } = answer
      cursor = files.at(-1)?.n ?? cursor
      hasMore = answer.hasMore && files.length > 0
      for (const { id } of files) named.add(id)
      if (files.length > 0) await this.#parts.storage.takeList(spaceId, files, from === 0 ? 0 : cursor)
    }
    return { named, cursor }
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
