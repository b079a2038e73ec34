import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { apiPaths, problemReasons } from '../../model/api.ts'
import { statusOf } from '../../sync-server/problem.ts'
import { bodyOf, createOrganisation, expectProblem, openTestServer, type TestServer } from './support/test-server.ts'

let server: TestServer
beforeAll(async () => {
  server = await openTestServer({
    publicUrl: 'https://plein.example.org',
    allowOrigins: ['http://localhost:5173'],
    appDir: builtApp(),
  })
})
afterAll(() => server.close())

function builtApp(): string {
  const dir = mkdtempSync(join(tmpdir(), 'plein-app-'))
  mkdirSync(join(dir, 'assets'))
  writeFileSync(join(dir, 'index.html'), '<!doctype html><title>Plein</title>')
  writeFileSync(join(dir, 'service-worker.js'), 'self.skipWaiting()')
  writeFileSync(join(dir, 'assets/index-AbC123_-.js'), 'export {}')
  writeFileSync(join(dir, '.secret'), 'not for you')
  return dir
}

describe('the description', () => {
  it('lists every route of the server, each with a summary and problems', async () => {
    const { paths } = bodyOf<{ paths: Record<string, Record<string, { summary?: string; responses: object }>> }>(
      await server.call(apiPaths.openapi),
    )
    const described = Object.entries(paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
    )
    expect(described.toSorted()).toEqual(routesOf(server).toSorted())
    for (const methods of Object.values(paths)) {
      for (const { summary, responses } of Object.values(methods)) {
        expect(summary).toEqual(expect.any(String))
        expect(Object.keys(responses).map((status) => status.toUpperCase())).toEqual(
          expect.arrayContaining(['4XX', '5XX']),
        )
      }
    }
  })

  it('has an address of model/api.ts for every path', async () => {
    const { paths } = bodyOf<{ paths: Record<string, unknown> }>(await server.call(apiPaths.openapi))
    const known = Object.values(apiPaths).map((path) =>
      typeof path === 'string' ? path : path('{}', '{}').replaceAll('%7B%7D', '{}'),
    )
    expect(known.filter((path) => path !== apiPaths.currentSession).toSorted()).toEqual(
      Object.keys(paths)
        .map((path) => path.replaceAll(/\{\w+\}/g, '{}'))
        .filter((path) => path !== apiPaths.currentSession)
        .toSorted(),
    )
  })
})

/** Fastify's own table of routes, by its printed tree of paths. */
function routesOf({ app }: TestServer): readonly string[] {
  const lines = app.printRoutes({ commonPrefix: false }).split('\n')
  const parts: string[] = []
  return lines.flatMap((line) => {
    const [, indent = '', path = '', methods = ''] =
      /^([│├└─\s]*)(\S+?)? \(([A-Z, ]+)\)/.exec(line) ?? /^([│├└─\s]*)(\S+)()$/.exec(line) ?? []
    if (path === '' && methods === '') return []
    const depth = Math.floor(indent.length / 4)
    parts.splice(depth === 0 ? 0 : depth - 1, parts.length, path)
    const url = parts.join('').replaceAll(/:(\w+)/g, '{$1}')
    if (url.includes('*') || url === '/') return []
    return methods
      .split(', ')
      .filter((method) => method !== 'HEAD' && method !== '')
      .map((method) => `${method} ${url}`)
  })
}

describe('every error', () => {
  it('is a problem with a status between 400 and 599', () => {
    for (const reason of problemReasons)
      expect(statusOf(reason)).toSatisfy((status: number) => status >= 400 && status <= 599)
  })

  it.each([
    ['GET', '/api/nothing', {}, undefined, 404, 'not-found'],
    ['GET', '/nothing.html', {}, undefined, 404, 'not-found'],
    ['GET', '/api/%', {}, undefined, 404, 'not-found'],
    ['DELETE', '/api/openapi.json', {}, undefined, 405, 'method-not-allowed'],
    ['POST', '/api/sessions', { 'content-type': 'text/plain' }, 'x', 415, 'unsupported-media-type'],
    ['POST', '/api/sessions', { 'content-type': 'application/json' }, '{', 400, 'bad-input'],
    ['POST', '/api/sessions', { 'content-type': 'application/json' }, '', 400, 'bad-input'],
    ['POST', '/api/sessions', { 'content-type': 'application/json' }, '[]', 400, 'bad-input'],
    [
      'POST',
      '/api/sessions',
      { 'content-type': 'application/json' },
      '{"__proto__":{"x":1},"email":"a@b","password":"x"}',
      400,
      'bad-input',
    ],
    [
      'POST',
      '/api/sessions',
      { 'content-type': 'application/json' },
      JSON.stringify({ email: 'a@b', password: 'x'.repeat(20_000) }),
      413,
      'too-large',
    ],
    ['GET', '/api/spaces', {}, undefined, 401, 'sign-in-needed'],
  ] as const)('of %s %s with %j %s is a problem', async (method, url, headers, payload, status, reason) => {
    const answer = await server.call(url, {
      method,
      headers,
      ...(payload === undefined ? {} : { body: Buffer.from(payload) }),
    })
    expectProblem(answer, status, reason)
  })

  it('that is our own is a problem that says nothing of what happened inside', async () => {
    const other = await openTestServer()
    const { founder } = await createOrganisation(other)
    other.services.syncServer.membershipsOf = () => Promise.reject(new Error('SELECT secret FROM table'))
    const answer = await other.call(apiPaths.spaces, { token: founder.token })
    expectProblem(answer, 500, 'server-trouble')
    expect(answer.text).not.toContain('SELECT')
    await other.close()
  })

  it('of a full disk says that the disk is full', async () => {
    const other = await openTestServer()
    const { founder } = await createOrganisation(other)
    other.services.files.put = () =>
      Promise.reject(Object.assign(new Error('no space'), { code: 'ENOSPC', syscall: 'write' }))
    const path = apiPaths.file(mustBeSpace(await other.call(apiPaths.spaces, { token: founder.token })), 'a'.repeat(64))
    expectProblem(
      await other.call(path, { method: 'PUT', token: founder.token, body: Buffer.from('x') }),
      507,
      'storage-full',
    )
    await other.close()
  })
})

function mustBeSpace(answer: { body: unknown }): string {
  return (answer.body as { spaces: { id: string }[] }).spaces[0]?.id ?? ''
}

describe('other people’s pages', () => {
  it('may not talk to the interface', async () => {
    for (const origin of [
      'https://evil.example',
      'null',
      'https://plein.example.org.evil.example',
      'http://localhost:51730',
    ]) {
      const answer = await server.call(apiPaths.openapi, { headers: { origin } })
      expectProblem(answer, 403, 'origin-not-allowed')
      expect(answer.headers['access-control-allow-origin']).toBeUndefined()
    }
  })

  it('may where they are the app: the desktop, our own address, or one that was named', async () => {
    for (const origin of [
      'app://plein',
      'https://plein.example.org',
      'http://127.0.0.1:4680',
      'http://localhost:5173',
    ]) {
      const answer = await server.call(apiPaths.openapi, { headers: { origin } })
      expect(answer.status).toBe(200)
      expect(answer.headers['access-control-allow-origin']).toBe(origin)
      expect(answer.headers['vary']).toBe('Origin')
    }
  })

  it('may ask beforehand, without signing in', async () => {
    const headers = {
      origin: 'app://plein',
      'access-control-request-method': 'DELETE',
      'access-control-request-headers': 'authorization',
    }
    const answer = await server.call(apiPaths.currentSession, { method: 'OPTIONS', headers })
    expect(answer.status).toBe(204)
    expect(answer.headers['access-control-allow-headers']).toMatch(/^authorization, content-type, /)
    expect(answer.headers['access-control-allow-methods']).toContain('DELETE')
    expect(
      (await server.call(apiPaths.currentSession, { method: 'OPTIONS', headers: { origin: 'https://evil.example' } }))
        .status,
    ).toBe(403)
  })

  it('under a name that was pointed at this computer get nothing, health apart', async () => {
    const headers = { host: 'evil.example:4680' }
    expectProblem(await server.call(apiPaths.openapi, { headers }), 421, 'host-not-allowed')
    expectProblem(await server.call('/', { headers }), 421, 'host-not-allowed')
    expect((await server.call(apiPaths.health, { headers })).status).toBe(200)
    for (const host of ['plein.example.org', 'localhost:9', '[::1]:4680']) {
      expect((await server.call(apiPaths.openapi, { headers: { host } })).status).toBe(200)
    }
  })
})

describe('metrics', () => {
  it('are for this computer alone', async () => {
    const own = await server.call(apiPaths.metrics)
    expect(own.status).toBe(200)
    expect(own.text).toMatch(/^plein_rows_committed_total \d+$/m)
    expect(own.text).toMatch(/^plein_sessions 0$/m)
    expectProblem(await server.call(apiPaths.metrics, { from: '192.0.2.1' }), 403, 'forbidden')
    expectProblem(
      await server.call(apiPaths.metrics, { headers: { 'x-forwarded-for': '192.0.2.1' } }),
      403,
      'forbidden',
    )
    expectProblem(await server.call(apiPaths.metrics, { headers: { host: 'plein.example.org' } }), 403, 'forbidden')
  })
})

describe('readiness', () => {
  it('is lost while the store cannot commit, and when the server stops', async () => {
    const other = await openTestServer()
    expect((await other.call(apiPaths.ready)).status).toBe(200)
    other.services.syncServer.metrics.holding = 1
    expectProblem(await other.call(apiPaths.ready), 503, 'not-ready')
    other.running.state = 'going-away'
    expectProblem(await other.call(apiPaths.ready), 503, 'going-away')
    expectProblem(await other.call(apiPaths.spaces), 503, 'going-away')
    expect((await other.call(apiPaths.health)).status).toBe(200)
    await other.close()
  })
})

describe('the app', () => {
  it('is served with its policy, the page always asked for anew and hashed files for ever', async () => {
    const page = await server.call('/')
    expect(page.text).toContain('<title>Plein</title>')
    expect(page.headers).toMatchObject({
      'cache-control': 'no-cache',
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
    })
    expect(page.headers['content-security-policy']).toContain("require-trusted-types-for 'script'")
    expect((await server.call('/service-worker.js')).headers['cache-control']).toBe('no-cache')
    const asset = await server.call('/assets/index-AbC123_-.js')
    expect(asset.headers['cache-control']).toBe('public, max-age=31536000, immutable')
    expect(asset.headers['content-type']).toMatch(/javascript/)
  })

  it.each(['/.secret', '/../plein.db', '/%2e%2e/plein.db', '/assets/', '/spaces/1', '/connect', '/api/'])(
    'has nothing at %s',
    async (path) => {
      expectProblem(await server.call(path), 404, 'not-found')
    },
  )
})
