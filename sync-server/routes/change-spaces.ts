import { Type } from '@fastify/type-provider-typebox'
import type { FastifyRequest } from 'fastify'
import { mintId, type PageId, type SpaceId } from '../../model/ids.ts'
import { defaultJoining, joinings } from '../../model/kinds.ts'
import { maxSpaceDescriptionLength } from '../../model/parse-ask.ts'
import { may } from '../../model/permission.ts'
import type { ProblemReason } from '../../model/api.ts'
import type { Ask, RequestRefusal } from '../../model/request.ts'
import type { App } from '../http.ts'
import { oneLine } from '../people.ts'
import { Refused } from '../problem.ts'
import type { Services } from '../services.ts'
import type { SpaceRecord } from '../store/store.ts'
import { askerOf, pageOf, spaceOf, spaceThing } from './access.ts'
import { answers, bearer, exactly, id, joinableSpace, name, none, oneOf, orNull, space } from './schemas.ts'
import { spaceAnswerOf } from './spaces.ts'

const spaceParams = Type.Object({ spaceId: Type.String() })
const described = {
  description: Type.Optional(Type.String({ maxLength: maxSpaceDescriptionLength })),
  icon: Type.Optional(orNull(Type.String({ maxLength: 64 }))),
  joining: Type.Optional(oneOf(joinings)),
}

/** What the app does by requests, at once and for whoever waits for the answer: `may()` and the same decisions. */
export function changeSpaceRoutes(app: App, services: Services): void {
  createRoute(app, services)
  changeRoute(app, services)
  joinRoutes(app, services)
  leaveRoute(app, services)
  movePageRoute(app, services)
}

async function mustAct(request: FastifyRequest, services: Services, ask: Ask): Promise<void> {
  const { person } = askerOf(request).session
  const outcome = await services.syncServer.act({ personId: person.id, role: person.role }, ask)
  if (!outcome.ok) throw new Refused(problemOfRefusal(outcome.error))
}

function problemOfRefusal(refusal: RequestRefusal): ProblemReason {
  switch (refusal) {
    case 'forbidden':
    case 'unknown-space':
    case 'unknown-page':
    case 'unknown-person':
    case 'last-owner':
    case 'already-member':
    case 'not-a-member':
    case 'too-many-pages':
    case 'bad-input':
      return refusal
    case 'closed':
    case 'declined':
      return 'forbidden'
    case 'damaged':
    case 'server-trouble':
      return 'server-trouble'
    default:
      return 'bad-input'
  }
}

function createRoute(app: App, services: Services): void {
  app.post(
    '/api/spaces',
    {
      config: { access: { organisation: 'create-space' } },
      schema: {
        summary: 'Creates a space that one owns; with a parent, a closed section in its tree',
        tags: ['spaces'],
        security: bearer,
        body: exactly({
          name,
          kind: oneOf(['team', 'community', 'project']),
          parent: Type.Optional(id<SpaceId>()),
          ...described,
        }),
        response: answers(201, space),
      },
    },
    async (request, reply) => {
      const { kind, description = '', icon = null, parent = null } = request.body
      const spaceName = oneLine(request.body.name)
      if (spaceName === '') throw new Refused('bad-input')
      const joining = request.body.joining ?? (parent === null ? defaultJoining(kind) : 'closed')
      const spaceId = mintId<SpaceId>(services.random)
      const made = { spaceId, kind, name: spaceName, description, icon, joining, parent }
      await mustAct(request, services, { type: 'create-space', ...made })
      void reply.code(201)
      return spaceAnswerOf(mustGetSpace(services, spaceId), 'owner')
    },
  )
}

function changeRoute(app: App, services: Services): void {
  app.patch(
    '/api/spaces/:spaceId',
    {
      config: { access: { space: 'read' } },
      schema: {
        summary: 'Renames, describes, archives or opens a space; what is not given stays',
        tags: ['spaces'],
        security: bearer,
        params: spaceParams,
        body: exactly({ name: Type.Optional(name), archived: Type.Optional(Type.Boolean()), ...described }),
        response: answers(200, space),
      },
    },
    async (request) => {
      const { record, thing } = spaceOf(request)
      const { spaceId } = record
      const { name: given, ...change } = request.body
      const spaceName = given === undefined ? undefined : oneLine(given)
      if (spaceName === '') throw new Refused('bad-input')
      const named = spaceName === undefined ? change : { name: spaceName, ...change }
      await mustAct(request, services, { type: 'change-space', spaceId, change: named })
      return spaceAnswerOf(mustGetSpace(services, spaceId), thing.role ?? 'reader')
    },
  )
}

function joinRoutes(app: App, services: Services): void {
  app.get(
    '/api/joinable-spaces',
    {
      config: { access: { signedIn: true } },
      schema: {
        summary: 'Open spaces that one is not in',
        tags: ['spaces'],
        security: bearer,
        response: answers(200, Type.Object({ spaces: Type.Array(joinableSpace) })),
      },
    },
    async (request) => {
      const { actor, session } = askerOf(request)
      const memberships = await services.syncServer.membershipsOf(session.person.id)
      const roleIn = (spaceId: SpaceId) => memberships.find((each) => each.spaceId === spaceId)?.role ?? null
      const open = services.syncServer.spaces().filter((record) => {
        const isInSight = record.parent === null || roleIn(record.parent) !== null
        return isInSight && may(actor, 'join', spaceThing(record, roleIn(record.spaceId)))
      })
      return {
        spaces: open.map(({ spaceId, name: called, kind, description, icon, memberCount }) => {
          return { id: spaceId, name: called, kind, description, icon, memberCount }
        }),
      }
    },
  )

  app.post(
    '/api/spaces/:spaceId/join',
    {
      config: { access: { signedIn: true } },
      schema: {
        summary: 'Joins an open space; whoever wants into another asks its owners in the app',
        tags: ['spaces'],
        security: bearer,
        params: spaceParams,
        response: answers(204, none),
      },
    },
    async (request, reply) => {
      const found = services.syncServer.spaces().find(({ spaceId }) => spaceId === request.params.spaceId)
      if (found === undefined) throw new Refused('unknown-space')
      await mustAct(request, services, { type: 'join-space', spaceId: found.spaceId })
      await reply.code(204).send(null)
    },
  )
}

function leaveRoute(app: App, services: Services): void {
  app.post(
    '/api/spaces/:spaceId/leave',
    {
      config: { access: { space: 'leave' } },
      schema: {
        summary: 'Leaves a space; its last owner cannot',
        tags: ['spaces'],
        security: bearer,
        params: spaceParams,
        response: answers(204, none),
      },
    },
    async (request, reply) => {
      await mustAct(request, services, { type: 'leave-space', spaceId: spaceOf(request).record.spaceId })
      await reply.code(204).send(null)
    },
  )
}

function movePageRoute(app: App, services: Services): void {
  app.post(
    '/api/pages/:pageId/move',
    {
      config: { access: { document: 'read' } },
      schema: {
        summary: 'Moves a page to another space, with everything under it and what people said about it',
        tags: ['pages'],
        security: bearer,
        params: Type.Object({ pageId: Type.String() }),
        body: exactly({ spaceId: id<SpaceId>(), parent: Type.Optional(id<PageId>()) }),
        response: answers(204, none),
      },
    },
    async (request, reply) => {
      const { spaceId: to, parent = null } = request.body
      await mustAct(request, services, { type: 'move-page', pageId: pageOf(request).documentId, to, parent })
      await reply.code(204).send(null)
    },
  )
}

function mustGetSpace({ syncServer }: Services, spaceId: SpaceId): SpaceRecord {
  const record = syncServer.spaces().find((each) => each.spaceId === spaceId)
  if (record === undefined) throw new Refused('unknown-space')
  return record
}
