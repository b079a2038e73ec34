import { randomFillSync } from 'node:crypto'
import { WebSocket } from 'ws'
import * as Y from 'yjs'
import type { DocumentId, OrganisationId, PersonId, SpaceId } from '../../../model/ids.ts'
import { subprotocol, ticketPrefix } from '../../../model/protocol/version.ts'
import { ok } from '../../../model/result.ts'
import { seedOf } from '../../../model/seeds.ts'
import type { OrganisationStorage, OwnChange, WaitingRow } from '../../../renderer/storage/laptop-storage.ts'
import { MemoryLaptopStorage } from '../../../renderer/storage/memory-storage.ts'
import type { Transport, TransportListener } from '../../../renderer/sync/engine-options.ts'
import { SyncEngine } from '../../../renderer/sync/sync-engine.ts'
import type { FromWorker } from '../../../renderer/sync/sync-messages.ts'
import { pageUpdates, typeInto } from '../sample-pages.mjs'

export interface SideOptions {
  readonly port: number
  readonly spaceId: SpaceId
  readonly personId: PersonId
  readonly organisationId: OrganisationId
}

/** One laptop in Node: the shipped engine over the storage in memory, on a real socket. */
export class PleinSide {
  readonly storage: OrganisationStorage
  readonly #options: SideOptions
  readonly #laptop = new MemoryLaptopStorage({ fillRandom: randomFillSync })
  readonly #listeners = new Set<(message: FromWorker) => void>()
  #engine: SyncEngine | null = null

  constructor(options: SideOptions) {
    this.#options = options
    this.storage = this.#laptop.organisation(options.organisationId)
  }

  async comeBack(): Promise<void> {
    const { personId, port } = this.#options
    this.#engine = new SyncEngine({
      storage: this.storage,
      deviceId: await this.#laptop.deviceId(),
      schema: 1,
      appVersion: 'bench',
      clock: {
        nowMs: () => Date.now(),
        schedule: (ms, run) => {
          const timer = setTimeout(run, ms)
          return () => clearTimeout(timer)
        },
      },
      random: Math.random,
      getTicket: () => Promise.resolve(ok(personId)),
      connect: (ticket, listener) => openLine(port, ticket, listener),
      emit: (message) => {
        for (const listener of this.#listeners) listener(message)
      },
      report: (error) => console.error(error),
      keepPages: Number.MAX_SAFE_INTEGER,
    })
    this.#engine.start()
  }

  async leave(): Promise<void> {
    await this.#engine?.stop()
    this.#engine = null
  }

  /** Resolves once the engine has said so of this many different documents. */
  heard(type: 'acknowledged' | 'remote-changes', count: number): Promise<void> {
    const seen = new Set<DocumentId>()
    return new Promise((resolve) => {
      const listener = (message: FromWorker) => {
        if (message.type !== type) return
        const ids =
          message.type === 'acknowledged' ? message.documentIds : message.changes.map((change) => change.documentId)
        for (const id of ids) seen.add(id)
        if (seen.size < count) return
        this.#listeners.delete(listener)
        resolve()
      }
      this.#listeners.add(listener)
    })
  }

  /** Resolves once the claim holds; it is asked now and whenever the engine has said something of this kind. */
  async until(type: 'acknowledged' | 'remote-changes', claim: () => Promise<boolean>): Promise<void> {
    for (;;) {
      const next = this.heard(type, 1)
      if (await claim()) return
      await next
    }
  }

  async isDrained(): Promise<boolean> {
    const { acknowledgedRow, lastRow } = await this.storage.logState()
    return acknowledgedRow === lastRow
  }

  async createPages(ids: readonly DocumentId[]): Promise<void> {
    const { spaceId } = this.#options
    const seed = seedOf('page', 'wiki')
    const changes = ids.flatMap((documentId, index): OwnChange[] => {
      const own = { documentId, schema: 1, restored: false }
      const content = pageUpdates(Y, index).map((update) => ({ ...own, update, registration: null }))
      return [{ ...own, update: seed, registration: { spaceId, kind: 'page', pageKind: 'wiki' } }, ...content]
    })
    await this.#append(changes)
  }

  /** One edit in every page, made without a line. */
  async editPages(ids: readonly DocumentId[], place: number): Promise<void> {
    const loaded = await this.storage.loadMany(ids)
    const changes: OwnChange[] = []
    for (const documentId of ids) {
      const doc = new Y.Doc()
      for (const update of loaded.get(documentId)?.updates ?? []) Y.applyUpdate(doc, update)
      doc.on('update', (update: Uint8Array) => {
        changes.push({ documentId, update, schema: 1, restored: false, registration: null })
      })
      typeInto(doc, place, 'van onderweg ')
      doc.destroy()
    }
    await this.#append(changes)
  }

  async #append(changes: readonly OwnChange[]): Promise<void> {
    this.committed(await this.storage.appendOwn(changes))
  }

  /** Rows are on this side's disk: they may go. */
  committed(rows: readonly WaitingRow[]): void {
    this.#engine?.handle({ type: 'own-rows', windowId: 'bench', changes: rows, rows })
  }

  async stateVectors(ids: readonly DocumentId[]): Promise<Map<string, Uint8Array>> {
    const loaded = await this.storage.loadMany(ids)
    const vectorOf = (id: DocumentId) => {
      const doc = new Y.Doc()
      for (const update of loaded.get(id)?.updates ?? []) Y.applyUpdate(doc, update)
      return Y.encodeStateVector(doc)
    }
    return new Map(ids.map((id) => [id, vectorOf(id)]))
  }
}

function openLine(port: number, ticket: string, listener: TransportListener): Transport {
  const socket = new WebSocket(`ws://127.0.0.1:${port}/connect`, [subprotocol, ticketPrefix + ticket], {
    perMessageDeflate: false,
  })
  socket.on('open', () => listener.opened())
  socket.on('message', (data: Buffer) => listener.received(data))
  socket.on('error', (error) => console.error(error))
  socket.on('close', (code) => listener.closed(code))
  return {
    send: (frame) => {
      if (socket.readyState === WebSocket.OPEN) socket.send(frame)
    },
    close: () => socket.close(1000),
  }
}
