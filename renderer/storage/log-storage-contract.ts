import { rowChecksum } from '../../model/checksum.ts'
import { equal, organisationId, type ContractCase } from './contract-case.ts'
import { documentChange, numbers, otherPage, ownChange, page, putSpace } from './contract-documents.ts'
import { StorageFailed, type OwnChange } from './laptop-storage.ts'

/** Part of the laptop's contract: the log of own changes, and what waits in it. */
export const logStorageContract: readonly ContractCase[] = [
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
      const rows = await organisation.appendOwn(threeChanges())
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
      const rows = await organisation.appendOwn(threeChanges())
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
      await organisation.appendOwn(threeChanges())
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
]

function threeChanges(): OwnChange[] {
  return [ownChange(page, [1], true), ownChange(page, [2]), ownChange(page, [3])]
}

async function reasonOf(operation: Promise<unknown>): Promise<string> {
  try {
    await operation
    return 'nothing was thrown'
  } catch (error) {
    return error instanceof StorageFailed ? error.reason : String(error)
  }
}
