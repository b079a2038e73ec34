import { afterEach, describe, expect, it } from 'vitest'
import { Awareness } from 'y-protocols/awareness'
import { WebsocketProvider } from 'y-websocket'
import * as Y from 'yjs'
import { mintId, parseId, type DocumentId } from '../../model/ids.ts'
import type { ServerMessage } from '../../model/protocol/messages.ts'
import { seedOf } from '../../model/seeds.ts'
import { fillRandom } from '../storage/test-random.ts'
import { makeChannelSocketClass, type SyncPort } from './channel.ts'
import { readDialect, writeAwareness, writeUpdateMessage } from './dialect.ts'
import { connected, documentRow, page, spaceId, testLaptop, turns, welcome, type TestLaptop } from './fake-server.ts'
import type { FromWorker } from './sync-messages.ts'

const seed = seedOf('page', 'wiki')
const cleanups: (() => void)[] = []
afterEach(() => {
  for (const cleanup of cleanups.splice(0)) cleanup()
})

/** A window: the stock provider over a channel of the engine's socket. */
function openWindow(test: TestLaptop, windowId: string, doc: Y.Doc) {
  const listeners = new Set<(message: FromWorker) => void>()
  let count = 0
  const port: SyncPort = {
    post: (message) => test.engine.handle(message),
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
  let seen = 0
  const deliver = () => {
    for (; seen < test.emitted.length; seen += 1) {
      const message = test.emitted[seen]
      if (message !== undefined) for (const listener of listeners) listener(message)
    }
  }
  const WebSocketPolyfill = makeChannelSocketClass({
    port,
    windowId,
    documentIdFromUrl: (url) => parseId<DocumentId>(url.split('/').at(-1)),
    schema: 1,
    mintChannelId: () => `${windowId}-${(count += 1)}`,
    every: () => () => {},
  })
  const provider = new WebsocketProvider('ws://plein', page, doc, {
    WebSocketPolyfill,
    disableBc: true,
    awareness: new Awareness(doc),
  })
  cleanups.push(() => {
    provider.destroy()
    provider.awareness.destroy()
  })
  return { provider, deliver }
}

async function heldPage(): Promise<TestLaptop> {
  const test = await connected(testLaptop())
  const record = { type: 'update', n: 1, row: documentRow(page), update: seed } as const
  await test.server.say({ type: 'feed', spaceId, to: 1, head: 1, records: [record] })
  return test
}

function outward(test: TestLaptop) {
  return test.server.heard('channel').map(({ bytes }) => readDialect(bytes))
}

function editOf(text: string, clientId: number): Uint8Array<ArrayBuffer> {
  const doc = new Y.Doc()
  doc.clientID = clientId
  doc.getText('body').insert(0, text)
  return new Uint8Array(Y.encodeStateAsUpdate(doc))
}

function live(channel: number, update: Uint8Array<ArrayBuffer>, n = 2): ServerMessage {
  return { type: 'live', channel, spaceId, n, minSchema: 1, update }
}

describe('channel', () => {
  it('CN1 lets out step 1 and own presence, and swallows updates and step 2', async () => {
    const test = await heldPage()
    const doc = new Y.Doc()
    const { provider, deliver } = openWindow(test, 'a', doc)
    deliver()
    provider.awareness.setLocalState({ name: 'Anna' })
    doc.getText('body').insert(0, 'typed here')
    const [open] = test.server.heard('open')
    await test.server.say({ type: 'channel', channel: open?.channel ?? 0, bytes: new Uint8Array([0, 0, 1, 0]) })
    deliver()
    await turns()
    expect(new Set(outward(test).map(({ type }) => type))).toEqual(new Set(['step-1', 'awareness']))
    expect(provider.wsconnected).toBe(true)
  })

  it('CN1 lets out nobody else’s presence', async () => {
    const test = await heldPage()
    const doc = new Y.Doc()
    const { deliver } = openWindow(test, 'a', doc)
    deliver()
    const [open] = test.server.heard('open')
    const entries = [{ clientId: 99, clock: 1, state: '{"name":"Bram"}' }]
    await test.server.say({ type: 'channel', channel: open?.channel ?? 0, bytes: writeAwareness(entries) })
    deliver()
    await turns()
    const clients = outward(test).flatMap((message) => (message.type === 'awareness' ? message.entries : []))
    expect(new Set(clients.map(({ clientId }) => clientId))).toEqual(new Set([doc.clientID]))
  })

  it('CN2 hands a committed update on only after it is stored', async () => {
    const test = await heldPage()
    const doc = new Y.Doc()
    const { deliver } = openWindow(test, 'a', doc)
    deliver()
    const [open] = test.server.heard('open')
    await test.server.say(live(open?.channel ?? 0, editOf('from afar', 77)))
    expect((await test.storage.load(page)).updates.length).toBe(2)
    deliver()
    expect(doc.getText('body').toString()).toBe('from afar')
    expect(
      test
        .heard('remote-changes')
        .at(-1)
        ?.changes.map(({ documentId }) => documentId),
    ).toEqual([page])
  })

  it('CN2 stores what has come by a channel that was closed meanwhile, because the feed passes over it', async () => {
    const test = await heldPage()
    const { provider, deliver } = openWindow(test, 'a', new Y.Doc())
    deliver()
    const [open] = test.server.heard('open')
    provider.disconnect()
    await test.server.say(live(open?.channel ?? 0, editOf('late', 77)))
    expect((await test.storage.load(page)).updates.length).toBe(2)
  })

  it('CN2 answers step 1 and says synced', async () => {
    const test = await heldPage()
    const doc = new Y.Doc()
    const { provider, deliver } = openWindow(test, 'a', doc)
    deliver()
    const [open] = test.server.heard('open')
    const step2 = new Uint8Array(writeUpdateMessage(editOf('stored there', 77)))
    step2[1] = 1
    await test.server.say({ type: 'channel', channel: open?.channel ?? 0, bytes: step2 })
    deliver()
    expect(provider.synced).toBe(true)
    expect(doc.getText('body').toString()).toBe('stored there')
    expect((await test.storage.load(page)).updates.length).toBe(2)
  })

  it('CN3 shows a window that joins later who is there', async () => {
    const test = await heldPage()
    const first = openWindow(test, 'a', new Y.Doc())
    first.deliver()
    first.provider.awareness.setLocalState({ name: 'Anna' })
    const [open] = test.server.heard('open')
    const bytes = writeAwareness([{ clientId: 99, clock: 3, state: '{"name":"Bram"}' }])
    await test.server.say({ type: 'channel', channel: open?.channel ?? 0, bytes })
    const second = openWindow(test, 'b', new Y.Doc())
    second.deliver()
    expect(test.server.heard('open').length).toBe(1)
    const names = [...second.provider.awareness.getStates().values()].map((state) => state['name']).filter(Boolean)
    expect(names.sort()).toEqual(['Anna', 'Bram'])
  })

  it('takes the presence of a window back that went without a word', async () => {
    const test = await heldPage()
    const [first, second] = [openWindow(test, 'a', new Y.Doc()), openWindow(test, 'b', new Y.Doc())]
    first.deliver()
    second.deliver()
    first.provider.awareness.setLocalState({ name: 'Anna' })
    second.deliver()
    expect(second.provider.awareness.getStates().size).toBe(2)
    test.engine.handle({ type: 'window-gone', windowId: 'a' })
    second.deliver()
    expect(second.provider.awareness.getStates().size).toBe(1)
    const last = outward(test).at(-1)
    expect(last?.type === 'awareness' && last.entries.map(({ state }) => state)).toEqual(['null'])
  })

  it('CN4 stays connecting while the shared socket is down, and counts no failure', async () => {
    const test = testLaptop()
    test.server.isReachable = false
    test.engine.start()
    const { provider, deliver } = openWindow(test, 'a', new Y.Doc())
    await test.clock.advance(60_000)
    deliver()
    expect([provider.wsconnecting, provider.wsconnected, provider.wsUnsuccessfulReconnects]).toEqual([true, false, 0])
    expect(provider.ws?.readyState).toBe(0)
    test.server.isReachable = true
    test.engine.handle({ type: 'retry-now' })
    await turns()
    await test.server.say(welcome())
    deliver()
    expect(provider.wsconnected).toBe(true)
  })

  it('ends with the shared socket, so that the presence of others goes', async () => {
    const test = await heldPage()
    const { provider, deliver } = openWindow(test, 'a', new Y.Doc())
    deliver()
    await test.server.close(1006)
    deliver()
    expect(provider.wsconnected).toBe(false)
    expect(provider.shouldConnect).toBe(true)
  })

  it('opens again by itself a page whose first row the server had not committed yet', async () => {
    const test = await heldPage()
    const { deliver } = openWindow(test, 'a', new Y.Doc())
    deliver()
    const [first] = test.server.heard('open')
    await test.server.say({ type: 'channel-closed', channel: first?.channel ?? 0, reason: 'unknown-document' })
    expect(test.server.heard('open').length).toBe(1)
    await test.clock.advance(2000)
    const second = test.server.heard('open').at(-1)
    expect(second?.channel).not.toBe(first?.channel)
    const said = test.server.heard('channel').filter(({ channel }) => channel === second?.channel)
    expect(said.map(({ bytes }) => readDialect(bytes).type)).toContain('step-1')
  })

  it('gives up where the right is missing', async () => {
    const test = await heldPage()
    const { provider, deliver } = openWindow(test, 'a', new Y.Doc())
    deliver()
    const [open] = test.server.heard('open')
    await test.server.say({ type: 'channel-closed', channel: open?.channel ?? 0, reason: 'forbidden' })
    deliver()
    expect([provider.wsconnected, provider.shouldConnect]).toEqual([false, false])
  })

  it('announces a waiting channel again, and ends an open one, when another worker starts', async () => {
    const test = await heldPage()
    const open = openWindow(test, 'a', new Y.Doc())
    open.deliver()
    test.emitted.push({ type: 'who-is-there' })
    open.deliver()
    expect(open.provider.wsconnected).toBe(false)
    // A window whose worker died before it was connected: the next worker knows nothing of its channel.
    const first = testLaptop()
    const waiting = openWindow(first, 'b', new Y.Doc())
    await first.engine.stop()
    const second = await connected(testLaptop())
    Object.assign(first.engine, { handle: second.engine.handle.bind(second.engine) })
    first.emitted.push({ type: 'who-is-there' })
    waiting.deliver()
    expect(second.server.heard('open').map(({ documentId }) => documentId)).toEqual([page])
    expect(waiting.provider.wsconnecting).toBe(true)
  })

  it('refuses an address that names no document', async () => {
    const test = await heldPage()
    const doc = new Y.Doc()
    const Socket = makeChannelSocketClass({
      port: { post: () => {}, subscribe: () => () => {} },
      windowId: 'a',
      documentIdFromUrl: () => undefined,
      schema: 1,
      mintChannelId: () => mintId(fillRandom(1)),
    })
    const provider = new WebsocketProvider('ws://plein', 'nothing', doc, { WebSocketPolyfill: Socket, disableBc: true })
    cleanups.push(() => {
      provider.destroy()
      provider.awareness.destroy()
    })
    await turns()
    expect(provider.shouldConnect).toBe(false)
    expect(test.server.heard('open')).toEqual([])
  })
})
