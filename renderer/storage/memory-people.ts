import type { MemoryDisk } from './memory-disk.ts'
import {
  peopleNumberSetting,
  storedPerson,
  type KnownPeople,
  type PeopleChange,
  type PeopleStorage,
} from './people-storage.ts'

/** People of one organisation in memory. */
export class MemoryPeople implements PeopleStorage {
  readonly #disk: () => MemoryDisk

  constructor(disk: () => MemoryDisk) {
    this.#disk = disk
  }

  async number(): Promise<number | null> {
    const value = this.#disk().settings.get(peopleNumberSetting)
    return typeof value === 'number' ? value : null
  }

  async store({ n, whole, people, members }: PeopleChange): Promise<void> {
    const disk = this.#disk()
    if (whole) {
      for (const person of disk.people.values()) disk.people.set(person.id, { ...person, gone: true })
      disk.members.clear()
    }
    for (const person of people) disk.people.set(person.id, storedPerson(person))
    for (const space of members) {
      if (space.whole) forgetMembers(disk, space.spaceId)
      for (const { personId, role } of space.members) {
        const key = `${space.spaceId} ${personId}`
        if (role === null) disk.members.delete(key)
        else disk.members.set(key, { spaceId: space.spaceId, personId, role })
      }
    }
    disk.settings.set(peopleNumberSetting, n)
  }

  async read(): Promise<KnownPeople> {
    const disk = this.#disk()
    return { people: [...disk.people.values()], members: [...disk.members.values()] }
  }
}

export function forgetMembers(disk: MemoryDisk, spaceId: string): void {
  for (const [key, member] of disk.members) if (member.spaceId === spaceId) disk.members.delete(key)
}
