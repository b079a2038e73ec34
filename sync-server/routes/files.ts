import { Type } from '@fastify/type-provider-typebox'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { Readable } from 'node:stream'
import { apiLimits } from '../../model/api.ts'
import { cleanFileName, dispositionOf } from '../../model/file-name.ts'
import { parseFileHash, type FileHash, type SpaceId } from '../../model/ids.ts'
import { may } from '../../model/permission.ts'
import { rangeOf } from '../byte-range.ts'
import type { OpenFile } from '../files.ts'
import type { App } from '../http.ts'
import { inlineTypes } from '../media-type.ts'
import { orRefuse, Refused } from '../problem.ts'
import type { Services } from '../services.ts'
import { askerOf, mustMayInSpace, spaceOf, spaceThing } from './access.ts'
import { answers, bearer, exactly, file, files, none } from './schemas.ts'

const spaceParams = Type.Object({ spaceId: Type.String() })
const fileParams = Type.Object({ spaceId: Type.String(), hash: Type.String() })
const pageOfFiles = 500

/** Files of a space, by the SHA-256 of their bytes. Large ones come in by routes/uploads.ts. */
export function fileRoutes(app: App, services: Services): void {
  listRoute(app, services)
  attachRoute(app, services)
  removeRoute(app, services)
  getRoutes(app, services)
  void app.register(async (part: App) => {
    // The bytes go to the disk as they come; whatever type they claim to be.
    part.removeAllContentTypeParsers()
    part.addContentTypeParser('*', (_request, payload, done) => {
      done(null, payload)
    })
    putRoute(part, services)
  })
}

function listRoute(app: App, services: Services): void {
  app.get(
    '/api/spaces/:spaceId/files',
    {
      config: { access: { space: 'read' } },
      schema: {
        summary: 'The files of a space, in the order in which their rows changed',
        description: 'With `after`, the rows that changed since: those taken off the list come with `listed` false.',
        tags: ['files'],
        security: bearer,
        params: spaceParams,
        querystring: Type.Object({ after: Type.Optional(Type.String({ pattern: '^\\d{1,15}$' })) }),
        response: answers(200, files),
      },
    },
    async (request) => {
      const after = Number(request.query.after ?? 0)
      const rows = services.files.list(spaceOf(request).record.spaceId, after, pageOfFiles + 1)
      return {
        files: rows.slice(0, pageOfFiles).map(({ hash, ...row }) => ({ id: hash, ...row })),
        hasMore: rows.length > pageOfFiles,
        maxFileBytes: services.uploads.limits.fileBytes,
      }
    },
  )
}

function attachRoute(app: App, services: Services): void {
  app.post(
    '/api/spaces/:spaceId/files',
    {
      config: { access: { space: 'create-authored-page' } },
      schema: {
        summary: 'Gives the space a file that one may read in another space, without sending it again',
        description: '`unknown-file` where there is none, or none that one may read: then upload it.',
        tags: ['files'],
        security: bearer,
        params: spaceParams,
        body: exactly({ hash: Type.String(), name: Type.String({ maxLength: 1000 }) }),
        response: answers(201, file),
      },
    },
    async (request, reply) => {
      const { session } = askerOf(request)
      const { spaceId } = spaceOf(request).record
      const hash = mustBeHash(request.body.hash)
      const place = { spaceId, hash, name: cleanFileName(request.body.name), personId: session.person.id }
      if (!(await services.files.attach(place, await readableSpaces(request, services)))) {
        throw new Refused('unknown-file')
      }
      void reply.code(201)
      return answerOf(await mustGetFile(services, spaceId, hash))
    },
  )
}

async function readableSpaces(request: FastifyRequest, services: Services): Promise<readonly SpaceId[]> {
  const { actor, session } = askerOf(request)
  const memberships = await services.syncServer.membershipsOf(session.person.id)
  const roles = new Map(memberships.map(({ spaceId, role }) => [spaceId, role]))
  return services.syncServer
    .spaces()
    .filter((record) => may(actor, 'read', spaceThing(record, roles.get(record.spaceId) ?? null)))
    .map(({ spaceId }) => spaceId)
}

function removeRoute(app: App, services: Services): void {
  app.delete(
    '/api/spaces/:spaceId/files/:hash',
    {
      config: { access: { space: 'create-authored-page' } },
      schema: {
        summary: 'Takes a file off the list of the space',
        description:
          'Whoever added it may, and editors may. Pages that show the file go on showing it: the bytes stay.',
        tags: ['files'],
        security: bearer,
        params: fileParams,
        response: answers(204, none),
      },
    },
    async (request, reply) => {
      const { spaceId } = spaceOf(request).record
      const hash = mustBeHash(request.params.hash)
      const known = services.files.reference(spaceId, hash)
      if (known?.listed !== true) throw new Refused('unknown-file')
      if (known.addedBy !== askerOf(request).session.person.id) mustMayInSpace(request, 'create-shared-page')
      services.files.takeOffList(spaceId, hash)
      await reply.code(204).send(null)
    },
  )
}

function putRoute(app: App, services: Services): void {
  app.put(
    '/api/spaces/:spaceId/files/:hash',
    {
      config: { access: { space: 'create-authored-page' } },
      bodyLimit: apiLimits.fileBytes,
      schema: {
        summary: 'Stores a file under the SHA-256 of its bytes, at most 25 MB in one body',
        description: 'The body is the bytes, of whatever content type. Larger files come as resumable uploads.',
        tags: ['files'],
        security: bearer,
        consumes: ['application/octet-stream'],
        params: fileParams,
        querystring: Type.Object({ name: Type.Optional(Type.String({ maxLength: 1000 })) }),
        response: answers(201, file),
      },
    },
    async (request, reply) => {
      const hash = mustBeHash(request.params.hash)
      if (Number(request.headers['content-length'] ?? 0) > apiLimits.fileBytes) throw new Refused('too-large')
      const body = request.body instanceof Readable ? request.body : Readable.from([])
      // Without destroying the stream, so that whoever sends too much still gets an answer.
      const bytes = body.iterator({ destroyOnReturn: false }) as AsyncIterable<Uint8Array>
      const { spaceId } = spaceOf(request).record
      const name = cleanFileName(request.query.name ?? '')
      const stored = await services.files.put(
        { spaceId, hash, name, personId: askerOf(request).session.person.id },
        bytes,
      )
      void reply.code(201)
      return orRefuse(stored)
    },
  )
}

function getRoutes(app: App, services: Services): void {
  const route = {
    config: { access: { space: 'read' } as const },
    // A HEAD that Fastify makes of a GET would read the whole file.
    exposeHeadRoute: false,
    schema: {
      summary: 'The bytes of a file, or with `Range` a part of them',
      tags: ['files'],
      security: bearer,
      params: fileParams,
      produces: ['application/octet-stream'],
      response: {
        206: Type.Unknown({ description: 'The part that `Range` asked for.' }),
        ...answers(
          200,
          Type.Unknown({
            description: 'The bytes; what cannot hold a script may be shown in place, the rest is a download.',
          }),
        ),
      },
    },
  }
  app.get('/api/spaces/:spaceId/files/:hash', route, async (request, reply) => answerBytes(request, reply, services))
  app.head(
    '/api/spaces/:spaceId/files/:hash',
    { ...route, schema: { ...route.schema, summary: 'Whether a file is there, its size and its type' } },
    async (request, reply) => answerBytes(request, reply, services),
  )
}

async function answerBytes(
  request: FastifyRequest<{ Params: { hash: string } }>,
  reply: FastifyReply,
  services: Services,
): Promise<FastifyReply> {
  const found = await mustGetFile(services, spaceOf(request).record.spaceId, mustBeHash(request.params.hash))
  const etag = `"${found.id}"`
  void reply.headers(headersOf(found, etag))
  if (request.headers['if-none-match'] === etag) return reply.code(304).send()
  // Bytes never change under a hash: a condition about another version asks for the whole.
  const ifRange = request.headers['if-range']
  const wanted = ifRange === undefined || ifRange === etag ? request.headers.range : undefined
  const range = rangeOf(wanted, found.sizeBytes)
  if (range === 'unsatisfiable') {
    void reply.header('content-range', `bytes */${found.sizeBytes}`).removeHeader('content-disposition')
    throw new Refused('range-not-satisfiable')
  }
  void reply.header('content-length', range === null ? found.sizeBytes : range.end - range.start + 1)
  if (range !== null) {
    void reply.code(206).header('content-range', `bytes ${range.start}-${range.end}/${found.sizeBytes}`)
  }
  return request.method === 'HEAD' ? reply.send() : reply.send(found.stream(range ?? undefined))
}

function headersOf(found: OpenFile, etag: string): Readonly<Record<string, string>> {
  const { id, mediaType, name } = found
  const kind = inlineTypes.includes(mediaType) ? 'inline' : 'attachment'
  return {
    'content-type': mediaType === 'text/plain' ? 'text/plain; charset=utf-8' : mediaType,
    'content-disposition': dispositionOf(kind, name === '' && kind === 'attachment' ? id.slice(0, 16) : name),
    'content-security-policy': "default-src 'none'; sandbox",
    'cross-origin-resource-policy': 'same-origin',
    'cache-control': 'private, max-age=31536000, immutable',
    'accept-ranges': 'bytes',
    etag,
  }
}

async function mustGetFile(services: Services, spaceId: SpaceId, hash: FileHash): Promise<OpenFile> {
  const found = await services.files.get(spaceId, hash)
  if (found === undefined) throw new Refused('unknown-file')
  return found
}

function answerOf({ id, mediaType, sizeBytes }: OpenFile) {
  return { id, mediaType, sizeBytes }
}

function mustBeHash(text: string): FileHash {
  const hash = parseFileHash(text)
  if (hash === undefined) throw new Refused('unknown-file')
  return hash
}
