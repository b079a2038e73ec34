import { decodeClientMessage, encodeServerMessage } from '../../model/protocol/codec.ts'
import {
  mintId,
  type DeviceId,
  type DocumentId,
  type OrganisationId,
  type PersonId,
  type SpaceId,
} from '../../model/ids.ts'
import type { ClientMessage, DocumentRow, ServerMessage, SpaceGrant } from '../../model/protocol/messages.ts'
import { ok, type Result } from '../../model/result.ts'
import { MemoryLaptopStorage } from '../storage/memory-storage.ts'
import { fillRandom } from '../storage/test-random.ts'
import type { SyncClock, SyncEngineOptions, TicketProblem, Transport, TransportListener } from './engine-options.ts'
import { SyncEngine } from './sync-engine.ts'
import type { FromWorker } from './sync-messages.ts'

/** For tests of the engine: a clock that is moved by hand, a server that says what the test says, and their memory. */

export class FakeClock implements SyncClock {
  #nowMs = 1_000_000
  #timers: { readonly atMs: number; readonly run: () => void }[] = []

  nowMs(): number {
    return this.#nowMs
  }

  schedule(ms: number, run: () => void): () => void {
    const timer = { atMs: this.#nowMs + ms, run }
    this.#timers.push(timer)
    return () => {
      this.#timers = this.#timers.filter((other) => other !== timer)
    }
  }

  /** Runs what is due, in order, with everything that follows from it. */
  async advance(ms: number): Promise<void> {
    const untilMs = this.#nowMs + ms
    for (;;) {
      const next = this.#timers.filter(({ atMs }) => atMs <= untilMs).sort((one, other) => one.atMs - other.atMs)[0]
      if (next === undefined) break
      this.#nowMs = Math.max(this.#nowMs, next.atMs)
      this.#timers = this.#timers.filter((timer) => timer !== next)
      next.run()
      await turns()
    }
    this.#nowMs = untilMs
    await turns()
  }

  /** The laptop sleeps: time passes, and timers run only afterwards. */
  async sleep(ms: number): Promise<void> {
    this.#nowMs += ms
    await this.advance(0)
  }
}

/** Lets promises go on until nothing follows from them any more; memory needs no more turns than this. */
export async function turns(): Promise<void> {
  for (let i = 0; i < 300; i += 1) await Promise.resolve()
}

interface Line {
  readonly listener: TransportListener
  readonly received: ClientMessage[]
  isOpen: boolean
}

type Of<Type extends ClientMessage['type']> = Extract<ClientMessage, { type: Type }>

/** Records what the engine says on each line, and says what the test wants. */
export class FakeServer {
  readonly lines: Line[] = []
  ticket: Result<string, TicketProblem> = ok('ticket')
  isReachable = true

  connect(_ticket: string, listener: TransportListener): Transport {
    const line: Line = { listener, received: [], isOpen: true }
    this.lines.push(line)
    queueMicrotask(() => (this.isReachable ? listener.opened() : listener.closed(1006)))
    return {
      send: (frame) => {
        if (line.isOpen) line.received.push(decodeClientMessage(frame))
      },
      close: () => {
        line.isOpen = false
      },
    }
  }

  get line(): Line {
    const line = this.lines.at(-1)
    if (line === undefined) throw new Error('nobody has connected')
    return line
  }

  async say(...messages: readonly ServerMessage[]): Promise<void> {
    for (const message of messages) this.line.listener.received(encodeServerMessage(message))
    await turns()
  }

  async close(code: number): Promise<void> {
    this.line.isOpen = false
    this.line.listener.closed(code)
    await turns()
  }

  /** What the engine said on the last line, of one type. */
  heard<Type extends ClientMessage['type']>(type: Type): Of<Type>[] {
    return this.line.received.filter((message): message is Of<Type> => message.type === type)
  }

  pushedRows() {
    return this.heard('push').flatMap(({ rows }) => rows)
  }
}

const mint = fillRandom(42)
export const organisationId = mintId<OrganisationId>(mint)
export const spaceId = mintId<SpaceId>(mint)
export const personId = mintId<PersonId>(mint)
export const page = mintId<DocumentId>(mint)
export const otherPage = mintId<DocumentId>(mint)

export interface TestLaptop {
  readonly engine: SyncEngine
  readonly server: FakeServer
  readonly clock: FakeClock
  readonly laptop: MemoryLaptopStorage
  readonly storage: ReturnType<MemoryLaptopStorage['organisation']>
  /** What the windows heard. */
  readonly emitted: FromWorker[]
  readonly reported: unknown[]
  heard<Type extends FromWorker['type']>(type: Type): Extract<FromWorker, { type: Type }>[]
}

/** An engine over memory, not yet started. */
export function testLaptop(
  options: Partial<SyncEngineOptions> & { readonly laptop?: MemoryLaptopStorage } = {},
): TestLaptop {
  const server = new FakeServer()
  const clock = new FakeClock()
  const emitted: FromWorker[] = []
  const reported: unknown[] = []
  const laptop = options.laptop ?? new MemoryLaptopStorage({ fillRandom: fillRandom(7) })
  const storage = laptop.organisation(organisationId)
  const engine = new SyncEngine({
    storage,
    deviceId: mintId<DeviceId>(fillRandom(9)),
    schema: 1,
    appVersion: '0.1.0',
    clock,
    random: () => 0.5,
    getTicket: async () => server.ticket,
    connect: (ticket, listener) => server.connect(ticket, listener),
    emit: (message) => emitted.push(message),
    report: (error) => reported.push(error),
    ...options,
  })
  const heard = <Type extends FromWorker['type']>(type: Type) =>
    emitted.filter((message): message is Extract<FromWorker, { type: Type }> => message.type === type)
  return { engine, server, clock, laptop, storage, emitted, reported, heard }
}

export const grant: SpaceGrant = {
  spaceId,
  kind: 'team',
  name: 'Team',
  role: 'editor',
  archived: false,
  description: '',
  icon: null,
  parent: null,
  joining: 'ask',
  head: 0,
}

export function welcome(fields: Partial<Extract<ServerMessage, { type: 'welcome' }>> = {}): ServerMessage {
  return {
    type: 'welcome',
    protocol: 1,
    schema: 1,
    serverVersion: '0.1.0',
    generation: 'first',
    organisationId,
    organisationName: 'Haven',
    personId,
    personName: 'Anna',
    email: 'anna@example.org',
    role: 'member',
    acknowledgedRow: 0,
    acknowledgedChecksum: 0,
    spaces: [grant],
    serverTimeMs: 1,
    ...fields,
  }
}

export function documentRow(documentId: DocumentId, fields: Partial<DocumentRow> = {}): DocumentRow {
  const base = { kind: 'page', pageKind: 'wiki', ownerId: null, minSchema: 1, title: 'Quay', icon: null } as const
  return { documentId, ...base, archived: false, changedAtMs: 5, sizeBytes: 1, ...fields }
}

export function emptyRows(at = 0): ServerMessage {
  return { type: 'rows', spaceId, at, isLast: true, rows: [] }
}

/** Connected, welcomed, and with the (empty) list of the space. */
export async function connected(test: TestLaptop, fields: Parameters<typeof welcome>[0] = {}): Promise<TestLaptop> {
  test.engine.start()
  await turns()
  await test.server.say(welcome(fields))
  if ((await test.storage.spaces())[0]?.cursor === null) await test.server.say(emptyRows())
  return test
}
