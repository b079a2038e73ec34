import {
  apiPaths,
  parseInvitationLink,
  type AcceptInvitationRequest,
  type CreateOrganisationRequest,
  type InvitationAnswer,
  type InvitationPreviewAnswer,
  type InviteRequest,
  type SignedIn,
  type SignInRequest,
  type SpaceAnswer,
} from '../../model/api.ts'
import { isId } from '../../model/ids.ts'
import type { SpaceKind } from '../../model/kinds.ts'
import { oldestProtocol, protocolVersion } from '../../model/protocol/version.ts'
import { fail, ok, type Result } from '../../model/result.ts'
import { field, makeCall, read } from './api-call.ts'
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

export function makeAccountClient(fetchFrom: typeof fetch): AccountClient {
  const call = makeCall(fetchFrom)
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

function readHealth(value: unknown): Result<{ readonly hasOrganisation: boolean }, AccountError> {
  if (field(value, 'name') !== 'plein') return fail('not-a-plein-server')
  const protocol = field(value, 'protocol')
  const oldest = field(value, 'oldestProtocol')
  if (typeof protocol !== 'number' || typeof oldest !== 'number') return fail('not-a-plein-server')
  if (protocol < oldestProtocol) return fail('server-too-old')
  if (oldest > protocolVersion) return fail('app-too-old')
  return ok({ hasOrganisation: field(value, 'hasOrganisation') === true })
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
