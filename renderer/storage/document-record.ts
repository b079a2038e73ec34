import { idLength, isId, type DocumentId, type PersonId, type SpaceId } from '../../model/ids.ts'
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

/** What many documents have in common; in a list it stands once. */
type Shape = Omit<DocumentRecord, 'id' | 'title' | 'changedAtMs'>

/**
 * All records as one text. Reading one long text is several times faster than reading 10,000 records, and reading few long
 * strings several times faster than many short ones: ids and titles are one string each, and what many documents have in
 * common (space, kind, owner, icon, …) stands once, in `shapes`.
 */
export function encodeList(documents: Iterable<StoredDocument>): string {
  const shapes = new Map<string, number>()
  const all = [...documents]
  const firstMs = all.reduce((first, { changedAtMs }) => Math.min(first, changedAtMs), all[0]?.changedAtMs ?? 0)
  return JSON.stringify({
    firstMs,
    ids: all.map(({ id }) => id).join(''),
    titles: all.map(({ title }) => title).join(''),
    lengths: all.map(({ title }) => title.length),
    shapeOf: all.map((document) => {
      const shape = shapeText(document)
      const place = shapes.get(shape) ?? shapes.size
      shapes.set(shape, place)
      return place
    }),
    afterMs: all.map(({ changedAtMs }) => changedAtMs - firstMs),
    shapes: [...shapes.keys()],
  })
}

/** As a record of its own, so that `parseDocument` checks it like any. */
function shapeText({
  spaceId,
  kind,
  pageKind,
  ownerId,
  icon,
  archived,
  minSchema,
  held,
  compare,
}: StoredDocument): string {
  return JSON.stringify({ spaceId, kind, pageKind, ownerId, icon, archived, minSchema, held, compare })
}

/**
 * Undefined where the text is not a whole list: then the records themselves are read. Call only for text whose seal is intact:
 * this app wrote it, so what is there 10,000 times is checked for its type and no pattern.
 */
export function decodeList(text: string): DocumentRecord[] | undefined {
  const list = parseJson(text)
  if (typeof list !== 'object' || list === null) return undefined
  const parsed = parseColumns(list as Readonly<Record<string, unknown>>)
  return parsed === undefined ? undefined : readColumns(parsed)
}

interface ListColumns {
  readonly ids: string
  readonly titles: string
  readonly firstMs: number
  readonly lengths: readonly unknown[]
  readonly shapeOf: readonly unknown[]
  readonly afterMs: readonly unknown[]
  readonly shapes: readonly unknown[]
}

function parseColumns(list: Readonly<Record<string, unknown>>): ListColumns | undefined {
  const { ids, titles, firstMs, lengths, shapeOf, afterMs, shapes } = list
  if (typeof ids !== 'string' || typeof titles !== 'string' || typeof firstMs !== 'number') return undefined
  if (!Array.isArray(lengths) || !Array.isArray(shapeOf) || !Array.isArray(afterMs) || !Array.isArray(shapes))
    return undefined
  return { ids, titles, firstMs, lengths, shapeOf, afterMs, shapes }
}

function readColumns({ ids, titles, firstMs, lengths, shapeOf, afterMs, shapes }: ListColumns) {
  const known = shapes.map(parseShape)
  const documents: DocumentRecord[] = []
  let from = 0
  for (let place = 0; place < shapeOf.length; place += 1) {
    const shape = known[Number(shapeOf[place])]
    const length = lengths[place]
    const laterMs = afterMs[place]
    if (shape === undefined || typeof length !== 'number' || typeof laterMs !== 'number') return undefined
    const to = from + length
    documents.push({
      id: ids.slice(place * idLength, (place + 1) * idLength) as DocumentId,
      spaceId: shape.spaceId,
      kind: shape.kind,
      pageKind: shape.pageKind,
      ownerId: shape.ownerId,
      title: titles.slice(from, to),
      icon: shape.icon,
      archived: shape.archived,
      minSchema: shape.minSchema,
      held: shape.held,
      compare: shape.compare,
      changedAtMs: firstMs + laterMs,
      waiting: 0,
    })
    from = to
  }
  return ids.length === documents.length * idLength && from === titles.length ? documents : undefined
}

function parseShape(text: unknown): Shape | undefined {
  const shape = typeof text === 'string' ? parseJson(text) : undefined
  if (typeof shape !== 'object' || shape === null) return undefined
  // Any id will do: the shape has none of its own.
  const id: unknown = Reflect.get(shape, 'spaceId')
  const document = parseDocument({ ...shape, id, title: '', changedAtMs: 0 })
  return document === undefined ? undefined : { ...document, waiting: 0 }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined // the caller reads the records instead
  }
}
