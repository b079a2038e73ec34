// Two people's laptops with Hocuspocus' own providers, many on one socket per side.
import { createHash } from 'node:crypto'
import { HocuspocusProvider, HocuspocusProviderWebsocket } from '@hocuspocus/provider'
import { WebSocket } from 'ws'
import * as Y from 'yjs'
import { answerQuestions } from '../answer-questions.mjs'
import { pageUpdates, typeInto } from '../sample-pages.mjs'

/** @type {{ docs: Y.Doc[], sockets: HocuspocusProviderWebsocket[], providers: HocuspocusProvider[] }[]} */
let sides = []
let port = 0

class PlainWebSocket extends WebSocket {
  constructor(url, protocols) {
    super(url, protocols, { perMessageDeflate: false })
  }
}

answerQuestions({
  fill: (options) => {
    port = options.port
    sides = [0, 1].map((place) => ({ docs: makeDocs(options.pages, place), sockets: [], providers: [] }))
  },
  comeBack: async (settings) => {
    const startMs = performance.now()
    await Promise.all(sides.map((side) => comeBack(side, settings)))
    return performance.now() - startMs
  },
  fingerprints: () => sides.map(({ docs }) => fingerprint(docs)),
  leave: () => {
    for (const { sockets, providers } of sides) {
      for (const provider of providers) provider.destroy()
      for (const socket of sockets) socket.destroy()
    }
  },
})

/** What this side had when it left, and one edit of its own in every page. */
function makeDocs(pages, place) {
  return Array.from({ length: pages }, (_, index) => {
    const doc = new Y.Doc()
    for (const update of pageUpdates(Y, index)) Y.applyUpdate(doc, update)
    typeInto(doc, place, 'van onderweg ')
    return doc
  })
}

/** Attaches documents, `batch` at a time; `sliding`: the next one as soon as one has synced, instead of the next batch. */
async function comeBack(side, { batch, sliding, sockets: count }) {
  const { docs } = side
  side.sockets = Array.from(
    { length: count },
    () => new HocuspocusProviderWebsocket({ url: `ws://127.0.0.1:${port}`, WebSocketPolyfill: PlainWebSocket }),
  )
  const arrived = docs.map((doc) => remoteEdit(doc))
  const attached = docs.map(() => null)
  const attach = (index) => {
    attached[index] = attachProvider(side, index, side.sockets[index % count])
    return attached[index]
  }
  if (sliding) await inParallel(docs.length, batch, attach)
  else {
    for (let from = 0; from < docs.length; from += batch) {
      await Promise.all(docs.slice(from, from + batch).map((_, place) => attach(from + place)))
    }
  }
  await Promise.all(arrived)
}

/** Resolves when the server has everything of this side and this side what the server had. */
function attachProvider(side, index, websocketProvider) {
  return new Promise((resolve) => {
    const provider = new HocuspocusProvider({
      name: String(index),
      document: side.docs[index],
      websocketProvider,
      awareness: null,
      onSynced: () => finish(),
      onUnsyncedChanges: () => finish(),
    })
    side.providers.push(provider)
    const finish = () => {
      if (provider.isSynced && provider.unsyncedChanges === 0) resolve(undefined)
    }
    provider.attach()
  })
}

/** The other side's edit, whenever it comes: any change that was not made here. */
function remoteEdit(doc) {
  return new Promise((resolve) => {
    doc.on('update', function once() {
      doc.off('update', once)
      resolve(undefined)
    })
  })
}

async function inParallel(count, limit, start) {
  let next = 0
  const work = async () => {
    while (next < count) await start(next++)
  }
  await Promise.all(Array.from({ length: Math.min(limit, count) }, work))
}

function fingerprint(docs) {
  const names = docs.map((_, index) => String(index)).sort()
  const hash = createHash('sha256')
  for (const name of names) hash.update(name).update(Y.encodeStateVector(docs[Number(name)]))
  return { documents: docs.length, hash: hash.digest('hex') }
}
