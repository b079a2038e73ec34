import staticFiles from '@fastify/static'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { securityHeaders } from '../../model/content-security-policy.ts'
import type { App } from '../http.ts'
import { Refused } from '../problem.ts'
import type { Services } from '../services.ts'

// What Vite writes below assets/ has a digest of its content in its name.
const hashedName = /[/\\]assets[/\\][^/\\]+-[\w-]{8,}\.\w+$/

/** The app itself, from its own origin. Addresses in the app stand behind `#`, so that `/` alone answers with the page. */
export async function appRoutes(app: App, { config }: Services): Promise<void> {
  const { appDir } = config
  if (appDir === null || !existsSync(join(appDir, 'index.html'))) return
  await app.register(staticFiles, {
    root: appDir,
    serve: false,
    dotfiles: 'ignore',
    index: false,
    cacheControl: false,
    setHeaders: (reply, path) => {
      for (const [name, value] of Object.entries(securityHeaders('browser'))) reply.header(name, value)
      // The page and the service worker say which of the other files belong together: those two are always asked for anew.
      reply.header('cache-control', hashedName.test(path) ? 'public, max-age=31536000, immutable' : 'no-cache')
    },
  })
  const access = { open: 'app' } as const

  app.get('/', { config: { access }, schema: { hide: true } }, (_request, reply) => reply.sendFile('index.html'))

  app.get<{ Params: { '*': string } }>('/*', { config: { access }, schema: { hide: true } }, (request, reply) => {
    const path = request.params['*']
    if (path.endsWith('/') || path.startsWith('api/') || path.startsWith('ws/') || path === 'connect')
      throw new Refused('not-found')
    return reply.sendFile(path)
  })
}
