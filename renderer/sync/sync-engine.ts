import type { DocumentId, PersonId } from '../../model/ids.ts'
import type { ClientMessage, Hello, ServerMessage } from '../../model/protocol/messages.ts'
import { unreachable } from '../../model/result.ts'
import type { WaitingRow } from '../storage/laptop-storage.ts'
import { StorageFailed } from '../storage/laptop-storage.ts'
import { ChannelHub } from './channel-hub.ts'
import { Compactor } from './compactor.ts'
import { SyncConnection } from './connection.ts'
import { Deriver } from './deriver.ts'
import { DocumentIndex } from './document-index.ts'
import type { SyncEngineOptions } from './engine-options.ts'
import { DocumentFetcher } from './fetcher.ts'
import { mayGiveBack } from './give-back.ts'
import { makeHello } from './hello.ts'
import { LiveUpdates } from './live-updates.ts'
import { RowPusher } from './push.ts'
import { RequestSync } from './request-sync.ts'
import { RemoteStore } from './remote-store.ts'
import { RowVerifier, verifyKey } from './row-verifier.ts'
import { takeRefusal } from './refusal.ts'
import { SerialQueue } from './serial-queue.ts'
import { SpaceSync } from './space-sync.ts'
import type { SyncStatus, ToWorker } from './sync-messages.ts'
import { isOurLog, takeGeneration, type Welcome } from './welcome.ts'

/** The client side of docs/protocol.md for one organisation. Environment-free: clock, socket and storage are passed in. */
export class SyncEngine {
  readonly #options: SyncEngineOptions
  readonly #index: DocumentIndex
  readonly #connection: SyncConnection
  readonly #pusher: RowPusher
  readonly #verifier: RowVerifier
  readonly #fetcher: DocumentFetcher
  readonly #hub: ChannelHub
  readonly #live: LiveUpdates
  readonly #deriver: Deriver
  readonly #compactor: Compactor
  /** Everything from the server, stored in the order in which it came (FE1). */
  readonly #remote = new SerialQueue((error) => this.#failed(error))
  /** Answers to pushed rows. Apart from `#remote`, so that a long feed holds no acknowledgement back. */
  readonly #answers = new SerialQueue((error) => this.#failed(error))
  readonly #store: RemoteStore
  readonly #spaces: SpaceSync
  readonly #requests: RequestSync
  readonly #windows = new Map<string, { visible: boolean }>()
  #personId: PersonId | null = null
  #isIndexLoaded = false
  #isHolding = false
  #lastStatus = ''

  constructor(options: SyncEngineOptions) {
    const { storage, clock, emit } = options
    this.#options = options
    this.#index = new DocumentIndex(storage)
    this.#connection = this.#makeConnection()
    this.#pusher = this.#makePusher()
    const index = this.#index
    const send = (message: ClientMessage) => this.#connection.send(message)
    const failed = (error: unknown) => this.#failedBeside(error)
    const line = () => this.#connection.line
    const derive = (id: DocumentId) => this.#deriver.derive(id)
    const shared = { storage, index, clock, emit, send, line, derive, failed }
    this.#verifier = new RowVerifier(storage, send)
    this.#hub = new ChannelHub(shared)
    this.#compactor = new Compactor(storage, clock, failed)
    this.#store = new RemoteStore({
      ...shared,
      stored: (ids) => this.#compactor.stored(ids),
      fullChanged: () => this.#emitStatus(),
    })
    const store = this.#store
    this.#deriver = new Deriver({ ...shared, changed: (ids) => store.changed(ids) })
    this.#fetcher = new DocumentFetcher({
      ...shared,
      store: (batch) => store.store(batch),
      appended: (rows) => this.#appended(rows),
      mayGiveBack: (document) =>
        !this.#spaces.isUnlisted(document.spaceId) &&
        mayGiveBack(document, this.#spaces.get(document.spaceId)?.role ?? null, this.#personId),
      failed: (error) => this.#failed(error),
    })
    const fetcher = this.#fetcher
    this.#spaces = new SpaceSync({ ...shared, store, fetcher, keepPages: options.keepPages })
    this.#requests = new RequestSync({ ...shared, hasWaitingRows: () => this.#pusher.hasWaiting })
    this.#live = new LiveUpdates({
      ...shared,
      hub: this.#hub,
      queue: this.#remote,
      note: (id, n) => fetcher.note(id, n),
      store: (batch) => store.store(batch),
      derive: (id) => this.#deriver.derive(id, clock.nowMs()),
      isFull: () => store.isFull,
      overflowed: () => this.#connection.fail(),
    })
  }

  #makeConnection(): SyncConnection {
    return new SyncConnection(this.#options, {
      hello: () => this.#hello(),
      received: (message) => this.#received(message),
      lost: () => this.#lost(),
      statusChanged: () => this.#emitStatus(),
      isActive: () => this.#isActive(),
    })
  }

  #makePusher(): RowPusher {
    const { storage, emit } = this.#options
    return new RowPusher(storage, this.#answers, {
      send: (message) => this.#connection.send(message),
      acknowledged: (ids) => this.#acknowledged(ids),
      refused: (id, _, isKept) =>
        takeRefusal(
          { storage, emit, index: this.#index, fetcher: this.#fetcher, spaces: this.#spaces, store: this.#store },
          { documentId: id, isKept },
        ),
      logReused: () => this.#renewLog(),
      emptied: () => {
        this.#index.noneWaiting()
        this.#fetcher.allDrained()
        this.#requests.sendWaiting()
      },
    })
  }

  /** Connects, and stays connected until `stop`. */
  start(): void {
    this.#options.emit({ type: 'who-is-there' })
    this.#connection.start()
    this.#emitStatus()
  }

  handle(message: ToWorker): void {
    switch (message.type) {
      case 'hello':
        this.#windows.set(message.windowId, { visible: true })
        this.#lastStatus = ''
        this.#emitStatus()
        break
      case 'own-rows':
        this.#ownRows(message)
        break
      case 'open':
        this.#hub.open(message)
        break
      case 'close':
        this.#hub.close(message.channelId)
        break
      case 'outward':
        this.#hub.outward(message.channelId, message.bytes)
        break
      case 'fetch':
        this.#fetch(message.documentId)
        break
      case 'retry-now':
      case 'token':
        this.#connection.retryNow()
        break
      case 'wake-up':
        this.#connection.wakeUp()
        break
      case 'visible':
        this.#windows.set(message.windowId, { visible: message.visible })
        if (message.visible) this.#connection.look()
        else this.#connection.activityChanged()
        break
      case 'window-gone':
        this.#windows.delete(message.windowId)
        this.#hub.windowGone(message.windowId)
        break
      case 'request-put':
        this.#requests.put()
        break
      case 'keep-changed':
        this.#inOrder(() => this.#spaces.keepChanged(message.spaceId, (id) => this.#hub.isOpen(id)))
        break
      case 'files-changed':
      case 'fetch-file':
      case 'refresh-files':
        break // Files travel over HTTP, beside the socket: file-transfer.ts.
      default:
        unreachable(message)
    }
  }

  /** Ends the socket; what is being stored is finished first. */
  async stop(): Promise<void> {
    this.#connection.stop()
    this.#deriver.stop()
    this.#compactor.stop()
    await this.settled()
  }

  /** Resolves when everything received or read so far is stored. */
  async settled(): Promise<void> {
    while (this.#remote.length > 0 || this.#answers.length > 0) {
      await this.#remote.settled()
      await this.#answers.settled()
    }
  }

  async #hello(): Promise<Hello> {
    await this.settled()
    return makeHello(this.#options)
  }

  #received(message: ServerMessage): void {
    switch (message.type) {
      case 'welcome':
        this.#inOrder(() => this.#welcome(message))
        break
      case 'acknowledged':
        this.#pusher.acknowledged(message.row)
        break
      case 'refused':
        this.#pusher.refused(message.row, message.documentId, message.reason)
        break
      case 'held':
        this.#isHolding = message.holding
        this.#emitStatus()
        break
      case 'channel':
        this.#live.dialect(message.channel, message.bytes)
        break
      case 'live':
        this.#live.update(message)
        break
      case 'with-colleagues':
        // Behind the acknowledgements that came before it.
        this.#answers.add(async () => this.#withColleagues(message))
        break
      case 'channel-closed':
        this.#hub.closedByServer(message.channel, message.reason)
        break
      case 'feed':
        this.#inOrder(() => this.#spaces.feed(message), true)
        break
      case 'rows':
        this.#inOrder(() => this.#spaces.rows(message), true)
        break
      case 'documents':
        this.#inOrder(() => (message.key === verifyKey ? this.#verifier : this.#fetcher).received(message), true)
        break
      case 'granted':
        this.#inOrder(() => this.#spaces.granted(message.space))
        break
      case 'revoked':
        this.#inOrder(() => this.#spaces.revoked(message.spaceId))
        break
      case 'people':
      case 'answers':
      case 'open-asks':
      case 'joinable':
        this.#inOrder(() => this.#requests.take(message))
        break
      case 'pong':
      case 'goodbye': // The connection itself has heard them.
        break
      default:
        unreachable(message)
    }
  }

  /** RC1: while something newer waits here, what is told is about something older; it is told again after the acknowledgement. */
  #withColleagues({ channel, people }: Extract<ServerMessage, { type: 'with-colleagues' }>): void {
    const documentId = this.#hub.documentOf(channel)
    if (documentId === undefined || (this.#index.get(documentId)?.waiting ?? 0) > 0) return
    this.#hub.withColleagues(channel, people)
  }

  /** A step on what came by this line; left out when the line has gone meanwhile: what it was is sent again on the next. */
  #inOrder(step: () => Promise<void>, bringsContent = false): void {
    const { line } = this.#connection
    this.#remote.add(async () => {
      if (line !== this.#connection.line) return
      await step()
      if (bringsContent && line === this.#connection.line) this.#spaces.tellWhatIsHeld()
    })
  }

  async #welcome(welcome: Welcome): Promise<void> {
    const { storage } = this.#options
    if (welcome.organisationId !== storage.organisationId) {
      this.#connection.refuse('other-organisation')
      return
    }
    await this.#answers.settled()
    if (!(await isOurLog(storage, welcome))) {
      await this.#renewLog()
      return
    }
    if (await takeGeneration(storage, welcome)) {
      this.#isIndexLoaded = false
      this.#connection.restart()
      return
    }
    const { line } = this.#connection
    await this.#spaces.take(welcome.spaces)
    if (!this.#isIndexLoaded) await this.#index.load()
    this.#isIndexLoaded = true
    await this.#options.onWelcome?.(welcome)
    if (line !== this.#connection.line) return
    this.#begin(welcome)
    await this.#verifier.begin(welcome.acknowledgedRow, () => {
      // Nothing is pushed before: a later acknowledgement would pass rows that nobody has verified.
      this.#pusher.begin(welcome.acknowledgedRow)
      this.#pusher.acknowledged(welcome.acknowledgedRow)
    })
  }

  #begin(welcome: Welcome): void {
    this.#personId = welcome.personId
    this.#isHolding = false
    this.#connection.welcomed()
    this.#hub.connected()
    this.#fetcher.begin()
    this.#requests.begin()
    for (const { id, compare, held } of this.#index.values()) if (compare && held) this.#fetcher.want(id, 'compare')
    this.#spaces.planAll()
    this.#spaces.tellWhatIsHeld()
  }

  #ownRows({ changes, rows }: Extract<ToWorker, { type: 'own-rows' }>): void {
    const ids = (rows ?? changes).map(({ documentId }) => documentId)
    for (const id of ids) this.#hub.wroteHere(id)
    const unknown = [...new Set(ids.filter((id) => this.#index.get(id) === undefined))]
    this.#index.rowsAppended(ids)
    if (unknown.length > 0) this.#remote.add(() => this.#index.refresh(unknown))
    this.#compactor.stored(ids)
    this.#pusher.appended(rows)
    this.#connection.activityChanged()
  }

  #appended(rows: readonly WaitingRow[]): void {
    this.#index.rowsAppended(rows.map(({ documentId }) => documentId))
    this.#compactor.stored(rows.map(({ documentId }) => documentId))
    this.#pusher.appended(rows)
  }

  #acknowledged(rows: readonly DocumentId[]): void {
    this.#index.rowsGone(rows)
    const documentIds = [...new Set(rows)]
    this.#options.emit({ type: 'acknowledged', documentIds, atMs: this.#options.clock.nowMs() })
    this.#hub.acknowledged(documentIds)
    for (const id of documentIds) this.#fetcher.drained(id)
  }

  /** LO4: another log, and another line, whose `hello` names it. */
  async #renewLog(): Promise<void> {
    await this.#options.storage.renewLog()
    this.#pusher.logRenewed()
    this.#isIndexLoaded = false
    this.#connection.restart()
  }

  #fetch(documentId: DocumentId): void {
    if (this.#connection.isOnline) this.#fetcher.want(documentId, 'person')
    else this.#options.emit({ type: 'fetch-failed', documentId, reason: 'offline' })
  }

  #lost(): void {
    this.#verifier.end()
    this.#pusher.end()
    this.#fetcher.end()
    this.#live.end()
    this.#hub.disconnected()
    this.#spaces.end()
    this.#requests.end()
  }

  #failed(error: unknown): void {
    this.#failedBeside(error)
    this.#connection.fail()
  }

  /** Work beside the traffic failed: nothing that travels depends on it. */
  #failedBeside(error: unknown): void {
    this.#options.report?.(error)
    if (error instanceof StorageFailed && error.reason === 'full') this.#store.setFull(true)
  }

  #isActive(): boolean {
    return this.#pusher.hasWaiting || [...this.#windows.values()].some(({ visible }) => visible)
  }

  #emitStatus(): void {
    const status: SyncStatus = {
      type: 'status',
      organisationId: this.#options.storage.organisationId,
      ...this.#connection.status,
      storageFull: this.#store.isFull,
      serverHolding: this.#isHolding,
    }
    const text = JSON.stringify(status)
    if (text === this.#lastStatus) return
    this.#lastStatus = text
    this.#options.emit(status)
  }
}
