import type { FastifyInstance, FastifyRequest } from 'fastify'
import { Refused } from '../problem.ts'
import { isLoopbackHost } from '../config.ts'
import type { Services } from '../services.ts'

/** The desktop app; allowed everywhere, because no web page can have this origin. */
const desktopOrigin = 'app://plein'

/** Addresses of the server itself that answer under any name: load balancers and monitors ask by IP. */
const anyName = new Set(['/healthz', '/readyz'])

const allowedHeaders =
  'authorization, content-type, range, if-range, tus-resumable, upload-length, upload-offset, upload-metadata'
const exposedHeaders =
  'retry-after, content-disposition, content-range, accept-ranges, etag, location, tus-resumable, upload-offset, upload-length, upload-expires'

/** Who may talk to this server from a browser, by exact comparison: the app from our own address, the desktop, and who was named. */
export function isAllowedOrigin(origin: string, { config, port }: Pick<Services, 'config' | 'port'>): boolean {
  if (origin === desktopOrigin || origin === config.publicUrl || config.allowOrigins.includes(origin)) return true
  return [`http://127.0.0.1:${port()}`, `http://localhost:${port()}`, `http://[::1]:${port()}`].includes(origin)
}

/**
 * Refuses other people's pages (Origin), and names that are not ours (Host): a name that an attacker points at 127.0.0.1
 * would make their page ours in the browser's eyes.
 */
export function guardOrigins(app: FastifyInstance, services: Services): void {
  app.addHook('onRequest', async (request, reply) => {
    void reply.headers({ 'x-content-type-options': 'nosniff', 'referrer-policy': 'no-referrer' })
    const path = request.url.split('?')[0] ?? ''
    if (!path.startsWith('/api/')) return
    if (services.state() === 'going-away') {
      void reply.header('connection', 'close')
      throw new Refused('going-away')
    }
    void reply.headers({
      'cache-control': 'no-store',
      'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
      vary: 'Origin',
    })
  })
  app.addHook('onRequest', async (request, reply) => {
    const path = request.url.split('?')[0] ?? ''
    if (!anyName.has(path) && !isOwnHost(request, services)) throw new Refused('host-not-allowed')
    const { origin } = request.headers
    if (origin === undefined) return
    if (!isAllowedOrigin(origin, services)) {
      if (path.startsWith('/api/')) throw new Refused('origin-not-allowed')
      return
    }
    void reply.header('access-control-allow-origin', origin).header('access-control-expose-headers', exposedHeaders)
    if (request.method !== 'OPTIONS') return
    await reply
      .headers({
        'access-control-allow-methods': 'GET, HEAD, POST, PUT, PATCH, DELETE',
        'access-control-allow-headers': allowedHeaders,
        'access-control-allow-private-network': 'true',
        'access-control-max-age': '600',
      })
      .code(204)
      .send()
  })
}

function isOwnHost(request: FastifyRequest, { config }: Services): boolean {
  const host = request.headers.host ?? ''
  if (config.publicUrl !== null && host.toLowerCase() === new URL(config.publicUrl).host) return true
  return isLoopbackHost(nameOf(host))
}

/** The name without its port: a tunnel to this computer may use another port. */
function nameOf(host: string): string {
  return host
    .toLowerCase()
    .replace(/:\d+$/, '')
    .replace(/^\[|\]$/g, '')
}

/** An address of this computer or of a private network, where a proxy of ours may stand. */
export function isBehindUs(address: string): boolean {
  const plain = address.replace(/^::ffff:/, '')
  return isLoopbackAddress(plain) || /^(?:10\.|192\.168\.|172\.(?:1[6-9]|2\d|3[01])\.|f[cd][0-9a-f]{2}:)/i.test(plain)
}

function isLoopbackAddress(address: string): boolean {
  return address === '::1' || /^(?:::ffff:)?127\./.test(address)
}

/**
 * Whether somebody on this very computer asks, not a proxy on their behalf: the connection, the name they used, and no
 * trace of a proxy must agree.
 */
export function isLocal(request: FastifyRequest): boolean {
  const { headers } = request
  const forwarded = ['forwarded', 'via', 'x-forwarded-for', 'x-forwarded-host', 'x-real-ip'].some(
    (name) => headers[name] !== undefined,
  )
  return (
    !forwarded && isLoopbackAddress(request.socket.remoteAddress ?? '') && isLoopbackHost(nameOf(headers.host ?? ''))
  )
}
