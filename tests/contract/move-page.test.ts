import * as Y from 'yjs'
import { describe, expect, it } from 'vitest'
import { saidInLedger, writeAct } from '../../model/acts.ts'
import type { DocumentId, PageId, RequestId, SpaceId } from '../../model/ids.ts'
import { encodeAsk } from '../../model/parse-ask.ts'
import { seedOf } from '../../model/seeds.ts'
import { openSpace } from '../../model/space.ts'
import type { TreeNode } from '../../model/tree-places.ts'
import type { SpaceTree } from '../../model/space.ts'
import { MemoryStore } from '../../sync-server/store/memory-store.ts'
import { StoreTrouble } from '../../sync-server/store/store.ts'
import { textOf, Writer, type FakeDevice } from './fake-device.ts'
import { FakeWorld, mint, person } from './fake-world.ts'

const anna = person('anna')
const bram = person('bram')
const cato = person('cato')

interface Town {
  readonly world: FakeWorld
  readonly store: MemoryStore
  /** Anna edits here and there, bram here only, cato there only. */
  readonly here: SpaceId
  readonly there: SpaceId
  readonly device: FakeDevice
  readonly pages: readonly [PageId, PageId, PageId]
  readonly writer: Writer
}

/** Three pages, each under the one before; the first one has words. */
async function town(): Promise<Town> {
  const store = new MemoryStore()
  const world = await FakeWorld.open({ store })
  const here = await world.space([
    [anna, 'owner'],
    [bram, 'editor'],
  ])
  const there = await world.space([
    [anna, 'editor'],
    [cato, 'owner'],
  ])
  const device = await world.device(anna)
  const pages = [mint<PageId>(), mint<PageId>(), mint<PageId>()] as const
  for (const page of pages) device.register(page, here)
  await changeTree(world, here, (tree) => {
    for (const [place, page] of pages.entries()) tree.add(page, pages[place - 1] ?? null)
  })
  const writer = new Writer(7)
  device.push(pages[0], writer.write('Hallo '))
  await world.clock.advance(2000)
  return { world, store, here, there, device, pages, writer }
}

async function changeTree(world: FakeWorld, spaceId: SpaceId, change: (tree: ReturnType<typeof openSpace>) => void) {
  await world.done(world.server.updateDocument(spaceId as string as DocumentId, (doc) => change(openSpace(doc))))
}

async function treeOf(world: FakeWorld, spaceId: SpaceId): Promise<SpaceTree> {
  return openSpace(await docOf(world, spaceId as string as DocumentId)).snapshot()
}

async function docOf(world: FakeWorld, id: DocumentId): Promise<Y.Doc> {
  const bytes = await world.server.readDocument(id)
  if (!(bytes instanceof Uint8Array)) throw new Error('not readable')
  const doc = new Y.Doc()
  Y.applyUpdate(doc, bytes)
  return doc
}

const idsOf = (nodes: readonly TreeNode[]): readonly PageId[] =>
  nodes.flatMap(({ id, children }) => [id, ...idsOf(children)])

async function move(
  world: FakeWorld,
  device: FakeDevice,
  what: { pageId: PageId; to: SpaceId; parent?: PageId | null },
): Promise<string> {
  const requestId = mint<RequestId>()
  device.send({ type: 'request', requestId, ask: encodeAsk({ type: 'move-page', parent: null, ...what }) })
  await world.clock.advance(2000)
  const answer = device.all('answers').flatMap(({ answers }) => answers)
  const last = answer.findLast((each) => each.requestId === requestId)
  return last?.reason ?? last?.state ?? 'unanswered'
}

describe('moving a page to another space', () => {
  it('RQ5 takes everything under it along, as it stood, and leaves the rest', async () => {
    const { world, here, there, device, pages } = await town()
    const stays = mint<PageId>()
    device.register(stays, here)
    await changeTree(world, here, (tree) => {
      tree.add(stays, null)
      tree.setArchived(pages[2], true)
    })
    expect(await move(world, device, { pageId: pages[0], to: there })).toBe('accepted')
    const [left, entered] = [await treeOf(world, here), await treeOf(world, there)]
    expect(idsOf(left.roots)).toEqual([stays])
    expect(idsOf(entered.roots)).toEqual([pages[0], pages[1]])
    expect(entered.archived).toEqual([pages[2]])
    for (const page of pages) expect((await world.server.document(page))?.spaceId).toBe(there)
    expect(textOf((await world.server.readDocument(pages[0])) as Uint8Array)).toBe('Hallo ')
  })

  it('RQ5 moves a part from the middle under a page of the other space, or to its top where that is gone', async () => {
    const { world, here, there, device, pages } = await town()
    const target = mint<PageId>()
    device.register(target, there)
    await changeTree(world, there, (tree) => tree.add(target, null))
    expect(await move(world, device, { pageId: pages[1], to: there, parent: target })).toBe('accepted')
    expect(idsOf((await treeOf(world, here)).roots)).toEqual([pages[0]])
    expect((await treeOf(world, there)).roots).toMatchObject([
      { id: target, children: [{ id: pages[1], children: [{ id: pages[2] }] }] },
    ])
    expect(await move(world, device, { pageId: pages[0], to: there, parent: mint<PageId>() })).toBe('accepted')
    expect((await treeOf(world, there)).roots.map(({ id }) => id)).toEqual([target, pages[0]])
  })

  it('RQ5 tells the old feed that it left, names the new space only to who may read there, and gives no bytes away', async () => {
    const { world, here, there, device, pages } = await town()
    const [both, stays, other] = [await world.device(anna), await world.device(bram), await world.device(cato)]
    await move(world, device, { pageId: pages[0], to: there })
    const left = (each: FakeDevice) =>
      each
        .all('feed')
        .filter(({ spaceId }) => spaceId === here)
        .flatMap(({ records }) => records)
        .filter((record) => record.type === 'left')
    expect(left(both).map(({ documentId, to }) => [documentId, to])).toEqual(pages.map((page) => [page, there]))
    expect(left(stays).map(({ documentId, to }) => [documentId, to])).toEqual(pages.map((page) => [page, null]))
    const entered = other.all('feed').flatMap(({ records }) => records.filter(({ type }) => type === 'stale'))
    expect(entered).toMatchObject(pages.map((documentId) => ({ row: { documentId } })))
    // Whoever was away hears the same, and nothing that was written before the move.
    const late = await world.device(bram, { spaces: [{ spaceId: here, cursor: 0, keep: 'everything' }] })
    const about = late.all('feed').flatMap(({ records }) => records)
    const named = about.filter((record) => record.type !== 'left' && pages.includes(record.row.documentId))
    expect(named).toEqual([])
    late.send({
      type: 'fetch',
      key: 1,
      documents: [{ documentId: pages[0], stateVector: new Uint8Array([0]) }],
    })
    await world.settle()
    expect(late.last('documents').documents).toMatchObject([{ state: 'forbidden' }])
  })

  it('RQ6 takes what was written meanwhile to the page in its new space, and refuses it of who may not write there', async () => {
    const { world, here, there, device, pages, writer } = await town()
    const away = await world.device(anna)
    const stays = await world.device(bram)
    const bramsWriter = new Writer(9)
    bramsWriter.hear((await world.server.readDocument(pages[0])) as Uint8Array)
    await move(world, device, { pageId: pages[0], to: there })
    away.push(pages[0], writer.write('wereld'))
    const refused = stays.push(pages[0], bramsWriter.write('van bram'))
    await world.settle()
    expect(away.refusals().size).toBe(0)
    expect(away.last('acknowledged')).toMatchObject({ row: 1 })
    expect(stays.refusals()).toEqual(new Map([[refused.row, 'forbidden']]))
    expect(textOf((await world.server.readDocument(pages[0])) as Uint8Array)).toBe('Hallo wereld')
    const reader = await world.device(cato, { spaces: [{ spaceId: there, cursor: null, keep: 'everything' }] })
    expect(reader.last('rows').rows.map(({ documentId }) => documentId)).toEqual(expect.arrayContaining([...pages]))
    expect((await world.server.documentsOf(here)).map(({ kind }) => kind)).toEqual(['space'])
  })

  it('RQ6 closes the channels of the page, which the laptop opens again where it may', async () => {
    const { world, there, device, pages } = await town()
    const stays = await world.device(bram)
    for (const each of [device, stays]) each.open(1, pages[0])
    await world.settle()
    await move(world, device, { pageId: pages[0], to: there })
    for (const each of [device, stays])
      expect(each.last('channel-closed')).toMatchObject({ channel: 1, reason: 'moved' })
    for (const each of [device, stays]) each.open(2, pages[0])
    await world.settle()
    expect(stays.last('channel-closed')).toMatchObject({ channel: 2, reason: 'forbidden' })
    const writer = new Writer(11)
    writer.hear((await world.server.readDocument(pages[0])) as Uint8Array)
    const other = await world.device(cato)
    other.push(pages[0], writer.write('en meer'))
    await world.settle()
    expect(device.last('live')).toMatchObject({ channel: 2, spaceId: there })
  })

  it('RQ5 copies what people said about it to the ledger of the new space', async () => {
    const { world, here, there, device, pages } = await town()
    const acts = mint<DocumentId>()
    const doc = new Y.Doc()
    Y.applyUpdate(doc, seedOf('acts', null))
    const before = Y.encodeStateVector(doc)
    for (const page of [pages[0], pages[2]]) {
      const act = { kind: 'comment', page, anchor: null, text: ['Mooi'] } as const
      writeAct(doc, acts, { act, nowMs: 5, counter: 0, fillRandom: (bytes) => crypto.getRandomValues(bytes) })
    }
    device.register(acts, here, 'acts', null)
    device.push(acts, Y.encodeStateAsUpdate(doc, before))
    await world.settle()
    expect(device.refusals().size).toBe(0)
    expect(await move(world, device, { pageId: pages[2], to: there })).toBe('accepted')
    const ledgers = (await world.server.documentsOf(there)).filter(({ kind }) => kind === 'ledger')
    expect(ledgers).toHaveLength(1)
    const ledger = ledgers[0]?.documentId ?? acts
    const said = () =>
      docOf(world, ledger).then((each) => saidInLedger(each).map(({ author, mark, act }) => [author, mark, act.page]))
    expect(await said()).toEqual([[anna.personId, 'moved', pages[2]]])
    expect(await move(world, device, { pageId: pages[0], to: there })).toBe('accepted')
    expect((await said()).map(([, , page]) => page)).toEqual(expect.arrayContaining([pages[0], pages[2]]))
    expect((await world.server.documentsOf(there)).filter(({ kind }) => kind === 'ledger')).toHaveLength(1)
  })

  it('RQ5 is refused of who may not write in both spaces, and where there is no way', async () => {
    const { world, here, there, device, pages } = await town()
    const [stays, other] = [await world.device(bram), await world.device(cato)]
    expect(await move(world, stays, { pageId: pages[0], to: there })).toBe('unknown-space')
    expect(await move(world, other, { pageId: pages[0], to: there })).toBe('unknown-page')
    expect(await move(world, device, { pageId: pages[0], to: here })).toBe('same-space')
    expect(await move(world, device, { pageId: mint<PageId>(), to: there })).toBe('unknown-page')
    await world.server.grantSpace(bram.personId, there, 'commenter')
    expect(await move(world, stays, { pageId: pages[0], to: there })).toBe('forbidden')
    expect((await world.server.document(pages[0]))?.spaceId).toBe(here)
  })

  it('RQ5 moves a note with its author, who writes it as before', async () => {
    const { world, here, there, device } = await town()
    const note = mint<PageId>()
    device.register(note, here, 'page', 'note')
    await world.settle()
    expect(await move(world, device, { pageId: note, to: there })).toBe('accepted')
    expect(await world.server.document(note)).toMatchObject({
      spaceId: there,
      ownerId: anna.personId,
      writers: 'authors',
    })
    expect((await treeOf(world, there)).roots).toEqual([])
    device.push(note, new Writer(8, seedOf('page', 'note')).write('Verder'))
    await world.settle()
    expect(device.refusals().size).toBe(0)
  })

  it('RQ3 moves nothing by halves while the store cannot commit, and is answered when it can', async () => {
    const { world, store, here, there, device, pages } = await town()
    store.failCommits(() => new StoreTrouble('full', 'full'))
    expect(await move(world, device, { pageId: pages[0], to: there })).toBe('unanswered')
    expect(idsOf((await treeOf(world, here)).roots)).toEqual(pages)
    store.failCommits(null)
    await world.clock.advance(3000)
    expect(device.all('answers').at(-1)?.answers).toMatchObject([{ state: 'accepted' }])
    expect(idsOf((await treeOf(world, there)).roots)).toEqual(pages)
  })

  it('RQ5 goes there and back again, compacted on the way, and survives a restart', async () => {
    const { world, here, there, device, pages, writer } = await town()
    await move(world, device, { pageId: pages[0], to: there })
    device.push(pages[0], writer.write('daar '))
    await world.settle()
    await world.done(world.server.compact(pages[0]))
    await world.restart()
    const again = await world.device(anna, {}, mint())
    expect(await move(world, again, { pageId: pages[0], to: here })).toBe('accepted')
    await world.restart()
    expect(idsOf((await treeOf(world, here)).roots)).toEqual(pages)
    expect(idsOf((await treeOf(world, there)).roots)).toEqual([])
    expect(textOf((await world.server.readDocument(pages[0])) as Uint8Array)).toBe('Hallo daar ')
    const late = await world.device(cato, { spaces: [{ spaceId: there, cursor: 0, keep: 'everything' }] })
    const records = late.all('feed').flatMap((frame) => frame.records)
    expect(records.filter((record) => record.type === 'left').map(({ documentId, to }) => [documentId, to])).toEqual(
      pages.map((page) => [page, null]),
    )
  })

  it('two people who move pages into one another at the same time lose none and make no circle', async () => {
    const { world, here, there, device, pages } = await town()
    const other = mint<PageId>()
    device.register(other, there)
    await changeTree(world, there, (tree) => tree.add(other, null))
    const second = await world.device(anna)
    const ask = (page: PageId, to: SpaceId, parent: PageId) =>
      encodeAsk({ type: 'move-page', pageId: page, to, parent })
    device.send({ type: 'request', requestId: mint<RequestId>(), ask: ask(pages[0], there, other) })
    second.send({ type: 'request', requestId: mint<RequestId>(), ask: ask(other, here, pages[1]) })
    await world.clock.advance(2000)
    const all = [...idsOf((await treeOf(world, here)).roots), ...idsOf((await treeOf(world, there)).roots)]
    expect(all.toSorted()).toEqual([...pages, other].toSorted())
  })
})

describe('archiving what somebody else wrote', () => {
  it('is done by an editor with a request, in the page itself, and by nobody who only reads', async () => {
    const { world, here, device } = await town()
    await world.server.grantSpace(cato.personId, here, 'contributor')
    const author = await world.device(cato)
    const note = mint<PageId>()
    author.register(note, here, 'page', 'post')
    await world.settle()
    const ask = async (who: FakeDevice, archived: boolean) => {
      const requestId = mint<RequestId>()
      const text = encodeAsk({ type: 'archive-authored', pageId: note, archived })
      who.send({ type: 'request', requestId, ask: text })
      await world.clock.advance(2000)
      const found = who.all('answers').flatMap(({ answers }) => answers.filter((each) => each.requestId === requestId))
      return found.at(-1)?.reason ?? found.at(-1)?.state
    }
    expect(await ask(device, true)).toBe('accepted')
    expect((await docOf(world, note)).getMap('meta').get('archived')).toBe(true)
    expect(await ask(author, false)).toBe('accepted')
    await world.server.grantSpace(bram.personId, here, 'reader')
    expect(await ask(await world.device(bram), true)).toBe('forbidden')
    expect((await docOf(world, note)).getMap('meta').get('archived')).not.toBe(true)
  })
})
