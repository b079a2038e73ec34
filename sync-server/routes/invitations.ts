import { Type } from '@fastify/type-provider-typebox'
import type { FastifyRequest } from 'fastify'
import type { SpaceId } from '../../model/ids.ts'
import type { OpenInvitationAnswer } from '../../model/api.ts'
import { may, spaceRoles, type SpaceThing } from '../../model/permission.ts'
import type { App } from '../http.ts'
import { defaultSpaceNames } from '../organisation.ts'
import { isEmail } from '../people.ts'
import { orRefuse, Refused } from '../problem.ts'
import { serverUrlOf, type Services } from '../services.ts'
import { addressKey, AttemptLimiter } from '../sign-in/attempt-limiter.ts'
import { startSession } from './accounts.ts'
import type { InvitationRecord } from '../store/directory.ts'
import type { Membership } from '../store/store.ts'
import { askerOf, spaceThing } from './access.ts'
import {
  answers,
  bearer,
  deviceName,
  email,
  exactly,
  id,
  invitation,
  invitationPreview,
  name,
  none,
  oneOf,
  openInvitation,
  password,
  signedIn,
} from './schemas.ts'

const minuteMs = 60_000
const codeParams = Type.Object({ code: Type.String({ maxLength: 100 }) })

/** Inviting, and joining by an invitation. */
export function invitationRoutes(app: App, services: Services): void {
  // A code has 128 bits: nobody guesses one. The limit keeps a stranger from making the server look things up all day.
  const attempts = new AttemptLimiter(
    { free: 60, firstDelayMs: 1000, maxDelayMs: 5 * minuteMs, forgetAfterMs: 10 * minuteMs },
    () => services.clock.nowMs(),
  )
  const limit = (request: FastifyRequest): string => {
    const key = addressKey(request.ip)
    const retryAfterMs = attempts.take(key)
    if (retryAfterMs > 0) throw new Refused('rate-limited', { retryAfterMs })
    return key
  }

  inviteRoute(app, services)
  openInvitationRoutes(app, services)
  joinRoutes(app, services, { attempts, limit })
}

interface Limits {
  readonly attempts: AttemptLimiter
  /** The key of whoever asks, which a success gives back; refuses where there were too many attempts. */
  readonly limit: (request: FastifyRequest) => string
}

function joinRoutes(app: App, services: Services, { attempts, limit }: Limits): void {
  app.get(
    '/api/invitations/:code',
    {
      config: { access: { open: 'invitation-preview' } },
      schema: {
        summary: 'Names only, for whoever holds the code',
        tags: ['invitations'],
        params: codeParams,
        response: answers(200, invitationPreview),
      },
    },
    async (request) => {
      const key = limit(request)
      const preview = orRefuse(await services.invitations.preview(codeOf(request.params.code)))
      attempts.refund(key)
      return preview
    },
  )

  app.post(
    '/api/invitations/:code/accept',
    {
      config: { access: { open: 'join' } },
      bodyLimit: 16 * 1024,
      schema: {
        summary: 'Joins the organisation and signs the device in',
        tags: ['invitations'],
        params: codeParams,
        body: exactly({
          name,
          email,
          password,
          deviceName: Type.Optional(deviceName),
          personalSpaceName: Type.Optional(name),
        }),
        response: answers(201, signedIn),
      },
    },
    async (request, reply) => {
      const key = limit(request)
      const { deviceName: device, ...given } = request.body
      const newcomer = { personalSpaceName: defaultSpaceNames.personalSpaceName, ...given }
      const person = orRefuse(await services.invitations.accept(codeOf(request.params.code), newcomer))
      attempts.refund(key)
      await services.members.settle()
      void reply.code(201)
      return startSession(person, device, services)
    },
  )
}

function inviteRoute(app: App, services: Services): void {
  const body = exactly({
    role: oneOf(['member', 'guest']),
    spaceId: Type.Optional(id<SpaceId>()),
    spaceRole: Type.Optional(oneOf(spaceRoles)),
    email: Type.Optional(email),
  })

  app.post(
    '/api/invitations',
    {
      config: { access: { signedIn: true } },
      schema: {
        summary: 'Invites one person, to a space as well where one is named',
        description:
          'Administrators invite anybody; owners invite guests to their own spaces. A guest sees nothing but the spaces that they were invited to. The code is shown once and lets one person in within 7 days.',
        tags: ['invitations'],
        security: bearer,
        body,
        response: answers(201, invitation),
      },
    },
    async (request, reply) => {
      const { role, spaceId, spaceRole } = request.body
      const invitedBy = askerOf(request).session.person.id
      const space =
        spaceId === undefined
          ? null
          : { spaceId, role: spaceRole ?? (role === 'guest' ? ('commenter' as const) : ('editor' as const)) }
      await mustMayInvite(request, { role, space }, services)
      const to = request.body.email?.trim() ?? null
      if (to !== null && !isEmail(to)) throw new Refused('bad-input')
      void reply.code(201)
      const invite = { role, space, invitedBy, email: to }
      return services.invitations.create(invite, serverUrlOf(services))
    },
  )
}

function openInvitationRoutes(app: App, services: Services): void {
  app.get(
    '/api/open-invitations',
    {
      config: { access: { signedIn: true } },
      schema: {
        summary:
          'Invitations that nobody has used yet: all for administrators, else one’s own and those to spaces that one owns',
        tags: ['invitations'],
        security: bearer,
        response: answers(200, Type.Object({ invitations: Type.Array(openInvitation) })),
      },
    },
    async (request) => ({ invitations: (await visibleTo(request, services)).map(answerOf) }),
  )

  app.delete(
    '/api/open-invitations/:invitationId',
    {
      config: { access: { signedIn: true } },
      schema: {
        summary: 'Revokes an invitation: its code lets nobody in from then on',
        tags: ['invitations'],
        security: bearer,
        params: Type.Object({ invitationId: Type.String({ maxLength: 100 }) }),
        response: answers(204, none),
      },
    },
    async (request, reply) => {
      const found = (await visibleTo(request, services)).find((each) => each.id === request.params.invitationId)
      if (found === undefined) throw new Refused('invitation-unknown')
      orRefuse(await services.invitations.revoke(found.id, askerOf(request).session.person.id))
      await reply.code(204).send(null)
    },
  )
}

async function visibleTo(request: FastifyRequest, services: Services): Promise<readonly InvitationRecord[]> {
  const { actor, session } = askerOf(request)
  const open = await services.invitations.open()
  if (may(actor, 'invite', { type: 'organisation' })) return open
  const memberships = await services.syncServer.membershipsOf(session.person.id)
  return open.filter(({ invitedBy, space }) => {
    const thing = space === null ? null : thingOf(space.spaceId, memberships, services)
    return invitedBy === session.person.id || (thing !== null && may(actor, 'invite-guest', thing))
  })
}

function answerOf({ space, usedAtMs: _used, codeHash: _hash, ...invited }: InvitationRecord): OpenInvitationAnswer {
  return { ...invited, spaceId: space?.spaceId ?? null, spaceRole: space?.role ?? null }
}

/** Codes are read aloud and copied from mails: case and spaces around do not matter. */
function codeOf(text: string): string {
  return text.trim().toLowerCase()
}

type InvitedTo = NonNullable<InvitationRecord['space']>

async function mustMayInvite(
  request: FastifyRequest,
  { role, space }: { readonly role: 'member' | 'guest'; readonly space: InvitedTo | null },
  services: Services,
): Promise<void> {
  const { actor, session } = askerOf(request)
  const isAdministrator = may(actor, 'invite', { type: 'organisation' })
  if (space === null) {
    if (!isAdministrator) throw new Refused('forbidden')
    return
  }
  const thing = thingOf(space.spaceId, await services.syncServer.membershipsOf(session.person.id), services)
  if (thing === null) throw new Refused('unknown-space')
  const isOwner = may(actor, 'invite-guest', thing)
  // Nobody makes an owner of a space by inviting but one of its owners, and never of a guest.
  const isTooMuch = space.role === 'owner' && (role === 'guest' || !isOwner)
  const isAllowed = isAdministrator ? isOwner || may(actor, 'invite-into', thing) : role === 'guest' && isOwner
  if (!isAllowed || isTooMuch) throw new Refused('forbidden')
}

function thingOf(spaceId: SpaceId, memberships: readonly Membership[], services: Services): SpaceThing | null {
  const record = services.syncServer.spaces().find((space) => space.spaceId === spaceId)
  if (record === undefined) return null
  return spaceThing(record, memberships.find((each) => each.spaceId === spaceId)?.role ?? null)
}
