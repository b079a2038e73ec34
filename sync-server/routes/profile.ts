import { Type } from '@fastify/type-provider-typebox'
import { createHash } from 'node:crypto'
import { apiLimits } from '../../model/api.ts'
import { parseFileHash, parseId, type PersonId } from '../../model/ids.ts'
import type { App } from '../http.ts'
import { mediaTypeOf } from '../media-type.ts'
import { orRefuse, Refused } from '../problem.ts'
import type { Services } from '../services.ts'
import type { PersonRecord } from '../store/directory.ts'
import { askerOf } from './access.ts'
import { answers, bearer, exactly, none } from './schemas.ts'

/** Bitmaps that every browser draws and none runs. */
const faceTypes: readonly string[] = ['image/png', 'image/jpeg', 'image/webp']

/** What people say of themselves: name, face, password. */
export function profileRoutes(app: App, services: Services): void {
  nameRoute(app, services)
  passwordRoute(app, services)
  faceRoutes(app, services)
  void app.register(async (part: App) => {
    // A small picture is taken in whole, whatever type it claims to be.
    part.removeAllContentTypeParsers()
    part.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => {
      done(null, body)
    })
    putFaceRoute(part, services)
  })
}

function nameRoute(app: App, services: Services): void {
  app.patch(
    '/api/people/me',
    {
      config: { access: { signedIn: true } },
      schema: {
        summary: 'One’s own name',
        tags: ['people'],
        security: bearer,
        body: exactly({ name: Type.String({ minLength: 1, maxLength: 120 }) }),
        response: answers(204, none),
      },
    },
    async (request, reply) => {
      orRefuse(await services.people.rename(askerOf(request).session.person.id, request.body.name))
      await reply.code(204).send(null)
    },
  )
}

function passwordRoute(app: App, services: Services): void {
  app.post(
    '/api/people/me/password',
    {
      config: { access: { signedIn: true } },
      bodyLimit: 16 * 1024,
      schema: {
        summary: 'Another password; one’s other devices are signed out',
        tags: ['people'],
        security: bearer,
        body: exactly({ current: Type.String({ maxLength: 1000 }), next: Type.String({ maxLength: 1000 }) }),
        response: answers(204, none),
      },
    },
    async (request, reply) => {
      const { person, session } = askerOf(request).session
      const { current, next } = request.body
      // A token that was stolen is not enough, and guessing is as slow as at the door.
      const known = await services.signIn.check({ email: person.email, password: current, address: request.ip })
      if (!known.ok) {
        const { reason, retryAfterMs } = known.error
        throw new Refused(reason, retryAfterMs === undefined ? {} : { retryAfterMs })
      }
      orRefuse(await services.people.setPassword(person.id, next, session.id))
      await reply.code(204).send(null)
    },
  )
}

function putFaceRoute(app: App, services: Services): void {
  app.put(
    '/api/people/me/face',
    {
      config: { access: { signedIn: true } },
      bodyLimit: apiLimits.faceBytes,
      schema: {
        summary: 'One’s own face: a PNG, JPEG or WebP of at most 256 KB',
        tags: ['people'],
        security: bearer,
        consumes: ['application/octet-stream'],
        response: answers(200, Type.Object({ face: Type.String() })),
      },
    },
    async (request) => {
      const bytes = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0)
      if (!faceTypes.includes(await mediaTypeOf(bytes, true))) throw new Refused('unsupported-media-type')
      const hash = parseFileHash(createHash('sha256').update(bytes).digest('hex'))
      if (hash === undefined) throw new Refused('bad-input')
      const { id, personalSpaceId } = askerOf(request).session.person
      const place = { spaceId: personalSpaceId, hash, name: '', personId: id }
      orRefuse(await services.files.put(place, toAsync(bytes)))
      services.files.takeOffList(personalSpaceId, hash)
      orRefuse(await services.people.setFace(id, hash))
      return { face: hash }
    },
  )
}

async function* toAsync(bytes: Buffer): AsyncIterable<Uint8Array> {
  yield bytes
}

function faceRoutes(app: App, services: Services): void {
  app.delete(
    '/api/people/me/face',
    {
      config: { access: { signedIn: true } },
      schema: {
        summary: 'A drawn portrait again',
        tags: ['people'],
        security: bearer,
        response: answers(204, none),
      },
    },
    async (request, reply) => {
      orRefuse(await services.people.setFace(askerOf(request).session.person.id, null))
      await reply.code(204).send(null)
    },
  )

  app.get(
    '/api/people/:personId/face',
    {
      config: { access: { signedIn: true } },
      schema: {
        summary: 'The face of somebody whom one may see',
        description: '`unknown-person` where there is none, none that one may see, or only a drawn one.',
        tags: ['people'],
        security: bearer,
        params: Type.Object({ personId: Type.String() }),
        produces: ['application/octet-stream'],
        response: answers(200, Type.Unknown({ description: 'The bytes of a PNG, JPEG or WebP.' })),
      },
    },
    async (request, reply) => {
      const personId = parseId<PersonId>(request.params.personId)
      const person = personId === undefined ? undefined : await services.directory.getPerson(personId)
      const { person: asker } = askerOf(request).session
      if (person === undefined || !(await maySee(asker, person, services))) throw new Refused('unknown-person')
      const file = person.face === null ? undefined : await services.files.get(person.personalSpaceId, person.face)
      if (file === undefined) throw new Refused('unknown-person')
      // The address stays while the picture changes: the hash tells whether what one has is still the face.
      return reply
        .header('etag', `"${file.id}"`)
        .header('cache-control', 'private, no-cache')
        .header('content-type', file.mediaType)
        .header('content-security-policy', "sandbox; default-src 'none'")
        .header('x-content-type-options', 'nosniff')
        .send(file.stream())
    },
  )
}

/** PP2: colleagues see one another everywhere, guests where they share a space. */
async function maySee(asker: PersonRecord, person: PersonRecord, { syncServer }: Services): Promise<boolean> {
  if (asker.id === person.id || (asker.role !== 'guest' && person.role !== 'guest')) return true
  const own = new Set((await syncServer.membershipsOf(asker.id)).map(({ spaceId }) => spaceId))
  return (await syncServer.membershipsOf(person.id)).some(({ spaceId }) => own.has(spaceId))
}
