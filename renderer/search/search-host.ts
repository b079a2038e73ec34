import type { OrganisationId } from '../../model/ids.ts'
import type { SearchIndex } from '../../model/search/search-index.ts'
import { openDexieStorage } from '../storage/dexie-storage.ts'
import type { OrganisationStorage } from '../storage/laptop-storage.ts'
import { channelNameOf, readEnvelope, type Envelope } from '../sync/sync-channel.ts'
import { Indexer } from './indexer.ts'
import { openIndex, removeOtherIndexes } from './open-index.ts'
import {
  readSearchEnvelope,
  searchChannelOf,
  type FromIndex,
  type IndexState,
  type SearchEnvelope,
  type ToIndex,
} from './search-messages.ts'
import { warmUp, worthRehearsing } from './warm-up.ts'

/** What is told of sync that means that something else is stored now. */
const wakeUps = new Set([
  ...['own-rows', 'remote-changes', 'documents-changed', 'document-reset', 'space-revoked', 'acts-folded'],
])
/** Of these, those after which files may be others. */
const fileWakeUps = new Set(['files-changed', 'space-revoked'])
/** An index that breaks more often than this is no use: then the error stands, until the next start. */
const mostRepairs = 2
/** Between two questions that nobody asked: the start of the app goes first. */
const warmUpRestMs = 10

/** Runs the index of one organisation, in the worker of the leading window. Answers how to stop it. */
export async function startSearchHost(organisationId: OrganisationId): Promise<() => void> {
  const laptop = await openDexieStorage({ fillRandom: (bytes) => crypto.getRandomValues(bytes) })
  const organisations = (await laptop.organisations()).map(({ id }) => id)
  if (!organisations.includes(organisationId)) {
    laptop.close()
    return () => undefined
  }
  const host = new SearchHost(organisationId, laptop.organisation(organisationId))
  await host.open(false)
  void removeOtherIndexes(organisations)
  return () => {
    host.close()
    laptop.close()
  }
}

class SearchHost {
  readonly #organisationId: OrganisationId
  readonly #storage: OrganisationStorage
  readonly #windows: BroadcastChannel
  readonly #sync: BroadcastChannel
  #index: SearchIndex | null = null
  #indexer: Indexer | null = null
  #state: IndexState = { type: 'state', stage: 'filling', done: 0, of: 0 }
  #repairs = 0

  constructor(organisationId: OrganisationId, storage: OrganisationStorage) {
    this.#organisationId = organisationId
    this.#storage = storage
    this.#windows = new BroadcastChannel(searchChannelOf(organisationId))
    this.#sync = new BroadcastChannel(channelNameOf(organisationId))
    this.#windows.onmessage = ({ data }: MessageEvent<unknown>) => {
      const envelope = readSearchEnvelope(data)
      if (envelope?.to !== 'index') return
      if (envelope.message.type === 'hello') this.#tell(this.#state)
      else void this.#answer(envelope.message)
    }
    this.#sync.onmessage = ({ data }: MessageEvent<unknown>) => {
      const type = readEnvelope(data)?.message.type
      if (type === undefined) return
      if (fileWakeUps.has(type)) this.#indexer?.wakeForFiles()
      else if (wakeUps.has(type)) this.#indexer?.wake()
    }
  }

  async open(fresh: boolean): Promise<void> {
    const index = await openIndex(this.#organisationId, { fresh })
    const indexer = new Indexer({
      storage: this.#storage,
      index,
      schedule: (ms, run) => {
        const timer = setTimeout(run, ms)
        return () => clearTimeout(timer)
      },
      nowMs: () => performance.now(),
      progress: (done, of) => this.#progress(done, of),
      folded: (pages) =>
        this.#sync.postMessage({ to: 'windows', message: { type: 'acts-folded', pages } } satisfies Envelope),
      failed: (error) => this.#broke(error),
    })
    this.#index = index
    this.#indexer = indexer
    if (index.mark !== null) this.#setState({ type: 'state', stage: 'complete', done: index.count, of: index.count })
    this.#tell({ type: 'ready' })
    try {
      await indexer.prune()
      await indexer.catchUp()
      this.#setState({ type: 'state', stage: 'complete', done: index.count, of: index.count })
      if (index.count >= worthRehearsing) await warmUp(index, () => this.#turn(index))
    } catch (error) {
      this.#broke(error)
    }
  }

  close(): void {
    this.#indexer?.stop()
    this.#windows.close()
    this.#sync.close()
    this.#index?.close()
    this.#index = null
  }

  /** What waits has its turn first; false when this index is in use no more. */
  async #turn(index: SearchIndex): Promise<boolean> {
    await new Promise((resolve) => {
      setTimeout(resolve, warmUpRestMs)
    })
    return this.#index === index
  }

  /** Questions that come before the index is open are asked again when it says that it is ready. */
  async #answer({ askId, request, fresh }: Extract<ToIndex, { type: 'ask' }>): Promise<void> {
    const startedMs = performance.now()
    try {
      if (fresh) await this.#indexer?.catchUp()
      if (this.#index === null) return
      const hits = this.#index.find(request)
      this.#tell({ type: 'answer', askId, hits, tookMs: performance.now() - startedMs })
    } catch (error) {
      this.#broke(error)
    }
  }

  /** Only a first filling is told: a page that is being written does not make the rest incomplete. */
  #progress(done: number, of: number): void {
    if (this.#index?.mark === null) this.#setState({ type: 'state', stage: 'filling', done, of })
  }

  #broke(cause: unknown): void {
    console.warn('The search index broke and is made again', cause)
    this.#indexer?.stop()
    const broken = this.#index
    this.#index = null
    this.#indexer = null
    try {
      broken?.close()
    } catch (closing) {
      console.warn('The broken index did not close', closing)
    }
    this.#repairs += 1
    if (this.#repairs > mostRepairs) return
    this.open(true).catch((opening: unknown) => console.warn('Search does not start', opening))
  }

  #setState(state: IndexState): void {
    if (JSON.stringify(state) === JSON.stringify(this.#state)) return
    this.#state = state
    this.#tell(state)
  }

  #tell(message: FromIndex): void {
    this.#windows.postMessage({ to: 'windows', message } satisfies SearchEnvelope)
  }
}
