import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { WebSocket } from 'ws'
import { apiPaths, type PageAnswer, type SignedIn, type TicketAnswer } from '../../model/api.ts'
import { openLog } from '../../sync-server/log.ts'
import { startServer, type RunningServer } from '../../sync-server/start-server.ts'
import { newDataDir } from './support/server-process.ts'

let server: RunningServer
let founder: SignedIn

beforeEach(async () => {
  const started = await startServer(
    {
      port: 0,
      host: '127.0.0.1',
      publicUrl: null,
      allowOrigins: [],
      dataDir: newDataDir(),
      demo: false,
      appDir: null,
      logLevel: 'silent',
      maxFileBytes: 64 * 1024 * 1024,
      mail: null,
    },
    openLog('silent'),
  )
  if (!started.ok) throw new Error(started.error)
  server = started.value
  founder = await call<SignedIn>('POST', apiPaths.organisation, {
    name: 'De Werf',
    personName: 'Sofie',
    email: 'sofie@example.org',
    password,
  })
})
afterEach(async () => {
  vi.useRealTimers()
  await server.stop()
})

const password = 'drie blauwe fietsen'

async function call<T>(method: string, path: string, body?: object, token?: string): Promise<T> {
  const headers = {
    ...(body && { 'content-type': 'application/json' }),
    ...(token && { authorization: `Bearer ${token}` }),
  }
  const response = await fetch(server.url + path, { method, headers, ...(body && { body: JSON.stringify(body) }) })
  expect(response.ok, await response.clone().text()).toBe(true)
  return (response.status === 204 ? undefined : await response.json()) as T
}

async function ticketFor(token: string, documentId?: string): Promise<string> {
  const body = documentId === undefined ? undefined : { documentId, reusable: true }
  return (await call<TicketAnswer>('POST', apiPaths.tickets, body, token)).ticket
}

interface Opening {
  readonly path?: string
  readonly ticket?: string
  readonly headers?: Record<string, string>
}

/** An open socket, or the status with which it was refused. */
function open({ path = '/connect', ticket, headers = {} }: Opening): Promise<WebSocket | number> {
  const protocols = ticket === undefined ? ['plein'] : ['plein', `plein.ticket.${ticket}`]
  const socket = new WebSocket(server.url.replace('http', 'ws') + path, protocols, { headers })
  return new Promise((settle, fail) => {
    socket.once('open', () => settle(socket))
    socket.once('unexpected-response', (request, response) => {
      request.destroy()
      settle(response.statusCode ?? 0)
    })
    socket.once('error', fail)
  })
}

async function mustOpen(opening: Opening): Promise<WebSocket> {
  const socket = await open(opening)
  if (typeof socket === 'number') throw new Error(`Refused with ${socket}`)
  return socket
}

const closeCodeOf = (socket: WebSocket) => new Promise<number>((settle) => socket.once('close', settle))

async function join(): Promise<SignedIn> {
  const { code } = await call<{ code: string }>('POST', apiPaths.invitations, { role: 'member' }, founder.token)
  return call('POST', apiPaths.acceptInvitation(code), { name: 'Bram', email: 'bram@example.org', password })
}

async function teamPage(token: string): Promise<PageAnswer> {
  const { spaces } = await call<{ spaces: { id: string; kind: string }[] }>('GET', apiPaths.spaces, undefined, token)
  const team = spaces.find(({ kind }) => kind === 'team')
  return call('POST', apiPaths.pages(team?.id ?? ''), { title: 'Kaart', kind: 'wiki' }, token)
}

describe('a ticket', () => {
  it('opens one socket once, and the server never repeats it', async () => {
    const ticket = await ticketFor(founder.token)
    const socket = await mustOpen({ ticket })
    expect(socket.protocol).toBe('plein')
    expect(await open({ ticket })).toBe(401)
    socket.terminate()
  })

  it('that is a minute old opens nothing', async () => {
    const ticket = await ticketFor(founder.token)
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 60_000 })
    expect(await open({ ticket })).toBe(401)
  })

  it('dies with its session', async () => {
    const bram = await join()
    const ticket = await ticketFor(bram.token)
    await call('DELETE', apiPaths.currentSession, undefined, bram.token)
    expect(await open({ ticket })).toBe(401)
  })

  it('made up, or none at all, opens nothing', async () => {
    expect(await open({ ticket: 'x'.repeat(43) })).toBe(401)
    expect(await open({})).toBe(401)
  })

  it('opens nothing for another web page', async () => {
    const headers = { origin: 'https://evil.example' }
    expect(await open({ ticket: await ticketFor(founder.token), headers })).toBe(403)
    const socket = await mustOpen({ ticket: await ticketFor(founder.token), headers: { origin: 'app://plein' } })
    socket.terminate()
  })
})

describe('a ticket for a document', () => {
  it('opens that document again and again, and nothing else', async () => {
    const [page, other] = [await teamPage(founder.token), await teamPage(founder.token)]
    const ticket = await ticketFor(founder.token, page.id)
    for (let n = 0; n < 2; n += 1) (await mustOpen({ path: `/ws/${page.id}`, ticket })).terminate()
    expect(await open({ path: `/ws/${other.id}`, ticket })).toBe(403)
    expect(await open({ path: '/connect', ticket })).toBe(403)
  })

  it('expires after twelve hours and dies with its session', async () => {
    const page = await teamPage(founder.token)
    const bram = await join()
    const ticket = await ticketFor(bram.token, page.id)
    await call('DELETE', apiPaths.currentSession, undefined, bram.token)
    expect(await open({ path: `/ws/${page.id}`, ticket })).toBe(401)
    const late = await ticketFor(founder.token, page.id)
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 12 * 60 * 60 * 1000 })
    expect(await open({ path: `/ws/${page.id}`, ticket: late })).toBe(401)
  })
})

describe('a device token', () => {
  it('opens a socket as Authorization: Bearer, and a wrong one does not', async () => {
    const socket = await mustOpen({ headers: { authorization: `Bearer ${founder.token}` } })
    socket.terminate()
    expect(await open({ headers: { authorization: `Bearer ${'a'.repeat(43)}` } })).toBe(401)
  })
})

describe('an open socket', () => {
  it('closes when its device is signed out', async () => {
    const socket = await mustOpen({ ticket: await ticketFor(founder.token) })
    const closed = closeCodeOf(socket)
    await call('DELETE', apiPaths.currentSession, undefined, founder.token)
    expect(await closed).toBe(4401)
  })

  it('closes when its person is suspended, who cannot open another', async () => {
    const bram = await join()
    const unused = await ticketFor(bram.token)
    const closed = closeCodeOf(await mustOpen({ ticket: await ticketFor(bram.token) }))
    await call('PATCH', apiPaths.person(bram.person.id), { suspended: true }, founder.token)
    expect(await closed).toBe(4403)
    expect(await open({ ticket: unused })).toBe(401)
  })
})
