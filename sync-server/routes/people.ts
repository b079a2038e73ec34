import { Type } from '@fastify/type-provider-typebox'
import { parseId, type PersonId } from '../../model/ids.ts'
import { organisationRoles } from '../../model/permission.ts'
import type { App } from '../http.ts'
import { orRefuse, Refused } from '../problem.ts'
import type { Services } from '../services.ts'
import { askerOf } from './access.ts'
import { answers, bearer, exactly, id, none, oneOf } from './schemas.ts'

const listed = Type.Object({ id: id(), name: Type.String(), role: oneOf(organisationRoles), suspended: Type.Boolean() })

/** The people of the organisation. */
export function peopleRoutes(app: App, services: Services): void {
  app.get(
    '/api/people',
    {
      config: { access: { organisation: 'read-members' } },
      schema: {
        summary: 'Everybody in the organisation',
        tags: ['people'],
        security: bearer,
        response: answers(200, Type.Object({ people: Type.Array(listed) })),
      },
    },
    async () => {
      const people = await services.directory.listPeople()
      return {
        people: people.map(({ id: personId, name, role, suspended }) => ({ id: personId, name, role, suspended })),
      }
    },
  )

  app.patch(
    '/api/people/:personId',
    {
      config: { access: { organisation: 'administer' } },
      schema: {
        summary: 'Gives another role, suspends or restores',
        description: 'Suspending closes all sockets of the person within a second and signs their devices out.',
        tags: ['people'],
        security: bearer,
        params: Type.Object({ personId: Type.String() }),
        body: exactly({
          role: Type.Optional(oneOf(['administrator', 'community-manager', 'member'])),
          suspended: Type.Optional(Type.Boolean()),
        }),
        response: answers(204, none),
      },
    },
    async (request, reply) => {
      const personId = parseId<PersonId>(request.params.personId)
      if (personId === undefined) throw new Refused('unknown-person')
      const { role, suspended } = request.body
      const actorId = askerOf(request).session.person.id
      if (suspended !== undefined) orRefuse(await services.people.setSuspended(personId, suspended, actorId))
      if (role !== undefined) {
        orRefuse(await services.people.changeRole(personId, role, actorId))
        const person = await services.directory.getPerson(personId)
        if (person !== undefined) await services.members.place(person)
      }
      await reply.code(204).send(null)
    },
  )
}
