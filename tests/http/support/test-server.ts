import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join as joinPath } from 'node:path'
import { expect } from 'vitest'
import {
  apiPaths,
  isProblem,
  type InvitationAnswer,
  type ProblemReason,
  type SignedIn,
  type SpaceAnswer,
} from '../../../model/api.ts'
import type { OrganisationRole, SpaceRole } from '../../../model/permission.ts'
import type { Config } from '../../../sync-server/config.ts'
import { openHttp, type App } from '../../../sync-server/http.ts'
import { openLog } from '../../../sync-server/log.ts'
import { openServices, type Running } from '../../../sync-server/open-services.ts'
import type { Services } from '../../../sync-server/services.ts'

export const password = 'drie blauwe fietsen'

export interface Call {
  readonly method?: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE' | 'OPTIONS'
  readonly token?: string
  readonly body?: unknown
  readonly headers?: Readonly<Record<string, string>>
  /** Where the request seems to come from. */
  readonly from?: string
}

export interface Answer {
  readonly status: number
  readonly headers: Readonly<Record<string, unknown>>
  readonly body: unknown
  readonly text: string
  readonly bytes: Buffer
}

/** The whole server in this process, without a socket: its own folder, requests handed in. */
export interface TestServer {
  readonly app: App
  readonly services: Services
  /** Where the server stands, for tests to change. */
  readonly running: Running
  call(path: string, call?: Call): Promise<Answer>
  close(): Promise<void>
}

export async function openTestServer(change: Partial<Config> = {}): Promise<TestServer> {
  const dataDir = mkdtempSync(joinPath(tmpdir(), 'plein-http-'))
  const defaults: Config = {
    port: 4680,
    host: '127.0.0.1',
    publicUrl: null,
    allowOrigins: [],
    dataDir,
    demo: false,
    appDir: null,
    logLevel: 'silent',
    maxFileBytes: 64 * 1024 * 1024,
    mail: null,
  }
  const config = { ...defaults, ...change }
  const opened = await openServices(config, openLog(config.logLevel))
  if (!opened.ok) throw new Error(opened.error)
  const { services, running } = opened.value
  running.state = 'ready'
  running.port = config.port
  const app = await openHttp(services)
  await app.ready()
  return {
    app,
    services,
    running,
    call: (path, call = {}) => inject(app, path, call),
    async close() {
      await app.close()
      await opened.value.close()
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}

async function inject(
  app: App,
  path: string,
  { method = 'GET', token, body, headers = {}, from = '127.0.0.1' }: Call,
): Promise<Answer> {
  const answer = await app.inject({
    method,
    url: path,
    remoteAddress: from,
    headers: {
      host: '127.0.0.1:4680',
      ...(body === undefined || Buffer.isBuffer(body) ? {} : { 'content-type': 'application/json' }),
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      ...headers,
    },
    ...(body === undefined ? {} : { payload: Buffer.isBuffer(body) ? body : JSON.stringify(body) }),
  })
  const isJson = answer.headers['content-type']?.includes('json') === true
  return {
    status: answer.statusCode,
    headers: answer.headers,
    text: answer.body,
    bytes: answer.rawPayload,
    body: isJson && answer.body !== '' ? (JSON.parse(answer.body) as unknown) : undefined,
  }
}

/** Checks that an answer is this problem, as RFC 9457 wants it. */
export function expectProblem(answer: Answer, status: number, reason: ProblemReason): void {
  expect({ status: answer.status, reason: isProblem(answer.body) ? answer.body.reason : answer.text }).toEqual({
    status,
    reason,
  })
  expect(answer.headers['content-type']).toBe('application/problem+json')
  expect(answer.body).toMatchObject({
    type: 'about:blank',
    status,
    title: expect.any(String),
    detail: expect.any(String),
  })
}

/** The body of an answer that must have gone well. */
export function bodyOf<T>(answer: Answer, status = 200): T {
  expect(`${answer.status} ${answer.status === status ? '' : answer.text}`.trim()).toBe(String(status))
  return answer.body as T
}

export interface Organisation {
  readonly founder: SignedIn
  /** The first team space, where all colleagues edit. */
  readonly team: SpaceAnswer
  /** The organisation's own space. */
  readonly own: SpaceAnswer
}

export async function createOrganisation(server: TestServer): Promise<Organisation> {
  const body = { name: 'De Werf', personName: 'Sofie', email: 'sofie@example.org', password, teamSpaceName: 'Iedereen' }
  const founder = bodyOf<SignedIn>(await server.call(apiPaths.organisation, { method: 'POST', body }), 201)
  const spaces = await spacesOf(server, founder.token)
  return { founder, team: mustFind(spaces, 'team'), own: mustFind(spaces, 'organisation') }
}

export async function spacesOf(server: TestServer, token: string): Promise<readonly SpaceAnswer[]> {
  return bodyOf<{ spaces: SpaceAnswer[] }>(await server.call(apiPaths.spaces, { token })).spaces
}

export function mustFind(spaces: readonly SpaceAnswer[], kind: SpaceAnswer['kind']): SpaceAnswer {
  const found = spaces.find((space) => space.kind === kind)
  if (found === undefined) throw new Error(`No space of kind ${kind}`)
  return found
}

export async function invite(server: TestServer, token: string, body: object): Promise<InvitationAnswer> {
  return bodyOf<InvitationAnswer>(await server.call(apiPaths.invitations, { method: 'POST', token, body }), 201)
}

let newcomers = 0

/** Somebody new with this role, by an invitation. */
export async function join(
  server: TestServer,
  { founder }: Organisation,
  role: OrganisationRole = 'member',
): Promise<SignedIn> {
  const { code } = await invite(server, founder.token, { role: role === 'guest' ? 'guest' : 'member' })
  newcomers += 1
  const body = { name: `Person ${newcomers}`, email: `person${newcomers}@example.org`, password, deviceName: 'Laptop' }
  const joined = bodyOf<SignedIn>(await server.call(apiPaths.acceptInvitation(code), { method: 'POST', body }), 201)
  if (role === 'member' || role === 'guest') return joined
  await server.call(apiPaths.person(joined.person.id), { method: 'PATCH', token: founder.token, body: { role } })
  return { ...joined, person: { ...joined.person, role } }
}

/** Gives somebody a role in a space, by its owner. */
export async function setRole(
  server: TestServer,
  owner: SignedIn,
  place: { space: SpaceAnswer; person: SignedIn; role: SpaceRole },
): Promise<void> {
  const path = apiPaths.member(place.space.id, place.person.person.id)
  bodyOf(await server.call(path, { method: 'PUT', token: owner.token, body: { role: place.role } }), 204)
}

export async function createSpace(server: TestServer, owner: SignedIn, name = 'Werkplaats'): Promise<SpaceAnswer> {
  const body = { name, kind: 'project' }
  return bodyOf<SpaceAnswer>(await server.call(apiPaths.spaces, { method: 'POST', token: owner.token, body }), 201)
}
