// y-dexie as its README sets it up; and a plain Dexie table with the records of the app's lists, for `toArray`.
import { Dexie } from 'dexie'
import yDexie, { DexieYProvider } from 'y-dexie'
import * as Y from 'yjs'
import { listRecord, makeContents, sampleIds, timeOpenings } from '../../storage/page-side.mjs'

function makeLists() {
  const db = new Dexie('lists')
  db.version(1).stores({ documents: 'id' })
  return db
}

function makePages() {
  const db = new Dexie('pages', { addons: [yDexie] })
  db.version(1).stores({ pages: 'id, title, content: Y.Doc' })
  return db
}

window.bench = {
  async fill(total) {
    const lists = makeLists()
    const pages = makePages()
    const contentOf = makeContents(Y)
    for (let from = 0; from < total; from += 500) {
      const records = Array.from({ length: Math.min(500, total - from) }, (_, place) => listRecord(from + place, sampleIds))
      await lists.table('documents').bulkAdd(records.map((record) => ({ ...record, waiting: 0 })))
      await pages.table('pages').bulkAdd(records.map(({ id, title }) => ({ id, title })))
      // The table in which y-dexie keeps the updates of this property, a record each.
      const rows = records.flatMap(({ id }, place) => contentOf(from + place).map((u) => ({ k: id, u })))
      await pages.table('$pages.content_updates').bulkAdd(rows)
    }
  },
  async list(total) {
    const startMs = performance.now()
    const db = makeLists()
    await db.open()
    const openedMs = performance.now()
    const records = await db.table('documents').toArray()
    const listedMs = performance.now()
    if (records.length !== total) throw new Error(`${records.length} records`)
    return { openMs: openedMs - startMs, listMs: listedMs - openedMs }
  },
  async open(total, count) {
    const db = makePages()
    await db.open()
    return timeOpenings(total, count, async (index) => {
      const page = await db.table('pages').get(sampleIds.page(index))
      const doc = page.content
      const provider = DexieYProvider.load(doc)
      await provider.whenLoaded
      const length = doc.getXmlFragment('body').toString().length
      DexieYProvider.release(doc)
      return length
    })
  },
}
