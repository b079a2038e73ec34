import type { OrganisationId } from '../../model/ids.ts'
import { currentSchema } from '../../model/schema-version.ts'
import { openDexieStorage } from '../storage/dexie-storage.ts'
import { openFilePlaces } from '../storage/file-places.ts'
import type { LaptopStorage, OrganisationRecord } from '../storage/laptop-storage.ts'
import { ActsHoming, type ActsHomingOptions } from './acts-homing.ts'
import { fetchAuthors } from './authors-client.ts'
import { AwayWatch, type AwayWatchOptions } from './away-watch.ts'
import type { SyncClock } from './engine-options.ts'
import { FileTransfer } from './file-transfer.ts'
import { fetchTicket } from './http.ts'
import { PageMentionsWatch, type PageMentionsOptions } from './page-mentions-watch.ts'
import { channelNameOf, readEnvelope, type Envelope } from './sync-channel.ts'
import { SyncEngine } from './sync-engine.ts'
import type { FromWorker, ToWorker } from './sync-messages.ts'
import { connectWebSocket } from './web-socket-transport.ts'
import type { Welcome } from './welcome.ts'

export interface SyncHostOptions {
  readonly organisationId: OrganisationId
  readonly appVersion: string
}

/** A tick that comes this much too late means that the laptop slept. */
const tickMs = 1000
const sleptMs = 3000

/**
 * Runs sync of one organisation in the real world: Dexie, WebSocket, BroadcastChannel, clock. In the worker of the leading window,
 * or in the window itself where there are no workers. Answers how to stop it; an organisation without a server needs none.
 */
export async function startSyncHost({ organisationId, appVersion }: SyncHostOptions): Promise<() => Promise<void>> {
  const places = await openFilePlaces()
  const laptop = await openDexieStorage({ fillRandom: (bytes) => crypto.getRandomValues(bytes), places })
  const record = (await laptop.organisations()).find(({ id }) => id === organisationId)
  const serverUrl = record?.serverUrl ?? null
  if (record === undefined || serverUrl === null) {
    laptop.close()
    return () => Promise.resolve()
  }
  const channel = new BroadcastChannel(channelNameOf(organisationId))
  const storage = laptop.organisation(organisationId)
  const token = new TokenBox()
  const report = (error: unknown) => console.warn('Sync', error)
  const tell = (message: FromWorker) => channel.postMessage({ to: 'windows', message } satisfies Envelope)
  const files = new FileTransfer({
    ...{ storage, places, serverUrl, report },
    ...{ token: token.read, clock: realClock, random: Math.random, emit: tell },
  })
  const away = watchReturns(serverUrl, token, { storage, report, emit: tell })
  const emit = (message: FromWorker) => {
    for (const watcher of [files, away, homing, mentions]) watcher.heard(message)
    tell(message)
  }
  const parts = { storage, report, clock: realClock }
  const homing = watchActs(laptop, record.id, { ...parts, emit, post: (message) => engine.handle(message) })
  const mentions = watchMentions(serverUrl, token, { ...parts, emit: tell, personId: record.personId })
  const engine = new SyncEngine({
    storage,
    deviceId: await laptop.deviceId(),
    ...{ schema: currentSchema, appVersion, clock: realClock, random: Math.random },
    getTicket: async () => fetchTicket(serverUrl, await token.read()),
    connect: (ticket, listener) => connectWebSocket(serverUrl, ticket, listener),
    emit,
    onWelcome: (welcome) => updateOrganisation(laptop, record.id, welcome, emit).then(() => away.welcome(welcome)),
    report,
  })
  const handle = (message: ToWorker) => {
    files.handle(message)
    away.told(message)
    if (message.type !== 'token' || token.put(message.token)) engine.handle(message)
  }
  channel.onmessage = ({ data }: MessageEvent<unknown>) => {
    const envelope = readEnvelope(data)
    if (envelope?.to === 'worker') handle(envelope.message)
  }
  storage.onDamage(() => tell({ type: 'set-aside-changed' }))
  laptop.sweepPlaces(Date.now()).catch(report)
  const undoWatch = watchSleep(() => engine.handle({ type: 'wake-up' }))
  engine.start()
  return async () => {
    undoWatch()
    channel.onmessage = null
    files.stop()
    await engine.stop()
    channel.close()
    laptop.close()
  }
}

function watchActs(
  laptop: LaptopStorage,
  id: OrganisationId,
  parts: Omit<ActsHomingOptions, 'fillRandom' | 'me'>,
): ActsHoming {
  return new ActsHoming({
    ...parts,
    fillRandom: (bytes) => crypto.getRandomValues(bytes),
    me: async () => (await laptop.organisations()).find((organisation) => organisation.id === id) ?? null,
  })
}

function watchMentions(
  serverUrl: string,
  token: TokenBox,
  parts: Omit<PageMentionsOptions, 'fetchAuthors'>,
): PageMentionsWatch {
  return new PageMentionsWatch({
    ...parts,
    fetchAuthors: async (pageId) => fetchAuthors(serverUrl, await token.read(), { pageId, after: 0 }),
  })
}

function watchReturns(
  serverUrl: string,
  token: TokenBox,
  parts: Pick<AwayWatchOptions, 'storage' | 'report' | 'emit'>,
): AwayWatch {
  return new AwayWatch({
    ...parts,
    clock: realClock,
    fetchAuthors: async (pageId, after) => fetchAuthors(serverUrl, await token.read(), { pageId, after }),
  })
}

const realClock: SyncClock = {
  nowMs: () => Date.now(),
  schedule(ms, run) {
    const timer = setTimeout(run, ms)
    return () => clearTimeout(timer)
  },
}

/** HB3: timers stand still while the laptop sleeps, and some clocks with them: a late tick is noticed within a second. */
function watchSleep(woke: () => void): () => void {
  let last = Date.now()
  const timer = setInterval(() => {
    const now = Date.now()
    if (now - last > tickMs + sleptMs) woke()
    last = now
  }, tickMs)
  return () => clearInterval(timer)
}

async function updateOrganisation(
  laptop: LaptopStorage,
  id: OrganisationId,
  welcome: Welcome,
  emit: (message: FromWorker) => void,
): Promise<void> {
  const before = (await laptop.organisations()).find((organisation) => organisation.id === id)
  if (before === undefined) return
  const after: OrganisationRecord = {
    ...before,
    name: welcome.organisationName,
    personName: welcome.personName,
    email: welcome.email,
    role: welcome.role,
    generation: welcome.generation,
  }
  if (JSON.stringify(before) === JSON.stringify(after)) return
  await laptop.putOrganisation(after)
  emit({ type: 'organisation-changed' })
}

/** The token as the windows say it. Who asks before any window has said it waits: nobody is signed out for being early. */
class TokenBox {
  #token: string | null | undefined
  #waiting: (() => void)[] = []

  /** Answers whether it replaces another one: then the line must be made anew. */
  put(token: string | null): boolean {
    if (token === this.#token) return false
    const isFirst = this.#token === undefined
    this.#token = token
    for (const go of this.#waiting.splice(0)) go()
    return !isFirst
  }

  readonly read = async (): Promise<string | null> => {
    while (this.#token === undefined) {
      await new Promise<void>((resolve) => {
        this.#waiting.push(resolve)
      })
    }
    return this.#token
  }
}
