import { beforeEach, describe, expect, it } from 'vitest'
import { mintId, type DocumentId, type LogId, type PersonId, type SpaceId, type VersionId } from '../../model/ids.ts'
import type { Store } from './store.ts'
import type { NewVersion, VersionStore } from './version-store.ts'

const mint = <T extends string>(): T => mintId((bytes) => crypto.getRandomValues(bytes)) as string as T

/** What every store of versions must do. The store of rows stands beside it: what is committed there says who wrote. */
export function versionStoreContract(
  name: string,
  open: () => Promise<{ readonly store: Store; readonly versions: VersionStore }>,
): void {
  describe(`${name} as a store of versions`, () => {
    let store: Store
    let versions: VersionStore
    let row = 0
    const [spaceId, documentId] = [mint<SpaceId>(), mint<DocumentId>()]
    const [ann, bob] = [mint<PersonId>(), mint<PersonId>()]

    beforeEach(async () => {
      ;({ store, versions } = await open())
      await store.createSpace({ spaceId, kind: 'team', name: 'Bouw', archived: false })
      row = 0
      await write('server', true)
    })

    /** @returns the feed number of the row */
    async function write(personId: PersonId | 'server', register = false): Promise<number> {
      row += 1
      const document = { documentId, spaceId, kind: 'page', pageKind: 'wiki', writers: 'editors' } as const
      const fresh = { ...document, ownerId: null, coAuthorIds: [] }
      const rows = [
        {
          ...{ spaceId, documentId, row, personId, update: new Uint8Array([row, 0]), bindings: [] },
          ...{ logId: mint<LogId>(), checksum: 1, schema: 1, restored: false, minSchema: 1 },
          register: register ? fresh : null,
        },
      ]
      const [n = 0] = await store.commit({ rows, marks: [], nowMs: row })
      return n
    }

    const newVersion = (n: number, more: Partial<NewVersion> = {}): NewVersion => ({
      ...{ versionId: mint<VersionId>(), documentId, spaceId, n, atMs: n * 10, reason: 'periodic', minSchema: 1 },
      ...{ name: null, madeBy: null, bytes: new Uint8Array([n, n, n]) },
      ...more,
    })

    it('gives back what it was given, newest first, and nothing of another page', async () => {
      const first = newVersion(1)
      const second = newVersion(2, { name: 'Vastgesteld', madeBy: ann, reason: 'by-hand' })
      await versions.add(first)
      await versions.add(second)
      const { bytes, ...record } = second
      expect(await versions.of(documentId)).toMatchObject([{ ...record, sizeBytes: 3 }, { versionId: first.versionId }])
      expect(await versions.read(documentId, second.versionId)).toEqual(bytes)
      expect(await versions.of(mint())).toEqual([])
      expect(await versions.read(mint(), second.versionId)).toBeNull()
      expect(await versions.read(documentId, mint())).toBeNull()
    })

    it('names whoever wrote since the version before, and nobody who wrote only after', async () => {
      await write(ann)
      const n = await write(bob)
      await write(ann)
      const first = await versions.add(newVersion(n))
      expect(first.writerIds).toEqual([ann, bob])
      const second = await versions.add(newVersion(n + 1))
      expect(second.writerIds).toEqual([ann])
      expect((await versions.add(newVersion(n + 1))).writerIds).toEqual([])
    })

    it('still knows who wrote after the rows were compacted', async () => {
      const n = await write(bob)
      const snapshot = {
        documentId,
        spaceId,
        coversN: n,
        update: new Uint8Array([1]),
        stateVector: new Uint8Array([0]),
      }
      await store.writeSnapshot({ ...snapshot, quarantined: null, nowMs: 1 })
      expect((await versions.add(newVersion(n))).writerIds).toEqual([bob])
    })

    it('says of a version that went who wrote for it, in the next newer one', async () => {
      const n = await write(ann)
      const [first, second] = [newVersion(n), newVersion(await write(bob))]
      await versions.add(first)
      await versions.add(second)
      const newest = newVersion(await write(bob))
      await versions.add(newest)
      await versions.remove(documentId, [first.versionId, second.versionId])
      expect(await versions.of(documentId)).toMatchObject([{ versionId: newest.versionId, writerIds: [ann, bob] }])
      expect(await versions.read(documentId, first.versionId)).toBeNull()
    })

    it('turns a version that was made by itself into one made by hand', async () => {
      const version = newVersion(1)
      await versions.add(version)
      await versions.name(documentId, version.versionId, { name: 'Vastgesteld', madeBy: bob })
      expect(await versions.of(documentId)).toMatchObject([{ name: 'Vastgesteld', madeBy: bob, reason: 'by-hand' }])
      expect(await versions.read(documentId, version.versionId)).toEqual(version.bytes)
    })

    it('gives the rows that people wrote after a feed number, until compaction takes them', async () => {
      const first = await write(ann)
      const second = await write(bob)
      await write('server')
      const rows = await versions.rowsSince(documentId, first, 10)
      expect(rows).toEqual([{ personId: bob, update: new Uint8Array([3, 0]) }])
      expect(await versions.rowsSince(documentId, 0, 1)).toEqual([{ personId: ann, update: new Uint8Array([2, 0]) }])
      expect(await versions.rowsSince(mint(), 0, 10)).toEqual([])
      const snapshot = {
        documentId,
        spaceId,
        coversN: second,
        update: new Uint8Array([1]),
        stateVector: new Uint8Array([0]),
      }
      await store.writeSnapshot({ ...snapshot, quarantined: null, nowMs: 1 })
      expect(await versions.rowsSince(documentId, 0, 10)).toEqual([])
    })

    it('lets all versions of a page go, and who wrote them', async () => {
      const n = await write(ann)
      await versions.add(newVersion(1))
      await versions.removeAll(documentId)
      expect(await versions.of(documentId)).toEqual([])
      expect((await versions.add(newVersion(n))).n).toBe(n)
    })
  })
}
