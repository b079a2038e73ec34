import { randomFillSync } from 'node:crypto'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { expect, it, vi } from 'vitest'
import { WebSocket } from 'ws'
import { apiPaths, type SignedIn, type SpaceAnswer } from '../../model/api.ts'
import { rowChecksum } from '../../model/checksum.ts'
import { mintId, type DocumentId, type LogId, type RequestId, type SpaceId } from '../../model/ids.ts'
import { encodeAsk } from '../../model/parse-ask.ts'
import { encodeClientMessage } from '../../model/protocol/codec.ts'
import type { ClientMessage } from '../../model/protocol/messages.ts'
import { seedOf } from '../../model/seeds.ts'
import { encodePresence } from '../../sync-server/presence.ts'
import { awarenessFrame, stepOneFrame, updateFrame } from '../../sync-server/y-websocket-frames.ts'
import { Writer } from '../contract/fake-device.ts'
import { openTestServer, type TestServer } from '../support/start-server.ts'
import { helloOf, WireDevice } from './wire-device.ts'

const password = 'drie blauwe fietsen'

/** Handlers that must have thrown, or the test shows nothing: one of each kind of door. */
const mustThrow = [
  ...['DeviceSession.receive', 'DeviceSession.closed', 'DeviceSession.settled', 'DeviceSession.send'],
  ...['StockSession.receive', 'StockSession.closed', 'StockSession.settled', 'StockSession.live'],
  ...['DeviceChannels.open', 'DeviceChannels.close', 'DeviceChannels.receive', 'DeviceChannels.leaveAll'],
  ...['DeviceChannel.live', 'DeviceChannel.presence', 'Presence.receive', 'Presence.leave', 'PageChannel.broadcast'],
  ...['Committer.submit', 'Committer.barrier', 'SqliteStore.commit', 'RequestDesk.submit', 'MessageTurns.take'],
  ...['Outgoing.send', 'Outgoing.end', 'SilenceWatch.heard', 'Reachers.join', 'Reachers.leave', 'Connections.remove'],
  ...[
    'SyncServer.accept',
    'SyncServer.acceptStock',
    'Sessions.find',
    'Tickets.issue',
    'Pages.create',
    'Following.taken',
  ],
]

it('a throw in any handler never ends the process, and what is written afterwards is kept', async () => {
  await using server = await openTestServer({
    env: {
      PLEIN_LOG_LEVEL: 'fatal',
      NODE_OPTIONS: `--import=${pathToFileURL(join(import.meta.dirname, 'throwing-server.ts')).href}`,
    },
  })
  const { token, spaceId, page } = await begin(server)
  process.kill(server.pid, 'SIGUSR2')
  await vi.waitFor(() => expect(server.lines).toContain('armed'))
  // Each round gets one throw further than the one before; when five go by without any, all that can be reached have thrown.
  for (let quiet = 0; quiet < 5;) {
    const before = thrownBy(server).length
    expect(server.lines.filter((line) => line.includes('nobody caught'))).toEqual([])
    await everythingOnce(server, { token, spaceId, page })
    quiet = thrownBy(server).length > before ? 0 : quiet + 1
  }
  const thrown = thrownBy(server)
  console.info(`hostile throws: ${thrown.length} methods threw, each once`)
  expect(mustThrow.filter((name) => !thrown.includes(name))).toEqual([])
  const device = await WireDevice.open(server.url, token)
  const after = await device.register(spaceId, 'page', 'note')
  expect(await device.push(after, new Writer(5, seedOf('page', 'note')).write('still here'))).toBe('acknowledged')
  expect((await fetch(server.url + apiPaths.ready)).status).toBe(200)
  device.close()
}, 60_000)

const thrownBy = (server: TestServer): readonly string[] =>
  server.lines.filter((line) => line.startsWith('threw ')).map((line) => line.slice('threw '.length))

interface Begun {
  readonly token: string
  readonly spaceId: SpaceId
  readonly page: DocumentId
}

async function begin(server: TestServer): Promise<Begun> {
  const { token } = await mustAsk<SignedIn>(server, apiPaths.organisation, {
    body: { name: 'De Werf', personName: 'Sofie', email: 'sofie@example.org', password },
  })
  const space = await mustAsk<SpaceAnswer>(server, apiPaths.spaces, {
    token,
    body: { name: 'Werkplaats', kind: 'project' },
  })
  const device = await WireDevice.open(server.url, token)
  const spaceId = space.id
  const page = await device.register(spaceId, 'page', 'wiki')
  device.close()
  return { token, spaceId, page }
}

async function mustAsk<T>(
  server: TestServer,
  path: string,
  { token, body }: { readonly token?: string; readonly body: object },
): Promise<T> {
  const response = await fetch(server.url + path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(token !== undefined && { authorization: `Bearer ${token}` }) },
    body: JSON.stringify(body),
  })
  if (!response.ok) throw new Error(`${path} answered ${response.status}`)
  return (await response.json()) as T
}

/** How long a round waits for answers that a throw may have taken away. */
const patienceMs = 200

let rounds = 0

/** Every kind of message at every door, while both sockets have the page open. */
async function everythingOnce(server: TestServer, begun: Begun): Promise<void> {
  rounds += 1
  const { token, spaceId, page } = begun
  const presence = new Uint8Array(awarenessFrame(encodePresence([{ clientId: rounds, clock: 1, json: '{}' }])))
  const frames = [new Uint8Array(stepOneFrame(new Uint8Array([0]))), presence]
  const [one, two] = [new Writer(1000 + rounds).write('x'), new Writer(1_000_000 + rounds).write('y')]
  const sockets = [
    await say(server, { token, path: `/ws/${page}`, frames: [...frames, updateFrame(one)] }),
    await say(server, { token, path: '/connect', frames: messagesOf(begun, two, frames).map(encodeClientMessage) }),
  ]
  const name = { title: 'x', kind: 'wiki' }
  const paths = [apiPaths.spaces, apiPaths.people, apiPaths.pages(spaceId), apiPaths.page(page)]
  await Promise.all([
    ...sockets.map((socket) => socket.heardOut),
    ...[...paths, `${apiPaths.search}?q=x`].map((path) => answer(server, path, { token })),
    answer(server, apiPaths.tickets, { token, body: {} }),
    answer(server, apiPaths.pages(spaceId), { token, body: name }),
    answer(server, apiPaths.sessions, { body: { email: 'sofie@example.org', password } }),
  ])
  for (const { socket } of sockets) socket.terminate()
}

interface Said {
  readonly socket: WebSocket
  /** The line ended, or it was answered to the last, or nothing more came. */
  readonly heardOut: Promise<unknown>
}

async function say(
  server: TestServer,
  { token, path, frames }: { readonly token: string; readonly path: string; readonly frames: readonly Uint8Array[] },
): Promise<Said> {
  const headers = { authorization: `Bearer ${token}` }
  const socket = new WebSocket(server.url.replace('http', 'ws') + path, ['plein'], { headers })
  const ended = new Promise((resolve) => socket.once('close', resolve))
  socket.on('error', () => socket.terminate())
  await Promise.race([new Promise((resolve) => socket.once('open', resolve)), ended])
  if (socket.readyState === WebSocket.OPEN) for (const frame of frames) socket.send(frame)
  const patience = new Promise((resolve) => setTimeout(resolve, patienceMs))
  const answered = new Promise((resolve) => {
    let heard = 0
    // The last answer of a device is its row's acknowledgement, which comes after everything else.
    socket.on('message', () => {
      heard += 1
      if (heard === 8) resolve(heard)
    })
  })
  return { socket, heardOut: Promise.race([ended, answered, patience]) }
}

/** Whatever is answered, a problem included; a line that was cut is an answer too. */
async function answer(
  server: TestServer,
  path: string,
  { token, body }: { readonly token?: string; readonly body?: object },
): Promise<number> {
  const response = await fetch(server.url + path, {
    method: body === undefined ? 'GET' : 'POST',
    headers: {
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
    signal: AbortSignal.timeout(10_000),
  }).catch(() => undefined)
  await response?.arrayBuffer()
  return response?.status ?? 0
}

function messagesOf(
  { spaceId, page }: Begun,
  update: Uint8Array,
  frames: readonly Uint8Array<ArrayBuffer>[],
): readonly ClientMessage[] {
  const row = {
    ...{ row: 1, checksum: rowChecksum(0, 1, page, update), documentId: page, schema: 1 },
    ...{ restored: false, registration: null, update: new Uint8Array(update) },
  }
  return [
    helloOf(mintId<LogId>(randomFillSync)),
    { type: 'open', channel: 1, documentId: page, schema: 1 },
    ...frames.map((bytes): ClientMessage => ({ type: 'channel', channel: 1, bytes })),
    { type: 'push', rows: [row] },
    { type: 'taken', spaceId, n: 1 },
    { type: 'holds', spaceId, n: 1 },
    { type: 'fetch', key: 1, documents: [{ documentId: page, stateVector: new Uint8Array() }] },
    { type: 'request', requestId: mintId<RequestId>(randomFillSync), ask: encodeAsk({ type: 'leave-space', spaceId }) },
    { type: 'ping', n: 1, nextWithinMs: 60_000 },
    { type: 'open', channel: 2, documentId: page, schema: 1 },
    { type: 'close', channel: 2 },
  ]
}
