import { randomFillSync } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { WebsocketProvider } from 'y-websocket'
import * as Y from 'yjs'
import { mintId, type DocumentId, type PersonId } from '../../model/ids.ts'
import { startRealServer, type RealServer } from './real-server.ts'

/** `--quiet-seconds` of the brief: 40 by default, because a stock client gives a line up after 30; five minutes by PLEIN_QUIET_SECONDS=300. */
const quietMs = Number(process.env['PLEIN_QUIET_SECONDS'] ?? 40) * 1000

const dataDir = mkdtempSync(join(tmpdir(), 'plein-stock-'))
const ann = mintId<PersonId>(randomFillSync)
const bob = mintId<PersonId>(randomFillSync)
let server: RealServer
const providers: WebsocketProvider[] = []

async function newPage(): Promise<DocumentId> {
  const spaceId = await server.syncServer.createSpace({ kind: 'team', name: 'Bouw', ownerId: ann })
  await server.syncServer.grantSpace(bob, spaceId, 'editor')
  return server.syncServer.createDocument({ spaceId, kind: 'page', pageKind: 'wiki', ownerId: ann, update: null })
}

/** An unchanged provider of the npm package, as anybody would use it. */
function connect(documentId: DocumentId, personId: PersonId) {
  const doc = new Y.Doc()
  const provider = new WebsocketProvider(`ws://127.0.0.1:${server.port}/ws`, documentId, doc, {
    protocols: ['plein', `plein.ticket.${personId}`],
    params: { schema: '1' },
    WebSocketPolyfill: WebSocket as unknown as typeof globalThis.WebSocket,
    disableBc: true,
    maxBackoffTime: 500,
  })
  providers.push(provider)
  return { doc, provider, text: doc.getText('prose') }
}

/** Waits for a named event of Yjs or the provider until the claim holds. */
async function until(
  claim: () => boolean,
  ...clients: readonly { readonly doc: Y.Doc; readonly provider: WebsocketProvider }[]
): Promise<void> {
  if (claim()) return
  await new Promise<void>((resolve) => {
    const check = () => {
      if (claim()) resolve()
    }
    for (const { doc, provider } of clients) {
      doc.on('update', check)
      provider.awareness.on('change', check)
      provider.on('status', check)
      provider.on('sync', check)
    }
    check()
  })
}

/** A round trip: what was sent before it has been answered, because frames of one socket keep their order. */
async function committed(documentId: DocumentId, text: string): Promise<void> {
  for (;;) {
    const update = await server.syncServer.readDocument(documentId)
    const doc = new Y.Doc()
    if (update instanceof Uint8Array) Y.applyUpdate(doc, update)
    if (doc.getText('prose').toString() === text) return
    await new Promise((resolve) => setImmediate(resolve))
  }
}

beforeAll(async () => {
  server = await startRealServer(dataDir)
})

afterAll(async () => {
  for (const provider of providers) provider.destroy()
  await server.stop()
  rmSync(dataDir, { recursive: true, force: true })
})

describe.concurrent('stock y-websocket clients', () => {
  it('ST1 sync text and presence with each other', async () => {
    const documentId = await newPage()
    const [a, b] = [connect(documentId, ann), connect(documentId, bob)]
    await until(() => a.provider.synced && b.provider.synced, a, b)
    a.text.insert(0, 'from Ann')
    await until(() => b.text.toString() === 'from Ann', b)
    b.text.insert(8, ', from Bob')
    await until(() => a.text.toString() === 'from Ann, from Bob', a)
    a.provider.awareness.setLocalState({ user: { name: 'The mayor' }, cursor: 1 })
    await until(() => b.provider.awareness.getStates().get(a.doc.clientID) !== undefined, b)
    expect(b.provider.awareness.getStates().get(a.doc.clientID)).toMatchObject({
      cursor: 1,
      user: { name: `Person ${ann.slice(0, 4)}` },
    })
    a.provider.destroy()
    await until(() => b.provider.awareness.getStates().get(a.doc.clientID) === undefined, b)
    await committed(documentId, 'from Ann, from Bob')
  })

  it('ST1 merge what both wrote while the line was cut, again and again', async () => {
    const documentId = await newPage()
    const [a, b] = [connect(documentId, ann), connect(documentId, bob)]
    await until(() => a.provider.synced && b.provider.synced, a, b)
    let written = 0
    for (let round = 0; round < 5; round += 1) {
      a.provider.disconnect()
      b.provider.disconnect()
      for (const each of [a, b]) {
        each.text.insert(0, `${round} `)
        written += 2
      }
      a.provider.connect()
      b.provider.connect()
      await until(() => a.text.length === written && b.text.length === written, a, b)
      expect(a.text.toString()).toBe(b.text.toString())
    }
    await committed(documentId, a.text.toString())
  })

  it(
    'ST3 keep their line through forty quiet seconds',
    async () => {
      const documentId = await newPage()
      const [a, b] = [connect(documentId, ann), connect(documentId, bob)]
      await until(() => a.provider.synced && b.provider.synced, a, b)
      // Nobody shows presence, so no client says anything by itself either.
      for (const each of [a, b]) each.provider.awareness.setLocalState(null)
      const statuses: string[] = []
      for (const each of [a, b]) each.provider.on('status', ({ status }: { status: string }) => statuses.push(status))
      await new Promise((resolve) => setTimeout(resolve, quietMs))
      a.text.insert(0, 'still here')
      await until(() => b.text.toString() === 'still here', b)
      expect(statuses).toEqual([])
    },
    quietMs + 30_000,
  )
})

/** The status of an upgrade that is answered with plain HTTP. */
function statusOf(path: string, headers: Readonly<Record<string, string>>): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const asking = request({
      port: server.port,
      host: '127.0.0.1',
      path,
      headers: {
        Connection: 'Upgrade',
        Upgrade: 'websocket',
        'Sec-WebSocket-Version': '13',
        'Sec-WebSocket-Key': 'MDEyMzQ1Njc4OWFiY2RlZg==',
        ...headers,
      },
    })
    asking.on('response', (response) => {
      response.resume()
      resolve(response.statusCode)
    })
    asking.on('upgrade', (response, socket) => {
      socket.destroy()
      resolve(response.statusCode)
    })
    asking.on('error', reject)
    asking.end()
  })
}

describe('upgrades', () => {
  it('answer strangers, foreign origins and unknown documents with plain HTTP', async () => {
    const documentId = await newPage()
    const ticket = { 'Sec-WebSocket-Protocol': `plein, plein.ticket.${ann}` }
    const stranger = { 'Sec-WebSocket-Protocol': `plein, plein.ticket.${mintId<PersonId>(randomFillSync)}` }
    expect(await statusOf('/connect', {})).toBe(401)
    expect(await statusOf('/connect', { ...ticket, Origin: 'http://127.0.0.1.example.org' })).toBe(403)
    expect(await statusOf('/connect', { ...ticket, Origin: 'http://127.0.0.1' })).toBe(101)
    expect(await statusOf('/elsewhere', ticket)).toBe(404)
    expect(await statusOf(`/ws/${documentId}?schema=x`, ticket)).toBe(404)
    expect(await statusOf(`/ws/${documentId}?schema=1`, stranger)).toBe(403)
    expect(await statusOf(`/ws/${mintId<DocumentId>(randomFillSync)}`, ticket)).toBe(404)
    expect(await statusOf(`/ws/${documentId}`, ticket)).toBe(101)
  })

  it('select the protocol plein and never the ticket', async () => {
    const socket = new WebSocket(`ws://127.0.0.1:${server.port}/connect`, [`plein.ticket.${ann}`, 'plein'])
    await new Promise((resolve) => socket.once('open', resolve))
    expect(socket.protocol).toBe('plein')
    socket.close()
  })

  it.each([
    ['unmasked', Buffer.from([0x82, 0x02, 1, 2])],
    ['with reserved bits', Buffer.from([0xf2, 0x82, 0, 0, 0, 0, 1, 2])],
    ['of an unknown kind', Buffer.from([0x8b, 0x80, 0, 0, 0, 0])],
    ['larger than any frame', Buffer.from([0x82, 0xff, 0, 0, 0, 0, 0x7f, 0xff, 0xff, 0xff, 0, 0, 0, 0])],
    ['of text that is no UTF-8', Buffer.from([0x81, 0x82, 0, 0, 0, 0, 0xc3, 0x28])],
    ['of text', Buffer.from([0x81, 0x91, 0, 0, 0, 0, ...Buffer.from('99999999999999999')])],
  ])('survive a WebSocket frame %s', async (_name, bytes) => {
    const socket = new WebSocket(`ws://127.0.0.1:${server.port}/connect`, ['plein', `plein.ticket.${ann}`])
    const closed = new Promise<number>((resolve) => socket.once('close', resolve))
    socket.on('error', () => socket.terminate())
    await new Promise((resolve) => socket.once('open', resolve))
    Reflect.get(socket, '_socket').write(bytes)
    expect(await closed).toBeGreaterThan(999)
    expect(await statusOf('/connect', { 'Sec-WebSocket-Protocol': `plein, plein.ticket.${ann}` })).toBe(101)
  })
})
