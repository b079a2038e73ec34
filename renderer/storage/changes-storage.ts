import type { DocumentId } from '../../model/ids.ts'

/** What changed on this disk, for what is derived from documents and can be made again (the search index). */
export interface ChangedDocuments {
  /** Ask with it next time. Opaque; of this storage alone. */
  readonly mark: string
  /** Documents whose record or content changed, removed ones too. */
  readonly ids: readonly DocumentId[]
  /** There is more after `mark`: ask again at once. */
  readonly hasMore: boolean
}

export interface ChangesStorage {
  /**
   * What changed after the mark; null (or a mark of a storage that is no more) asks for every document. Nothing is missed, and
   * some may be named that are as they were. One exception: records of a document that were merged before anybody asked.
   */
  since(mark: string | null): Promise<ChangedDocuments>
}

export interface ParsedMark {
  readonly documents: number
  readonly updates: number
}

export function parseMark(mark: string | null): ParsedMark | undefined {
  const [, documents, updates] = /^(\d+):(\d+)$/.exec(mark ?? '') ?? []
  return documents === undefined ? undefined : { documents: Number(documents), updates: Number(updates) }
}

export function formatMark({ documents, updates }: ParsedMark): string {
  return `${documents}:${updates}`
}
