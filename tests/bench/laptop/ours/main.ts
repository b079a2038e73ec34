import * as Y from 'yjs'
import { OpenDocuments } from '../../../../renderer/documents/open-documents.ts'
import { UpdateBatch } from '../../../../renderer/documents/update-batch.ts'
import { openDexieStorage } from '../../../../renderer/storage/dexie-storage.ts'
import { idOfPage, organisationId, recordOfPage, textOfPage, updatesOfPage } from '../laptop-pages.mjs'
import type { LaptopSide } from '../laptop-side.ts'

const open = () => openDexieStorage({ name: 'bench', fillRandom: (bytes) => crypto.getRandomValues(bytes) })

async function fill(from: number, count: number): Promise<void> {
  const storage = await open()
  const indexes = Array.from({ length: count }, (_, place) => from + place)
  await storage.organisation(organisationId).storeRemote({
    changes: indexes.flatMap((index) =>
      updatesOfPage(Y, index).map((update) => ({ documentId: idOfPage(index), update })),
    ),
    documents: indexes.map(recordOfPage),
    cursors: [],
  })
  storage.close()
}

async function finish(): Promise<void> {
  const storage = await open()
  await storage.organisation(organisationId).tidy()
  storage.close()
}

async function openPages(indexes: readonly number[]) {
  const laptop = await open()
  const storage = laptop.organisation(organisationId)
  const batch = new UpdateBatch({
    storage,
    clock: { schedule: () => () => undefined },
    onCommitted: () => undefined,
    onTrouble: () => undefined,
  })
  const documents = new OpenDocuments({ storage, batch, join: null })
  const times: number[] = []
  let text = ''
  for (const index of indexes) {
    const start = performance.now()
    const opened = await documents.open(idOfPage(index), { live: false })
    times.push(performance.now() - start)
    if (opened === null) throw new Error(`Page ${index} is not here`)
    text += textOfPage(opened.doc)
    opened.release()
  }
  laptop.close()
  return { times, text }
}

async function list() {
  const start = performance.now()
  const storage = await open()
  const opened = performance.now()
  const { length } = await storage.organisation(organisationId).documents()
  const end = performance.now()
  storage.close()
  return { count: length, listMs: end - opened, withOpeningMs: end - start }
}

Object.assign(window, { side: { fill, finish, openPages, list } satisfies LaptopSide })
