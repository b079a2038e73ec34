import { Type } from '@fastify/type-provider-typebox'
import { apiLimits } from '../../model/api.ts'
import { parseId, type VersionId } from '../../model/ids.ts'
import { pageToMarkdown } from '../../model/markdown/page-to-markdown.ts'
import { maxVersionNameLength } from '../../model/version.ts'
import type { App } from '../http.ts'
import { contentOf } from '../pages.ts'
import { Refused } from '../problem.ts'
import type { Services } from '../services.ts'
import type { VersionRecord } from '../store/version-store.ts'
import type { Versions } from '../versions.ts'
import { askerOf, pageOf } from './access.ts'
import { answers, authorship, bearer, exactly, oneOf, version } from './schemas.ts'

/** Kept states of a page. Going back to one is an edit like any other, made on a laptop. */
export function versionRoutes(app: App, services: Services): void {
  listRoute(app, services)
  readRoute(app, services)
  createRoute(app, services)
  authorsRoute(app, services)
}

function listRoute(app: App, services: Services): void {
  app.get(
    '/api/pages/:pageId/versions',
    {
      config: { access: { document: 'read' } },
      schema: {
        summary: 'The versions of a page, newest first',
        tags: ['versions'],
        security: bearer,
        params: Type.Object({ pageId: Type.String() }),
        response: answers(200, Type.Object({ versions: Type.Array(version) })),
      },
    },
    async (request) => {
      const records = await versionsOf(services).of(pageOf(request).documentId)
      return { versions: records.map(answerOf) }
    },
  )
}

function readRoute(app: App, services: Services): void {
  app.get(
    '/api/pages/:pageId/versions/:versionId',
    {
      config: { access: { document: 'read' } },
      schema: {
        summary: 'One version: the whole state as a Yjs update, as JSON (the editor’s own tree) or as Markdown',
        tags: ['versions'],
        security: bearer,
        produces: ['application/octet-stream', 'application/json', 'text/markdown'],
        params: Type.Object({ pageId: Type.String(), versionId: Type.String() }),
        querystring: exactly({ format: Type.Optional(oneOf(['yjs', 'json', 'markdown'])) }),
        response: answers(200, Type.Unknown()),
      },
    },
    async (request, reply) => {
      const { documentId } = pageOf(request)
      const versionId = parseId<VersionId>(request.params.versionId)
      const state = versionId === undefined ? undefined : await versionsOf(services).read(documentId, versionId)
      if (state === undefined) throw new Refused('unknown-version')
      if (state === 'damaged') throw new Refused('server-trouble', { detail: 'The record of this version is damaged.' })
      void reply.header('content-security-policy', "default-src 'none'; sandbox")
      const { format = 'json' } = request.query
      if (format === 'yjs') return reply.type('application/octet-stream').send(Buffer.from(state))
      const content = contentOf(state)
      if (format === 'json') return reply.send(content)
      return reply.type('text/markdown; charset=utf-8').serializer(String).send(pageToMarkdown(content))
    },
  )
}

function createRoute(app: App, services: Services): void {
  app.post(
    '/api/pages/:pageId/versions',
    {
      config: { access: { document: 'write' } },
      schema: {
        summary: 'Keeps the page as it is now',
        description:
          'With a name, a version made by hand. Without one, the state before a restore: asking twice while nothing changed keeps one.',
        tags: ['versions'],
        security: bearer,
        params: Type.Object({ pageId: Type.String() }),
        body: exactly({ name: Type.Optional(Type.String({ minLength: 1, maxLength: maxVersionNameLength })) }),
        response: answers(201, version),
      },
    },
    async (request, reply) => {
      const versions = versionsOf(services)
      const page = pageOf(request)
      const name = request.body.name?.trim() ?? ''
      if (name !== '') {
        const byHand = (await versions.of(page.documentId)).filter(({ reason }) => reason === 'by-hand')
        if (byHand.length >= apiLimits.versionsByHand) throw new Refused('too-many-versions')
      }
      const made = await versions.keepNow(page, {
        reason: name === '' ? 'before-restore' : 'by-hand',
        name: name === '' ? null : name,
        personId: askerOf(request).session.person.id,
      })
      if (made === undefined)
        throw new Refused('bad-input', {
          detail: 'This page is empty, or a record of it is damaged: there is nothing to keep.',
        })
      void reply.code(201)
      return answerOf(made)
    },
  )
}

function authorsRoute(app: App, services: Services): void {
  app.get(
    '/api/pages/:pageId/authors',
    {
      config: { access: { document: 'read' } },
      schema: {
        summary: 'Who inserted and who deleted what in a page after a feed number, as far as the log still says it',
        tags: ['versions'],
        security: bearer,
        params: Type.Object({ pageId: Type.String() }),
        querystring: exactly({ after: Type.String({ pattern: '^[0-9]{1,15}$' }) }),
        response: answers(200, Type.Object({ authors: Type.Array(authorship) })),
      },
    },
    async (request) => {
      const found = await versionsOf(services).authorsSince(pageOf(request).documentId, Number(request.query.after))
      return {
        authors: found.map(({ personId, inserted, deleted }) => ({
          personId,
          inserted: inserted.map((stretch) => [...stretch]),
          deleted: deleted.map((stretch) => [...stretch]),
        })),
      }
    },
  )
}

function versionsOf({ syncServer }: Services): Versions {
  if (syncServer.versions === null) throw new Error('This server keeps no versions')
  return syncServer.versions
}

function answerOf(record: VersionRecord) {
  const { versionId: id, atMs, reason, name, madeBy, writerIds, minSchema } = record
  return { id, atMs, reason, name, madeBy, writers: [...writerIds], minSchema }
}
