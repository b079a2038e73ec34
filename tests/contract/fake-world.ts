import {
  mintId,
  type DeviceId,
  type DocumentId,
  type LogId,
  type OrganisationId,
  type PersonId,
  type SpaceId,
} from '../../model/ids.ts'
import type { OrganisationRole, SpaceRole } from '../../model/permission.ts'
import { MemoryStore } from '../../sync-server/store/memory-store.ts'
import type { Store } from '../../sync-server/store/store.ts'
import type { Identity, SyncLimits, SyncServerOptions } from '../../sync-server/sync-options.ts'
import { SyncServer } from '../../sync-server/sync-server.ts'
import { FakeDevice } from './fake-device.ts'
import { MemorySocket } from './memory-socket.ts'

interface Timer {
  readonly atMs: number
  readonly order: number
  readonly run: () => void
}

/** A clock that moves only when a test moves it. */
export class FakeClock {
  #nowMs = 1_700_000_000_000
  #order = 0
  #timers: Timer[] = []

  nowMs(): number {
    return this.#nowMs
  }

  readonly schedule = (ms: number, run: () => void): (() => void) => {
    const timer = { atMs: this.#nowMs + ms, order: (this.#order += 1), run }
    this.#timers.push(timer)
    return () => {
      this.#timers = this.#timers.filter((each) => each !== timer)
    }
  }

  #takeDue(untilMs: number): Timer | undefined {
    const due = this.#timers.filter((timer) => timer.atMs <= untilMs)
    due.sort((a, b) => a.atMs - b.atMs || a.order - b.order)
    const first = due[0]
    if (first !== undefined) this.#timers = this.#timers.filter((timer) => timer !== first)
    return first
  }

  /** Runs everything that is due within `ms`, at its time, and all promises in between. */
  async advance(ms: number): Promise<void> {
    const untilMs = this.#nowMs + ms
    await promisesSettled()
    for (let timer = this.#takeDue(untilMs); timer !== undefined; timer = this.#takeDue(untilMs)) {
      this.#nowMs = Math.max(this.#nowMs, timer.atMs)
      timer.run()
      await promisesSettled()
    }
    this.#nowMs = untilMs
  }
}

/** Resolves after all microtasks: no promise of the core waits for anything but the store in memory and the clock. */
function promisesSettled(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve))
}

let minted = 0
/** The same ids in each run. */
export function mint<T extends string>(): T {
  minted += 1
  const value = minted
  return mintId((bytes) => {
    new DataView(bytes.buffer).setUint32(12, value)
  }) as string as T
}

export interface LogLine {
  readonly level: string
  readonly message: string
}

/** A server on a store in memory, with a fake clock. */
export class FakeWorld {
  readonly clock = new FakeClock()
  readonly lines: LogLine[] = []
  readonly store: Store
  server: SyncServer
  readonly #options: Partial<SyncServerOptions>
  #lives = 0

  private constructor(store: Store, options: Partial<SyncServerOptions>) {
    this.store = store
    this.#options = options
    this.server = this.#makeServer()
  }

  static async open(
    options: Partial<SyncServerOptions> & { readonly limits?: Partial<SyncLimits> } = {},
  ): Promise<FakeWorld> {
    const store = options.store ?? new MemoryStore()
    if ((await store.organisation()) === null)
      await store.createOrganisation({ organisationId: mint<OrganisationId>(), name: 'Gemeente' })
    const world = new FakeWorld(store, options)
    await world.server.start()
    return world
  }

  #makeServer(): SyncServer {
    let seed = 0
    this.#lives += 1
    const life = this.#lives
    return new SyncServer({
      clock: this.clock,
      random: (bytes) => {
        for (let i = 0; i < bytes.length; i += 1) bytes[i] = (seed = (seed * 1103515245 + 12345) % 2147483648) >>> 16
      },
      // A killed server does nothing more, whatever it had planned.
      schedule: (ms, run) => this.clock.schedule(ms, () => life === this.#lives && run()),
      log: (level, message) => {
        this.lines.push({ level, message })
      },
      ...this.#options,
      store: this.store,
    })
  }

  /** As after a kill: nothing of the old server runs on, the store is what the disk held. */
  async restart(): Promise<void> {
    this.server = this.#makeServer()
    await this.server.start()
  }

  settle(): Promise<void> {
    return this.clock.advance(0)
  }

  async space(members: readonly (readonly [Identity, SpaceRole])[]): Promise<SpaceId> {
    const [first, ...others] = members
    if (first === undefined) throw new Error('A space needs an owner')
    const creating = this.server.createSpace({ kind: 'team', name: 'Bouw', ownerId: first[0].personId })
    await this.settle()
    const spaceId = await creating
    if (first[1] !== 'owner') await this.server.grantSpace(first[0].personId, spaceId, first[1])
    for (const [identity, role] of others) await this.server.grantSpace(identity.personId, spaceId, role)
    return spaceId
  }

  /** Waits for something that only goes on when the clock's due timers run. */
  async done<T>(work: Promise<T>): Promise<T> {
    // A failure that comes while the clock runs is the caller's to see, a moment later.
    work.catch(() => undefined)
    await this.settle()
    return work
  }

  /** A device with a new log that has said hello and has heard everything that comes of it. */
  async device(
    identity: Identity,
    more: Partial<Parameters<FakeDevice['hello']>[0]> = {},
    logId: LogId = mint(),
  ): Promise<FakeDevice> {
    const device = this.socket(identity, logId)
    device.hello(more)
    await this.settle()
    return device
  }

  /** A device that has not said hello. */
  socket(identity: Identity, logId: LogId = mint()): FakeDevice {
    const socket = new MemorySocket()
    return new FakeDevice(this.server.accept(socket, identity), socket, logId)
  }
}

export function person(name: string, role: OrganisationRole = 'member'): Identity {
  return { personId: mint<PersonId>(), name, email: `${name}@example.org`, role, sessionId: `session of ${name}` }
}

export type { DeviceId, DocumentId }
