import { Type } from '@fastify/type-provider-typebox'
import type { SpaceAnswer } from '../../model/api.ts'
import { parseId, type PersonId } from '../../model/ids.ts'
import { may, spaceRoles, type SpaceRole } from '../../model/permission.ts'
import type { App } from '../http.ts'
import { orRefuse, Refused } from '../problem.ts'
import type { Services } from '../services.ts'
import type { SpaceRecord } from '../store/store.ts'
import { askerOf, spaceOf, spaceThing } from './access.ts'
import { answers, bearer, exactly, member, none, oneOf, space } from './schemas.ts'

const spaceParams = Type.Object({ spaceId: Type.String() })
const memberParams = Type.Object({ spaceId: Type.String(), personId: Type.String() })

/** Spaces and their members. */
export function spaceRoutes(app: App, services: Services): void {
  listRoute(app, services)
  memberRoutes(app, services)
  changeMemberRoutes(app, services)
}

function listRoute(app: App, services: Services): void {
  app.get(
    '/api/spaces',
    {
      config: { access: { signedIn: true } },
      schema: {
        summary: 'The spaces that one belongs to',
        tags: ['spaces'],
        security: bearer,
        response: answers(200, Type.Object({ spaces: Type.Array(space) })),
      },
    },
    async (request) => {
      const { actor, session } = askerOf(request)
      const memberships = await services.syncServer.membershipsOf(session.person.id)
      const roles = new Map(memberships.map(({ spaceId, role }) => [spaceId, role]))
      const spaces = services.syncServer.spaces().flatMap((record): SpaceAnswer[] => {
        const role = roles.get(record.spaceId)
        if (role === undefined || !may(actor, 'read', spaceThing(record, role))) return []
        return [spaceAnswerOf(record, role)]
      })
      return { spaces }
    },
  )
}

/** A space as one of its members sees it. */
export function spaceAnswerOf(record: SpaceRecord, role: SpaceRole): SpaceAnswer {
  const { spaceId, name, kind, archived, description, icon, parent, joining } = record
  return { id: spaceId, name, kind, role, archived, description, icon, parent, joining }
}

function memberRoutes(app: App, services: Services): void {
  app.get(
    '/api/spaces/:spaceId/members',
    {
      config: { access: { space: 'read' } },
      schema: {
        summary: 'The cards of a space’s members',
        tags: ['spaces'],
        security: bearer,
        params: spaceParams,
        response: answers(200, Type.Object({ members: Type.Array(member) })),
      },
    },
    async (request) => ({ members: [...(await services.members.list(spaceOf(request).record.spaceId))] }),
  )
}

function changeMemberRoutes(app: App, services: Services): void {
  app.put(
    '/api/spaces/:spaceId/members/:personId',
    {
      config: { access: { space: 'manage-members' } },
      schema: {
        summary: 'Gives somebody a role in the space; the first one makes them a member',
        tags: ['spaces'],
        security: bearer,
        params: memberParams,
        body: exactly({ role: oneOf(spaceRoles) }),
        response: answers(204, none),
      },
    },
    async (request, reply) => {
      const { record } = spaceOf(request)
      const actorId = askerOf(request).session.person.id
      orRefuse(
        await services.members.set(record.spaceId, personOf(request.params.personId), request.body.role, actorId),
      )
      await reply.code(204).send(null)
    },
  )

  app.delete(
    '/api/spaces/:spaceId/members/:personId',
    {
      config: { access: { space: 'manage-members' } },
      schema: {
        summary: 'Ends a membership; open sockets lose the space within a second',
        tags: ['spaces'],
        security: bearer,
        params: memberParams,
        response: answers(204, none),
      },
    },
    async (request, reply) => {
      const { record } = spaceOf(request)
      orRefuse(
        await services.members.remove(
          record.spaceId,
          personOf(request.params.personId),
          askerOf(request).session.person.id,
        ),
      )
      await reply.code(204).send(null)
    },
  )
}

function personOf(text: string): PersonId {
  const personId = parseId<PersonId>(text)
  if (personId === undefined) throw new Refused('unknown-person')
  return personId
}
