import type { DocumentId, SpaceId } from '../model/ids.ts'
import { encodePresence, Presence, type PresenceEntry } from './presence.ts'
import type { Identity } from './sync-options.ts'

/** A committed row on its way to those who have the page open. */
export interface LiveRow {
  readonly spaceId: SpaceId
  readonly documentId: DocumentId
  readonly n: number
  readonly minSchema: number
  readonly update: Uint8Array
}

/** One open page of one connection: a channel of a device, or a stock socket. */
export interface PageMember {
  /** The socket it belongs to: a device's own rows do not come back to it. Presence is told apart by member. */
  readonly connection: object
  live(row: LiveRow): void
  /** An awareness update in the encoding of y-protocols. */
  presence(bytes: Uint8Array): void
}

/** A page that somebody has open: who is there, and the way to them. */
export class PageChannel {
  readonly presence = new Presence()
  readonly members = new Set<PageMember>()

  broadcast(row: LiveRow, source: object | null): void {
    for (const member of this.members) if (member.connection !== source) member.live(row)
  }

  /** Takes in presence and passes on what may be shown, to all but the member that sent it. */
  receivePresence(
    from: PageMember,
    identity: Identity,
    entries: readonly PresenceEntry[],
    mayUse: (clientId: number) => boolean,
  ): number {
    const accepted = this.presence.receive(from, identity, entries, mayUse)
    this.#tell(accepted, from)
    return accepted.length
  }

  leave(member: PageMember): void {
    this.members.delete(member)
    this.#tell(this.presence.leave(member), member)
  }

  #tell(entries: readonly PresenceEntry[], except: PageMember): void {
    if (entries.length === 0) return
    const bytes = encodePresence(entries)
    for (const member of this.members) if (member !== except) member.presence(bytes)
  }
}

/** All pages that somebody has open. */
export class PageChannels {
  readonly #channels = new Map<DocumentId, PageChannel>()

  get(id: DocumentId): PageChannel | undefined {
    return this.#channels.get(id)
  }

  join(id: DocumentId, member: PageMember): PageChannel {
    let channel = this.#channels.get(id)
    if (channel === undefined) {
      channel = new PageChannel()
      this.#channels.set(id, channel)
    }
    channel.members.add(member)
    return channel
  }

  leave(id: DocumentId, member: PageMember): void {
    const channel = this.#channels.get(id)
    if (channel === undefined) return
    channel.leave(member)
    if (channel.members.size === 0) this.#channels.delete(id)
  }

  broadcast(row: LiveRow, source: object | null): void {
    this.#channels.get(row.documentId)?.broadcast(row, source)
  }
}
