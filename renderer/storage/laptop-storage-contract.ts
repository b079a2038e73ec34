import { rowChecksum } from '../../model/checksum.ts'
import type { DocumentId, OrganisationId, PersonId, SpaceId } from '../../model/ids.ts'
import { lowestSchema } from '../../model/schema-version.ts'
import * as Y from 'yjs'
import { equal, idOf, letters, organisationId, type ContractCase } from './contract-case.ts'
import { changesStorageContract } from './changes-storage-contract.ts'
import { peopleStorageContract } from './people-storage-contract.ts'
import { reviewStorageContract } from './review-storage-contract.ts'
import { requestStorageContract } from './request-storage-contract.ts'
import type { DocumentChange, LaptopStorage, OrganisationStorage, OwnChange } from './laptop-storage.ts'
import { StorageFailed } from './laptop-storage.ts'

const spaceId = idOf<SpaceId>('space')
const otherSpaceId = idOf<SpaceId>('elsewhere')
const page = idOf<DocumentId>('page')
const otherPage = idOf<DocumentId>('otherpage')

/** Run on every implementation, in Node and in Chromium: it asks nothing of a test runner but that throwing is failing. */
export const laptopStorageContract: readonly ContractCase[] = [
  ...peopleStorageContract,
  ...changesStorageContract,
  ...reviewStorageContract,
  ...requestStorageContract,
  {
    title: 'keeps the device id and settings',
    async run({ storage, otherWindow }) {
      equal(await storage.deviceId(), await otherWindow.deviceId())
      await storage.putSetting('language', 'nl')
      equal(await otherWindow.setting('language'), 'nl')
      equal(await storage.setting('nothing'), undefined)
      const organisation = storage.organisation(organisationId)
      await organisation.putSetting('draft', { text: 'Half' })
      equal(await organisation.setting('draft'), { text: 'Half' })
      await organisation.putSetting('draft', undefined)
      equal(await organisation.setting('draft'), undefined)
    },
  },
  {
    title: 'LO1 numbers rows from 1 and gives updates back in order',
    async run({ storage }) {
      const organisation = storage.organisation(organisationId)
      const rows = await organisation.appendOwn([
        ownChange(page, [1], true),
        ownChange(page, [2]),
        ownChange(otherPage, [3], true),
      ])
      equal(
        rows.map(({ row }) => row),
        [1, 2, 3],
      )
      const loaded = await organisation.load(page)
      equal(loaded, { updates: [new Uint8Array([1]), new Uint8Array([2])], held: true, damaged: false })
      equal((await organisation.document(page))?.waiting, 2)
    },
  },
  {
    title: 'LO2 chains the checksums of rows',
    async run({ storage }) {
      const organisation = storage.organisation(organisationId)
      const [first, second] = await organisation.appendOwn([ownChange(page, [1], true), ownChange(page, [2])])
      const firstSum = rowChecksum(0, 1, page, new Uint8Array([1]))
      equal(first?.checksum, firstSum)
      equal(second?.checksum, rowChecksum(firstSum, 2, page, new Uint8Array([2])))
      equal(await organisation.checksumOfRow(1), firstSum)
    },
  },
  {
    title: 'LO1 gives two windows that write at once different numbers in one chain',
    async run({ storage, otherWindow }) {
      const one = storage.organisation(organisationId)
      const two = otherWindow.organisation(organisationId)
      await Promise.all(
        Array.from({ length: 20 }, (_, place) =>
          (place % 2 === 0 ? one : two).appendOwn([ownChange(page, [place], place === 0)]),
        ),
      )
      const rows = await one.waitingRows(0, Infinity)
      equal(
        rows.map(({ row }) => row),
        Array.from({ length: 20 }, (_, place) => place + 1),
      )
      let checksum = 0
      for (const row of rows) {
        checksum = rowChecksum(checksum, row.row, row.documentId, row.update)
        equal(row.checksum, checksum)
      }
    },
  },
  {
    title: 'answers waiting rows after a row, by bytes, and at least one',
    async run({ storage }) {
      const organisation = storage.organisation(organisationId)
      await organisation.appendOwn([ownChange(page, [1, 1], true), ownChange(page, [2, 2]), ownChange(page, [3, 3])])
      equal(numbers(await organisation.waitingRows(0, 1)), [1])
      equal(numbers(await organisation.waitingRows(0, 3)), [1, 2])
      equal(numbers(await organisation.waitingRows(1, 100)), [2, 3])
      equal(numbers(await organisation.waitingRows(3, 100)), [])
    },
  },
  {
    title: 'LO5 drops acknowledged rows and remembers the checksum of the last',
    async run({ storage }) {
      const organisation = storage.organisation(organisationId)
      const rows = await organisation.appendOwn([
        ownChange(page, [1], true),
        ownChange(page, [2]),
        ownChange(page, [3]),
      ])
      equal(await organisation.acknowledge(2), [page, page])
      equal(numbers(await organisation.waitingRows(0, 100)), [3])
      equal(await organisation.checksumOfRow(2), rows[1]?.checksum)
      equal(await organisation.checksumOfRow(1), undefined)
      const { lastRow, acknowledgedRow } = await organisation.logState()
      equal([lastRow, acknowledgedRow], [3, 2])
      equal((await organisation.document(page))?.waiting, 1)
      equal(await organisation.acknowledge(2), [])
      equal((await organisation.load(page)).updates.length, 3)
    },
  },
  {
    title: 'LO6 sets a refused row aside, keeps its number for welcome, and lets the others go on',
    async run({ storage }) {
      const organisation = storage.organisation(organisationId)
      const rows = await organisation.appendOwn([
        ownChange(page, [1], true),
        ownChange(page, [2]),
        ownChange(page, [3]),
      ])
      await organisation.updateDocuments([documentChange(page, { title: 'Harbour' })])
      await organisation.setAside(2, 'forbidden', true)
      equal(numbers(await organisation.waitingRows(0, 100)), [1, 3])
      equal(await organisation.checksumOfRow(2), rows[1]?.checksum)
      const [kept] = await organisation.setAsideRecords()
      equal(
        [kept?.documentId, kept?.title, kept?.reason, kept?.update],
        [page, 'Harbour', 'forbidden', new Uint8Array([2])],
      )
      await organisation.setAside(3, 'gap', false)
      equal((await organisation.setAsideRecords()).length, 1)
      equal((await organisation.document(page))?.waiting, 1)
      equal(await organisation.acknowledge(3), [page])
      await organisation.dismissSetAside(kept?.id ?? '')
      equal(await organisation.setAsideRecords(), [])
    },
  },
  {
    title: 'AC7 writes rows and settles what was set aside before together',
    async run({ storage }) {
      const organisation = storage.organisation(organisationId)
      await organisation.appendOwn([ownChange(page, [1], true), ownChange(page, [2])])
      await organisation.setAside(1, 'forbidden', true)
      await organisation.setAside(2, 'forbidden', true)
      const [first, second] = await organisation.setAsideRecords()
      const rows = await organisation.appendOwn([ownChange(otherPage, [3], true)], [], [first?.id ?? ''])
      equal(numbers(rows), [3])
      equal(await organisation.setAsideRecords(), [second])
    },
  },
  {
    title: 'LO4 renews the log: waiting rows from 1, held documents to be compared, cursors forgotten',
    async run({ storage }) {
      const organisation = storage.organisation(organisationId)
      await putSpace(organisation, 7)
      await organisation.appendOwn([ownChange(page, [1], true), ownChange(page, [2]), ownChange(page, [3])])
      await organisation.acknowledge(1)
      const before = await organisation.logState()
      const after = await organisation.renewLog()
      equal(after.logId === before.logId, false)
      equal([after.lastRow, after.acknowledgedRow], [2, 0])
      const rows = await organisation.waitingRows(0, 100)
      equal(
        rows.map(({ row, update }) => [row, update]),
        [
          [1, new Uint8Array([2])],
          [2, new Uint8Array([3])],
        ],
      )
      equal(rows[0]?.checksum, rowChecksum(0, 1, page, new Uint8Array([2])))
      equal((await organisation.document(page))?.compare, true)
      equal((await organisation.spaces())[0]?.cursor, null)
    },
  },
  {
    title: 'LO4 sets a damaged waiting row aside and renews the log with the rest',
    async run({ storage, damage }) {
      const organisation = storage.organisation(organisationId)
      await organisation.appendOwn([ownChange(otherPage, [1, 2], true), ownChange(page, [9, 9], true)])
      const before = await organisation.logState()
      await damage('waiting', organisationId, page)
      equal(await reasonOf(organisation.waitingRows(0, 100)), 'damaged')
      equal((await organisation.logState()).logId === before.logId, false)
      equal(
        (await organisation.waitingRows(0, 100)).map(({ documentId }) => documentId),
        [otherPage],
      )
      equal(
        (await organisation.setAsideRecords()).map(({ reason }) => reason),
        ['damaged-record'],
      )
    },
  },
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
  {
    title: 'gives back all that was said of a space, and nothing more',
    async run({ storage }) {
      const organisation = storage.organisation(organisationId)
      const said = { description: 'Over bruggen', icon: 'map', parent: otherSpaceId, joining: 'ask' } as const
      const space = { id: spaceId, kind: 'team', name: 'Bruggen', role: 'owner', archived: true, ...said } as const
      await organisation.putSpaces([{ ...space, keep: 'everything', cursor: 7 }])
      equal(await organisation.spaces(), [{ ...space, keep: 'everything', cursor: 7 }])
    },
  },
  {
    title: 'removes a space with its documents and sets aside what waits there',
    async run({ storage }) {
      const organisation = storage.organisation(organisationId)
      await putSpace(organisation, 3)
      await organisation.appendOwn([ownChange(page, [1], true), ownChange(otherPage, [2], true, otherSpaceId)])
      await organisation.removeSpace(spaceId)
      equal(await organisation.spaces(), [])
      equal(
        (await organisation.documents()).map(({ id }) => id),
        [otherPage],
      )
      equal(numbers(await organisation.waitingRows(0, 100)), [2])
      const [kept] = await organisation.setAsideRecords()
      equal([kept?.documentId, kept?.reason, kept?.update], [page, 'forbidden', new Uint8Array([1])])
    },
  },
  {
    title: 'keeps organisations apart and removes one with all that belongs to it',
    async run({ storage }) {
      const secondId = idOf<OrganisationId>('second')
      const [first, second] = [storage.organisation(organisationId), storage.organisation(secondId)]
      for (const id of [organisationId, secondId]) await storage.putOrganisation(organisationRecord(id))
      for (const organisation of [first, second]) {
        await putSpace(organisation, 3)
        await organisation.appendOwn([ownChange(page, [1], true)])
        await organisation.putSetting('token', 'secret')
      }
      await storage.removeOrganisation(organisationId)
      equal(
        (await storage.organisations()).map(({ id }) => id),
        [secondId],
      )
      equal([await first.documents(), await first.spaces(), await first.setting('token')], [[], [], undefined])
      equal((await first.load(page)).updates, [])
      equal((await first.logState()).lastRow, 0)
      equal((await second.load(page)).updates, [new Uint8Array([1])])
      equal(numbers(await second.waitingRows(0, 10)), [1])
    },
  },
]

function ownChange(documentId: DocumentId, update: ArrayLike<number>, isNew = false, inSpace = spaceId): OwnChange {
  const registration = isNew ? { spaceId: inSpace, kind: 'page' as const, pageKind: 'wiki' as const } : null
  return { documentId, update: Uint8Array.from(update), schema: lowestSchema, restored: false, registration }
}

function documentChange(id: DocumentId, fields: Partial<DocumentChange>): DocumentChange {
  return { id, spaceId, kind: 'page', pageKind: 'wiki', ...fields }
}

export function organisationRecord(id: OrganisationId) {
  const personId = idOf<PersonId>('person')
  const person = { personId, personName: 'Anna', email: 'anna@example.org', role: 'member' } as const
  return { id, name: 'Haven', kind: 'server', serverUrl: 'http://127.0.0.1:1', generation: null, ...person } as const
}

async function putSpace(organisation: OrganisationStorage, cursor: number | null): Promise<void> {
  await organisation.putSpaces([
    { id: spaceId, kind: 'team', name: 'Team', role: 'editor', archived: false, keep: 'everything', cursor },
  ])
}

function numbers(rows: readonly { readonly row: number }[]): number[] {
  return rows.map(({ row }) => row)
}

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

async function reasonOf(operation: Promise<unknown>): Promise<string> {
  try {
    await operation
    return 'nothing was thrown'
  } catch (error) {
    return error instanceof StorageFailed ? error.reason : String(error)
  }
}
