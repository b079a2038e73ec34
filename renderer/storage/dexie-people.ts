import { Dexie } from 'dexie'
import type { OrganisationId, SpaceId } from '../../model/ids.ts'
import type { Database, Tables } from './database.ts'
import {
  peopleNumberSetting,
  storedPerson,
  type KnownPeople,
  type MemberRecord,
  type PeopleChange,
  type PeopleStorage,
} from './people-storage.ts'
import { guarded } from './storage-failure.ts'

/** People of one organisation in IndexedDB. */
export class DexiePeople implements PeopleStorage {
  readonly #database: Database
  readonly #organisationId: OrganisationId

  constructor(database: Database, organisationId: OrganisationId) {
    this.#database = database
    this.#organisationId = organisationId
  }

  number(): Promise<number | null> {
    return guarded(async () => {
      const row = await this.#database.tables.settings.get([this.#organisationId, peopleNumberSetting])
      return typeof row?.value === 'number' ? row.value : null
    })
  }

  store(change: PeopleChange): Promise<void> {
    const { dexie, tables } = this.#database
    return guarded(() =>
      dexie.transaction('rw', [tables.people, tables.members, tables.settings], async () => {
        await storePeople(tables, this.#organisationId, change)
      }),
    )
  }

  read(): Promise<KnownPeople> {
    const { dexie, tables } = this.#database
    return guarded(() =>
      dexie.transaction('r', [tables.people, tables.members], async () => {
        const people = await ofOrganisation(tables.people, '[organisationId+id]', this.#organisationId).toArray()
        const members = await ofOrganisation(
          tables.members,
          '[organisationId+spaceId+personId]',
          this.#organisationId,
        ).toArray()
        return {
          people: people.map(({ organisationId: _organisation, ...person }) => person),
          members: members.map(({ organisationId: _organisation, ...member }) => member),
        }
      }),
    )
  }
}

async function storePeople(tables: Tables, organisationId: OrganisationId, change: PeopleChange): Promise<void> {
  if (change.whole) {
    const everybody = await ofOrganisation(tables.people, '[organisationId+id]', organisationId).toArray()
    await tables.people.bulkPut(everybody.map((person) => ({ ...person, gone: true })))
    await ofOrganisation(tables.members, '[organisationId+spaceId+personId]', organisationId).delete()
  }
  await tables.people.bulkPut(change.people.map((person) => ({ organisationId, ...storedPerson(person) })))
  for (const { spaceId, whole, members } of change.members) {
    if (whole) await deleteMembers(tables, organisationId, spaceId)
    const put = members.flatMap(({ personId, role }): (MemberRecord & { organisationId: OrganisationId })[] =>
      role === null ? [] : [{ organisationId, spaceId, personId, role }],
    )
    await tables.members.bulkPut(put)
    const ended = members.filter(({ role }) => role === null)
    await tables.members.bulkDelete(
      ended.map(({ personId }): [string, string, string] => [organisationId, spaceId, personId]),
    )
  }
  await tables.settings.put({ organisationId, name: peopleNumberSetting, value: change.n })
}

/** Inside a transaction that includes `members`. */
export async function deleteMembers(tables: Tables, organisationId: OrganisationId, spaceId: SpaceId): Promise<void> {
  const index = tables.members.where('[organisationId+spaceId+personId]')
  await index.between([organisationId, spaceId, ''], [organisationId, spaceId, '\uffff']).delete()
}

function ofOrganisation<T, K>(table: Dexie.Table<T, K>, index: string, organisationId: OrganisationId) {
  return table.where(index).between([organisationId, Dexie.minKey], [organisationId, Dexie.maxKey], true, true)
}
