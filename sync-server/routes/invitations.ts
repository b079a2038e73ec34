import { Type } from '@fastify/type-provider-typebox'
import type { FastifyRequest } from 'fastify'
import type { SpaceId } from '../../model/ids.ts'
import { may, spaceRoles } from '../../model/permission.ts'
import type { App } from '../http.ts'
import { defaultSpaceNames } from '../organisation.ts'
import { orRefuse, Refused } from '../problem.ts'
import { serverUrlOf, type Services } from '../services.ts'
import { addressKey, AttemptLimiter } from '../sign-in/attempt-limiter.ts'
import { startSession } from './accounts.ts'
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
  oneOf,
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
  })

  app.post(
    '/api/invitations',
    {
      config: { access: { organisation: 'invite' } },
      schema: {
        summary: 'Invites one person, to a space as well where one is named',
        description:
          'A guest sees nothing but the spaces that they were invited to. The code is shown once and lets one person in within 7 days.',
        tags: ['invitations'],
        security: bearer,
        body,
        response: answers(201, invitation),
      },
    },
    async (request, reply) => {
      const { role, spaceId, spaceRole } = request.body
      const invitedBy = askerOf(request).session.person.id
      if (spaceId !== undefined) await mustManageMembers(request, spaceId, services)
      const space =
        spaceId === undefined
          ? null
          : { spaceId, role: spaceRole ?? (role === 'guest' ? ('commenter' as const) : ('editor' as const)) }
      void reply.code(201)
      return services.invitations.create({ role, space, invitedBy }, serverUrlOf(services))
    },
  )
}

/** Codes are read aloud and copied from mails: case and spaces around do not matter. */
function codeOf(text: string): string {
  return text.trim().toLowerCase()
}

async function mustManageMembers(request: FastifyRequest, spaceId: SpaceId, services: Services): Promise<void> {
  const { actor, session } = askerOf(request)
  const record = services.syncServer.spaces().find((space) => space.spaceId === spaceId)
  if (record === undefined) throw new Refused('unknown-space')
  const memberships = await services.syncServer.membershipsOf(session.person.id)
  const role = memberships.find((each) => each.spaceId === spaceId)?.role ?? null
  if (!may(actor, 'manage-members', spaceThing(record, role))) throw new Refused('forbidden')
}
