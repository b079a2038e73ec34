import type { FillRandom, DeviceId, PersonId } from '../../model/ids.ts'
import { mintId } from '../../model/ids.ts'
import type { Directory, OpenSession, PersonRecord, SessionRecord } from '../store/directory.ts'
import type { Clock } from '../sync-options.ts'
import { digestOf, mintToken } from './secrets.ts'

/** When a device was last used is kept to the hour: enough to recognise a forgotten one, too coarse to watch anybody. */
const hourMs = 60 * 60 * 1000

export interface SessionsOptions {
  readonly directory: Directory
  readonly clock: Clock
  readonly random: FillRandom
  /** The session is over: its sockets must close now. */
  readonly onEnded: (id: DeviceId) => void
}

/** Sign-ins of devices. A token is known to its device alone; the server keeps its digest. */
export class Sessions {
  readonly #options: SessionsOptions

  constructor(options: SessionsOptions) {
    this.#options = options
  }

  /** The new device's token. */
  async start(person: PersonRecord, deviceName: string): Promise<string> {
    const { directory, clock, random } = this.#options
    const token = mintToken()
    const atMs = clock.nowMs()
    const session: SessionRecord = {
      id: mintId<DeviceId>(random),
      personId: person.id,
      tokenHash: digestOf(token),
      deviceName,
      createdAtMs: atMs,
      lastUsedAtMs: toHour(atMs),
    }
    await directory.addSession(session, {
      atMs,
      verb: 'signed-in',
      actorId: person.id,
      subjectId: session.id,
      detail: null,
    })
    return token
  }

  async find(token: string): Promise<OpenSession | undefined> {
    const { directory, clock } = this.#options
    const open = await directory.findSession(digestOf(token))
    const hour = toHour(clock.nowMs())
    if (open !== undefined && open.session.lastUsedAtMs < hour) await directory.touchSession(open.session.id, hour)
    return open
  }

  /** False where the person has no such session. */
  async end(id: DeviceId, personId: PersonId, verb: 'signed-out' | 'session-ended'): Promise<boolean> {
    const { directory, clock, onEnded } = this.#options
    const atMs = clock.nowMs()
    const ended = await directory.removeSession(id, personId, {
      atMs,
      verb,
      actorId: personId,
      subjectId: id,
      detail: null,
    })
    if (ended) onEnded(id)
    return ended
  }

  /** After a change of password: whoever else knew the old one is out, and the device on which it was changed is not. */
  async endOthers(personId: PersonId, kept: DeviceId): Promise<void> {
    for (const { id } of await this.#options.directory.listSessions(personId)) {
      if (id !== kept) await this.end(id, personId, 'session-ended')
    }
  }

  async endAll(personId: PersonId, actorId: PersonId | null): Promise<void> {
    const { directory, clock, onEnded } = this.#options
    const atMs = clock.nowMs()
    const audit = { atMs, verb: 'session-ended', actorId, subjectId: personId, detail: 'all' } as const
    for (const id of await directory.removeSessionsOf(personId, audit)) onEnded(id)
  }
}

function toHour(atMs: number): number {
  return Math.floor(atMs / hourMs) * hourMs
}
