import type { OrganisationId, PersonId, SpaceId } from '../../model/ids.ts'
import { mintId } from '../../model/ids.ts'
import { decodeServerMessage } from '../../model/protocol/codec.ts'
import type { ServerMessage } from '../../model/protocol/messages.ts'
import { MemoryStore } from '../../sync-server/store/memory-store.ts'
import type { CommitBatch } from '../../sync-server/store/store.ts'
import type { Faults, ServerSocket, Session } from '../../sync-server/sync-options.ts'
import { SyncServer } from '../../sync-server/sync-server.ts'
import type { FakeTime } from './fake-time.ts'
import type { SeededRandom } from './seeded-random.ts'
import { Tokens } from './tokens.ts'

/** The shipped server core over a store that outlives it: a kill forgets all but what was committed. */
export class SimServer {
  store = new MemoryStore()
  #backup: MemoryStore | null = null
  #generations = 0
  restores = 0
  /** Every word that a committed row brought. */
  readonly committed = new Set<string>()
  readonly organisationId: OrganisationId
  readonly #time: FakeTime
  readonly #random: SeededRandom
  readonly #faults: Faults
  readonly #schema: number
  readonly problems: string[] = []
  #server: SyncServer | null = null
  /** Rises with each start: what an older process had scheduled runs into nothing. */
  #life = 0

  constructor(options: {
    readonly time: FakeTime
    readonly random: SeededRandom
    readonly faults: Faults
    readonly schema: number
  }) {
    this.#time = options.time
    this.#random = options.random
    this.#faults = options.faults
    this.#schema = options.schema
    this.organisationId = mintId<OrganisationId>(options.random.fill)
    this.#watch(this.store)
  }

  /** A disk takes its time, and what it holds is known. */
  #watch(store: MemoryStore): void {
    const commit = store.commit.bind(store)
    store.commit = async (batch: CommitBatch) => {
      const life = this.#life
      // A disk takes its time; a kill within it finds nothing written.
      await new Promise<void>((resolve) => {
        this.#time.schedule(this.#random.below(20), resolve)
      })
      if (this.#life !== life) return new Promise<never>(() => undefined)
      const numbers = await commit(batch)
      for (const row of batch.rows) for (const token of Tokens.inUpdate(row.update)) this.committed.add(token)
      return numbers
    }
  }

  get isUp(): boolean {
    return this.#server !== null
  }

  get core(): SyncServer {
    if (this.#server === null) throw new Error('The server is down')
    return this.#server
  }

  async create(): Promise<void> {
    await this.store.createOrganisation({ organisationId: this.organisationId, name: 'Simulation' })
    await this.start()
  }

  async start(): Promise<void> {
    const life = (this.#life += 1)
    const server = new SyncServer({
      store: this.store,
      clock: { nowMs: this.#time.nowMs },
      random: this.#random.fill,
      schedule: (ms, run) =>
        this.#time.schedule(ms, () => {
          if (this.#life === life) run()
        }),
      log: (level, message, details) => {
        if (level === 'error') this.problems.push(`${message} ${JSON.stringify(details ?? {})}`)
      },
      schema: this.#schema,
      limits: { compactAfterRows: 30, compactIdleMs: 2000 },
      faults: this.#faults,
    })
    await server.start()
    this.#server = server
  }

  /** Like kill -9: nothing is said to anybody, nothing that waited is done. */
  kill(): void {
    this.#life += 1
    this.#server = null
  }

  backUp(): void {
    this.#generations += 1
    this.#backup = this.store.copy(`generation ${this.#generations}`)
  }

  /** GE1: the server is stopped and starts again with what the last backup held, under another generation. */
  async restore(): Promise<void> {
    if (this.#backup === null) return
    this.restores += 1
    this.kill()
    this.store = this.#backup
    this.#watch(this.store)
    this.#backup = null
    await this.start()
  }

  async addPerson(personId: PersonId, spaceId: SpaceId): Promise<void> {
    await this.core.grantSpace(personId, spaceId, 'editor')
  }

  /** CO1 at the door: no word leaves the server before the commit that holds it. */
  #checkSent(message: ServerMessage): void {
    for (const update of updatesOf(message)) {
      for (const word of Tokens.inUpdate(update)) {
        if (!this.committed.has(word))
          this.problems.push(`CO1 ${word} left the server in ${message.type} before it was committed`)
      }
    }
  }

  /** A session of this life only: what reaches a killed process is lost. */
  accept(socket: ServerSocket, person: { readonly personId: PersonId; readonly name: string }): Session | null {
    const life = this.#life
    const session = this.#server?.accept(
      {
        send: (bytes) => {
          if (this.#life !== life) return
          this.#checkSent(decodeServerMessage(bytes))
          socket.send(bytes)
        },
        close: (code, reason) => {
          if (this.#life === life) socket.close(code, reason)
        },
        queuedBytes: () => socket.queuedBytes(),
      },
      { ...person, email: `${person.name}@example.test`, role: 'member', sessionId: person.personId },
    )
    if (session === undefined) return null
    return {
      receive: (frame) => {
        if (this.#life === life) session.receive(frame)
      },
      closed: () => {
        if (this.#life === life) session.closed()
      },
    }
  }
}

function updatesOf(message: ServerMessage): readonly Uint8Array[] {
  if (message.type === 'live') return [message.update]
  if (message.type === 'feed')
    return message.records.flatMap((record) => (record.type === 'update' ? [record.update] : []))
  return message.type === 'documents' ? message.documents.map((document) => document.update) : []
}
