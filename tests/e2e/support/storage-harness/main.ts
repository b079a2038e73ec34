import type { DocumentId, OrganisationId, SpaceId } from '../../../../model/ids.ts'
import { actsStorageContract } from '../../../../renderer/storage/acts-storage-contract.ts'
import { makeDatabase } from '../../../../renderer/storage/database.ts'
import { openDexieStorage } from '../../../../renderer/storage/dexie-storage.ts'
import { organisationId } from '../../../../renderer/storage/contract-case.ts'
import { laptopStorageContract } from '../../../../renderer/storage/laptop-storage-contract.ts'

/** What the test asks of this page, over `page.evaluate`. */
export interface StorageHarness {
  titles(): string[]
  /** The problem of one case of the contract, on a fresh database; null where it held. */
  run(title: string): Promise<string | null>
  /** Writes one row; resolves when it is committed. */
  append(name: string): Promise<number>
  /** Rows that wait in a database of that name. */
  waiting(name: string): Promise<number>
  /** Writes 10,000 documents and their list, opens the storage again and lists them: how many, and the list's size in bytes. */
  listing(): Promise<{ listed: number; listBytes: number }>
}

const contract = [...laptopStorageContract, ...actsStorageContract]
let opened = 0
const open = (name: string) => openDexieStorage({ name, fillRandom: (bytes) => crypto.getRandomValues(bytes) })

async function run(title: string): Promise<string | null> {
  const found = contract.find((one) => one.title === title)
  if (found === undefined) return 'there is no such case'
  opened += 1
  const name = `contract-${opened}`
  const [storage, otherWindow] = [await open(name), await open(name)]
  try {
    await found.run({ storage, otherWindow, damage: (what, id, documentId) => damage(name, what, id, documentId) })
    return null
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  } finally {
    storage.close()
    otherWindow.close()
  }
}

async function damage(
  name: string,
  what: 'content' | 'waiting',
  id: OrganisationId,
  documentId: DocumentId,
): Promise<void> {
  const { dexie, tables } = makeDatabase(name)
  const flip = (bytes: Uint8Array) => bytes.map((byte, place) => (place === bytes.length - 1 ? byte ^ 1 : byte))
  const key = [id, documentId]
  if (what === 'waiting') {
    const last = await tables.outbox.where('[organisationId+documentId]').equals(key).last()
    if (last !== undefined) await tables.outbox.put({ ...last, bytes: flip(last.bytes) })
  } else {
    const last = await tables.updates.where('[organisationId+documentId]').equals(key).last()
    if (last !== undefined) await tables.updates.put({ ...last, bytes: flip(last.bytes) })
  }
  dexie.close()
}

async function append(name: string): Promise<number> {
  const storage = await open(name)
  const update = crypto.getRandomValues(new Uint8Array(64))
  const [row] = await storage
    .organisation(organisationId)
    .appendOwn([{ documentId: idOf('page'), update, schema: 1, restored: false, registration: null }])
  storage.close()
  return row?.row ?? 0
}

async function waiting(name: string): Promise<number> {
  const storage = await open(name)
  const rows = await storage.organisation(organisationId).waitingRows(0, Number.MAX_SAFE_INTEGER)
  storage.close()
  return rows.length
}

async function listing(): Promise<{ listed: number; listBytes: number }> {
  const storage = await open('listing')
  const base = { spaceId: idOf<SpaceId>('space'), kind: 'page', pageKind: 'wiki' } as const
  const ids = Array.from({ length: 10_000 }, (_, place) => idOf<DocumentId>(lettersOf(place)))
  await storage
    .organisation(organisationId)
    .updateDocuments(ids.map((id, place) => ({ ...base, id, title: `Page ${place}` })))
  await storage.organisation(organisationId).tidy()
  storage.close()
  const again = await open('listing')
  const { length } = await again.organisation(organisationId).documents()
  again.close()
  const { dexie, tables } = makeDatabase('listing')
  const list = await tables.lists.get(organisationId)
  dexie.close()
  return { listed: length, listBytes: list?.length ?? 0 }
}

function lettersOf(place: number): string {
  return [...String(place)].map((digit) => 'bcdefghijk'.charAt(Number(digit))).join('')
}

function idOf<T extends string>(name: string): T {
  return name.padStart(26, 'a') as T
}

const titles = () => contract.map(({ title }) => title)
Object.assign(window, { storageHarness: { titles, run, append, waiting, listing } satisfies StorageHarness })
