import type { ListedFile } from '../../model/api.ts'
import { parseFileHash, type FileHash, type OrganisationId, type SpaceId } from '../../model/ids.ts'
import type { FileStorage, NewFile } from './file-storage.ts'
import { equal, idOf, organisationId, type ContractCase } from './contract-case.ts'
import { organisationRecord } from './laptop-storage-contract.ts'

const spaceId = idOf<SpaceId>('space')
const otherSpaceId = idOf<SpaceId>('elsewhere')
const hash = hashOf('1')
const otherHash = hashOf('2')

/** Run on every implementation. */
export const fileStorageContract: readonly ContractCase[] = [
  {
    title: 'keeps a file with its row, and knows which are still to be uploaded, oldest first',
    async run({ storage, otherWindow }) {
      const { files } = storage.organisation(organisationId)
      await files.put(newFile({ hash: otherHash, addedAtMs: 20 }))
      await files.put(newFile({ addedAtMs: 10 }))
      const seen = otherWindow.organisation(organisationId).files
      equal(await (await seen.bytes(hash))?.text(), 'quay')
      equal(hashesOf(await seen.waiting()), [hash, otherHash])
      await files.change(spaceId, hash, { onServer: true })
      equal(hashesOf(await seen.waiting()), [otherHash])
      const record = await seen.record(spaceId, hash)
      equal([record?.name, record?.sizeBytes, record?.here, record?.onServer], ['plan.txt', 4, true, true])
    },
  },
  {
    title: 'keeps many files in one go, one that comes twice once',
    async run({ storage, otherWindow }) {
      const { files } = storage.organisation(organisationId)
      await files.putAll([newFile(), newFile({ hash: otherHash, addedAtMs: 20 }), newFile()])
      await files.putAll([])
      equal(hashesOf(await otherWindow.organisation(organisationId).files.waiting()), [hash, otherHash])
    },
  },
  {
    title: 'GE1 waits again with what a whole list of the server does not name, where the bytes are here',
    async run({ storage, otherWindow }) {
      const { files } = storage.organisation(organisationId)
      await files.put(newFile({ onServer: true, addedAtMs: 10 }))
      await files.change(spaceId, hash, { uploadPath: '/old', sentBytes: 2 })
      await files.put(newFile({ hash: otherHash, onServer: true }))
      await files.put(newFile({ spaceId: otherSpaceId, onServer: true }))
      const ghost = listed({ id: hashOf('3'), n: 3 })
      await files.takeList(spaceId, [ghost], 3)
      equal(await files.takeWhole(spaceId, new Set([otherHash]), 7), 1)
      const seen = otherWindow.organisation(organisationId).files
      const [waiting, ...more] = await seen.waiting()
      equal([waiting?.hash, waiting?.spaceId, waiting?.uploadPath, waiting?.sentBytes], [hash, spaceId, null, 0])
      equal(more, [])
      equal(await seen.cursor(spaceId), 7)
      // Of what is not here there is nothing to send: another laptop gives it back.
      equal((await seen.record(spaceId, ghost.id))?.onServer, true)
      equal(await files.dropBytes(hash), false)
    },
  },
  {
    title: 'waits no longer for what the server refused, until it is added again',
    async run({ storage }) {
      const { files } = storage.organisation(organisationId)
      await files.put(newFile())
      await files.change(spaceId, hash, { refusal: 'too-large' })
      equal(await files.waiting(), [])
      equal((await files.list(spaceId))[0]?.refusal, 'too-large')
      await files.put(newFile())
      equal(hashesOf(await files.waiting()), [hash])
    },
  },
  {
    title: 'lists a file per space and keeps its bytes once, as long as one space needs them',
    async run({ storage }) {
      const { files } = storage.organisation(organisationId)
      await files.put(newFile())
      await files.put(newFile({ spaceId: otherSpaceId, onServer: true }))
      equal(hashesOf(await files.list(otherSpaceId)), [hash])
      equal(await files.dropBytes(hash), false)
      await files.forget(otherSpaceId, hash)
      equal((await files.list(otherSpaceId)).length, 1)
      await files.forget(spaceId, hash)
      equal((await files.list(spaceId)).length, 0)
      equal(await (await files.bytes(hash))?.text(), 'quay')
    },
  },
  {
    title: 'lets go of bytes that the server has, and takes them again',
    async run({ storage }) {
      const { files } = storage.organisation(organisationId)
      await files.put(newFile({ onServer: true }))
      equal(await files.dropBytes(hash), true)
      equal(await files.bytes(hash), undefined)
      equal((await files.record(spaceId, hash))?.here, false)
      await files.keepBytes(hash, { blob: new Blob(['quay']) })
      equal((await files.record(spaceId, hash))?.here, true)
    },
  },
  {
    title: 'never lets go of bytes that the server does not have',
    async run({ storage }) {
      const { files } = storage.organisation(organisationId)
      await files.put(newFile())
      equal(await files.dropBytes(hash), false)
      equal(await (await files.bytes(hash))?.text(), 'quay')
    },
  },
  {
    title: 'takes the list of the server: what is on it is there, what was taken off is not shown',
    async run({ storage }) {
      const { files } = storage.organisation(organisationId)
      await files.put(newFile())
      await files.takeList(spaceId, [listed({ n: 4 }), listed({ id: otherHash, n: 5, name: 'kaart.pdf' })], 5)
      equal(await files.cursor(spaceId), 5)
      equal(await files.waiting(), [])
      const rows = await files.list(spaceId)
      equal(rows.map((row) => [row.name, row.onServer, row.here]).toSorted(), [
        ['kaart.pdf', true, false],
        ['plan.txt', true, true],
      ])
      await files.takeList(spaceId, [listed({ id: otherHash, n: 6, listed: false })], 6)
      equal(hashesOf(await files.list(spaceId)), [hash])
    },
  },
  {
    title: 'goes on waiting with a file that was taken off the list before it was added here again',
    async run({ storage }) {
      const { files } = storage.organisation(organisationId)
      await files.put(newFile())
      await files.takeList(spaceId, [listed({ n: 4, listed: false })], 4)
      equal(hashesOf(await files.waiting()), [hash])
      equal(hashesOf(await files.list(spaceId)), [hash])
    },
  },
  {
    title: 'removes with a space what the server has of its files, and keeps what was never sent',
    async run({ storage }) {
      const organisation = storage.organisation(organisationId)
      await organisation.files.put(newFile())
      await organisation.files.put(newFile({ hash: otherHash, onServer: true }))
      await organisation.removeSpace(spaceId)
      equal(hashesOf(await organisation.files.all()), [hash])
      equal(await organisation.files.bytes(otherHash), undefined)
      equal(await (await organisation.files.bytes(hash))?.text(), 'quay')
    },
  },
  {
    title: 'keeps the files of organisations apart, and removes them with one',
    async run({ storage }) {
      const secondId = idOf<OrganisationId>('second')
      const [first, second] = [storage.organisation(organisationId), storage.organisation(secondId)]
      await storage.putOrganisation(organisationRecord(organisationId))
      await storage.putOrganisation(organisationRecord(secondId))
      await first.files.put(newFile())
      await second.files.put(newFile({ hash: otherHash }))
      equal(await second.files.bytes(hash), undefined)
      await storage.removeOrganisation(organisationId)
      equal(await storage.organisation(organisationId).files.all(), [])
      equal(hashesOf(await second.files.all()), [otherHash])
    },
  },
]

function newFile(change: Partial<NewFile> = {}): NewFile {
  return {
    ...{ spaceId, hash, name: 'plan.txt', type: 'text/plain', addedBy: null, addedAtMs: 1, onServer: false },
    bytes: { blob: new Blob(['quay']) },
    ...change,
  }
}

function listed(change: Partial<ListedFile> = {}): ListedFile {
  return {
    ...{ id: hash, n: 1, name: 'plan.txt', mediaType: 'text/plain', sizeBytes: 4 },
    ...{ addedBy: null, addedAtMs: 2, listed: true },
    ...change,
  }
}

function hashesOf(rows: Awaited<ReturnType<FileStorage['all']>>): readonly string[] {
  return rows.map((row) => row.hash)
}

function hashOf(digit: string): FileHash {
  const parsed = parseFileHash(digit.repeat(64))
  if (parsed === undefined) throw new Error('Not a hash')
  return parsed
}
