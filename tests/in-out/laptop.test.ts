// Import and export over a laptop's storage, without its worker: what is in sight when, what is told, and what comes back.
import { expect, test, vi } from 'vitest'
import { plainText } from '../../model/comment-text.ts'
import { type SpaceId } from '../../model/ids.ts'
import { runExport } from '../../model/markdown/export-run.ts'
import { runImport, type ImportSink } from '../../model/markdown/import-run.ts'
import { foldThreads } from '../../model/threads.ts'
import { openZipWriter } from '../../model/zip/zip-writer.ts'
import { LaptopPages } from '../../renderer/documents/in-out/laptop-pages.ts'
import { LaptopTarget } from '../../renderer/documents/in-out/laptop-target.ts'
import { LiveValue } from '../../renderer/documents/live.ts'
import { localOrganisation, makeLocalSpace } from '../../renderer/documents/local-organisation.ts'
import type { OpenOrganisation } from '../../renderer/documents/organisation.ts'
import { openForTest, standingClock } from '../../renderer/documents/test-organisation.ts'
import { WindowComments } from '../../renderer/documents/window-comments.ts'
import { WindowMarks } from '../../renderer/documents/window-marks.ts'
import { MemoryLaptopStorage } from '../../renderer/storage/memory-storage.ts'
import { makeZip } from '../support/make-zip.ts'
import { openZip, survey, textsIn } from './memory-target.ts'

vi.setConfig({ testTimeout: 120_000 })

const fillRandom = (bytes: Uint8Array<ArrayBuffer>) => crypto.getRandomValues(bytes)
const going = { signal: { aborted: false }, onProgress: () => undefined }

async function openLaptop(serverUrl: string | null) {
  const laptop = new MemoryLaptopStorage({ fillRandom })
  const record = { ...localOrganisation('personal', { organisation: 'Haven', person: 'Noor' }, fillRandom), serverUrl }
  await laptop.putOrganisation(record)
  const organisation = await openForTest(laptop, record)
  const { storage } = organisation
  const spaceId = await makeLocalSpace(organisation, { name: 'Bouw', kind: 'team' })
  return { laptop, organisation, storage, spaceId, record }
}
type Laptop = Awaited<ReturnType<typeof openLaptop>>

function targetOf({ storage, spaceId, record }: Laptop, told: string[] = []) {
  return new LaptopTarget({
    storage,
    organisationId: record.id,
    places: null,
    place: { spaceId, parent: null },
    personId: record.personId,
    hasServer: record.serverUrl !== null,
    tell: (changes) => told.push(...changes.map(({ documentId }) => documentId)),
    tellFiles: () => undefined,
    maxFileBytes: 1000,
    nowMs: () => 1000,
  })
}

/** The titles in sight, as another window that opens now would show them. */
async function titlesIn({ laptop, record }: Laptop, spaceId: SpaceId): Promise<readonly string[]> {
  const fresh = await openForTest(laptop, record)
  const tree = (await fresh.openTree(spaceId))?.snapshot() ?? null
  const space = fresh.lists.space(spaceId)
  if (space === undefined) throw new Error('The space is gone')
  const titles = fresh.lists.snapshotOf(space, tree, record.personId).tree.map(({ title }) => title)
  await fresh.close()
  return titles
}

const zip = makeZip([
  { name: 'Eerste.md', content: '# Eerste\n\n![klein](beeld/klein.png) ![groot](beeld/groot.png)\n' },
  { name: 'map/Tweede.md', content: '# Tweede\n\n[terug](../Eerste.md)\n' },
  { name: 'beeld/klein.png', content: 'klein' },
  { name: 'beeld/groot.png', content: 'g'.repeat(2000) },
])

test('pages are out of sight until all of them are there, and the other windows are told of each', async () => {
  const laptop = await openLaptop(null)
  const told: string[] = []
  const target = targetOf(laptop, told)
  const seen: (readonly string[])[] = []
  const sink: ImportSink = {
    mintPageId: () => target.mintPageId(),
    keepFile: (file) => target.keepFile(file),
    commit: async (pages) => {
      await target.commit(pages)
      seen.push(await titlesIn(laptop, laptop.spaceId))
    },
    reveal: () => target.reveal(),
    keepComments: (comments, pages) => target.keepComments(comments, pages),
  }
  const report = await runImport(await survey(await openZip(zip)), sink, going)
  expect(seen).toEqual([[]])
  expect(await titlesIn(laptop, laptop.spaceId)).toEqual(['Eerste', 'map'])
  expect(new Set(told)).toEqual(new Set([laptop.spaceId, ...report.made.map(({ id }) => id)]))
  expect(report).toMatchObject({ outcome: 'done', pages: 2, folders: 1, files: 1 })
  expect(report.problems.map(({ path, reason }) => `${path} ${reason}`)).toEqual([
    'beeld/groot.png file-too-large',
    'Eerste.md image-missing',
  ])
  expect((await laptop.storage.files.list(laptop.spaceId)).map(({ name }) => name)).toEqual(['klein.png'])
})

test('without a server nothing waits, with one everything does, each page registered before its text', async () => {
  const alone = await openLaptop(null)
  await runImport(await survey(await openZip(zip)), targetOf(alone), going)
  expect(await alone.storage.waitingRows(0, 1_000_000)).toEqual([])

  const joined = await openLaptop('http://127.0.0.1:1')
  const { lastRow } = await joined.storage.logState()
  await runImport(await survey(await openZip(zip)), targetOf(joined), going)
  const rows = await joined.storage.waitingRows(lastRow, 10_000_000)
  expect(rows.map(({ registration }) => registration?.kind ?? null)).toEqual([
    ...[null, 'page', null, 'page', null, 'page', null],
    null,
  ])
})

test('comments go out with their names and come in as words of whoever imports', async () => {
  const first = await openLaptop(null)
  const { organisation, spaceId, storage, record } = first
  const page = await organisation.createPage({ spaceId, kind: 'wiki', title: 'Plan', parent: null })
  const open = new LiveValue<OpenOrganisation | null>(organisation)
  const comments = new WindowComments(open, new WindowMarks(open), { clock: standingClock, fillRandom })
  await comments.comment(page, { anchor: null, text: ['Wie doet dit?'] })
  const source = new LaptopPages({ record, storage, spaceId, token: null })
  const plan = await source.plan({ spaceId, pageId: null }, { untitled: 'Leeg', nowMs: 1000 })
  if (plan === null) throw new Error('The space is not here')
  const chunks: Uint8Array[] = []
  const write = async (bytes: Uint8Array) => void chunks.push(bytes)
  const report = await runExport(plan, source, openZipWriter(1000), { ...going, write })
  expect(report).toMatchObject({ outcome: 'done', pages: 1, comments: 1, missing: [] })
  const exported = new Uint8Array(Buffer.concat(chunks))
  expect((await textsIn(exported))['comments.json']).toContain('"Noor"')

  const second = await openLaptop(null)
  const imported = await runImport(await survey(await openZip(exported)), targetOf(second), going)
  expect(imported).toMatchObject({ outcome: 'done', comments: 1, problems: [] })
  await second.storage.acts.fold()
  const [made] = imported.made
  const threads = foldThreads(made === undefined ? [] : await second.storage.acts.ofPage(made.id))
  expect(threads.map(({ author, opening }) => [author, plainText(opening?.text ?? [])])).toEqual([
    [second.record.personId, 'Noor: Wie doet dit?'],
  ])
})

test('a page that is not on this laptop is named, and the others go out', async () => {
  const { organisation, storage, spaceId, record } = await openLaptop(null)
  const [here, gone] = [
    await organisation.createPage({ spaceId, kind: 'wiki', title: 'Hier', parent: null }),
    await organisation.createPage({ spaceId, kind: 'wiki', title: 'Weg', parent: null }),
  ]
  await storage.drop(gone, { forget: false })
  const source = new LaptopPages({ record, storage, spaceId, token: null })
  const plan = await source.plan({ spaceId, pageId: null }, { untitled: 'Leeg', nowMs: 1000 })
  if (plan === null) throw new Error('The space is not here')
  const write = () => Promise.resolve()
  const report = await runExport(plan, source, openZipWriter(1000), { ...going, write })
  expect(report).toMatchObject({ outcome: 'done', pages: 1 })
  expect(report.missing.map(({ reason, title }) => [reason, title])).toEqual([['page-not-here', 'Weg']])
  expect(here).not.toBe(gone)
})
