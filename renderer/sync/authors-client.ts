import type { AuthorsOf } from '../../model/away.ts'
import { apiPaths } from '../../model/api.ts'
import { IdRanges } from '../../model/id-ranges.ts'
import { isId, type PageId, type PersonId } from '../../model/ids.ts'

const requestTimeoutMs = 10_000

interface Author {
  readonly personId: PersonId
  readonly inserted: IdRanges
  readonly deleted: IdRanges
}

/** Asks the server who wrote in a page after a feed number. Rejects where it does not answer. */
export async function fetchAuthors(
  serverUrl: string,
  token: string | null,
  page: { readonly pageId: PageId; readonly after: number },
): Promise<AuthorsOf> {
  const response = await fetch(`${serverUrl}${apiPaths.authors(page.pageId)}?after=${page.after}`, {
    headers: token === null ? {} : { authorization: `Bearer ${token}` },
    credentials: 'omit',
    cache: 'no-store',
    redirect: 'error',
    signal: AbortSignal.timeout(requestTimeoutMs),
  })
  const body: unknown = response.ok ? await response.json() : undefined
  return authorsIn(body)
}

function authorsIn(body: unknown): AuthorsOf {
  const list: unknown = Reflect.get(Object(body), 'authors')
  const authors = Array.isArray(list) ? list.flatMap(readAuthor) : []
  const find = (what: 'inserted' | 'deleted') => (client: number, clock: number) =>
    authors.find((author) => author[what].has(client, clock))?.personId ?? null
  return { inserted: find('inserted'), deleted: find('deleted') }
}

function readAuthor(value: unknown): readonly Author[] {
  const personId: unknown = Reflect.get(Object(value), 'personId')
  if (!isId(personId)) return []
  const read = (name: string) => rangesIn(Reflect.get(Object(value), name))
  return [{ personId: personId as PersonId, inserted: read('inserted'), deleted: read('deleted') }]
}

function rangesIn(value: unknown): IdRanges {
  const ranges = new IdRanges()
  for (const stretch of Array.isArray(value) ? value : []) {
    const [client, start, end] = Array.isArray(stretch) ? (stretch as readonly unknown[]) : []
    if (typeof client === 'number' && typeof start === 'number' && typeof end === 'number')
      ranges.add(client, start, end)
  }
  return ranges
}
