import * as Y from 'yjs'
import type { DocumentId } from '../../model/ids.ts'
import { equal, idOf, letters, organisationId, type ContractCase } from './contract-case.ts'
import { documentChange, otherPage, ownChange, page, putSpace, spaceId } from './contract-documents.ts'
import type { LaptopStorage } from './laptop-storage.ts'

/** Part of the laptop's contract: documents, their content and the list of them. */
export const documentStorageContract: readonly ContractCase[] = [
  {
    title: 'FE1 stores changes, lists and cursor together',
    async run({ storage }) {
      const organisation = storage.organisation(organisationId)
      await putSpace(organisation, null)
      await organisation.storeRemote({
        changes: [{ documentId: page, update: new Uint8Array([5]) }],
        documents: [documentChange(page, { title: 'Sluice' }), documentChange(otherPage, { title: 'Not here' })],
        cursors: [{ spaceId, cursor: 12 }],
      })
      equal((await organisation.spaces())[0]?.cursor, 12)
      equal((await organisation.load(page)).updates, [new Uint8Array([5])])
      const listed = await organisation.documents()
      equal(
        listed.map(({ id, title, held }) => [id, title, held]).sort(),
        [
          [otherPage, 'Not here', false],
          [page, 'Sluice', true],
        ].sort(),
      )
    },
  },
  {
    title: 'FE1 marks a known document as held when its content comes without a row',
    async run({ storage }) {
      const organisation = storage.organisation(organisationId)
      await organisation.updateDocuments([documentChange(page, { title: 'Known' })])
      await organisation.storeRemote({
        changes: [{ documentId: page, update: new Uint8Array([5]) }],
        documents: [],
        cursors: [],
      })
      equal((await organisation.document(page))?.held, true)
      equal((await organisation.document(page))?.title, 'Known')
    },
  },
  {
    title: 'never lowers the schema of a document and keeps fields that are not given',
    async run({ storage }) {
      const organisation = storage.organisation(organisationId)
      await organisation.updateDocuments([documentChange(page, { minSchema: 4, title: 'Four', icon: 'x' })])
      await organisation.updateDocuments([documentChange(page, { minSchema: 2, title: 'Two' })])
      const found = await organisation.document(page)
      equal([found?.minSchema, found?.title, found?.icon], [4, 'Two', 'x'])
    },
  },
  {
    title: 'replaces refused content only where nothing waits',
    async run({ storage }) {
      const organisation = storage.organisation(organisationId)
      await organisation.appendOwn([ownChange(page, [1], true), ownChange(otherPage, [2], true)])
      await organisation.acknowledge(1)
      const changes = [page, otherPage].map((documentId) => ({ documentId, update: new Uint8Array([7]) }))
      await organisation.storeRemote({ changes, documents: [], cursors: [], replaced: [page, otherPage] })
      equal((await organisation.load(page)).updates, [new Uint8Array([7])])
      equal((await organisation.load(otherPage)).updates, [new Uint8Array([2]), new Uint8Array([7])])
    },
  },
  {
    title: 'compacts into one checkpoint that says the same, and goes on after it',
    async run({ storage }) {
      const organisation = storage.organisation(organisationId)
      const { updates, text } = writtenText(40)
      await organisation.storeRemote({
        changes: updates.map((update) => ({ documentId: page, update })),
        documents: [documentChange(page, {})],
        cursors: [],
      })
      await organisation.compact(page, 100)
      equal((await organisation.load(page)).updates.length, 40)
      await organisation.compact(page, 8)
      equal((await organisation.load(page)).updates.length, 1)
      const more = writtenText(1, 77)
      await organisation.appendOwn([ownChange(page, more.updates[0] ?? [])])
      const loaded = await organisation.load(page)
      equal(loaded.updates.length, 2)
      equal(readText(loaded.updates.slice(0, 1)), text)
    },
  },
  {
    title: 'never applies a damaged record: sets it aside, marks the document, keeps what waits',
    async run({ storage, damage }) {
      const organisation = storage.organisation(organisationId)
      await organisation.storeRemote({
        changes: [{ documentId: page, update: new Uint8Array([4, 4]) }],
        documents: [documentChange(page, {})],
        cursors: [],
      })
      await organisation.appendOwn([ownChange(page, [8, 8])])
      let told = 0
      organisation.onDamage(() => {
        told += 1
      })
      await damage('content', organisationId, page)
      const loaded = await organisation.load(page)
      equal(loaded, { updates: [new Uint8Array([4, 4]), new Uint8Array([8, 8])], held: true, damaged: true })
      equal((await organisation.load(page)).damaged, false)
      equal(told, 1)
      equal((await organisation.document(page))?.compare, true)
      const [kept] = await organisation.setAsideRecords()
      equal([kept?.reason, kept?.documentId], ['damaged-record', page])
    },
  },
  {
    title: 'compacting never swallows a damaged record',
    async run({ storage, damage }) {
      const organisation = storage.organisation(organisationId)
      const { updates } = writtenText(6)
      await organisation.storeRemote({
        changes: updates.map((update) => ({ documentId: page, update })),
        documents: [documentChange(page, {})],
        cursors: [],
      })
      await damage('content', organisationId, page)
      await organisation.compact(page, 2)
      equal((await organisation.setAsideRecords()).length, 1)
      equal((await organisation.load(page)).updates.length, 5)
      equal((await organisation.document(page))?.compare, true)
    },
  },
  {
    title: 'loads many documents at once, unknown ones empty',
    async run({ storage }) {
      const organisation = storage.organisation(organisationId)
      await organisation.appendOwn([ownChange(page, [1], true)])
      const loaded = await organisation.loadMany([page, otherPage])
      equal(loaded.get(page)?.updates, [new Uint8Array([1])])
      equal(loaded.get(otherPage), { updates: [], held: false, damaged: false })
    },
  },
  {
    title: 'drops content but keeps the list entry, unless it is to be forgotten',
    async run({ storage }) {
      const organisation = storage.organisation(organisationId)
      const changes = [page, otherPage].map((documentId) => ({ documentId, update: new Uint8Array([1]) }))
      await organisation.storeRemote({
        changes,
        documents: [documentChange(page, {}), documentChange(otherPage, {})],
        cursors: [],
      })
      await organisation.drop(page, { forget: false })
      await organisation.drop(otherPage, { forget: true })
      equal((await organisation.load(page)).updates, [])
      equal(
        (await organisation.documents()).map(({ id, held }) => [id, held]),
        [[page, false]],
      )
    },
  },
  {
    title: 'lists hundreds of documents the same before and after the list was rewritten, also in another window',
    async run({ storage, otherWindow }) {
      const organisation = storage.organisation(organisationId)
      const ids = Array.from({ length: 300 }, (_, place) => idOf<DocumentId>(`many${toLetters(place)}`))
      await organisation.updateDocuments(ids.map((id, place) => documentChange(id, { title: `Page ${place}` })))
      const titles = async (from: LaptopStorage) =>
        (await from.organisation(organisationId).documents()).map(({ title }) => title).sort()
      const before = await titles(storage)
      equal(before.length, 300)
      await organisation.tidy()
      equal(await titles(storage), before)
      await organisation.updateDocuments([documentChange(mustFirst(ids), { title: 'Renamed' })])
      await organisation.drop(mustFirst(ids.slice(1)), { forget: true })
      equal((await titles(otherWindow)).length, 299)
      equal((await titles(otherWindow)).includes('Renamed'), true)
      equal(
        (await organisation.documents(ids.slice(0, 3))).map(({ title }) => title),
        ['Renamed', 'Page 2'],
      )
    },
  },
  {
    title: 'GE1 marks held documents only, and forgets cursors',
    async run({ storage }) {
      const organisation = storage.organisation(organisationId)
      await putSpace(organisation, 3)
      await organisation.appendOwn([ownChange(page, [1], true)])
      await organisation.updateDocuments([documentChange(otherPage, {})])
      await organisation.markForComparison()
      equal((await organisation.document(page))?.compare, true)
      equal((await organisation.document(otherPage))?.compare, false)
      equal((await organisation.spaces())[0]?.cursor, null)
    },
  },
]

function toLetters(place: number): string {
  return [...String(place)].map((digit) => letters.charAt(Number(digit))).join('')
}

function mustFirst<T>(values: readonly T[]): T {
  const [first] = values
  if (first === undefined) throw new Error('expected at least one')
  return first
}

function writtenText(edits: number, clientId = 5): { updates: Uint8Array[]; text: string } {
  const doc = new Y.Doc()
  doc.clientID = clientId
  const updates: Uint8Array[] = []
  doc.on('update', (update: Uint8Array) => updates.push(update))
  for (let i = 0; i < edits; i += 1) doc.getText('t').insert(i, letters.charAt(i % 26))
  return { updates, text: doc.getText('t').toString() }
}

function readText(updates: readonly Uint8Array[]): string {
  const doc = new Y.Doc()
  for (const update of updates) Y.applyUpdate(doc, update)
  return doc.getText('t').toString()
}
