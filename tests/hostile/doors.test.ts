import { connect, type Socket } from 'node:net'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { apiPaths, type TicketAnswer } from '../../model/api.ts'
import { mintId, type LogId } from '../../model/ids.ts'
import { openAttackedServer, type AttackedServer } from './attacked-server.ts'
import { frameBytes, opcodes, RawSocket } from './raw-socket.ts'
import { WireDevice } from './wire-device.ts'

/** Loaded before the server: a signal takes its clock a minute on, and it says so. */
const lateClock = `process.on('SIGUSR2', () => {
  const now = Date.now
  Date.now = () => now() + 60_000
  console.log('a minute later')
})`

let attacked: AttackedServer
let slowLines: readonly SlowLine[]
beforeAll(async () => {
  attacked = await openAttackedServer({
    NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(lateClock)}`,
  })
  slowLines = openSlowLines(attacked.url)
})
afterAll(async () => {
  console.info(`hostile doors: ${attacked.figures()}`)
  for (const { line } of slowLines) line.destroy()
  await attacked[Symbol.asyncDispose]()
})

interface SlowLine {
  readonly line: Socket
  readonly ended: Promise<unknown>
}

/** Requests that begin and do not go on: in the first line, in the headers, in the body. */
function openSlowLines(url: string): readonly SlowLine[] {
  const { port, host } = new URL(url)
  const head = `POST /api/sessions HTTP/1.1\r\nHost: ${host}\r\nContent-Type: application/json\r\n`
  const begun = ['', 'POST /api', head, `${head}Content-Length: 9000\r\n\r\n{"email":"`]
  return Array.from({ length: 400 }, (_, i) => {
    const line = connect(Number(port), '127.0.0.1')
    const ended = new Promise((resolve) => line.once('close', resolve))
    line.on('error', () => line.destroy())
    line.resume()
    line.write(begun[i % begun.length] ?? '')
    return { line, ended }
  })
}

const ticketOf = async (token: string) =>
  (await attacked.call<TicketAnswer>('POST', apiPaths.tickets, { token })).ticket

const offering = (ticket: string) => ({ 'Sec-WebSocket-Protocol': `plein.ticket.${ticket}` })

/** The status with which the door answers; an open one is cut at once. */
async function statusOf(knock: Omit<ConstructorParameters<typeof RawSocket>[0], 'url'>): Promise<number> {
  const socket = new RawSocket({ url: attacked.url, ...knock })
  const status = await socket.status
  socket.cut()
  return status
}

it('opens for no other origin, however it is written', async () => {
  const { token } = attacked.mallory
  const own = new URL(attacked.url).host
  for (const origin of [
    'https://evil.example',
    'null',
    `http://${own}.evil.example`,
    `http://evil.example#http://${own}`,
    `HTTP://${own}`,
    `https://${own}`,
    'http://localhost',
    'app://plein.evil',
    '',
  ]) {
    expect(await statusOf({ token, headers: { origin } }), origin).toBe(403)
    const page = `/ws/${attacked.openPage}`
    expect(await statusOf({ token, path: page, headers: { origin } }), origin).toBe(403)
  }
  expect(await statusOf({ token, headers: { origin: attacked.url } })).toBe(101)
  await attacked.check()
})

it('opens once for a ticket, and never for an old, a made-up or a foreign one', async () => {
  const ticket = await ticketOf(attacked.mallory.token)
  expect(await statusOf({ headers: offering(ticket) })).toBe(101)
  expect(await statusOf({ headers: offering(ticket) })).toBe(401)
  const race = await ticketOf(attacked.mallory.token)
  const both = await Promise.all([statusOf({ headers: offering(race) }), statusOf({ headers: offering(race) })])
  expect(both.sort()).toEqual([101, 401])
  const [kept, late] = [await ticketOf(attacked.mallory.token), await ticketOf(attacked.mallory.token)]
  expect(await statusOf({ headers: offering(kept) })).toBe(101)
  process.kill(attacked.server.pid, 'SIGUSR2')
  await vi.waitFor(() => expect(attacked.server.lines).toContain('a minute later'))
  expect(await statusOf({ headers: offering(late) })).toBe(401)
  for (const made of ['', 'x'.repeat(43), `${kept.slice(0, -1)}_`, '__proto__', '%00', 'a'.repeat(8000)])
    expect(await statusOf({ headers: offering(made) }), made).toBe(401)
  await attacked.check()
})

const illIds = [
  '..',
  '../../plein.db',
  '..%2f..%2fplein.db',
  '%2e%2e%2f%2e%2e%2fetc%2fpasswd',
  '%00',
  'a%0d%0aSet-Cookie:%20x=1',
  '%c0%ae%c0%ae',
  '%',
  '%ff',
  '__proto__',
  'constructor',
  '\u0000'.repeat(26),
  `${'a'.repeat(25)}/`,
  'a'.repeat(100_000),
  "' OR 1=1 --",
]

it('finds nothing under an id that is none', async () => {
  const { port, host } = new URL(attacked.url)
  const { token } = attacked.mallory
  const paths = ['/ws/', '/api/pages/', '/api/spaces/', '/api/people/', '/assets/', '/']
  for (const id of illIds) {
    for (const path of paths) {
      const answer = await answerTo(Number(port), [
        `GET ${path}${id} HTTP/1.1`,
        `Host: ${host}`,
        'Connection: close',
        `Authorization: Bearer ${token}`,
      ])
      const [, status] = /^HTTP\/1\.1 (\d+)/.exec(answer) ?? []
      // Nothing but a refusal, or the app's own first page for an address that it knows nothing of.
      expect(['200', '400', '404', '405', '413', '414', '431'], `${path}${id.slice(0, 40)}`).toContain(status)
      expect(answer).not.toMatch(/SQLite format|root:|^set-cookie/im)
    }
    expect([404, 400, 413, 431, 0]).toContain(await statusOf({ token, path: `/ws/${id}` }))
  }
  await attacked.check()
})

/** Everything that the server says to a request written as it is. */
function answerTo(port: number, lines: readonly string[]): Promise<string> {
  return new Promise((resolve) => {
    const line = connect(port, '127.0.0.1')
    let answer = ''
    line.setEncoding('latin1')
    line.on('data', (text: string) => (answer += text))
    line.on('error', () => line.destroy())
    line.on('close', () => resolve(answer))
    line.write(`${lines.join('\r\n')}\r\n\r\n`)
  })
}

it('closes a line for an id in a frame that is none', async () => {
  for (const id of ['../../../../../plein.db\0\0\0', '\r\n'.repeat(13), '\u0000'.repeat(26), 'é'.repeat(13)]) {
    const device = await WireDevice.open(attacked.url, attacked.mallory.token)
    device.send({ type: 'open', channel: 1, documentId: id as never, schema: 1 })
    expect(await device.ended).toBe(4400)
  }
  const line = await RawSocket.open({ url: attacked.url, token: attacked.mallory.token })
  line.line.write(frameBytes({ opcode: opcodes.binary, payload: Buffer.from([0, 26, ...Buffer.alloc(26, 47)]) }))
  expect(await line.ended).toBe(4400)
  line.cut()
  expect(mintId<LogId>((bytes) => bytes.fill(7))).toHaveLength(26)
  await attacked.check()
})

it('serves everybody else while 400 requests do not go on, and cuts these', async () => {
  await attacked.check()
  expect(await Promise.all(slowLines.map(({ ended }) => ended))).toHaveLength(400)
  await attacked.check()
}, 90_000)
