import { describe, expect, it } from 'vitest'
import type { DocumentId, OrganisationId } from '../../model/ids.ts'
import { actsStorageContract } from './acts-storage-contract.ts'
import { laptopStorageContract } from './laptop-storage-contract.ts'
import { organisationId } from './contract-case.ts'
import { fileStorageContract } from './file-storage-contract.ts'

import { copyDisk, type MemoryDisk } from './memory-disk.ts'
import { MemoryLaptopStorage } from './memory-storage.ts'
import { fillRandom } from './test-random.ts'

async function damage(
  storage: MemoryLaptopStorage,
  what: 'content' | 'waiting',
  id: OrganisationId,
  documentId: DocumentId,
) {
  const disk = storage.disks.get(id)
  if (disk === undefined) throw new Error('no disk')
  if (what === 'waiting') damageOutbox(disk, documentId)
  else {
    const records = disk.content.get(documentId) ?? []
    const last = records.pop()
    if (last !== undefined) records.push({ ...last, bytes: flipped(last.bytes) })
  }
}

function damageOutbox(disk: MemoryDisk, documentId: DocumentId) {
  for (const [row, entry] of disk.outbox) {
    if (entry.row.documentId === documentId)
      disk.outbox.set(row, { ...entry, sealed: { ...entry.sealed, bytes: flipped(entry.sealed.bytes) } })
  }
}

function flipped(bytes: Uint8Array): Uint8Array {
  return bytes.map((byte, place) => (place === bytes.length - 1 ? byte ^ 1 : byte))
}

describe('memory storage', () => {
  for (const { title, run } of [...laptopStorageContract, ...actsStorageContract, ...fileStorageContract]) {
    it(title, async () => {
      expect.assertions(1)
      const storage = new MemoryLaptopStorage({ fillRandom: fillRandom(1) })
      const test = { storage, otherWindow: storage, damage: damage.bind(null, storage) }
      await expect(run(test)).resolves.toBeUndefined()
    })
  }

  it('fails with the problem that is switched on and changes nothing', async () => {
    let problem: 'full' | null = null
    const storage = new MemoryLaptopStorage({ fillRandom: fillRandom(1), problem: () => problem })
    const organisation = storage.organisation(organisationId)
    const before = await organisation.logState()
    problem = 'full'
    await expect(organisation.appendOwn([])).rejects.toMatchObject({ reason: 'full' })
    problem = null
    expect(await organisation.logState()).toEqual(before)
  })

  it('copies a disk that then goes its own way', async () => {
    const storage = new MemoryLaptopStorage({ fillRandom: fillRandom(1) })
    await storage.organisation(organisationId).putSetting('a', 1)
    const disk = storage.disks.get(organisationId)
    if (disk === undefined) throw new Error('no disk')
    const copy = copyDisk(disk)
    await storage.organisation(organisationId).putSetting('a', 2)
    expect(copy.settings.get('a')).toBe(1)
  })
})
