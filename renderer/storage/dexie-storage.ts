import { Dexie, type DexieOptions, type Table } from 'dexie'
import { mintId, parseId, type DeviceId, type FillRandom, type OrganisationId } from '../../model/ids.ts'
import { databaseVersion, makeDatabase, type Database } from './database.ts'
import { DexieOrganisation } from './dexie-organisation.ts'
import type { FilePlaces } from './file-places.ts'
import {
  StorageFailed,
  type LaptopStorage,
  type OrganisationRecord,
  type OrganisationStorage,
} from './laptop-storage.ts'
import { guarded } from './storage-failure.ts'

/** A second place that remembers this storage, such as localStorage: it tells an emptied disk from a new laptop. */
export interface StorageMarker {
  get(): string | null
  set(value: string): void
}

export interface DexieStorageOptions {
  readonly name?: string
  readonly fillRandom: FillRandom
  readonly marker?: StorageMarker
  /** Where large files lie; without it all of them are in the database. */
  readonly places?: FilePlaces | null
  /** Stand-ins for the browser's own, in tests. */
  readonly engine?: Pick<DexieOptions, 'indexedDB' | 'IDBKeyRange'>
}

export interface OpenedStorage extends LaptopStorage {
  /**
   * The browser emptied the storage since it was last used (GE2). It is a new one: new device, new log, no cursor; the server
   * refills it, and what was not sent is lost. Say so.
   */
  readonly wasEmptied: boolean
  /** Takes away large files that no organisation knows any more. Answers how many. */
  sweepPlaces(nowMs: number): Promise<number>
}

/** What is being fetched piece by piece over days has no row yet. */
const unnamedStaysMs = 14 * 24 * 3600 * 1000

export const databaseName = 'plein'

/** Opens this profile's database. Throws StorageFailed: `blocked`, `damaged`, `newer-version`, `full`. */
export async function openDexieStorage(options: DexieStorageOptions): Promise<OpenedStorage> {
  const name = options.name ?? databaseName
  await guarded(() => refuseNewerVersion(name))
  const database = makeDatabase(name, options.engine)
  await guarded(() => openDatabase(database))
  const { deviceId, wasEmptied } = await guarded(() => readDevice(database, options))
  return new DexieLaptopStorage(database, options, deviceId, wasEmptied)
}

/** Dexie would open what a newer app wrote as it stands; this app must not touch it. */
async function refuseNewerVersion(name: string): Promise<void> {
  if (typeof indexedDB === 'undefined' || typeof indexedDB.databases !== 'function') return
  const found = (await indexedDB.databases()).find((database) => database.name === name)
  if (isNewer(found?.version)) throw new StorageFailed('newer-version')
}

async function openDatabase({ dexie }: Database): Promise<void> {
  await dexie.open()
  if (!isNewer(dexie.backendDB().version)) return
  dexie.close()
  throw new StorageFailed('newer-version')
}

/** Dexie multiplies its versions by ten. */
function isNewer(nativeVersion: number | undefined): boolean {
  return nativeVersion !== undefined && Math.floor(nativeVersion / 10) > databaseVersion
}

async function readDevice(
  { dexie, tables }: Database,
  options: DexieStorageOptions,
): Promise<{ deviceId: DeviceId; wasEmptied: boolean }> {
  const minted = mintId<DeviceId>(options.fillRandom)
  const found = await dexie.transaction('rw', tables.device, async () => {
    const known = parseId<DeviceId>((await tables.device.get('deviceId'))?.value)
    if (known === undefined) await tables.device.put({ name: 'deviceId', value: minted })
    return known
  })
  const marked = options.marker?.get() ?? null
  const deviceId = found ?? minted
  if (marked !== deviceId) options.marker?.set(deviceId)
  return { deviceId, wasEmptied: found === undefined && marked !== null }
}

class DexieLaptopStorage implements OpenedStorage {
  readonly wasEmptied: boolean
  readonly #database: Database
  readonly #options: Pick<DexieStorageOptions, 'fillRandom' | 'places'>
  readonly #deviceId: DeviceId
  readonly #opened = new Map<OrganisationId, OrganisationStorage>()

  constructor(
    database: Database,
    options: Pick<DexieStorageOptions, 'fillRandom' | 'places'>,
    deviceId: DeviceId,
    wasEmptied: boolean,
  ) {
    this.#database = database
    this.#options = options
    this.#deviceId = deviceId
    this.wasEmptied = wasEmptied
  }

  deviceId(): Promise<DeviceId> {
    return Promise.resolve(this.#deviceId)
  }

  organisations(): Promise<readonly OrganisationRecord[]> {
    return guarded(() => this.#database.tables.organisations.toArray())
  }

  async putOrganisation(organisation: OrganisationRecord): Promise<void> {
    await guarded(() => this.#database.tables.organisations.put(organisation))
  }

  removeOrganisation(id: OrganisationId): Promise<void> {
    const { dexie, tables } = this.#database
    return guarded(() =>
      dexie.transaction('rw', Object.values<Table>({ ...tables }), async () => {
        await tables.organisations.delete(id)
        await tables.logs.delete(id)
        await tables.lists.delete(id)
        for (const [table, index] of manyOfOrganisation(this.#database)) {
          await table.where(index).between([id, Dexie.minKey], [id, Dexie.maxKey], true, true).delete()
        }
      }),
    )
  }

  organisation(id: OrganisationId): OrganisationStorage {
    const known = this.#opened.get(id)
    if (known !== undefined) return known
    const opened = new DexieOrganisation(this.#database, id, this.#options)
    this.#opened.set(id, opened)
    return opened
  }

  setting(name: string): Promise<unknown> {
    return guarded(async () => (await this.#database.tables.device.get(`setting ${name}`))?.value)
  }

  async putSetting(name: string, value: unknown): Promise<void> {
    await guarded(() => this.#database.tables.device.put({ name: `setting ${name}`, value }))
  }

  async sweepPlaces(nowMs: number): Promise<number> {
    const { places } = this.#options
    if (places === null || places === undefined) return 0
    const found = await places.list()
    // Read after the listing: what is written meanwhile is young, and stays for that.
    const rows = await guarded(() => this.#database.tables.files.toArray())
    const named = new Set(rows.map(({ place }) => place))
    const old = found.filter(({ place, changedAtMs }) => !named.has(place) && nowMs - changedAtMs > unnamedStaysMs)
    for (const { place } of old) await places.remove(place)
    return old.length
  }

  close(): void {
    this.#database.dexie.close()
  }
}

/** The tables with many records for each organisation, and the index that begins with its id. */
function manyOfOrganisation({ tables }: Database): readonly (readonly [Table, string])[] {
  return [
    [tables.settings, '[organisationId+name]'],
    [tables.outbox, '[organisationId+row]'],
    [tables.updates, '[organisationId+documentId]'],
    [tables.checkpoints, '[organisationId+documentId]'],
    [tables.documents, '[organisationId+id]'],
    [tables.spaces, '[organisationId+id]'],
    [tables.setAside, '[organisationId+id]'],
    [tables.files, '[organisationId+hash]'],
    [tables.spaceFiles, '[organisationId+spaceId+hash]'],
    [tables.acts, '[organisationId+documentId+ref]'],
    [tables.pageActs, '[organisationId+page]'],
    [tables.unfolded, '[organisationId+documentId]'],
    [tables.people, '[organisationId+id]'],
    [tables.members, '[organisationId+spaceId+personId]'],
    [tables.pageStates, '[organisationId+documentId]'],
    [tables.reviews, '[organisationId+documentId]'],
    [tables.requests, '[organisationId+id]'],
    [tables.returns, '[organisationId+documentId]'],
  ]
}
