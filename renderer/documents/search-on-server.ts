import { apiPaths, isProblem } from '../../model/api.ts'
import { fail, ok, type Result } from '../../model/result.ts'
import { parseFoundOnServer, searchQueryOf, type FoundOnServer } from '../../model/search/search-api.ts'
import type { SearchQuestion, ServerSearchTrouble } from './search.ts'
import type { ServerAccess } from './version-client.ts'

/** What is not answered by then is as good as no answer: somebody is waiting with a question. */
const timeoutMs = 8000

/** One question to the server; anything between that answers in its place counts as not reached. */
export async function searchOnServer(
  fetchFrom: typeof fetch,
  question: SearchQuestion,
  { serverUrl, token, signal }: ServerAccess & { readonly signal: AbortSignal },
): Promise<Result<FoundOnServer, ServerSearchTrouble>> {
  try {
    const response = await fetchFrom(`${serverUrl}${apiPaths.search}?${searchQueryOf(question)}`, {
      headers: token === null ? {} : { authorization: `Bearer ${token}` },
      credentials: 'omit',
      cache: 'no-store',
      redirect: 'error',
      signal: AbortSignal.any([AbortSignal.timeout(timeoutMs), signal]),
    })
    const body: unknown = await response.json()
    if (!response.ok) return fail(isProblem(body) && body.reason === 'rate-limited' ? 'busy' : 'offline')
    const found = parseFoundOnServer(body)
    return found === undefined ? fail('offline') : ok(found)
  } catch {
    // No line, a line that broke, something that is no server of ours, or nobody who waits any more.
    return fail('offline')
  }
}
