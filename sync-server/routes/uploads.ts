import { Type } from '@fastify/type-provider-typebox'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { Readable } from 'node:stream'
import { apiPaths } from '../../model/api.ts'
import type { App } from '../http.ts'
import type { Services } from '../services.ts'
import type { TusRequest, Uploader } from '../uploads.ts'
import { askerOf, spaceOf } from './access.ts'
import { answers, bearer, none } from './schemas.ts'

const spaceParams = Type.Object({ spaceId: Type.String() })
const uploadParams = Type.Object({ spaceId: Type.String(), uploadId: Type.String() })

/** What of a request the tus protocol knows; nothing else of it reaches the library. */
const tusHeaders = [
  'tus-resumable',
  'upload-length',
  'upload-offset',
  'upload-metadata',
  'upload-defer-length',
  'upload-concat',
  'content-type',
  'content-length',
]
const answeredHeaders = ['tus-resumable', 'upload-offset', 'upload-length', 'upload-metadata', 'upload-expires']

/** Resumable uploads: tus 1.0.0 with creation, creation-with-upload, expiration and termination. */
export function uploadRoutes(app: App, services: Services): void {
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('*', (_request, payload, done) => {
    done(null, payload)
  })
  createRoute(app, services)
  continueRoutes(app, services)
}

function createRoute(app: App, services: Services): void {
  app.post(
    '/api/spaces/:spaceId/uploads',
    {
      config: { access: { space: 'create-authored-page' } },
      schema: {
        summary: 'Begins a resumable upload (tus 1.0.0)',
        description:
          'Upload-Metadata names the SHA-256 of all bytes as `hash` and the file as `name`. The same file again goes on where it was: Upload-Offset says where.',
        tags: ['files'],
        security: bearer,
        params: spaceParams,
        response: answers(201, none),
      },
    },
    async (request, reply) => {
      const uploader = uploaderOf(request)
      const known = services.uploads.findUnfinished(
        uploader,
        headerOf(request, 'upload-metadata'),
        headerOf(request, 'upload-length'),
      )
      if (known !== undefined) {
        const offset = await services.uploads.offsetOf(services.uploads.mustGet(known, uploader))
        return reply
          .code(201)
          .headers({ ...locationOf(uploader, known), 'tus-resumable': '1.0.0', 'upload-offset': offset })
          .send(null)
      }
      const answer = await services.uploads.handle(null, uploader, tusRequest('POST', request))
      const id = answer.headers.get('location')?.split('/').at(-1) ?? ''
      return reply
        .code(answer.status)
        .headers({ ...answered(answer.headers), ...locationOf(uploader, id) })
        .send(null)
    },
  )
}

function continueRoutes(app: App, services: Services): void {
  const url = '/api/spaces/:spaceId/uploads/:uploadId'
  const route = (status: number, summary: string) => ({
    config: { access: { space: 'create-authored-page' } as const },
    schema: { summary, tags: ['files'], security: bearer, params: uploadParams, response: answers(status, none) },
  })
  app.head(url, route(200, 'How much of an upload is here'), async (request, reply) => {
    const record = services.uploads.mustGet(request.params.uploadId, uploaderOf(request))
    // A request that still writes is asked to stop first, so that the offset stays true.
    if (!record.finished) await services.uploads.handle(record.id, uploaderOf(request), tusRequest('HEAD', request))
    const offset = await services.uploads.offsetOf(record)
    return reply
      .headers({
        'tus-resumable': '1.0.0',
        'upload-offset': offset,
        'upload-length': record.sizeBytes,
        'cache-control': 'no-store',
      })
      .send(null)
  })
  app.patch(url, route(204, 'Goes on with an upload at Upload-Offset'), async (request, reply) => {
    const record = services.uploads.mustGet(request.params.uploadId, uploaderOf(request))
    const answer = await services.uploads.handle(record.id, uploaderOf(request), tusRequest('PATCH', request))
    return sendEmpty(reply, answer.status, answered(answer.headers))
  })
  app.delete(url, route(204, 'Gives an upload up'), async (request, reply) => {
    const record = services.uploads.mustGet(request.params.uploadId, uploaderOf(request))
    if (!record.finished) await services.uploads.remove(record.id)
    return sendEmpty(reply, 204, { 'tus-resumable': '1.0.0' })
  })
}

function uploaderOf(request: FastifyRequest): Uploader {
  return { personId: askerOf(request).session.person.id, spaceId: spaceOf(request).record.spaceId }
}

function locationOf({ spaceId }: Uploader, id: string): { readonly location: string } {
  return { location: apiPaths.upload(spaceId, id) }
}

function sendEmpty(reply: FastifyReply, status: number, headers: Readonly<Record<string, string>>): FastifyReply {
  return reply.code(status).headers(headers).send(null)
}

function tusRequest(method: TusRequest['method'], request: FastifyRequest): TusRequest {
  const headers: Record<string, string> = {}
  for (const name of tusHeaders) {
    const value = headerOf(request, name)
    if (value !== undefined) headers[name] = value
  }
  return { method, headers, body: request.body instanceof Readable ? webBody(request.body) : null }
}

/** One piece at a time, as the disk takes them. A line that breaks is an error of the stream, which ends this request and nothing else. */
function webBody(body: Readable): ReadableStream<Uint8Array> {
  const pieces = body.iterator({ destroyOnReturn: false }) as AsyncIterator<Uint8Array>
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const piece = await pieces.next()
        if (piece.done === true) controller.close()
        else controller.enqueue(piece.value)
      },
      async cancel() {
        await pieces.return?.()
      },
    },
    { highWaterMark: 0 },
  )
}

function answered(headers: Headers): Record<string, string> {
  return Object.fromEntries(
    answeredHeaders.flatMap((name) => {
      const value = headers.get(name)
      return value === null ? [] : [[name, value]]
    }),
  )
}

function headerOf(request: FastifyRequest, name: string): string | undefined {
  const value = request.headers[name]
  return typeof value === 'string' ? value : undefined
}
