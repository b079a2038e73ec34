import swagger from '@fastify/swagger'
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import fastify, {
  LogController,
  type FastifyBaseLogger,
  type FastifyError,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
} from 'fastify'
import { STATUS_CODES, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import { apiLimits, type ProblemReason } from '../model/api.ts'
import { openapiOptions } from './openapi.ts'
import { problemOf, Refused } from './problem.ts'
import { accountRoutes } from './routes/accounts.ts'
import { guardRoutes } from './routes/access.ts'
import { appRoutes } from './routes/app.ts'
import { fileRoutes } from './routes/files.ts'
import { healthRoutes } from './routes/health.ts'
import { importRoutes } from './routes/imports.ts'
import { invitationRoutes } from './routes/invitations.ts'
import { pageRoutes } from './routes/pages.ts'
import { peopleRoutes } from './routes/people.ts'
import { profileRoutes } from './routes/profile.ts'
import { guardOrigins, isBehindUs } from './routes/origins.ts'
import { searchRoutes } from './routes/search.ts'
import { spaceRoutes } from './routes/spaces.ts'
import { changeSpaceRoutes } from './routes/change-spaces.ts'
import { uploadRoutes } from './routes/uploads.ts'
import { versionRoutes } from './routes/versions.ts'
import type { Services } from './services.ts'
import { PasswordsBusy } from './sign-in/passwords.ts'
import { troubleOf } from './store/open-database.ts'
import { StoreTrouble } from './store/store.ts'

export type App = FastifyInstance<Server, IncomingMessage, ServerResponse, FastifyBaseLogger, TypeBoxTypeProvider>

/** The HTTP interface, ready to listen. */
export async function openHttp(services: Services): Promise<App> {
  const quietLog: FastifyBaseLogger = services.log.child({ part: 'http' }, { level: quieter(services.log.level) })
  const app: App = fastify({
    loggerInstance: quietLog,
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: apiLimits.jsonBytes,
    // Headers within 15 s, all of a request within five minutes (25 MB on a slow line), and never half a minute of silence.
    requestTimeout: 300_000,
    connectionTimeout: 30_000,
    keepAliveTimeout: 65_000,
    http: { headersTimeout: 15_000 },
    forceCloseConnections: 'idle',
    // While the server drains, `guardOrigins` answers with a problem like any other.
    return503OnClosing: false,
    // Only the nearest proxy is believed, and only where one was announced: see docs/decisions/0062-who-counts-as-local.md.
    trustProxy: (address, hop) => hop === 0 && services.config.publicUrl !== null && isBehindUs(address),
    clientErrorHandler: answerBrokenRequest,
    frameworkErrors: (error, request, reply) => void answerProblem(error, request, reply),
    routerOptions: { maxParamLength: 200 },
    // Exactly what the schemas say: nothing is removed, filled in or turned into another type in silence.
    ajv: { customOptions: { removeAdditional: false, coerceTypes: false, useDefaults: false, allErrors: false } },
  }).withTypeProvider<TypeBoxTypeProvider>()
  app.setErrorHandler((error: FastifyError, request, reply) => answerProblem(error, request, reply))
  // Fastify's own parser for text would let a page of anybody post without asking first.
  app.removeContentTypeParser('text/plain')
  answerUnknownAddresses(app)
  guardOrigins(app, services)
  guardRoutes(app, services)
  await app.register(swagger, openapiOptions(services.version))
  for (const routes of [
    healthRoutes,
    accountRoutes,
    invitationRoutes,
    peopleRoutes,
    profileRoutes,
    spaceRoutes,
    changeSpaceRoutes,
    pageRoutes,
    versionRoutes,
    searchRoutes,
    fileRoutes,
    uploadRoutes,
    importRoutes,
  ]) {
    await app.register(async (part: App) => routes(part, services))
  }
  await app.register(async (part: App) => appRoutes(part, services))
  return app
}

/** The address is the ready line's to say: Fastify's own line about it is left out. */
function quieter(level: string): string {
  return level === 'info' ? 'warn' : level
}

/** Every error of every route ends here: as a problem, and in the log where it is our own. A throw never ends the process. */
async function answerProblem(error: Error, request: FastifyRequest, reply: FastifyReply): Promise<void> {
  const refused = refusedOf(error)
  const problem = problemOf(refused)
  if (problem.status >= 500 && refused.reason !== 'going-away' && refused.reason !== 'not-ready') {
    request.log.error({ err: error, route: request.routeOptions.url, reason: refused.reason }, 'A request failed')
  }
  if (refused.retryAfterMs !== undefined) void reply.header('retry-after', Math.ceil(refused.retryAfterMs / 1000))
  if (refused.reason === 'sign-in-needed') void reply.header('www-authenticate', 'Bearer')
  // What is left of a large body is not worth waiting for.
  const isLarge = Number(request.headers['content-length'] ?? 0) > apiLimits.jsonBytes || refused.reason === 'too-large'
  if (isLarge) void reply.header('connection', 'close')
  await reply.code(problem.status).type('application/problem+json').serializer(JSON.stringify).send(problem)
}

/** What is no HTTP at all, or came too slowly, never reaches a route; it gets the same kind of answer. */
function answerBrokenRequest(error: Error & { readonly code?: string }, socket: Socket): void {
  if (!socket.writable || socket.destroyed) {
    socket.destroy()
    return
  }
  const reason = brokenReasons[error.code ?? ''] ?? 'bad-input'
  const problem = problemOf(new Refused(reason))
  const body = JSON.stringify(problem)
  socket.end(
    `HTTP/1.1 ${problem.status} ${STATUS_CODES[problem.status] ?? ''}\r\ncontent-type: application/problem+json\r\n` +
      `content-length: ${Buffer.byteLength(body)}\r\nconnection: close\r\n\r\n${body}`,
  )
}

const brokenReasons: Readonly<Record<string, ProblemReason>> = {
  ERR_HTTP_REQUEST_TIMEOUT: 'timeout',
  HPE_HEADER_OVERFLOW: 'too-large',
}

const fastifyReasons: Readonly<Record<string, ProblemReason>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: 'too-large',
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'unsupported-media-type',
  FST_ERR_BAD_URL: 'not-found',
  FST_ERR_MAX_PARAM_LENGTH: 'not-found',
}

function refusedOf(error: Error): Refused {
  if (error instanceof Refused) return error
  if (error instanceof PasswordsBusy) return new Refused('rate-limited', { retryAfterMs: 2000 })
  const { code, statusCode, validation } = error as FastifyError
  if (validation !== undefined)
    return new Refused('bad-input', { detail: `This does not fit what /api/openapi.json describes: ${error.message}.` })
  const reason = fastifyReasons[code] ?? troubleReason(error)
  if (reason !== undefined) return new Refused(reason)
  return new Refused(statusCode !== undefined && statusCode >= 400 && statusCode < 500 ? 'bad-input' : 'server-trouble')
}

function troubleReason(error: Error): ProblemReason | undefined {
  const isOfDisk =
    error instanceof StoreTrouble ||
    Reflect.get(error, 'errcode') !== undefined ||
    Reflect.get(error, 'syscall') !== undefined
  return isOfDisk && troubleOf(error).reason === 'full' ? 'storage-full' : undefined
}

/** 405 with what the address does take, 404 for the rest. */
function answerUnknownAddresses(app: App): void {
  const known: { readonly pattern: RegExp; readonly method: string }[] = []
  app.addHook('onRoute', ({ url, method }) => {
    if (url === '/*') return
    const pattern = new RegExp(`^${url.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replace(/:[A-Za-z]+/g, '[^/]+')}$`)
    for (const each of [method].flat()) known.push({ pattern, method: each })
  })
  app.setNotFoundHandler((request, reply) => {
    const path = request.url.split('?')[0] ?? ''
    const methods = known.filter(({ pattern }) => pattern.test(path)).map(({ method }) => method)
    if (methods.length === 0) throw new Refused('not-found')
    void reply.header('allow', [...new Set(methods)].join(', '))
    throw new Refused('method-not-allowed')
  })
}
