import { isId, type DocumentId, type PersonId, type SpaceId } from '../../model/ids.ts'
import { isDocumentKind, isPageKind } from '../../model/kinds.ts'
import { lowestSchema } from '../../model/schema-version.ts'
import type { DocumentChange, DocumentRecord } from './laptop-storage.ts'

/** A record as it is stored: what waits is counted in the outbox, never kept a second time. */
export type StoredDocument = Omit<DocumentRecord, 'waiting'>

/** The record after a change. `minSchema` is never lowered. */
export function changedDocument(before: StoredDocument | undefined, change: DocumentChange): StoredDocument {
  const merged = { ...(before ?? emptyDocument(change)), ...change }
  return before === undefined ? merged : { ...merged, minSchema: Math.max(before.minSchema, merged.minSchema) }
}

export function isSameDocument(one: StoredDocument, other: StoredDocument): boolean {
  return columns.every((column) => one[column] === other[column])
}

function emptyDocument(change: DocumentChange): StoredDocument {
  return {
    id: change.id,
    spaceId: change.spaceId,
    kind: change.kind,
    pageKind: change.pageKind,
    ownerId: null,
    title: '',
    icon: null,
    archived: false,
    minSchema: lowestSchema,
    held: false,
    compare: false,
    changedAtMs: 0,
  }
}

const columns = [
  'id',
  'spaceId',
  'kind',
  'pageKind',
  'ownerId',
  'title',
  'icon',
  'archived',
  'minSchema',
  'held',
  'compare',
  'changedAtMs',
] as const satisfies readonly (keyof StoredDocument)[]

/** Parses a record from disk; undefined where it is none. */
export function parseDocument(value: unknown): StoredDocument | undefined {
  if (typeof value !== 'object' || value === null) return undefined
  const { id, spaceId, kind, pageKind, ownerId, title, icon, archived, minSchema, held, compare, changedAtMs } =
    value as Readonly<Record<keyof StoredDocument, unknown>>
  if (!isId(id) || !isId(spaceId) || !isDocumentKind(kind) || !(pageKind === null || isPageKind(pageKind)))
    return undefined
  if (typeof title !== 'string' || typeof minSchema !== 'number' || typeof changedAtMs !== 'number') return undefined
  return {
    id: id as DocumentId,
    spaceId: spaceId as SpaceId,
    kind,
    pageKind,
    ownerId: isId(ownerId) ? (ownerId as PersonId) : null,
    title,
    icon: typeof icon === 'string' ? icon : null,
    archived: archived === true,
    minSchema,
    held: held === true,
    compare: compare === true,
    changedAtMs,
  }
}

/**
 * All records as one text: reading one long text is several times faster than reading 10,000 records. Words that repeat in
 * every row (spaces, kinds, owners, icons) stand once, in front; a row holds their places.
 */
export function encodeList(documents: Iterable<StoredDocument>): string {
  const places = new Map<string, number>()
  const placeOf = (word: string | null): number => {
    if (word === null) return -1
    const place = places.get(word) ?? places.size
    places.set(word, place)
    return place
  }
  const rows: unknown[] = []
  for (const document of documents) {
    const { id, spaceId, kind, pageKind, ownerId, icon, title, minSchema, changedAtMs } = document
    const flags = Number(document.archived) + 2 * Number(document.held) + 4 * Number(document.compare)
    const words = [spaceId, kind, pageKind, ownerId, icon].map(placeOf)
    rows.push([id, ...words, title, flags, minSchema, changedAtMs])
  }
  return JSON.stringify({ words: [...places.keys()], rows })
}

/** Undefined where the text is not a whole list: then the records themselves are read. Call only for text whose seal is intact. */
export function decodeList(text: string): StoredDocument[] | undefined {
  const list = parseJson(text)
  if (typeof list !== 'object' || list === null) return undefined
  const words: unknown = Reflect.get(list, 'words')
  const rows: unknown = Reflect.get(list, 'rows')
  if (!Array.isArray(words) || !Array.isArray(rows)) return undefined
  const documents: StoredDocument[] = []
  for (const row of rows) {
    const document = Array.isArray(row) ? parseRow(row, words) : undefined
    if (document === undefined) return undefined
    documents.push(document)
  }
  return documents
}

/** Runs 10,000 times before the first list is drawn: the seal has shown that this app wrote the text, so types are checked and no patterns. */
function parseRow(row: readonly unknown[], words: readonly unknown[]): StoredDocument | undefined {
  const [id, space, kindAt, pageKindAt, owner, iconAt, title, flags, minSchema, changedAtMs] = row
  const spaceId = words[Number(space)]
  const kind = words[Number(kindAt)]
  const pageKind = words[Number(pageKindAt)] ?? null
  const ownerId = words[Number(owner)]
  const icon = words[Number(iconAt)]
  if (typeof id !== 'string' || typeof spaceId !== 'string' || typeof title !== 'string') return undefined
  if (!isDocumentKind(kind) || !(pageKind === null || isPageKind(pageKind))) return undefined
  if (typeof flags !== 'number' || typeof minSchema !== 'number' || typeof changedAtMs !== 'number') return undefined
  return {
    id: id as DocumentId,
    spaceId: spaceId as SpaceId,
    kind,
    pageKind,
    ownerId: typeof ownerId === 'string' ? (ownerId as PersonId) : null,
    title,
    icon: typeof icon === 'string' ? icon : null,
    archived: (flags & 1) !== 0,
    minSchema,
    held: (flags & 2) !== 0,
    compare: (flags & 4) !== 0,
    changedAtMs,
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined // the caller reads the records instead
  }
}
