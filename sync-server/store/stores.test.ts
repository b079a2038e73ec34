import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterAll, describe, expect, it } from 'vitest'
import { mintId, type DocumentId, type LogId, type PersonId, type SpaceId } from '../../model/ids.ts'
import { MemoryStore } from './memory-store.ts'
import { MemoryVersionStore } from './memory-version-store.ts'
import { openDatabase } from './open-database.ts'
import { SqliteStore } from './sqlite-store.ts'
import { SqliteVersionStore } from './sqlite-version-store.ts'
import { storeContract } from './store-contract.ts'
import { syncMigrations } from './sync-migrations.ts'
import { versionStoreContract } from './version-store-contract.ts'

const folders: string[] = []
const databases: DatabaseSync[] = []

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'plein-store-'))
  folders.push(path)
  return path
}

function open(path: string): DatabaseSync {
  const database = openDatabase(path, [syncMigrations])
  databases.push(database)
  return database
}

afterAll(() => {
  for (const database of databases) if (database.isOpen) database.close()
  for (const path of folders) rmSync(path, { recursive: true, force: true })
})

storeContract('Memory', async () => new MemoryStore())
storeContract('SQLite', async () => new SqliteStore(open(folder())))
versionStoreContract('Memory', async () => {
  const store = new MemoryStore()
  return { store, versions: new MemoryVersionStore(store) }
})
versionStoreContract('SQLite', async () => {
  const database = open(folder())
  return { store: new SqliteStore(database), versions: new SqliteVersionStore(database) }
})

const mint = <T extends string>(): T => mintId((bytes) => crypto.getRandomValues(bytes)) as string as T

/** A store with one page of two rows, and its database for doing it harm. */
async function storeWithPage() {
  const database = open(folder())
  const store = new SqliteStore(database)
  const [spaceId, documentId, logId, personId] = [mint<SpaceId>(), mint<DocumentId>(), mint<LogId>(), mint<PersonId>()]
  await store.createSpace({ spaceId, kind: 'team', name: 'Bouw', archived: false })
  const register = {
    documentId,
    spaceId,
    kind: 'page',
    pageKind: 'wiki',
    writers: 'editors',
    ownerId: null,
    coAuthorIds: [],
  } as const
  const row = {
    spaceId,
    documentId,
    logId,
    checksum: 1,
    personId,
    schema: 1,
    restored: false,
    minSchema: 1,
    bindings: [],
  }
  await store.commit({
    rows: [
      { ...row, row: 1, update: new Uint8Array([1, 1, 1]), register },
      { ...row, row: 2, update: new Uint8Array([2, 2, 2]), register: null },
    ],
    marks: [],
    nowMs: 1,
  })
  return { database, store, spaceId, documentId }
}

describe('SQLite on a disk', () => {
  it('finds one flipped bit in a row and does not serve it', async () => {
    const { database, store, spaceId, documentId } = await storeWithPage()
    database.exec(`UPDATE log SET bytes = x'020203' WHERE n = 2`)
    expect((await store.readLog(spaceId, 0, 1e6, 10)).map(({ update }) => update)).toEqual([
      new Uint8Array([1, 1, 1]),
      'damaged',
    ])
    expect((await store.loadDocuments([documentId]))[0]?.tail.map(({ update }) => update)).toEqual([
      new Uint8Array([1, 1, 1]),
      'damaged',
    ])
  })

  it('finds rows that changed places', async () => {
    const { database, store, spaceId } = await storeWithPage()
    database.exec(`UPDATE log SET n = -n; UPDATE log SET n = 3 + n`)
    expect((await store.readLog(spaceId, 0, 1e6, 10)).map(({ update }) => update)).toEqual(['damaged', 'damaged'])
  })

  it('finds one flipped bit in a snapshot, its state vector and what was set aside', async () => {
    const { database, store, documentId, spaceId } = await storeWithPage()
    await store.writeSnapshot({
      documentId,
      spaceId,
      coversN: 2,
      update: new Uint8Array([5]),
      stateVector: new Uint8Array([6]),
      quarantined: new Uint8Array([7]),
      nowMs: 1,
    })
    database.exec(`UPDATE quarantine SET bytes = x'00'; UPDATE snapshot SET bytes = x'04'`)
    expect(await store.readSnapshot(documentId)).toBe('damaged')
    expect((await store.quarantine(documentId))[0]?.update).toBe('damaged')
    database.exec(`UPDATE snapshot SET bytes = x'05', state_vector = x'07'`)
    expect(await store.readSnapshot(documentId)).toBe('damaged')
    expect((await store.loadDocuments([documentId]))[0]?.snapshotStateVector).toBe('damaged')
  })

  it('LO7 says that a full disk is full, and commits again when there is room', async () => {
    const { database, store, spaceId, documentId } = await storeWithPage()
    const pages = Number(database.prepare('PRAGMA page_count').get()?.['page_count'])
    database.exec(`PRAGMA max_page_count = ${pages}`)
    const logId = mint<LogId>()
    const row = {
      spaceId,
      documentId,
      logId,
      row: 1,
      checksum: 1,
      personId: mint<PersonId>(),
      schema: 1,
      restored: false,
      minSchema: 1,
      bindings: [],
      update: new Uint8Array(500_000),
      register: null,
    }
    await expect(store.commit({ rows: [row], marks: [], nowMs: 1 })).rejects.toMatchObject({ reason: 'full' })
    expect(await store.rowChecksum(logId, 1)).toBeUndefined()
    database.exec('PRAGMA max_page_count = 1000000')
    expect(await store.commit({ rows: [row], marks: [], nowMs: 1 })).toEqual([3])
  })

  it('is there again after it was closed, in WAL with full synchronisation', async () => {
    const path = folder()
    const first = open(path)
    await new SqliteStore(first).createSpace({ spaceId: mint<SpaceId>(), kind: 'team', name: 'Bouw', archived: false })
    const generation = await new SqliteStore(first).generation()
    first.close()
    const second = open(path)
    expect((await new SqliteStore(second).spaces()).map(({ name }) => name)).toEqual(['Bouw'])
    expect(await new SqliteStore(second).generation()).toBe(generation)
    expect(second.prepare('PRAGMA journal_mode').get()).toEqual({ journal_mode: 'wal' })
    expect(second.prepare('PRAGMA synchronous').get()).toEqual({ synchronous: 2 })
  })
})

describe('openDatabase', () => {
  it('refuses a folder that a newer version wrote, and leaves it as it is', () => {
    const path = folder()
    const newer = {
      owner: 'sync',
      migrations: [...syncMigrations.migrations, { name: 'later', sql: 'CREATE TABLE later (x)' }],
    }
    openDatabase(path, [newer]).close()
    expect(() => openDatabase(path, [syncMigrations])).toThrow(expect.objectContaining({ reason: 'newer-version' }))
    const database = new DatabaseSync(join(path, 'plein.db'))
    database.exec('PRAGMA user_version = 99')
    database.close()
    expect(() => openDatabase(path, [newer])).toThrow(expect.objectContaining({ reason: 'newer-version' }))
  })

  it('refuses the database of another program, and a file that is none', () => {
    const path = folder()
    const other = new DatabaseSync(join(path, 'plein.db'))
    other.exec('CREATE TABLE theirs (x)')
    other.close()
    expect(() => openDatabase(path, [syncMigrations])).toThrow(expect.objectContaining({ reason: 'not-plein' }))
    const none = folder()
    writeFileSync(
      join(none, 'plein.db'),
      'This is a letter and no database, long enough to be read as a header of one hundred bytes, nearly.',
    )
    expect(() => openDatabase(none, [syncMigrations])).toThrow(expect.objectContaining({ reason: 'not-plein' }))
  })

  it('says in words that a path is no folder it can write in', () => {
    const path = folder()
    writeFileSync(join(path, 'file'), '')
    expect(() => openDatabase(join(path, 'file'), [syncMigrations])).toThrow(/cannot write in the data folder/)
  })

  it('runs the steps of several owners, each numbered by itself', () => {
    const path = folder()
    const accounts = { owner: 'accounts', migrations: [{ name: 'people', sql: 'CREATE TABLE person (x)' }] }
    openDatabase(path, [syncMigrations]).close()
    const database = open(path)
    database.close()
    const both = openDatabase(path, [syncMigrations, accounts])
    databases.push(both)
    expect(both.prepare('SELECT owner, number FROM migration ORDER BY owner, number').all()).toEqual([
      { owner: 'accounts', number: 1 },
      ...syncMigrations.migrations.map((_, place) => ({ owner: 'sync', number: place + 1 })),
    ])
  })
})
