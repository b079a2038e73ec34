import { parseId, type PageId, type PersonId, type SpaceId } from '../ids.ts'
import { isPageKind } from '../kinds.ts'
import { entryTypes, type SearchFilter, type SearchHit } from './search-index.ts'
import type { SnippetPart } from './snippet.ts'

/** `GET /api/search` as the server and its clients share it. */

export interface AskedOfServer {
  readonly text: string
  readonly filter: SearchFilter
  readonly limit: number
}

export interface FoundOnServer {
  readonly hits: readonly SearchHit[]
  /** False while the server's index is being made: what was found is true, and not everything. */
  readonly complete: boolean
}

export const searchApiLimits = { textLength: 300, hits: 100, spaces: 200 } as const

/** What the address says after `?`. */
export function searchQueryOf({ text, filter, limit }: AskedOfServer): string {
  const { spaceIds, types, kinds, ownerId, changedAfterMs, archived } = filter
  const fields: readonly (readonly [name: string, value: string | undefined])[] = [
    ['q', text.slice(0, searchApiLimits.textLength)],
    ['limit', String(Math.min(limit, searchApiLimits.hits))],
    ['space', spaceIds?.slice(0, searchApiLimits.spaces).join(',')],
    ['type', types?.join(',')],
    ['kind', kinds?.join(',')],
    ['person', ownerId],
    ['after', changedAfterMs === undefined ? undefined : String(Math.floor(changedAfterMs))],
    ['archived', archived === undefined ? undefined : String(archived)],
  ]
  return fields
    .flatMap(([name, value]) => (value === undefined ? [] : [`${name}=${encodeURIComponent(value)}`]))
    .join('&')
}

/** Undefined where it is no answer of a Plein server; hits of a kind that is not known here are left out. */
export function parseFoundOnServer(value: unknown): FoundOnServer | undefined {
  const { hits, complete } = Object(value) as Readonly<Record<string, unknown>>
  if (!Array.isArray(hits) || typeof complete !== 'boolean') return undefined
  return { hits: hits.flatMap(parseHit), complete }
}

function parseHit(value: unknown): readonly SearchHit[] {
  const fields = Object(value) as Readonly<Record<string, unknown>>
  const { id, changedAtMs, score } = fields
  const type = entryTypes.find((each) => each === fields['type'])
  const spaceId = parseId<SpaceId>(fields['spaceId'])
  const parts = [parseParts(fields['title']), parseParts(fields['snippet']), parseParts(fields['excerpt'])]
  const [title, snippet, excerpt] = parts
  if (typeof id !== 'string' || type === undefined || spaceId === undefined) return []
  if (typeof changedAtMs !== 'number' || typeof score !== 'number') return []
  if (title === undefined || snippet === undefined || excerpt === undefined) return []
  return [
    {
      ...{ id, type, spaceId, changedAtMs, score, title, snippet, excerpt },
      pageId: parseId<PageId>(fields['pageId']) ?? null,
      kind: isPageKind(fields['kind']) ? fields['kind'] : null,
      ownerId: parseId<PersonId>(fields['ownerId']) ?? null,
      archived: fields['archived'] === true,
    },
  ]
}

function parseParts(value: unknown): readonly SnippetPart[] | undefined {
  if (!Array.isArray(value)) return undefined
  const parts: SnippetPart[] = []
  for (const part of value as readonly unknown[]) {
    const { text, hit } = Object(part) as Readonly<Record<string, unknown>>
    if (typeof text !== 'string' || typeof hit !== 'boolean') return undefined
    parts.push({ text, hit })
  }
  return parts
}
