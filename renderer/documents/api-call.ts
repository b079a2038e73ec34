import { isProblem, type ProblemReason } from '../../model/api.ts'
import { fail, ok, type Result } from '../../model/result.ts'
import type { AccountError } from './plein.ts'

const requestTimeoutMs = 15_000

export type ApiCall = (serverUrl: string, path: string, options?: CallOptions) => Promise<Result<unknown, AccountError>>

/** Requests of this window to a server's HTTP interface. */
export function makeCall(fetchFrom: typeof fetch): ApiCall {
  return (serverUrl, path, options = {}) => request(fetchFrom, serverUrl, path, options)
}

interface CallOptions {
  readonly method?: 'GET' | 'POST' | 'DELETE'
  readonly token?: string
  readonly body?: unknown
}

/** One request; whatever comes back that is no answer of a Plein server is `not-a-plein-server`, a captive portal's page included. */
async function request(
  fetchFrom: typeof fetch,
  serverUrl: string,
  path: string,
  options: CallOptions,
): Promise<Result<unknown, AccountError>> {
  const headers: Record<string, string> = { accept: 'application/json' }
  if (options.body !== undefined) headers['content-type'] = 'application/json'
  if (options.token !== undefined) headers['authorization'] = `Bearer ${options.token}`
  try {
    const response = await fetchFrom(`${serverUrl}${path}`, {
      method: options.method ?? 'GET',
      headers,
      credentials: 'omit',
      cache: 'no-store',
      redirect: 'error',
      signal: AbortSignal.timeout(requestTimeoutMs),
      ...(options.body === undefined ? {} : { body: JSON.stringify(options.body) }),
    })
    if (response.status === 204) return ok(undefined)
    const body: unknown = await response.json().catch(() => undefined)
    if (response.ok) return body === undefined ? fail('not-a-plein-server') : ok(body)
    return fail(isProblem(body) ? errorOf(body.reason) : 'not-a-plein-server')
  } catch {
    return fail('server-unreachable')
  }
}

/** The answer where it is of the expected form. */
export async function read<T>(
  answer: Promise<Result<unknown, AccountError>>,
  isExpected: (value: unknown) => value is T,
): Promise<Result<T, AccountError>> {
  const result = await answer
  if (!result.ok) return result
  return isExpected(result.value) ? ok(result.value) : fail('not-a-plein-server')
}

const sameReasons: readonly AccountError[] = [
  'wrong-password',
  'invitation-unknown',
  'invitation-expired',
  'invitation-used',
  'email-taken',
  'organisation-exists',
  'setup-code-needed',
  'weak-password',
  'rate-limited',
  'forbidden',
]

function errorOf(reason: ProblemReason): AccountError {
  const same = sameReasons.find((each) => each === reason)
  if (same !== undefined) return same
  if (reason === 'suspended' || reason === 'sign-in-needed') return 'forbidden'
  if (reason === 'not-ready' || reason === 'going-away' || reason === 'server-trouble') return 'server-unreachable'
  return 'bad-input'
}

/** A field of something that came from outside. */
export function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined
}
