import * as Y from 'yjs'
import { bodyFragmentName } from '../../../model/page-content.ts'
import { openDexieStorage } from '../../../renderer/storage/dexie-storage.ts'
import type { RemoteChange } from '../../../renderer/storage/laptop-storage.ts'
import { listRecord, makeContents, sampleIds, timeOpenings } from './page-side.mjs'

const fillRandom = (bytes: Uint8Array<ArrayBuffer>) => {
  crypto.getRandomValues(bytes)
}
const openStorage = async () => (await openDexieStorage({ fillRandom })).organisation(sampleIds.organisation(0))

const bench = {
  /** As sync stores what comes: in batches, each update a record of its own. */
  async fill(total: number): Promise<void> {
    const storage = await openStorage()
    const contentOf = makeContents(Y)
    for (let from = 0; from < total; from += 500) {
      const indexes = Array.from({ length: Math.min(500, total - from) }, (_, place) => from + place)
      const changes = indexes.flatMap((index): RemoteChange[] =>
        contentOf(index).map((update) => ({ documentId: sampleIds.page(index), update })),
      )
      const documents = indexes.map((index) => listRecord(index, sampleIds))
      await storage.storeRemote({ changes, documents, cursors: [] })
    }
    await storage.tidy()
  },
  /** From nothing to a list that a screen can draw; the opening of the database apart. */
  async list(total: number): Promise<{ openMs: number; listMs: number }> {
    const startMs = performance.now()
    const storage = await openStorage()
    const openedMs = performance.now()
    const records = await storage.documents()
    const listedMs = performance.now()
    const last = records.at(-1)
    if (records.length !== total || last === undefined || last.title === '') throw new Error(`${records.length} records`)
    return { openMs: openedMs - startMs, listMs: listedMs - openedMs }
  },
  async open(total: number, count: number): Promise<number[]> {
    const storage = await openStorage()
    return timeOpenings(total, count, async (index) => {
      const doc = new Y.Doc()
      const { updates } = await storage.load(sampleIds.page(index))
      doc.transact(() => {
        for (const update of updates) Y.applyUpdate(doc, update)
      })
      return doc.getXmlFragment(bodyFragmentName).toString().length
    })
  },
}
Object.assign(window, { bench })
