import type { FastifyDynamicSwaggerOptions } from '@fastify/swagger'

/** What `GET /api/openapi.json` says beside the routes themselves. */
export function openapiOptions(version: string): FastifyDynamicSwaggerOptions {
  return {
    openapi: {
      openapi: '3.0.3',
      info: {
        title: 'Plein',
        version,
        description:
          'The HTTP interface of a Plein sync server. Sign in with `POST /api/sessions` and send the token as `Authorization: Bearer`. ' +
          'Errors are `application/problem+json` (RFC 9457) with a `reason` from a closed list. ' +
          'A page is opened live by `ws(s)://host/ws/<documentId>?schema=N` in the y-websocket dialect, with a ticket from `POST /api/tickets`; its text is the XML fragment `body`.',
        license: { name: 'AGPL-3.0-or-later', url: 'https://www.gnu.org/licenses/agpl-3.0.html' },
      },
      components: { securitySchemes: { token: { type: 'http', scheme: 'bearer' } } },
    },
  }
}
