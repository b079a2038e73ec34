import { Type } from '@fastify/type-provider-typebox'
import type { FastifyRequest } from 'fastify'
import { apiLimits, type SessionAnswer, type SignedIn } from '../../model/api.ts'
import { parseId, type DeviceId, type DocumentId } from '../../model/ids.ts'
import { may } from '../../model/permission.ts'
import { isLoopbackHost } from '../config.ts'
import type { App } from '../http.ts'
import { createOrganisation, defaultSpaceNames } from '../organisation.ts'
import { orRefuse, Refused } from '../problem.ts'
import type { Services } from '../services.ts'
import { addressKey, AttemptLimiter } from '../sign-in/attempt-limiter.ts'
import { digestOf, isSameSecret, mintToken } from '../sign-in/secrets.ts'
import type { PersonRecord } from '../store/directory.ts'
import { documentTicketMs, ticketMs } from '../tickets.ts'
import { askerOf, documentThing, spaceThing } from './access.ts'
import { isLocal } from './origins.ts'
import {
  answers,
  bearer,
  deviceName,
  email,
  exactly,
  id,
  name,
  none,
  password,
  session,
  signedIn,
  ticket,
} from './schemas.ts'

/** Creating the organisation, signing in and out, devices, and tickets for sockets. */
export function accountRoutes(app: App, services: Services): void {
  organisationRoute(app, services)
  signInRoute(app, services)
  sessionRoutes(app, services)
  signOutRoutes(app, services)
  ticketRoute(app, services)
}

/** Signs the device in and says who one is now. */
export async function startSession(
  person: PersonRecord,
  device: string | undefined,
  services: Services,
): Promise<SignedIn> {
  const organisation = await services.directory.getOrganisation()
  if (organisation === undefined) throw new Refused('no-organisation')
  // A crash may have left somebody without their spaces: signing in is when they would notice.
  await services.members.settle()
  const token = await services.sessions.start(person, device?.trim() ?? '')
  const { id: personId, name: personName, email: address, role } = person
  return {
    token,
    person: { id: personId, name: personName, email: address, role },
    organisation: { id: organisation.id, name: organisation.name },
  }
}

function organisationRoute(app: App, services: Services): void {
  const minute = 60_000
  const attempts = new AttemptLimiter(
    { free: 5, firstDelayMs: 1000, maxDelayMs: 5 * minute, forgetAfterMs: 15 * minute },
    () => services.clock.nowMs(),
  )
  const body = exactly({
    name,
    personName: name,
    email,
    password,
    deviceName: Type.Optional(deviceName),
    teamSpaceName: Type.Optional(name),
    personalSpaceName: Type.Optional(name),
    setupCode: Type.Optional(Type.String({ maxLength: 100 })),
  })

  app.post(
    '/api/organisation',
    {
      config: { access: { open: 'create-organisation' } },
      schema: {
        summary: 'Creates the organisation, while there is none, and its first administrator',
        tags: ['accounts'],
        body,
        response: answers(201, signedIn),
      },
    },
    async (request, reply) => {
      const { setupCode, deviceName: device, ...given } = request.body
      if ((await services.directory.getOrganisation()) !== undefined) throw new Refused('organisation-exists')
      if (!needsNoCode(request, services)) checkSetupCode(request, setupCode, attempts, services)
      const person = orRefuse(await createOrganisation({ ...defaultSpaceNames, ...given }, services))
      void reply.code(201)
      return startSession(person, device, services)
    },
  )
}

/** Behind a proxy everybody seems to be on this computer, so there the code is always needed. */
function needsNoCode(request: FastifyRequest, { config }: Services): boolean {
  return config.publicUrl === null && isLoopbackHost(config.host) && isLocal(request)
}

function checkSetupCode(
  request: FastifyRequest,
  given: string | undefined,
  attempts: AttemptLimiter,
  services: Services,
): void {
  if (given === undefined) throw new Refused('setup-code-needed')
  const retryAfterMs = attempts.take(addressKey(request.ip))
  if (retryAfterMs > 0) throw new Refused('rate-limited', { retryAfterMs })
  if (!isSameSecret(given.trim().toLowerCase(), services.setupCode)) throw new Refused('setup-code-needed')
  attempts.refund(addressKey(request.ip))
}

function signInRoute(app: App, services: Services): void {
  app.post(
    '/api/sessions',
    {
      config: { access: { open: 'sign-in' } },
      bodyLimit: 16 * 1024,
      schema: {
        summary: 'Signs a device in',
        tags: ['accounts'],
        body: exactly({ email, password, deviceName: Type.Optional(deviceName) }),
        response: answers(201, signedIn),
      },
    },
    async (request, reply) => {
      const result = await services.signIn.check({ ...request.body, address: request.ip })
      if (!result.ok) {
        const { reason, retryAfterMs } = result.error
        throw new Refused(reason, retryAfterMs === undefined ? {} : { retryAfterMs })
      }
      void reply.code(201)
      return startSession(result.value, request.body.deviceName, services)
    },
  )
}

function sessionRoutes(app: App, services: Services): void {
  app.get(
    '/api/sessions',
    {
      config: { access: { signedIn: true } },
      schema: {
        summary: 'One’s own devices',
        tags: ['accounts'],
        security: bearer,
        response: answers(200, Type.Object({ sessions: Type.Array(session) })),
      },
    },
    async (request) => {
      const { session: current } = askerOf(request).session
      const own = await services.directory.listSessions(current.personId)
      const sessions = own.map(({ id: sessionId, deviceName: device, createdAtMs, lastUsedAtMs }): SessionAnswer => ({
        id: sessionId,
        deviceName: device,
        createdAtMs,
        lastUsedAtMs,
        isCurrent: sessionId === current.id,
      }))
      return { sessions }
    },
  )
}

function signOutRoutes(app: App, services: Services): void {
  app.delete(
    '/api/sessions/current',
    {
      config: { access: { signedIn: true } },
      schema: {
        summary: 'Signs this device out; its sockets close',
        tags: ['accounts'],
        security: bearer,
        response: answers(204, none),
      },
    },
    async (request, reply) => {
      const { session: current } = askerOf(request).session
      await services.sessions.end(current.id, current.personId, 'signed-out')
      await reply.code(204).send(null)
    },
  )

  app.delete(
    '/api/sessions/:sessionId',
    {
      config: { access: { signedIn: true } },
      schema: {
        summary: 'Signs another of one’s own devices out',
        tags: ['accounts'],
        security: bearer,
        params: Type.Object({ sessionId: Type.String() }),
        response: answers(204, none),
      },
    },
    async (request, reply) => {
      const sessionId = parseId<DeviceId>(request.params.sessionId)
      const { person } = askerOf(request).session
      const ended = sessionId !== undefined && (await services.sessions.end(sessionId, person.id, 'session-ended'))
      if (!ended) throw new Refused('not-found')
      await reply.code(204).send(null)
    },
  )
}

function ticketRoute(app: App, services: Services): void {
  const body = Type.Union([
    exactly({}),
    exactly({ documentId: id<DocumentId>(), reusable: Type.Literal(true) }),
    Type.Null({ description: 'No body at all is the same as {}.' }),
  ])

  app.post(
    '/api/tickets',
    {
      config: { access: { signedIn: true } },
      bodyLimit: apiLimits.jsonBytes,
      schema: {
        summary:
          'A ticket that opens one socket once; with `documentId`, one that opens this document’s `/ws/<documentId>` for 12 hours',
        tags: ['accounts'],
        security: bearer,
        body,
        response: answers(201, ticket),
      },
    },
    async (request, reply) => {
      void reply.code(201)
      // Without a body there is none to validate, and then it is undefined.
      const given = request.body as typeof request.body | undefined
      const documentId = given && 'documentId' in given ? given.documentId : undefined
      const { id: sessionId } = askerOf(request).session.session
      if (documentId === undefined) return { ticket: services.tickets.issue(sessionId), expiresInMs: ticketMs }
      await mustMayRead(request, documentId, services)
      const minted = mintToken()
      const nowMs = services.clock.nowMs()
      await services.directory.addDocumentTicket(
        { ticketHash: digestOf(minted), sessionId, documentId, expiresAtMs: nowMs + documentTicketMs },
        nowMs,
      )
      return { ticket: minted, expiresInMs: documentTicketMs }
    },
  )
}

async function mustMayRead(request: FastifyRequest, documentId: DocumentId, services: Services): Promise<void> {
  const { actor, session: open } = askerOf(request)
  const document = await services.syncServer.document(documentId)
  const space = services.syncServer.spaces().find(({ spaceId }) => spaceId === document?.spaceId)
  if (document === undefined || space === undefined) throw new Refused('unknown-page')
  const memberships = await services.syncServer.membershipsOf(open.person.id)
  const role = memberships.find(({ spaceId }) => spaceId === document.spaceId)?.role ?? null
  if (!may(actor, 'read', documentThing(document, spaceThing(space, role)))) throw new Refused('forbidden')
}
