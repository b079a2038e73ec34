import type { OrganisationId, PersonId } from '../../model/ids.ts'
import { changesStorageContract } from './changes-storage-contract.ts'
import { equal, idOf, organisationId, type ContractCase } from './contract-case.ts'
import { numbers, otherPage, otherSpaceId, ownChange, page, putSpace, spaceId } from './contract-documents.ts'
import { documentStorageContract } from './document-storage-contract.ts'
import { logStorageContract } from './log-storage-contract.ts'
import { peopleStorageContract } from './people-storage-contract.ts'
import { requestStorageContract } from './request-storage-contract.ts'
import { reviewStorageContract } from './review-storage-contract.ts'

/** Run on every implementation, in Node and in Chromium: it asks nothing of a test runner but that throwing is failing. */
export const laptopStorageContract: readonly ContractCase[] = [
  ...peopleStorageContract,
  ...changesStorageContract,
  ...reviewStorageContract,
  ...requestStorageContract,
  ...logStorageContract,
  ...documentStorageContract,
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

export function organisationRecord(id: OrganisationId) {
  const personId = idOf<PersonId>('person')
  const person = { personId, personName: 'Anna', email: 'anna@example.org', role: 'member' } as const
  return { id, name: 'Haven', kind: 'server', serverUrl: 'http://127.0.0.1:1', generation: null, ...person } as const
}
