import { mintId, type DeviceId, type PersonId } from '../../model/ids.ts'
import { ok } from '../../model/result.ts'
import type { Heard, SyncLink } from '../../renderer/documents/sync-link.ts'
import type { LaptopStorage, OrganisationRecord, OrganisationStorage } from '../../renderer/storage/laptop-storage.ts'
import { MemoryLaptopStorage } from '../../renderer/storage/memory-storage.ts'
import { SyncEngine } from '../../renderer/sync/sync-engine.ts'
import type { FromWorker } from '../../renderer/sync/sync-messages.ts'
import type { FakeTime } from './fake-time.ts'
import type { SeededRandom } from './seeded-random.ts'
import { SimLine } from './sim-line.ts'
import type { SimServer } from './sim-server.ts'
import { SimWindow } from './sim-window.ts'
import { Tokens } from './tokens.ts'

/** One laptop: its disk outlives it, its windows and its sync worker do not. */
export class SimPeer {
  readonly index: number
  readonly personId: PersonId
  readonly line: SimLine
  readonly schema: number
  readonly laptop: LaptopStorage
  readonly storage: OrganisationStorage
  readonly problems: string[] = []
  windows: SimWindow[] = []
  engine: SyncEngine
  isOnline = false
  readonly #time: FakeTime
  readonly #random: SeededRandom
  readonly #server: SimServer
  readonly #tokens: Tokens
  readonly #record: OrganisationRecord
  readonly #deviceId: DeviceId
  #listeners = new Map<string, Set<(message: Heard) => void>>()
  #life = 0

  constructor(options: {
    readonly index: number
    readonly time: FakeTime
    readonly random: SeededRandom
    readonly server: SimServer
    readonly tokens: Tokens
    readonly schema: number
  }) {
    this.index = options.index
    this.schema = options.schema
    this.#time = options.time
    this.#random = options.random
    this.#server = options.server
    this.#tokens = options.tokens
    this.personId = mintId<PersonId>(options.random.fill)
    this.#deviceId = mintId<DeviceId>(options.random.fill)
    this.line = new SimLine(options.time, options.server, { personId: this.personId, name: `peer ${options.index}` })
    this.laptop = new MemoryLaptopStorage({ fillRandom: options.random.fill })
    this.storage = this.#watched(this.laptop.organisation(options.server.organisationId))
    this.#record = {
      id: options.server.organisationId,
      name: 'Simulation',
      kind: 'server',
      serverUrl: 'http://127.0.0.1',
      personId: this.personId,
      personName: `peer ${options.index}`,
      email: '',
      role: 'member',
      generation: null,
    }
    this.engine = this.#makeEngine()
  }

  async start(): Promise<void> {
    await this.laptop.putOrganisation(this.#record)
    await this.#startWindows()
    this.engine.start()
  }

  /** Killed and started again: the disk is what it is. */
  async restart(): Promise<void> {
    this.#life += 1
    for (const window of this.windows) window.kill()
    void this.engine.stop()
    this.line.drop()
    this.#listeners = new Map()
    this.engine = this.#makeEngine()
    await this.#startWindows()
    this.engine.start()
  }

  async #startWindows(): Promise<void> {
    this.windows = [0, 1].map((n) => this.#makeWindow(`${this.index}.${this.#life}.${n}`))
    for (const window of this.windows) await window.organisation.start()
  }

  #makeWindow(windowId: string): SimWindow {
    return new SimWindow({
      peer: this.index,
      record: this.#record,
      storage: this.storage,
      link: this.#makeLink(windowId),
      time: this.#time,
      random: this.#random,
      tokens: this.#tokens,
      schema: this.schema,
    })
  }

  #makeLink(windowId: string): SyncLink {
    const listeners = new Set<(message: Heard) => void>()
    this.#listeners.set(windowId, listeners)
    const life = this.#life
    return {
      windowId,
      post: (message) => {
        this.#time.schedule(1, () => {
          if (this.#life !== life) return
          this.engine.handle(message)
          if (message.type === 'own-rows') this.#tellOthers(windowId, message.changes)
        })
      },
      subscribe: (listener) => {
        listeners.add(listener)
        return () => {
          listeners.delete(listener)
        }
      },
      close: () => {
        listeners.clear()
      },
    }
  }

  #tellOthers(from: string, changes: Extract<Heard, { type: 'other-window' }>['changes']): void {
    for (const [windowId, listeners] of this.#listeners) {
      if (windowId !== from) for (const listener of listeners) listener({ type: 'other-window', changes })
    }
  }

  #makeEngine(): SyncEngine {
    const life = this.#life
    const ifAlive =
      <A extends readonly unknown[]>(run: (...args: A) => void) =>
      (...args: A) => {
        if (this.#life === life) run(...args)
      }
    return new SyncEngine({
      storage: this.storage,
      deviceId: this.#deviceId,
      schema: this.schema,
      appVersion: 'simulation',
      clock: { nowMs: this.#time.nowMs, schedule: (ms, run) => this.#time.schedule(ms, ifAlive(run)) },
      random: this.#random.next,
      getTicket: () => Promise.resolve(ok('ticket')),
      connect: (ticket, listener) =>
        this.line.connect(ticket, {
          opened: ifAlive(() => {
            listener.opened()
          }),
          received: ifAlive((frame) => {
            listener.received(frame)
          }),
          closed: ifAlive((code) => {
            listener.closed(code)
          }),
        }),
      emit: (message) => {
        this.#time.schedule(
          1,
          ifAlive(() => {
            this.#deliver(message)
          }),
        )
      },
      onWelcome: async (welcome) => {
        await this.laptop.putOrganisation({ ...this.#record, generation: welcome.generation })
      },
    })
  }

  #deliver(message: FromWorker): void {
    if (message.type === 'status') this.isOnline = message.state === 'online'
    for (const listeners of this.#listeners.values()) for (const listener of [...listeners]) listener(message)
  }

  /** The disk, with two promises checked at its door: CO1 (nothing uncommitted is seen) and LO5 (a receipt is true). */
  #watched(storage: OrganisationStorage): OrganisationStorage {
    const storeRemote = storage.storeRemote.bind(storage)
    storage.storeRemote = async (batch) => {
      for (const change of batch.changes) this.#checkSeen(Tokens.inUpdate(change.update))
      await storeRemote(batch)
    }
    const acknowledge = storage.acknowledge.bind(storage)
    storage.acknowledge = async (row) => {
      const waiting = await storage.waitingRows(0, Number.MAX_SAFE_INTEGER)
      for (const each of waiting) if (each.row <= row) this.#checkAcknowledged(Tokens.inUpdate(each.update))
      return acknowledge(row)
    }
    return storage
  }

  #checkSeen(words: readonly string[]): void {
    for (const word of words) {
      if (this.#tokens.byText.get(word)?.peer === this.index || this.#server.committed.has(word)) continue
      this.problems.push(`CO1 peer ${this.index} was shown ${word} before it was committed`)
    }
  }

  #checkAcknowledged(words: readonly string[]): void {
    for (const word of words) {
      if (!this.#server.committed.has(word)) this.problems.push(`LO5 ${word} was acknowledged without a commit`)
    }
  }
}
