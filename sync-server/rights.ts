import type { DocumentId, PersonId, SpaceId } from '../model/ids.ts'
import type { SpaceRole } from '../model/permission.ts'
import type { Connections } from './connections.ts'
import type { Core } from './core.ts'
import { SpaceFeed } from './feed.ts'
import type { PeopleBook } from './people-book.ts'
import type { Reachers } from './reachers.ts'
import type { SpaceRecord } from './store/store.ts'

/** What the running server believes of spaces and roles, and how open sockets hear of changes: the store first, then all at once (FE8). */
export class Rights {
  readonly #core: Core
  readonly #connections: Connections
  readonly #reachers: Reachers
  readonly #book: PeopleBook

  constructor(core: Core, connections: Connections, reachers: Reachers, book: PeopleBook) {
    this.#core = core
    this.#connections = connections
    this.#reachers = reachers
    this.#book = book
  }

  /** Reads all spaces anew. */
  async readSpaces(): Promise<void> {
    for (const record of await this.#core.store.spaces()) this.#know(record)
  }

  async readSpace(spaceId: SpaceId): Promise<void> {
    const record = (await this.#core.store.spaces()).find((space) => space.spaceId === spaceId)
    if (record !== undefined) this.#know(record)
  }

  #know(record: SpaceRecord): void {
    const known = this.#core.spaces.get(record.spaceId)
    if (known === undefined) {
      this.#core.spaces.set(record.spaceId, { record, feed: new SpaceFeed(this.#core, record.spaceId, record.head) })
    } else known.record = record
  }

  /** The store has the membership: sockets of the person hear of it, and laptops of whom they belong with. */
  async membershipChanged(personId: PersonId, spaceId: SpaceId, role: SpaceRole | null): Promise<void> {
    this.changeRole(personId, spaceId, role)
    await this.readSpace(spaceId)
    if (role !== null) this.tellGranted(personId, spaceId)
    await this.#book.refresh()
  }

  /** From here on `may()` knows the role. Who lost the space hears it now; who got it, by `tellGranted`. */
  changeRole(personId: PersonId, spaceId: SpaceId, role: SpaceRole | null): void {
    this.#reachers.changeRole(personId, spaceId, role)
    if (role !== null) return
    for (const connection of this.#connections.of(personId)) connection.spaceRevoked(spaceId)
    this.#core.colleagues.forget(spaceId, personId)
  }

  tellGranted(personId: PersonId, spaceId: SpaceId): void {
    const space = this.#core.spaces.get(spaceId)
    if (space === undefined) return
    for (const connection of this.#connections.of(personId)) connection.spaceGranted(space.record)
  }

  /** The space itself changed: all of its members hear of it as of a grant. */
  async tellMembers(spaceId: SpaceId): Promise<void> {
    for (const { personId } of await this.#core.store.membersOf(spaceId)) this.tellGranted(personId, spaceId)
  }

  documentMoved(documentId: DocumentId): void {
    for (const connection of this.#connections.all()) connection.documentMoved(documentId)
  }
}
