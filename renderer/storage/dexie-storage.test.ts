import { IDBFactory, IDBKeyRange } from 'fake-indexeddb'
import { describe, expect, it } from 'vitest'
import type { DocumentId, OrganisationId } from '../../model/ids.ts'
import { actsStorageContract } from './acts-storage-contract.ts'
import { fileStorageContract } from './file-storage-contract.ts'
import { databaseVersion, makeDatabase } from './database.ts'
import { openDexieStorage, type DexieStorageOptions } from './dexie-storage.ts'
import { laptopStorageContract } from './laptop-storage-contract.ts'
import { organisationId } from './contract-case.ts'
import { fillRandom } from './test-random.ts'

function newDisk() {
  return { indexedDB: new IDBFactory(), IDBKeyRange }
}

function open(engine: ReturnType<typeof newDisk>, more: Partial<DexieStorageOptions> = {}) {
  return openDexieStorage({ fillRandom: fillRandom(1), engine, ...more })
}

async function damage(
  engine: ReturnType<typeof newDisk>,
  what: 'content' | 'waiting',
  id: OrganisationId,
  documentId: DocumentId,
) {
  const { dexie, tables } = makeDatabase('plein', engine)
  const key = [id, documentId]
  const flip = (bytes: Uint8Array) => bytes.map((byte, place) => (place === bytes.length - 1 ? byte ^ 1 : byte))
  if (what === 'waiting') {
    const last = await tables.outbox.where('[organisationId+documentId]').equals(key).last()
    if (last !== undefined) await tables.outbox.put({ ...last, bytes: flip(last.bytes) })
  } else {
    const last = await tables.updates.where('[organisationId+documentId]').equals(key).last()
    if (last !== undefined) await tables.updates.put({ ...last, bytes: flip(last.bytes) })
  }
  dexie.close()
}

function memoryMarker(value: string | null = null) {
  return {
    get: () => value,
    set: (next: string) => {
      value = next
    },
  }
}

describe('Dexie storage', () => {
  for (const { title, run } of [...laptopStorageContract, ...actsStorageContract, ...fileStorageContract]) {
    it(title, async () => {
      expect.assertions(1)
      const engine = newDisk()
      const [storage, otherWindow] = [await open(engine), await open(engine)]
      await expect(run({ storage, otherWindow, damage: damage.bind(null, engine) })).resolves.toBeUndefined()
      storage.close()
      otherWindow.close()
    })
  }

  it('refuses to read a page or the list as blocked once it was closed', async () => {
    const storage = await open(newDisk())
    const organisation = storage.organisation(organisationId)
    storage.close()
    await expect(organisation.load('d'.padStart(26, 'a') as DocumentId)).rejects.toMatchObject({ reason: 'blocked' })
    await expect(organisation.documents()).rejects.toMatchObject({ reason: 'blocked' })
  })

  it('keeps device, log and content when it is opened again', async () => {
    const engine = newDisk()
    const first = await open(engine)
    const { logId } = await first.organisation(organisationId).logState()
    first.close()
    const again = await open(engine, { fillRandom: fillRandom(2) })
    expect(await again.deviceId()).toBe(await first.deviceId())
    expect((await again.organisation(organisationId).logState()).logId).toBe(logId)
  })

  it('GE2 is a new storage with a new device and log where the browser emptied it, and says so', async () => {
    const marker = memoryMarker()
    const before = await open(newDisk(), { marker })
    expect(before.wasEmptied).toBe(false)
    const after = await open(newDisk(), { marker, fillRandom: fillRandom(2) })
    expect(after.wasEmptied).toBe(true)
    expect(await after.deviceId()).not.toBe(await before.deviceId())
    expect(await after.organisation(organisationId).spaces()).toEqual([])
    expect(marker.get()).toBe(await after.deviceId())
  })

  it('refuses a database that a newer app has written', async () => {
    const engine = newDisk()
    const { dexie } = makeDatabase('plein', engine)
    dexie.version(databaseVersion + 1).stores({ later: 'id' })
    await dexie.open()
    dexie.close()
    await expect(open(engine)).rejects.toMatchObject({ name: 'StorageFailed', reason: 'newer-version' })
  })

  it('says blocked where the browser has no database for it', async () => {
    const engine = {
      indexedDB: {
        open: () => {
          throw new DOMException('denied', 'SecurityError')
        },
      },
      IDBKeyRange,
    }
    await expect(openDexieStorage({ fillRandom: fillRandom(1), engine })).rejects.toMatchObject({ reason: 'blocked' })
  })

  it('says blocked after it was closed', async () => {
    const storage = await open(newDisk())
    storage.close()
    await expect(storage.organisations()).rejects.toMatchObject({ name: 'StorageFailed', reason: 'blocked' })
  })
})
