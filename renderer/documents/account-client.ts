import {
  apiPaths,
  isProblem,
  parseInvitationLink,
  type AcceptInvitationRequest,
  type CreateOrganisationRequest,
  type InvitationAnswer,
  type InvitationPreviewAnswer,
  type InviteRequest,
  type ProblemReason,
  type SignedIn,
  type SignInRequest,
  type SpaceAnswer,
} from '../../model/api.ts'
import { isId } from '../../model/ids.ts'
import type { SpaceKind } from '../../model/kinds.ts'
import { oldestProtocol, protocolVersion } from '../../model/protocol/version.ts'
import { fail, ok, type Result } from '../../model/result.ts'
import type { AccountError } from './plein.ts'

/** The HTTP requests of accounts: what needs the server and is done at once or not at all. */
export interface AccountClient {
  /** Whether a Plein server that speaks our protocol is at the address. */
  check(serverUrl: string): Promise<Result<{ readonly hasOrganisation: boolean }, AccountError>>
  preview(link: string): Promise<Result<InvitationPreviewAnswer, AccountError>>
  join(
    link: string,
    account: AcceptInvitationRequest,
  ): Promise<Result<SignedIn & { readonly serverUrl: string }, AccountError>>
  createOrganisation(serverUrl: string, request: CreateOrganisationRequest): Promise<Result<SignedIn, AccountError>>
  signIn(serverUrl: string, request: SignInRequest): Promise<Result<SignedIn, AccountError>>
  signOut(serverUrl: string, token: string): Promise<Result<void, AccountError>>
  invite(serverUrl: string, token: string, request: InviteRequest): Promise<Result<string, AccountError>>
  createSpace(
    serverUrl: string,
    token: string,
    space: { readonly name: string; readonly kind: SpaceKind },
  ): Promise<Result<SpaceAnswer, AccountError>>
}

const requestTimeoutMs = 15_000

export function makeAccountClient(fetchFrom: typeof fetch): AccountClient {
  const call = (serverUrl: string, path: string, options: CallOptions = {}) =>
    request(fetchFrom, serverUrl, path, options)

  const client: AccountClient = {
    async check(serverUrl) {
      const answer = await call(serverUrl, apiPaths.health)
      return answer.ok ? readHealth(answer.value) : answer
    },
    async preview(link) {
      const parsed = parseInvitationLink(link)
      if (parsed === undefined) return fail('bad-input')
      const server = await client.check(parsed.serverUrl)
      if (!server.ok) return server
      return await read(call(parsed.serverUrl, apiPaths.invitation(parsed.code)), isPreview)
    },
    async join(link, account) {
      const parsed = parseInvitationLink(link)
      if (parsed === undefined) return fail('bad-input')
      const path = apiPaths.acceptInvitation(parsed.code)
      const answer = await read(call(parsed.serverUrl, path, { method: 'POST', body: account }), isSignedIn)
      return answer.ok ? ok({ ...answer.value, serverUrl: parsed.serverUrl }) : answer
    },
    createOrganisation: (serverUrl, body) =>
      read(call(serverUrl, apiPaths.organisation, { method: 'POST', body }), isSignedIn),
    signIn: (serverUrl, body) => read(call(serverUrl, apiPaths.sessions, { method: 'POST', body }), isSignedIn),
    async signOut(serverUrl, token) {
      const answer = await call(serverUrl, apiPaths.currentSession, { method: 'DELETE', token })
      return answer.ok ? ok(undefined) : answer
    },
    async invite(serverUrl, token, body) {
      const answer = await read(call(serverUrl, apiPaths.invitations, { method: 'POST', token, body }), isInvitation)
      return answer.ok ? ok(answer.value.link) : answer
    },
    createSpace: (serverUrl, token, body) =>
      read(call(serverUrl, apiPaths.spaces, { method: 'POST', token, body }), isSpace),
  }
  return client
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

async function read<T>(
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

function readHealth(value: unknown): Result<{ readonly hasOrganisation: boolean }, AccountError> {
  if (field(value, 'name') !== 'plein') return fail('not-a-plein-server')
  const protocol = field(value, 'protocol')
  const oldest = field(value, 'oldestProtocol')
  if (typeof protocol !== 'number' || typeof oldest !== 'number') return fail('not-a-plein-server')
  if (protocol < oldestProtocol) return fail('server-too-old')
  if (oldest > protocolVersion) return fail('app-too-old')
  return ok({ hasOrganisation: field(value, 'hasOrganisation') === true })
}

function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined
}

function isPreview(value: unknown): value is InvitationPreviewAnswer {
  return typeof field(value, 'organisation') === 'string' && typeof field(value, 'invitedBy') === 'string'
}

function isSignedIn(value: unknown): value is SignedIn {
  const person = field(value, 'person')
  const organisation = field(value, 'organisation')
  return typeof field(value, 'token') === 'string' && isId(field(person, 'id')) && isId(field(organisation, 'id'))
}

function isInvitation(value: unknown): value is InvitationAnswer {
  return typeof field(value, 'link') === 'string'
}

function isSpace(value: unknown): value is SpaceAnswer {
  return isId(field(value, 'id')) && typeof field(value, 'name') === 'string'
}
