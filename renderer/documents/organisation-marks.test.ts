import { describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { mintId, type PageId } from '../../model/ids.ts'
import { bodyName, readPageMeta } from '../../model/page.ts'
import { openPrivate, privateIdOf } from '../../model/private.ts'
import { seedOf } from '../../model/seeds.ts'
import { MemoryLaptopStorage } from '../storage/memory-storage.ts'
import { LiveValue } from './live.ts'
import { localOrganisation, makeLocalSpace } from './local-organisation.ts'
import type { OpenOrganisation } from './organisation.ts'
import { fillRandom, openForTest } from './test-organisation.ts'
import { PageVerbs } from './page-verbs.ts'
import { WindowMarks } from './window-marks.ts'
import { WindowTrees } from './window-trees.ts'

/** A laptop with one organisation; `serverUrl` makes it one with a server that is never reached. */
async function setUp(serverUrl: string | null = null) {
  const laptop = new MemoryLaptopStorage({ fillRandom })
  const record = { ...localOrganisation('personal', { organisation: 'Noor', person: 'Noor' }, fillRandom), serverUrl }
  await laptop.putOrganisation(record)
  const storage = laptop.organisation(record.id)
  const posted: string[] = []
  const open = () => openForTest(laptop, record, { post: ({ type }) => posted.push(type) })
  const organisation = await open()
  const spaceId = await makeLocalSpace(organisation, { name: 'Mijn ruimte', kind: 'personal' })
  const marks = new WindowMarks(new LiveValue<OpenOrganisation | null>(organisation))
  const trees = new WindowTrees(() => organisation, new PageVerbs(() => organisation))
  return { organisation, storage, spaceId, marks, trees, open, posted }
}

describe('marks of a person', () => {
  it('are there again after the organisation is opened anew, without a server', async () => {
    const { organisation, marks, open } = await setUp()
    const page = mintId<PageId>(fillRandom)
    marks.setFavourite([page], true)
    marks.noteRead(page, 12)
    await organisation.batch.flush()
    await organisation.close()
    const again = new WindowMarks(new LiveValue<OpenOrganisation | null>(await open()))
    again.all.snapshot()
    await expect.poll(() => again.all.snapshot().favourites).toEqual([page])
    expect(again.all.snapshot().mark(page).seenMs).toBe(12)
  })

  it('wait for the list of the server, and then for the document that another device made', async () => {
    const { organisation, storage, spaceId, marks, posted } = await setUp('http://127.0.0.1:1')
    const [page, other] = [mintId<PageId>(fillRandom), mintId<PageId>(fillRandom)]
    marks.setFavourite([page], true)
    expect(organisation.lists.privateIds()).toEqual([])

    const id = privateIdOf(spaceId)
    const registered = { id, spaceId, kind: 'private', pageKind: null, ownerId: organisation.record.personId } as const
    const list = { changes: [], cursors: [{ spaceId, cursor: 4 }] }
    await storage.storeRemote({ ...list, documents: [{ ...registered, held: false }] })
    await organisation.lists.refresh([id], true)
    expect(posted).toContain('fetch')
    expect(marks.all.snapshot().favourites).toEqual([])

    const doc = new Y.Doc()
    Y.applyUpdate(doc, seedOf('private', null))
    openPrivate(doc).setFavourite([other], true)
    const changes = [{ documentId: id, update: Y.encodeStateAsUpdate(doc) }]
    await storage.storeRemote({ changes, documents: [{ ...registered, held: true }], cursors: [] })
    await organisation.lists.refresh([id], false)
    await expect.poll(() => marks.all.snapshot().favourites).toEqual([other, page])
  })
})

describe('a copy of a page', () => {
  it('has the words, the icon and the subtree, stands behind the page, and is another document', async () => {
    const { organisation, storage, spaceId, trees } = await setUp()
    const write = (words: string) => (open: { readonly doc: Y.Doc }) => {
      const paragraph = new Y.XmlElement('paragraph')
      paragraph.insert(0, [new Y.XmlText(words)])
      open.doc.getXmlFragment(bodyName).insert(0, [paragraph])
    }
    const make = (title: string, parent: PageId | null) =>
      organisation.createPage({ spaceId, kind: 'wiki', title, parent, fill: write(`Tekst van ${title}`) })
    const plan = await make('Plan', null)
    await make('Bijlage', plan)
    await make('Slot', null)
    const copied = await trees.duplicatePage(plan, { title: 'Plan (kopie)', withSubtree: true })
    expect(copied.ok).toBe(true)
    const tree = (await organisation.openTree(spaceId))?.snapshot().roots ?? []
    const titleOf = (id: PageId) => organisation.lists.record(id)?.title
    expect(tree.map(({ id, children }) => [titleOf(id), children.map((child) => titleOf(child.id))])).toEqual([
      ['Plan', ['Bijlage']],
      ['Plan (kopie)', ['Bijlage']],
      ['Slot', []],
    ])
    if (!copied.ok) return
    expect(copied.value).not.toBe(plan)
    const doc = new Y.Doc()
    for (const update of (await storage.load(copied.value)).updates) Y.applyUpdate(doc, update)
    expect(readPageMeta(doc).title).toBe('Plan (kopie)')
    expect(doc.getXmlFragment(bodyName).toString()).toBe('<paragraph>Tekst van Plan</paragraph>')
  })

  it('is not made where a page under it is not on this laptop', async () => {
    const { organisation, storage, spaceId, trees } = await setUp()
    const plan = await organisation.createPage({ spaceId, kind: 'wiki', title: 'Plan', parent: null })
    const child = await organisation.createPage({ spaceId, kind: 'wiki', title: 'Kind', parent: plan })
    const missing = { id: child, spaceId, kind: 'page', pageKind: 'wiki', held: false } as const
    await storage.storeRemote({ changes: [], documents: [missing], cursors: [] })
    await organisation.lists.refresh([child], false)
    const before = organisation.lists.pageIds().length
    const copied = await trees.duplicatePage(plan, { title: 'Plan (kopie)', withSubtree: true })
    expect(copied).toEqual({ ok: false, error: 'not-on-this-laptop' })
    expect(organisation.lists.pageIds()).toHaveLength(before)
  })
})
