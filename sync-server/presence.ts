import * as decoding from 'lib0/decoding'
import * as encoding from 'lib0/encoding'
import { maxAwarenessBytes } from '../model/protocol/limits.ts'
import { personColourOf, personColours } from '../model/person-colour.ts'
import type { Identity } from './sync-options.ts'

/** What others see of one client id in a page. */
interface PresenceState {
  readonly connection: object
  readonly personId: string
  clock: number
  json: string
}

/** An entry of an awareness update, as the y-protocols write it. */
export interface PresenceEntry {
  readonly clientId: number
  readonly clock: number
  /** `null` in JSON when the client left. */
  readonly json: string
}

/** Entries that one message may hold: a client speaks for itself, and a stock one echoes what it saw of others. */
const maxEntries = 1000
/** Owners that are remembered per page beyond those who are there: far more than a page has sessions in a day. */
const maxOwners = 10_000
/** Client ids that one channel may show in one page: a reload mints a new one before the old is gone. */
const maxClientsPerConnection = 4

/** Parses an awareness update from outside. Throws on what is none. */
export function parsePresence(bytes: Uint8Array): readonly PresenceEntry[] {
  const decoder = decoding.createDecoder(bytes)
  const count = decoding.readVarUint(decoder)
  if (count > maxEntries || count * 3 > bytes.length) throw new RangeError('Too many presence entries')
  const entries: PresenceEntry[] = []
  for (let i = 0; i < count; i += 1) {
    const clientId = decoding.readVarUint(decoder)
    const clock = decoding.readVarUint(decoder)
    entries.push({ clientId, clock, json: decoding.readVarString(decoder) })
  }
  return entries
}

export function encodePresence(entries: readonly PresenceEntry[]): Uint8Array {
  const encoder = encoding.createEncoder()
  encoding.writeVarUint(encoder, entries.length)
  for (const { clientId, clock, json } of entries) {
    encoding.writeVarUint(encoder, clientId)
    encoding.writeVarUint(encoder, clock)
    encoding.writeVarString(encoder, json)
  }
  return encoding.toUint8Array(encoder)
}

/** Who is in one page. Never stored. */
export class Presence {
  readonly #states = new Map<number, PresenceState>()
  /** Also of clients that have left: an id belongs to one person for as long as the page is open anywhere. */
  readonly #owners = new Map<number, string>()

  /**
   * Takes in what a connection says about itself, stamped with who it is. Foreign entries, those too large and those
   * that are no JSON object are dropped without a word.
   * @param mayUse whether the document's client ids leave this one to the person
   * @returns what to tell the others
   */
  receive(
    connection: object,
    identity: Identity,
    entries: readonly PresenceEntry[],
    mayUse: (clientId: number) => boolean,
  ): readonly PresenceEntry[] {
    const accepted: PresenceEntry[] = []
    for (const entry of entries) {
      const json = stampedJson(entry.json, identity)
      if (json === undefined || !this.#mayShow(connection, identity.personId, entry) || !mayUse(entry.clientId))
        continue
      this.#remember(entry.clientId, identity.personId)
      if (json === 'null') this.#states.delete(entry.clientId)
      else this.#states.set(entry.clientId, { connection, personId: identity.personId, clock: entry.clock, json })
      accepted.push({ ...entry, json })
    }
    return accepted
  }

  #remember(clientId: number, personId: string): void {
    this.#owners.set(clientId, personId)
    if (this.#owners.size <= maxOwners) return
    for (const oldest of this.#owners.keys()) {
      if (this.#states.has(oldest)) continue
      this.#owners.delete(oldest)
      return
    }
  }

  #mayShow(connection: object, personId: string, entry: PresenceEntry): boolean {
    const known = this.#states.get(entry.clientId)
    const owner = this.#owners.get(entry.clientId)
    if (owner !== undefined && owner !== personId) return false
    if (known === undefined) return entry.json !== 'null' && this.#countOf(connection) < maxClientsPerConnection
    // A tab that reconnected before its old line was noticed dead takes its own presence over, with a higher clock.
    return (known.connection === connection || known.personId === personId) && entry.clock >= known.clock
  }

  #countOf(connection: object): number {
    let count = 0
    for (const state of this.#states.values()) if (state.connection === connection) count += 1
    return count
  }

  /** Whom a client id that was shown here belongs to. */
  ownerOf(clientId: number): string | undefined {
    return this.#owners.get(clientId)
  }

  all(): readonly PresenceEntry[] {
    return [...this.#states].map(([clientId, { clock, json }]) => ({ clientId, clock, json }))
  }

  /** The connection ended: what to tell the others so that it is gone there too. */
  leave(connection: object): readonly PresenceEntry[] {
    const gone: PresenceEntry[] = []
    for (const [clientId, state] of this.#states) {
      if (state.connection !== connection) continue
      this.#states.delete(clientId)
      gone.push({ clientId, clock: state.clock + 1, json: 'null' })
    }
    return gone
  }
}

/** The state with its `user` replaced by the server's word; undefined when it is not to be shown. */
function stampedJson(json: string, identity: Identity): string | undefined {
  if (json === 'null') return json
  if (json.length > maxAwarenessBytes) return undefined
  let state: unknown
  try {
    state = JSON.parse(json)
  } catch {
    return undefined
  }
  if (typeof state !== 'object' || state === null || Array.isArray(state)) return undefined
  const colour = personColourOf(identity.personId)
  // `color` is what stock clients draw with, `colour` the name that follows light and dark in the app.
  const user = { name: identity.name, color: personColours[colour], colour, personId: identity.personId }
  const stamped = JSON.stringify({ ...state, user })
  return Buffer.byteLength(stamped) <= maxAwarenessBytes ? stamped : undefined
}
