import { Type } from '@fastify/type-provider-typebox'
import type { Health } from '../../model/api.ts'
import { oldestProtocol, protocolVersion } from '../../model/protocol/version.ts'
import type { App } from '../http.ts'
import { Refused } from '../problem.ts'
import { openPrometheus, type Prometheus } from '../prometheus.ts'
import type { Services } from '../services.ts'
import { isLocal } from './origins.ts'
import { answers } from './schemas.ts'

const health = Type.Object({
  name: Type.Literal('plein'),
  status: Type.Literal('ok'),
  version: Type.String(),
  protocol: Type.Integer(),
  oldestProtocol: Type.Integer(),
  hasOrganisation: Type.Boolean(),
  canMail: Type.Boolean(),
})

/** For monitors, load balancers, and clients that ask whether this is a Plein server at all. */
export function healthRoutes(app: App, services: Services): void {
  app.get(
    '/healthz',
    {
      config: { access: { open: 'health' } },
      schema: { summary: 'The process is alive', response: answers(200, health) },
    },
    async (_request, reply): Promise<Health> => {
      void reply.header('cache-control', 'no-store')
      const hasOrganisation = (await services.directory.getOrganisation()) !== undefined
      return {
        name: 'plein',
        status: 'ok',
        version: services.version,
        protocol: protocolVersion,
        oldestProtocol,
        hasOrganisation,
        canMail: services.config.mail !== null,
      }
    },
  )

  app.get(
    '/readyz',
    {
      config: { access: { open: 'readiness' } },
      schema: {
        summary: 'The server takes requests and its store commits',
        response: answers(200, Type.Object({ status: Type.Literal('ready') })),
      },
    },
    async (_request, reply) => {
      void reply.header('cache-control', 'no-store')
      if (services.state() === 'going-away') throw new Refused('going-away')
      if (services.state() !== 'ready') throw new Refused('not-ready')
      if (services.syncServer.metrics.holding > 0) {
        throw new Refused('not-ready', {
          detail: 'The store cannot commit now; what people write waits on their laptops.',
        })
      }
      return { status: 'ready' as const }
    },
  )
  metricsRoute(app, openPrometheus(app, services))
  openapiRoute(app)
}

function metricsRoute(app: App, prometheus: Prometheus): void {
  app.get(
    '/metrics',
    {
      config: { access: { open: 'metrics' } },
      schema: {
        summary: 'Counters for Prometheus, from this computer only',
        produces: ['text/plain'],
        response: answers(200, Type.String()),
      },
    },
    async (request, reply) => {
      if (!isLocal(request)) throw new Refused('forbidden', { detail: 'Metrics are for this computer alone.' })
      void reply.type(prometheus.contentType).header('cache-control', 'no-store')
      return prometheus.text()
    },
  )
}

function openapiRoute(app: App): void {
  app.get(
    '/api/openapi.json',
    {
      config: { access: { open: 'openapi' } },
      schema: { summary: 'This description', response: answers(200, Type.Unknown()) },
    },
    async (_request, reply) => {
      await reply.type('application/json; charset=utf-8').serializer(JSON.stringify).send(app.swagger())
    },
  )
}
