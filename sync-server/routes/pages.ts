import { Type } from '@fastify/type-provider-typebox'
import { apiLimits, type PageAnswer } from '../../model/api.ts'
import type { PageId } from '../../model/ids.ts'
import { isSharedPage, pageKinds, type PageKind } from '../../model/kinds.ts'
import { pageToHtml } from '../../model/markdown/page-to-html.ts'
import { pageToMarkdown } from '../../model/markdown/page-to-markdown.ts'
import { cleanTitle } from '../../model/page.ts'
import type { App } from '../http.ts'
import { pageFromMarkdown } from '../page-writing.ts'
import type { PageContent } from '../pages.ts'
import { orRefuse, Refused } from '../problem.ts'
import type { Services } from '../services.ts'
import { askerOf, mustMayInSpace, pageOf, spaceOf } from './access.ts'
import { answers, bearer, exactly, id, oneOf, page } from './schemas.ts'

/** Pages: the list of a space, a new one, and one to read. They are edited over the sockets alone. */
export function pageRoutes(app: App, services: Services): void {
  listRoute(app, services)
  createRoute(app, services)
  readRoute(app, services)
}

function listRoute(app: App, services: Services): void {
  app.get(
    '/api/spaces/:spaceId/pages',
    {
      config: { access: { space: 'read' } },
      schema: {
        summary: 'All pages of a space: shared ones in the order of the tree, then the others, newest first',
        tags: ['pages'],
        security: bearer,
        params: Type.Object({ spaceId: Type.String() }),
        response: answers(200, Type.Object({ pages: Type.Array(page) })),
      },
    },
    async (request) => ({ pages: [...(await services.pages.list(spaceOf(request).record.spaceId))] }),
  )
}

function createRoute(app: App, services: Services): void {
  app.post(
    '/api/spaces/:spaceId/pages',
    {
      config: { access: { space: 'read' } },
      bodyLimit: apiLimits.markdownBytes,
      schema: {
        summary: 'Makes a page, from Markdown where it is given',
        description:
          'Shared pages (wiki, document) need the role editor and stand in the tree, under `parent` where it is given; the other kinds need contributor, and belong to who makes them.',
        tags: ['pages'],
        security: bearer,
        params: Type.Object({ spaceId: Type.String() }),
        body: exactly({
          title: Type.String({ maxLength: 300 }),
          kind: oneOf(pageKinds),
          parent: Type.Optional(id<PageId>()),
          markdown: Type.Optional(Type.String()),
        }),
        response: answers(201, page),
      },
    },
    async (request, reply) => {
      const { kind, markdown, parent = null } = request.body
      mustMayInSpace(request, createVerb(kind))
      const title = cleanTitle(request.body.title)
      const content = markdown === undefined ? { labels: [], body: null } : pageFromMarkdown(title, markdown)
      const { spaceId } = spaceOf(request).record
      const authorId = askerOf(request).session.person.id
      const pageId = orRefuse(
        await services.pages.create({ spaceId, kind, title, parent, authorId, icon: null, ...content }),
      )
      void reply.code(201)
      return newPageAnswer({ id: pageId, spaceId, kind, title, parent, changedAtMs: services.clock.nowMs() })
    },
  )
}

function createVerb(kind: PageKind): 'create-shared-page' | 'create-authored-page' {
  return isSharedPage(kind) ? 'create-shared-page' : 'create-authored-page'
}

function newPageAnswer(made: Omit<PageAnswer, 'documentId' | 'icon' | 'archived'>): PageAnswer {
  return { ...made, documentId: made.id, icon: null, archived: false }
}

function readRoute(app: App, services: Services): void {
  app.get(
    '/api/pages/:pageId',
    {
      config: { access: { document: 'read' } },
      schema: {
        summary: 'One page as JSON (the editor’s own tree), Markdown or HTML',
        tags: ['pages'],
        security: bearer,
        produces: ['application/json', 'text/markdown', 'text/html'],
        params: Type.Object({ pageId: Type.String() }),
        querystring: exactly({ format: Type.Optional(oneOf(['json', 'markdown', 'html'])) }),
        response: answers(200, Type.Unknown()),
      },
    },
    async (request, reply) => {
      const document = pageOf(request)
      const content = await services.pages.read(document.documentId)
      if (content === undefined)
        throw new Refused('server-trouble', {
          detail: 'A record of this page is damaged; laptops that hold it bring it back.',
        })
      const { format = 'json' } = request.query
      if (format === 'json') {
        const summary = await services.pages.summary(document)
        const { title, icon, labels, body } = content
        return reply.send({ ...summary, title, icon, archived: summary.archived || content.archived, labels, body })
      }
      const text = format === 'markdown' ? pageToMarkdown(content) : htmlDocument(content)
      return reply
        .type(`text/${format}; charset=utf-8`)
        .header('content-security-policy', "default-src 'none'; img-src data:; sandbox")
        .serializer(String)
        .send(text)
    },
  )
}

/** The article alone would be shown in whatever character set a browser guesses. */
function htmlDocument(content: PageContent): string {
  return `<!doctype html><meta charset="utf-8">${pageToHtml(content)}`
}
