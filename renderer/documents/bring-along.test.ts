import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { parseFileHash, type FileHash, type PageId } from '../../model/ids.ts'
import { origins } from '../../model/origins.ts'
import { bodyName, openPage } from '../../model/page.ts'
import { MemoryLaptopStorage } from '../storage/memory-storage.ts'
import { localOrganisation, makeLocalSpace } from './local-organisation.ts'
import type { OpenOrganisation } from './organisation.ts'
import { fillRandom, openForTest, standingClock } from './test-organisation.ts'
import { LaptopOwnOrganisations } from './own-organisations.ts'
import type { OrganisationRecord } from '../storage/laptop-storage.ts'
import { ok } from '../../model/result.ts'

/** A laptop with an own organisation of three pages, and one with a server that was joined just now. */
async function setUp() {
  const laptop = new MemoryLaptopStorage({ fillRandom })
  const own = localOrganisation('personal', { organisation: 'Own', person: 'Noor' }, fillRandom)
  await laptop.putOrganisation(own)
  const from = await openForTest(laptop, own)
  const space = await makeLocalSpace(from, { name: 'My space', kind: 'personal' })
  const write = (text: string) => (document: { readonly doc: Y.Doc }) => {
    document.doc.transact(() => {
      const paragraph = new Y.XmlElement('paragraph')
      paragraph.insert(0, [new Y.XmlText(text)])
      document.doc.getXmlFragment(bodyName).insert(0, [paragraph])
    }, origins.user)
  }
  const parent = await from.createPage({
    spaceId: space,
    kind: 'wiki',
    title: 'Garden',
    parent: null,
    fill: write('Beans'),
  })
  const child = await from.createPage({ spaceId: space, kind: 'wiki', title: 'Shed', parent, fill: write('Tools') })
  const note = await from.createPage({
    spaceId: space,
    kind: 'note',
    title: 'A note',
    parent: null,
    fill: write('Buy seeds'),
  })
  const gone = await from.createPage({ spaceId: space, kind: 'wiki', title: 'Old', parent: null })
  ;(await from.openTree(space))?.setArchived(gone, true)
  await from.batch.flush()

  const joined: OrganisationRecord = {
    ...localOrganisation('personal', { organisation: 'Oeverdam', person: 'Noor' }, fillRandom),
    kind: 'server',
    serverUrl: 'http://127.0.0.1:1',
  }
  await laptop.putOrganisation(joined)
  const into = await openForTest(laptop, joined)
  const mine = await makeLocalSpace(into, { name: 'My space there', kind: 'personal' })
  const facet = new LaptopOwnOrganisations({
    laptop,
    clock: standingClock,
    hold: { share: async () => () => undefined, alone: (_, task) => task() },
    openOrganisation: () => into,
    onRemoved: async () => undefined,
    createSpace: async (made) => ok(await makeLocalSpace(into, made)),
  })
  return { laptop, own, from, into, space, mine, facet, pages: { parent, child, note, gone } }
}

async function titleAndText(organisation: OpenOrganisation, id: PageId): Promise<readonly string[]> {
  const document = await organisation.documents.open(id, { live: false })
  if (document === null) return []
  const text = document.doc.getXmlFragment(bodyName).toString()
  const { title } = openPage(document.doc).snapshot()
  document.release()
  return [title, text]
}

test('every page, its place in the tree and what is archived come along, and the old organisation goes', async () => {
  const { laptop, own, into, mine, facet, pages } = await setUp()
  expect(await facet.list()).toEqual([{ id: own.id, name: 'Own', pages: 4 }])
  expect(await facet.bring(own.id)).toEqual(ok({ pages: 4, isWhole: true }))
  expect(await titleAndText(into, pages.parent)).toEqual(['Garden', '<paragraph>Beans</paragraph>'])
  expect(await titleAndText(into, pages.child)).toEqual(['Shed', '<paragraph>Tools</paragraph>'])
  expect(await titleAndText(into, pages.note)).toEqual(['A note', '<paragraph>Buy seeds</paragraph>'])
  const tree = (await into.openTree(mine))?.snapshot()
  expect(tree?.roots.map(({ id, children }) => [id, children.map((each) => each.id)])).toEqual([
    [pages.parent, [pages.child]],
  ])
  expect(tree?.archived).toEqual([pages.gone])
  expect(into.lists.record(pages.note)).toMatchObject({ spaceId: mine, ownerId: into.record.personId, title: 'A note' })
  expect(await facet.list()).toEqual([])
  expect((await laptop.organisations()).map(({ id }) => id)).toEqual([into.record.id])
})

test('each page goes to the server as its seed and then the rest, so that the server takes it', async () => {
  const { own, into, facet, pages, mine } = await setUp()
  await facet.bring(own.id)
  const rows = (await into.storage.waitingRows(0, 1_000_000)).filter((row) => row.documentId === pages.parent)
  expect(rows.map((row) => row.registration)).toEqual([{ spaceId: mine, kind: 'page', pageKind: 'wiki' }, null])
  const clients = rows.slice(1).flatMap((row) => [...Y.parseUpdateMeta(row.update).from.keys()])
  expect(clients).not.toContain(1)
})

test('stopped half-way and asked again, nothing is doubled and what was written meanwhile comes too', async () => {
  const { own, from, into, facet, laptop, pages, mine } = await setUp()
  const remove = laptop.removeOrganisation.bind(laptop)
  laptop.removeOrganisation = async () => {
    throw new Error('the window was closed')
  }
  await expect(facet.bring(own.id)).rejects.toThrow('the window was closed')
  laptop.removeOrganisation = remove
  const again = await from.documents.open(pages.note, { live: false })
  if (again !== null) openPage(again.doc).rename('A longer note')
  await from.batch.flush()
  again?.release()
  into.documents.forget(pages.note)
  expect(await facet.bring(own.id)).toEqual(ok({ pages: 4, isWhole: true }))
  expect(await titleAndText(into, pages.note)).toEqual(['A longer note', '<paragraph>Buy seeds</paragraph>'])
  const registrations = (await into.storage.waitingRows(0, 1_000_000)).filter(
    (row) => row.registration?.kind === 'page',
  )
  expect(registrations).toHaveLength(4)
  expect((await into.openTree(mine))?.snapshot().roots).toHaveLength(1)
})

test('a space that is not personal gets a new one of its kind, once', async () => {
  const { own, from, into, facet } = await setUp()
  const project = await makeLocalSpace(from, { name: 'Book', kind: 'project' })
  const chapter = await from.createPage({ spaceId: project, kind: 'wiki', title: 'Chapter', parent: null })
  expect(await facet.bring(own.id)).toEqual(ok({ pages: 5, isWhole: true }))
  const made = into.lists.spaces.filter(({ kind }) => kind === 'project')
  expect(made.map(({ name }) => name)).toEqual(['Book'])
  expect(into.lists.record(chapter)?.spaceId).toBe(made[0]?.id)
})

test('what is damaged stays where it was: the rest is copied, and the old organisation is kept', async () => {
  const { own, facet, laptop, pages } = await setUp()
  const records = laptop.disks.get(own.id)?.content.get(pages.note) ?? []
  const last = records.pop()
  if (last !== undefined) records.push({ ...last, bytes: last.bytes.map((byte) => byte ^ 1) })
  expect(await facet.bring(own.id)).toEqual(ok({ pages: 4, isWhole: false }))
  expect((await facet.list()).map(({ id }) => id)).toEqual([own.id])
})

test('files come along with the pages that show them, and wait for the server', async () => {
  const { own, from, into, facet, mine, space } = await setUp()
  const hash = mustParseHash('a'.repeat(64))
  const bytes = { blob: new Blob(['a plan']) }
  const file = { spaceId: space, hash, name: 'plan.txt', type: 'text/plain', addedAtMs: 1, addedBy: null, bytes }
  await from.storage.files.put({ ...file, onServer: false })
  expect(await facet.bring(own.id)).toEqual(ok({ pages: 4, isWhole: true }))
  expect(await into.storage.files.waiting()).toEqual([expect.objectContaining({ spaceId: mine, name: 'plan.txt' })])
  expect(await (await into.storage.files.bytes(hash))?.text()).toBe('a plan')
})

function mustParseHash(text: string): FileHash {
  const hash = parseFileHash(text)
  if (hash === undefined) throw new Error('Not a hash')
  return hash
}
