import { documentIdOf } from '../../model/protocol/messages.ts'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import type { DocumentId } from '../../model/ids.ts'
import { MemoryStore } from '../../sync-server/store/memory-store.ts'
import { openDatabase } from '../../sync-server/store/open-database.ts'
import { SqliteStore } from '../../sync-server/store/sqlite-store.ts'
import type { Store } from '../../sync-server/store/store.ts'
import { syncMigrations } from '../../sync-server/store/sync-migrations.ts'
import { Writer, type FakeDevice } from './fake-device.ts'
import { FakeWorld, mint, person } from './fake-world.ts'

const folder = mkdtempSync(join(tmpdir(), 'plein-small-'))
const endings: (() => void)[] = []
let opened = 0

afterAll(() => {
  for (const end of endings) end()
  rmSync(folder, { recursive: true, force: true })
})

function openSqlite(): Store {
  opened += 1
  const database = openDatabase(join(folder, String(opened)), [syncMigrations])
  endings.push(() => {
    database.close()
  })
  return new SqliteStore(database)
}

/** Nothing stays in memory, every batch is three rows, every few rows are compacted: the store alone must be enough. */
const tiny = { documentCacheBytes: 1, feedRingBytes: 1, commitRows: 3, compactAfterRows: 4, compactIdleMs: 500 }

interface Step {
  readonly page: number
  readonly what: 'write' | 'delete' | 'wait' | 'restart' | 'fetch'
}

const steps = fc.array(
  fc.record({
    page: fc.nat(3),
    what: fc.constantFrom<Step['what']>('write', 'write', 'write', 'write', 'delete', 'wait', 'restart', 'fetch'),
  }),
  { minLength: 20, maxLength: 80 },
)

/** A device that holds what the feed brings, and fetches what it says is stale. */
class Reader {
  readonly docs = new Map<DocumentId, Y.Doc>()
  cursor: number | null = null
  /** Documents that are to be fetched, until they have come: a line may break in between. */
  readonly #wanted = new Set<DocumentId>()
  #device: FakeDevice | null = null

  use(device: FakeDevice): void {
    this.#device = device
    if (this.#wanted.size > 0) this.fetch([...this.#wanted])
  }

  /** Takes in what has come; answers whether something was asked for. */
  read(): boolean {
    const stale: DocumentId[] = []
    const spaceIds = new Set<string>()
    for (const message of this.#device?.heard() ?? []) {
      if (message.type === 'rows') {
        stale.push(...message.rows.map((row) => row.documentId))
        this.cursor = message.at
      }
      if (message.type === 'documents') this.#take(message.documents)
      if (message.type !== 'feed') continue
      spaceIds.add(message.spaceId)
      for (const record of message.records) {
        if (record.type === 'update') this.#apply(record.row.documentId, record.update)
        else stale.push(documentIdOf(record))
      }
      this.cursor = message.to
      this.#device?.send({ type: 'taken', spaceId: message.spaceId, n: message.to })
    }
    if (stale.length > 0) this.fetch(stale)
    return stale.length > 0
  }

  fetch(ids: readonly DocumentId[]): void {
    for (const id of ids) this.#wanted.add(id)
    const documents = ids.map((documentId) => ({
      documentId,
      stateVector: new Uint8Array(Y.encodeStateVector(this.#doc(documentId))),
    }))
    this.#device?.send({ type: 'fetch', key: 1, documents })
  }

  #take(documents: readonly { readonly documentId: DocumentId; readonly update: Uint8Array }[]): void {
    for (const { documentId, update } of documents) {
      this.#wanted.delete(documentId)
      this.#apply(documentId, update)
    }
  }

  #doc(id: DocumentId): Y.Doc {
    const doc = this.docs.get(id) ?? new Y.Doc()
    this.docs.set(id, doc)
    return doc
  }

  #apply(id: DocumentId, update: Uint8Array): void {
    if (update.length > 0) Y.applyUpdate(this.#doc(id), update)
  }
}

async function play(store: Store, script: readonly Step[]): Promise<void> {
  const world = await FakeWorld.open({ store, limits: tiny })
  const [ann, bob] = [person('Ann'), person('Bob')]
  const spaceId = await world.space([
    [ann, 'owner'],
    [bob, 'reader'],
  ])
  const generation = await store.generation()
  let device = await world.device(ann, { generation })
  const reader = new Reader()
  const connectReader = async () => {
    reader.use(
      await world.device(bob, { generation, spaces: [{ spaceId, cursor: reader.cursor, keep: 'everything' }] }),
    )
  }
  await connectReader()
  const pages = await Promise.all(
    [0, 1, 2, 3].map(async (i) => ({ id: mint<DocumentId>(), writer: new Writer(100 + i) })),
  )
  for (const { id } of pages) device.register(id, spaceId)
  for (const [i, { page, what }] of script.entries()) {
    const { id, writer } = pages[page] ?? { id: mint<DocumentId>(), writer: new Writer(1) }
    if (what === 'write') device.push(id, writer.write(`${i} `))
    if (what === 'delete')
      device.push(
        id,
        writer.change((doc) => doc.getText('prose').length > 2 && doc.getText('prose').delete(0, 2)),
      )
    if (what === 'wait') await world.clock.advance(1500)
    if (what === 'fetch') reader.fetch([id])
    if (what === 'restart') {
      await world.settle()
      await world.restart()
      const { row, checksum, logId } = device
      device = await world.device(ann, { generation }, logId)
      device.row = row
      device.checksum = checksum
      await connectReader()
    }
    reader.read()
  }
  do await world.clock.advance(3000)
  while (reader.read())
  expect(device.refusals()).toEqual(new Map())
  for (const { id, writer } of pages) expect(reader.docs.get(id)?.getText('prose').toString()).toBe(writer.text)
  expect(world.lines.filter((line) => line.level === 'error')).toEqual([])
}

describe.each([
  ['memory', 40, () => new MemoryStore()],
  ['SQLite', 6, openSqlite],
] as const)('with almost no memory, on %s', (_name, numRuns, open) => {
  it('FE1 every reader ends with what was written, through compaction and restarts', async () => {
    await fc.assert(
      fc.asyncProperty(steps, (script) => play(open(), script)),
      { numRuns },
    )
  }, 120_000)
})
