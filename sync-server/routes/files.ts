import { Type } from '@fastify/type-provider-typebox'
import type { FastifyRequest } from 'fastify'
import { Readable } from 'node:stream'
import { apiLimits } from '../../model/api.ts'
import { parseFileHash, type FileHash } from '../../model/ids.ts'
import type { App } from '../http.ts'
import { orRefuse, Refused } from '../problem.ts'
import type { Services } from '../services.ts'
import { inlineTypes } from '../sniff-media-type.ts'
import { spaceOf } from './access.ts'
import { answers, bearer, file } from './schemas.ts'

const fileParams = Type.Object({ spaceId: Type.String(), hash: Type.String() })

/** Files of a space, whole, by the SHA-256 of their bytes. */
export function fileRoutes(app: App, services: Services): void {
  // The bytes go to the disk as they come; whatever type they claim to be.
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('*', (_request, payload, done) => {
    done(null, payload)
  })
  putRoute(app, services)
  getRoute(app, services)
}

function putRoute(app: App, services: Services): void {
  app.put(
    '/api/spaces/:spaceId/files/:hash',
    {
      config: { access: { space: 'create-authored-page' } },
      bodyLimit: apiLimits.fileBytes,
      schema: {
        summary: 'Stores a file under the SHA-256 of its bytes, at most 25 MB',
        description: 'The body is the bytes, of whatever content type.',
        tags: ['files'],
        security: bearer,
        consumes: ['application/octet-stream'],
        params: fileParams,
        response: answers(201, file),
      },
    },
    async (request, reply) => {
      const hash = hashOf(request)
      if (Number(request.headers['content-length'] ?? 0) > apiLimits.fileBytes) throw new Refused('too-large')
      const body = request.body instanceof Readable ? request.body : Readable.from([])
      // Without destroying the stream, so that whoever sends too much still gets an answer.
      const bytes = body.iterator({ destroyOnReturn: false }) as AsyncIterable<Uint8Array>
      const stored = await services.files.put(spaceOf(request).record.spaceId, hash, bytes)
      void reply.code(201)
      return orRefuse(stored)
    },
  )
}

function getRoute(app: App, services: Services): void {
  app.get(
    '/api/spaces/:spaceId/files/:hash',
    {
      config: { access: { space: 'read' } },
      schema: {
        summary: 'The bytes of a file',
        tags: ['files'],
        security: bearer,
        params: fileParams,
        produces: ['application/octet-stream'],
        response: answers(
          200,
          Type.Unknown({ description: 'The bytes; bitmaps may be shown in place, everything else is a download.' }),
        ),
      },
    },
    async (request, reply) => {
      const found = await services.files.get(spaceOf(request).record.spaceId, hashOf(request))
      if (found === undefined) throw new Refused('unknown-file')
      const isInline = inlineTypes.includes(found.mediaType)
      return reply
        .headers({
          'content-type': found.mediaType,
          'content-length': found.sizeBytes,
          'content-disposition': isInline ? 'inline' : `attachment; filename="${found.id.slice(0, 16)}"`,
          'content-security-policy': "default-src 'none'; sandbox",
          'cache-control': 'private, max-age=31536000, immutable',
          etag: `"${found.id}"`,
        })
        .send(found.stream())
    },
  )
}

function hashOf(request: FastifyRequest<{ Params: { hash: string } }>): FileHash {
  const hash = parseFileHash(request.params.hash)
  if (hash === undefined) throw new Refused('unknown-file')
  return hash
}
