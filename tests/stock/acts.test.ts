import { randomFillSync } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { WebSocket } from 'ws'
import { WebsocketProvider } from 'y-websocket'
import * as Y from 'yjs'
import type { ActRef } from '../../model/act-ref.ts'
import type { NewAct } from '../../model/act.ts'
import { readActs, writeAct } from '../../model/acts.ts'
import { mintId, type DocumentId, type PersonId, type SpaceId } from '../../model/ids.ts'
import { startRealServer, type RealServer } from './real-server.ts'

const dataDir = mkdtempSync(join(tmpdir(), 'plein-stock-acts-'))
const [ann, bob] = [mintId<PersonId>(randomFillSync), mintId<PersonId>(randomFillSync)]
let server: RealServer
let spaceId: SpaceId
let page: DocumentId
const providers: WebsocketProvider[] = []

beforeAll(async () => {
  server = await startRealServer(dataDir)
  spaceId = await server.syncServer.createSpace({ kind: 'team', name: 'Bouw', ownerId: ann })
  await server.syncServer.grantSpace(bob, spaceId, 'commenter')
  page = await server.syncServer.createDocument({ spaceId, kind: 'page', pageKind: 'wiki', ownerId: ann, update: null })
})

afterAll(async () => {
  for (const provider of providers) provider.destroy()
  await server.stop()
  rmSync(dataDir, { recursive: true, force: true })
})

function actsOf(ownerId: PersonId): Promise<DocumentId> {
  return server.syncServer.createDocument({ spaceId, kind: 'acts', pageKind: null, ownerId, update: null })
}

/** An unchanged client of the npm package, which sends whatever its document says. */
async function connect(documentId: DocumentId, personId: PersonId): Promise<Y.Doc> {
  const doc = new Y.Doc()
  const provider = new WebsocketProvider(`ws://127.0.0.1:${server.port}/ws`, documentId, doc, {
    protocols: ['plein', `plein.ticket.${personId}`],
    params: { schema: '1' },
    WebSocketPolyfill: WebSocket as unknown as typeof globalThis.WebSocket,
    disableBc: true,
  })
  providers.push(provider)
  await new Promise<void>((resolve) => {
    provider.on('sync', (isSynced: boolean) => {
      if (isSynced) resolve()
    })
  })
  return doc
}

function say(doc: Y.Doc, document: DocumentId, act: NewAct): ActRef {
  return writeAct(doc, document, { act, nowMs: 1, counter: 0, fillRandom: randomFillSync }).ref
}

async function kindsIn(document: DocumentId): Promise<readonly string[]> {
  return readActs(await connect(document, ann)).map(({ kind }) => kind)
}

const comment = (text: string): NewAct => ({ kind: 'comment', page, anchor: null, text: [text] })

it('AC1 AC3 takes what a commenter says and drops everything forged beside it, over real sockets', async () => {
  const [annsActs, bobsActs] = [await actsOf(ann), await actsOf(bob)]
  const [annsDoc, bobsDoc] = [await connect(annsActs, ann), await connect(bobsActs, bob)]
  const thread = say(annsDoc, annsActs, comment('By Ann'))
  await vi.waitFor(async () => expect(await kindsIn(annsActs)).toEqual(['comment']), { timeout: 20_000 })

  // In her name; as no act; resolving and editing what is hers; about a page that there is not.
  say(await connect(annsActs, bob), annsActs, comment('Not by Ann'))
  bobsDoc.getMap('acts').set('x', { kind: 'comment', text: '<img onerror>' })
  say(bobsDoc, bobsActs, { kind: 'resolve', page, thread })
  say(bobsDoc, bobsActs, { kind: 'edit', page, target: thread, text: ['Forged'] })
  say(bobsDoc, bobsActs, { ...comment('Nowhere'), page: mintId<DocumentId>(randomFillSync) })
  say(bobsDoc, bobsActs, comment('By Bob'))
  say(bobsDoc, bobsActs, { kind: 'reply', page, thread, text: ['By Bob too'] })
  await vi.waitFor(async () => expect(await kindsIn(bobsActs)).toHaveLength(2), { timeout: 20_000 })
  expect((await kindsIn(bobsActs)).toSorted()).toEqual(['comment', 'reply'])
  expect((await connect(bobsActs, ann)).getMap('acts').size).toBe(2)
  expect(readActs(await connect(annsActs, ann))).toMatchObject([{ text: ['By Ann'] }])
  expect(server.syncServer.metrics.droppedStockWrites).toBeGreaterThanOrEqual(5)
})
