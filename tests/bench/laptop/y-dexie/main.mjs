// The same pages in y-dexie, and their records in a plain Dexie table. Resolved from tests/bench/peers.
import { Dexie } from 'dexie'
import yDexie, { DexieYProvider } from 'y-dexie'
import * as Y from 'yjs'
import { idOfPage, recordOfPage, textOfPage, updatesOfPage } from '../laptop-pages.mjs'

/** y-dexie's own compaction is off: it would begin in the midst of a measurement. */
function database() {
  const db = new Dexie('bench', { addons: [yDexie({ gc: false })] })
  db.version(1).stores({ pages: 'id, body: Y.Doc' })
  return db
}

function records() {
  const db = new Dexie('records')
  db.version(1).stores({ documents: 'id' })
  return db
}

/** The rows that y-dexie writes for a change: updates of the second format. */
async function fill(from, count) {
  const indexes = Array.from({ length: count }, (_, place) => from + place)
  const db = database()
  await db.table('pages').bulkAdd(indexes.map((index) => ({ id: idOfPage(index), title: `Pagina ${index}` })))
  await db
    .table('$pages.body_updates')
    .bulkAdd(
      indexes.flatMap((index) =>
        updatesOfPage(Y, index).map((update) => ({ k: idOfPage(index), u: Y.convertUpdateFormatV1ToV2(update) })),
      ),
    )
  db.close()
  const plain = records()
  await plain.table('documents').bulkAdd(indexes.map((index) => ({ ...recordOfPage(index), waiting: 0 })))
  plain.close()
}

async function openPages(indexes) {
  const db = database()
  await db.open()
  const times = []
  let text = ''
  for (const index of indexes) {
    const start = performance.now()
    const { body } = await db.table('pages').get(idOfPage(index))
    const provider = DexieYProvider.load(body)
    await new Promise((resolve, reject) => {
      provider.on('error', reject)
      provider.whenLoaded.then(resolve, reject)
    })
    times.push(performance.now() - start)
    text += textOfPage(body)
    DexieYProvider.release(body)
  }
  db.close()
  return { times, text }
}

async function list() {
  const start = performance.now()
  const db = records()
  await db.open()
  const opened = performance.now()
  const { length } = await db.table('documents').toArray()
  const end = performance.now()
  db.close()
  return { count: length, listMs: end - opened, withOpeningMs: end - start }
}

Object.assign(window, { side: { fill, finish: async () => undefined, openPages, list } })
