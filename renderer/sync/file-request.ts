import { isProblem, type ProblemReason } from '../../model/api.ts'

/** Sends a request to the organisation's server as this device; throws `NoAnswer` where there is none. */
export type FileRequest = (path: string, init?: RequestInit) => Promise<Response>

/** No line, no token, no answer in time: the next connection tries again. */
export class NoAnswer extends Error {
  override readonly name = 'NoAnswer'
}

export interface FileRequestParts {
  readonly serverUrl: string
  readonly token: () => Promise<string | null>
  /** Default: the browser's own. */
  readonly fetch?: typeof fetch
}

export function makeFileRequest({ serverUrl, token, fetch: given }: FileRequestParts): FileRequest {
  return async (path, init = {}) => {
    const bearer = await token()
    if (bearer === null) throw new NoAnswer('Nobody is signed in')
    const headers = new Headers(init.headers)
    headers.set('authorization', `Bearer ${bearer}`)
    try {
      return await (given ?? fetch)(`${serverUrl}${path}`, { ...init, headers, credentials: 'omit' })
    } catch (cause) {
      throw new NoAnswer('No answer', { cause })
    }
  }
}

/** The reason of an answer that is no success. Anything between here and the server can answer with something else. */
export async function reasonOf(response: Response): Promise<ProblemReason | undefined> {
  try {
    const body: unknown = await response.json()
    return isProblem(body) ? body.reason : undefined
  } catch {
    return undefined
  }
}
