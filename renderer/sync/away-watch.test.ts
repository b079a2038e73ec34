import { describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import type { PersonId } from '../../model/ids.ts'
import { writeBody } from '../../model/page-body.ts'
import { bodyName } from '../../model/page.ts'
import { MemoryLaptopStorage } from '../storage/memory-storage.ts'
import { fillRandom } from '../storage/test-random.ts'
import { AwayWatch } from './away-watch.ts'
import { FakeClock, grant, organisationId, page, spaceId, turns, welcome } from './fake-server.ts'
import type { FromWorker } from './sync-messages.ts'
import type { Welcome } from './welcome.ts'

const daan = 'daan' as PersonId
const listed = { id: page, spaceId, kind: 'page', pageKind: 'wiki' } as const

function pageOf(...paragraphs: readonly string[]): Y.Doc {
  const doc = new Y.Doc()
  const content = paragraphs.map((text) => ({ type: 'paragraph', content: [{ type: 'text', text }] }))
  writeBody(doc.getXmlFragment(bodyName), { type: 'doc', content })
  return doc
}

function changeOf(state: Uint8Array, change: (body: Y.XmlFragment) => void): Uint8Array {
  const doc = new Y.Doc()
  Y.applyUpdate(doc, state)
  const before = Y.encodeStateVector(doc)
  change(doc.getXmlFragment(bodyName))
  return Y.encodeStateAsUpdate(doc, before)
}

function write(body: Y.XmlFragment, paragraph: number, text: string): void {
  const element = body.get(paragraph)
  const words = element instanceof Y.XmlElement ? element.get(0) : null
  if (words instanceof Y.XmlText) words.insert(words.length, text)
}

/** A laptop that holds a page of two paragraphs, up to feed number 5. */
async function laptopWithPage() {
  const laptop = new MemoryLaptopStorage({ fillRandom: fillRandom(7) })
  const storage = laptop.organisation(organisationId)
  const state = Y.encodeStateAsUpdate(pageOf('Bewoners halen zout.', 'Het tweede.'))
  await storage.putSpaces([
    { id: spaceId, kind: 'team', name: 'Team', role: 'editor', archived: false, keep: 'everything', cursor: 5 },
  ])
  await storage.storeRemote({ changes: [{ documentId: page, update: state }], documents: [listed], cursors: [] })
  const clock = new FakeClock()
  const emitted: FromWorker[] = []
  const reported: unknown[] = []
  const open = () =>
    new AwayWatch({
      ...{ storage, clock, emit: (message) => emitted.push(message), report: (error) => reported.push(error) },
      fetchAuthors: async () => ({ inserted: () => daan, deleted: () => daan }),
    })
  const watch = open()
  const own = async (change: (body: Y.XmlFragment) => void) => {
    const { updates } = await storage.load(page)
    const update = changeOf(Y.mergeUpdates([...updates]), change)
    const rows = await storage.appendOwn([{ documentId: page, update, schema: 1, restored: false, registration: null }])
    return rows.at(-1)?.row ?? 0
  }
  const theirs = async (change: (body: Y.XmlFragment) => void, cursor: number) => {
    const changes = [{ documentId: page, update: changeOf(state, change) }]
    await storage.storeRemote({ changes, documents: [], cursors: [{ spaceId, cursor }] })
    return changes
  }
  const settle = async (of = watch) => {
    await clock.advance(1000)
    await of.settled()
    await turns()
  }
  const kinds = async () =>
    (await storage.reviews.reviews()).flatMap(({ items }) => items.map(({ kind, authors }) => [kind, ...authors]))
  return { storage, clock, watch, open, own, theirs, settle, kinds, emitted, reported }
}

const back = (head: number) => welcome({ spaces: [{ ...grant, head }] }) as Welcome

describe('the watch over a return', () => {
  it('reviews a page when the feed has come and nothing of it waits any more, and not before', async () => {
    const { storage, watch, own, theirs, settle, kinds, emitted, clock } = await laptopWithPage()
    watch.heard({ ...status, state: 'online' })
    watch.heard({ ...status, state: 'offline' })
    await watch.settled()
    const row = await own((body) => write(body, 0, ' Van mij.'))
    await clock.advance(60_000)
    await watch.welcome(back(7))
    const changes = await theirs((body) => {
      body.delete(0, 1)
      write(body, 0, ' Van Daan.')
    }, 7)
    watch.heard({ type: 'remote-changes', changes })
    await settle()
    expect(await kinds()).toEqual([])
    await storage.acknowledge(row)
    watch.heard({ type: 'acknowledged', documentIds: [page], atMs: 1 })
    await settle()
    expect(await kinds()).toEqual([
      ['lost', daan],
      ['theirs', daan],
    ])
    expect(emitted).toContainEqual({ type: 'reviews-changed' })
    const [review] = await storage.reviews.reviews()
    expect([review?.mine, (review?.toMs ?? 0) - (review?.fromMs ?? 0) > 60_000]).toEqual([1, true])
    expect(await storage.reviews.returns()).toEqual([])
  })

  it('asks after a flicker of the line about lost words only', async () => {
    const { storage, watch, own, theirs, settle, kinds } = await laptopWithPage()
    watch.heard({ ...status, state: 'online' })
    watch.heard({ ...status, state: 'offline' })
    await watch.settled()
    const row = await own((body) => write(body, 0, ' Van mij.'))
    await watch.welcome(back(6))
    await theirs((body) => write(body, 1, ' Van Daan.'), 6)
    await storage.acknowledge(row)
    watch.heard({ type: 'acknowledged', documentIds: [page], atMs: 1 })
    await settle()
    expect(await kinds()).toEqual([])
  })

  it('says nothing where no words of mine waited, and nothing of what I wrote since the line came back', async () => {
    const { storage, watch, own, theirs, settle, kinds } = await laptopWithPage()
    await watch.welcome(back(6))
    await theirs((body) => body.delete(0, 1), 6)
    watch.heard({ type: 'documents-changed', documentIds: [page], spacesChanged: false })
    await settle()
    expect(await kinds()).toEqual([])
    const row = await own((body) => write(body, 0, ' Van mij.'))
    await watch.welcome(back(6))
    const later = await own((body) => body.delete(0, 1))
    const rows = await storage.waitingRows(row, 1e6)
    watch.told({ type: 'own-rows', windowId: 'w', changes: rows, rows })
    await storage.acknowledge(later)
    watch.heard({ type: 'acknowledged', documentIds: [page], atMs: 1 })
    await settle()
    expect(await kinds()).toEqual([])
  })

  it('reviews what came before the app ended in the middle of a return', async () => {
    const { watch, open, own, theirs, settle, kinds } = await laptopWithPage()
    await own((body) => write(body, 0, ' Van mij.'))
    await watch.welcome(back(7))
    await theirs((body) => body.delete(0, 1), 7)
    const next = open()
    await next.welcome(back(7))
    await settle(next)
    expect(await kinds()).toEqual([['lost', daan]])
  })

  it('keeps what was not looked at yet beside what a later return brings', async () => {
    const { storage, watch, own, theirs, settle, kinds } = await laptopWithPage()
    for (const [paragraph, head] of [
      [0, 6],
      [1, 7],
    ] as const) {
      const row = await own((body) => write(body, body.length - 1, ` Van mij ${paragraph}.`))
      await watch.welcome(back(head))
      await theirs((body) => body.delete(paragraph === 0 ? 1 : 0, 1), head)
      await storage.acknowledge(row)
      watch.heard({ type: 'acknowledged', documentIds: [page], atMs: 1 })
      await settle()
    }
    expect((await kinds()).map(([kind]) => kind)).toEqual(['lost', 'lost'])
  })

  it('leaves to its own screen what the server refused', async () => {
    const { storage, watch, own, theirs, settle, kinds } = await laptopWithPage()
    const row = await own((body) => write(body, 0, ' Van mij.'))
    await watch.welcome(back(6))
    await theirs((body) => body.delete(0, 1), 6)
    await storage.setAside(row, 'forbidden', true)
    await storage.acknowledge(row)
    watch.heard({ type: 'acknowledged', documentIds: [page], atMs: 1 })
    await settle()
    expect(await kinds()).toEqual([])
  })
})

const status = {
  type: 'status',
  organisationId,
  reason: null,
  offlineSinceMs: null,
  nextAttemptAtMs: null,
  storageFull: false,
  serverHolding: false,
} as const
