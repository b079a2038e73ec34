import { apiPaths, type InvitationAnswer, type OpenInvitationAnswer } from '../../model/api.ts'
import { isId } from '../../model/ids.ts'
import { ok, type Result } from '../../model/result.ts'
import { field, makeCall, read } from './api-call.ts'
import type { AccountError } from './plein.ts'
import type { InvitationMade, NewInvitation, OpenInvitation } from './space-admin.ts'

/** The HTTP requests of invitations. */
export interface InvitationClient {
  invite(serverUrl: string, token: string, invitation: NewInvitation): Promise<Result<InvitationMade, AccountError>>
  /** What one may revoke: all of them for an administrator, one's own for an owner. */
  list(serverUrl: string, token: string): Promise<Result<readonly OpenInvitation[], AccountError>>
  revoke(serverUrl: string, token: string, id: string): Promise<Result<void, AccountError>>
  /** False where the server cannot be reached. */
  canMail(serverUrl: string): Promise<boolean>
}

export function makeInvitationClient(fetchFrom: typeof fetch): InvitationClient {
  const call = makeCall(fetchFrom)
  return {
    async invite(serverUrl, token, { role, space, email }) {
      const body = {
        role,
        ...(space === null ? {} : { spaceId: space.id, spaceRole: space.role }),
        ...(email === null ? {} : { email }),
      }
      const answer = await read(
        call(serverUrl, apiPaths.invitations, { method: 'POST', token, body }),
        (value): value is InvitationAnswer => typeof field(value, 'link') === 'string',
      )
      return answer.ok ? ok({ link: answer.value.link, isMailed: answer.value.isMailed }) : answer
    },
    async list(serverUrl, token) {
      const answer = await read(call(serverUrl, apiPaths.openInvitations, { token }), areInvitations)
      return answer.ok ? ok(answer.value.invitations.map(invitationOf)) : answer
    },
    async revoke(serverUrl, token, id) {
      const answer = await call(serverUrl, apiPaths.openInvitation(id), { method: 'DELETE', token })
      return answer.ok ? ok(undefined) : answer
    },
    async canMail(serverUrl) {
      const answer = await call(serverUrl, apiPaths.health)
      return answer.ok && field(answer.value, 'canMail') === true
    },
  }
}

function areInvitations(value: unknown): value is { readonly invitations: readonly OpenInvitationAnswer[] } {
  const invitations = field(value, 'invitations')
  return Array.isArray(invitations) && invitations.every((each) => isId(field(each, 'invitedBy')))
}

function invitationOf({ spaceId, spaceRole, ...invitation }: OpenInvitationAnswer): OpenInvitation {
  const space = spaceId === null || spaceRole === null ? null : { id: spaceId, role: spaceRole }
  return { ...invitation, space }
}
