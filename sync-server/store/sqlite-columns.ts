import { parseId, type DocumentId, type LogId, type PersonId, type SpaceId } from '../../model/ids.ts'
import {
  documentKinds,
  isDocumentKind,
  isPageKind,
  isSpaceKind,
  joinings,
  writerGroups,
  type Writers,
} from '../../model/kinds.ts'
import { spaceRoles, type SpaceRole } from '../../model/permission.ts'
import { StoreTrouble, type ClientOwner, type DocumentRecord, type Membership, type SpaceRecord } from './store.ts'

/** One result row as the driver gives it. */
export type Columns = Readonly<Record<string, unknown>>

/** Parses what the database holds: a value of the wrong form is damage, and damage is never passed on as data. */
function damaged(column: string): StoreTrouble {
  return new StoreTrouble('rejected', `The database holds a value that Plein never wrote, in column ${column}.`)
}

export function numberIn(columns: Columns, column: string): number {
  const value = columns[column]
  if (typeof value !== 'number') throw damaged(column)
  return value
}

export function textIn(columns: Columns, column: string): string {
  const value = columns[column]
  if (typeof value !== 'string') throw damaged(column)
  return value
}

export function bytesIn(columns: Columns, column: string): Uint8Array | null {
  const value = columns[column]
  if (value === null) return null
  if (!(value instanceof Uint8Array)) throw damaged(column)
  return value
}

function optionalTextIn(columns: Columns, column: string): string | null {
  return columns[column] === null ? null : textIn(columns, column)
}

function idIn<T extends DocumentId | SpaceId | LogId | PersonId>(columns: Columns, column: string): T {
  const id = parseId<T>(columns[column])
  if (id === undefined) throw damaged(column)
  return id
}

export const documentIdIn = (columns: Columns): DocumentId => idIn(columns, 'document_id')
export const spaceIdIn = (columns: Columns): SpaceId => idIn(columns, 'space_id')
export const logIdIn = (columns: Columns): LogId => idIn(columns, 'log_id')
export const personIdIn = (columns: Columns): PersonId => idIn(columns, 'person_id')

export function clientOwnerIn(columns: Columns): ClientOwner {
  return columns['owner'] === 'server' ? 'server' : idIn<PersonId>(columns, 'owner')
}

/** One of a closed list of words. */
export function wordIn<T extends string>(words: readonly T[], columns: Columns, column: string): T {
  const word = words.find((each) => each === columns[column])
  if (word === undefined) throw damaged(column)
  return word
}

export function spaceIn(columns: Columns): SpaceRecord {
  const kind = columns['kind']
  if (!isSpaceKind(kind)) throw damaged('kind')
  return {
    spaceId: spaceIdIn(columns),
    kind,
    name: textIn(columns, 'name'),
    archived: numberIn(columns, 'archived') === 1,
    description: textIn(columns, 'description'),
    icon: optionalTextIn(columns, 'icon'),
    parent: columns['parent_id'] === null ? null : idIn<SpaceId>(columns, 'parent_id'),
    joining: wordIn(joinings, columns, 'joining'),
    head: numberIn(columns, 'head'),
    memberCount: numberIn(columns, 'member_count'),
  }
}

export function membershipIn(columns: Columns): Membership {
  return {
    spaceId: spaceIdIn(columns),
    personId: personIdIn(columns),
    role: wordIn<SpaceRole>(spaceRoles, columns, 'role'),
  }
}

export function documentIn(columns: Columns): DocumentRecord {
  const kind = wordIn(documentKinds, columns, 'kind')
  const pageKind = columns['page_kind']
  if (!isDocumentKind(kind) || (pageKind !== null && !isPageKind(pageKind))) throw damaged('page_kind')
  return {
    documentId: documentIdIn(columns),
    spaceId: spaceIdIn(columns),
    kind,
    pageKind,
    writers: wordIn<Writers>(writerGroups, columns, 'writers'),
    ownerId: columns['owner_id'] === null ? null : idIn<PersonId>(columns, 'owner_id'),
    coAuthorIds: coAuthorsIn(columns),
    minSchema: numberIn(columns, 'min_schema'),
    title: optionalTextIn(columns, 'title'),
    icon: optionalTextIn(columns, 'icon'),
    archived: numberIn(columns, 'archived') === 1,
    changedAtMs: numberIn(columns, 'changed_at_ms'),
    sizeBytes: numberIn(columns, 'size_bytes'),
    lastN: numberIn(columns, 'last_n'),
    compactedTo: numberIn(columns, 'compacted_to'),
    tailRows: numberIn(columns, 'tail_rows'),
    tailBytes: numberIn(columns, 'tail_bytes'),
  }
}

/** Ids joined by spaces. */
function coAuthorsIn(columns: Columns): readonly PersonId[] {
  const ids: PersonId[] = []
  for (const word of textIn(columns, 'co_author_ids').split(' ')) {
    const id = parseId<PersonId>(word)
    if (id !== undefined) ids.push(id)
  }
  return ids
}
