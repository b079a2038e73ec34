import { apiPaths, isProblem, type ProblemReason, type VersionAnswer } from '../../model/api.ts'
import { isId, type PageId, type PersonId, type VersionId } from '../../model/ids.ts'
import { fail, ok, type Result } from '../../model/result.ts'
import { isVersionReason } from '../../model/version.ts'
import type { HistoryTrouble } from './history.ts'

const requestTimeoutMs = 30_000

export interface ServerAccess {
  readonly serverUrl: string
  readonly token: string | null
}

/** What the server keeps of a page, over HTTP. */
export class VersionClient {
  readonly #fetch: typeof fetch

  constructor(fetchFrom: typeof fetch) {
    this.#fetch = fetchFrom
  }

  async list(access: ServerAccess, pageId: PageId): Promise<Result<readonly VersionAnswer[], HistoryTrouble>> {
    const answer = await this.#ask(access, apiPaths.versions(pageId), {})
    if (!answer.ok) return answer
    const body: unknown = await answer.value.json().catch(() => undefined)
    const versions: unknown = Reflect.get(Object(body), 'versions')
    return Array.isArray(versions) ? ok(versions.flatMap(readVersion)) : fail('server-trouble')
  }

  /** The whole state as a Yjs update. */
  async state(access: ServerAccess, pageId: PageId, id: VersionId): Promise<Result<Uint8Array, HistoryTrouble>> {
    const answer = await this.#ask(access, `${apiPaths.version(pageId, id)}?format=yjs`, {})
    if (!answer.ok) return answer
    return ok(new Uint8Array(await answer.value.arrayBuffer()))
  }

  /** By hand with a name; without one, before a restore. */
  async keep(access: ServerAccess, pageId: PageId, name: string | null): Promise<Result<null, HistoryTrouble>> {
    const body = JSON.stringify(name === null ? {} : { name })
    const answer = await this.#ask(access, apiPaths.versions(pageId), { method: 'POST', body })
    return answer.ok ? ok(null) : answer
  }

  async #ask(
    { serverUrl, token }: ServerAccess,
    path: string,
    init: { readonly method?: string; readonly body?: string },
  ): Promise<Result<Response, HistoryTrouble>> {
    const headers: Record<string, string> = token === null ? {} : { authorization: `Bearer ${token}` }
    if (init.body !== undefined) headers['content-type'] = 'application/json'
    try {
      const response = await this.#fetch(`${serverUrl}${path}`, {
        ...init,
        headers,
        credentials: 'omit',
        cache: 'no-store',
        redirect: 'error',
        signal: AbortSignal.timeout(requestTimeoutMs),
      })
      if (response.ok) return ok(response)
      const problem: unknown = await response.json().catch(() => undefined)
      return fail(isProblem(problem) ? troubleOf(problem.reason) : 'server-trouble')
    } catch {
      return fail('offline')
    }
  }
}

const troubles: Partial<Record<ProblemReason, HistoryTrouble>> = {
  forbidden: 'forbidden',
  'sign-in-needed': 'forbidden',
  suspended: 'forbidden',
  'unknown-space': 'forbidden',
  'unknown-page': 'nothing-to-keep',
  'unknown-version': 'gone',
  'too-many-versions': 'too-many',
  'bad-input': 'nothing-to-keep',
  'not-ready': 'offline',
  'going-away': 'offline',
}

function troubleOf(reason: ProblemReason): HistoryTrouble {
  return troubles[reason] ?? 'server-trouble'
}

function readVersion(value: unknown): readonly VersionAnswer[] {
  if (typeof value !== 'object' || value === null) return []
  const { id, atMs, reason, name, madeBy, writers, minSchema } = value as Readonly<Record<string, unknown>>
  if (!isId(id) || typeof atMs !== 'number' || !isVersionReason(reason) || typeof minSchema !== 'number') return []
  return [
    {
      id: id as VersionId,
      atMs,
      reason,
      name: typeof name === 'string' ? name : null,
      madeBy: isId(madeBy) ? (madeBy as PersonId) : null,
      writers: Array.isArray(writers) ? writers.filter((each): each is PersonId => isId(each)) : [],
      minSchema,
    },
  ]
}
