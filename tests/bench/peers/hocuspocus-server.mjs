// Hocuspocus as its own documentation starts it, with every document kept in memory and nothing stored: what costs it least.
import { Server } from '@hocuspocus/server'
import * as Y from 'yjs'
import { answerQuestions } from '../answer-questions.mjs'
import { pageUpdates } from '../sample-pages.mjs'
import { createHash } from 'node:crypto'

const [maxPendingDocuments = '100'] = process.argv.slice(2)
const server = new Server({
  port: 0,
  address: '127.0.0.1',
  quiet: true,
  stopOnSignals: false,
  maxPendingDocuments: Number(maxPendingDocuments),
  onLoadDocument: async ({ document, documentName }) => {
    for (const update of pageUpdates(Y, Number(documentName))) Y.applyUpdate(document, update)
  },
})
await server.listen()
const { hocuspocus } = server

answerQuestions({
  where: () => ({ port: server.address.port }),
  /** A direct connection keeps each document loaded while both sides are away. */
  fill: async (pages) => {
    for (let index = 0; index < pages; index += 1) await hocuspocus.openDirectConnection(String(index))
  },
  fingerprint: () => {
    const names = [...hocuspocus.documents.keys()].sort()
    const hash = createHash('sha256')
    for (const name of names) hash.update(name).update(Y.encodeStateVector(hocuspocus.documents.get(name)))
    return { documents: names.length, hash: hash.digest('hex') }
  },
})
