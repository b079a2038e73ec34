import { randomFillSync } from 'node:crypto'
import * as Y from 'yjs'
import { mintId, type OrganisationId, type PersonId } from '../../../model/ids.ts'
import { decodeClientMessage, decodeServerMessage } from '../../../model/protocol/codec.ts'
import { openDatabase } from '../../../sync-server/store/open-database.ts'
import { SqliteStore } from '../../../sync-server/store/sqlite-store.ts'
import { syncMigrations } from '../../../sync-server/store/sync-migrations.ts'
import type { SyncServer } from '../../../sync-server/sync-server.ts'
import { startRealServer } from '../../stock/real-server.ts'
import { answerQuestions } from '../answer-questions.mjs'
import { fingerprint } from './fingerprint.ts'

/** The shipped sync core on SQLite with FULL durability and real sockets, with one space of two editors. */
const [dataDir] = process.argv.slice(2)
if (dataDir === undefined) throw new Error('plein-server.ts DATA-DIR')
const organisationId = await createOrganisation(dataDir)
const server = await startRealServer(dataDir)
const { syncServer } = server
const people = [mintId<PersonId>(randomFillSync), mintId<PersonId>(randomFillSync)] as const
const spaceId = await syncServer.createSpace({ kind: 'team', name: 'Bouw', ownerId: people[0] })
await syncServer.grantSpace(people[1], spaceId, 'editor')
const acknowledgeMs: number[] = []
watchAcknowledgements(syncServer)

answerQuestions({
  where: () => ({ port: server.port, organisationId, spaceId, people }),
  acknowledgeMs: () => acknowledgeMs.splice(0),
  fingerprint: async () => {
    const vectors = new Map<string, Uint8Array>()
    for (const { documentId, kind } of await syncServer.documentsOf(spaceId)) {
      if (kind !== 'page') continue
      const update = await syncServer.readDocument(documentId)
      if (!(update instanceof Uint8Array)) throw new Error(`The server cannot read ${documentId}: ${update}`)
      vectors.set(documentId, Y.encodeStateVectorFromUpdate(update))
    }
    return fingerprint(vectors)
  },
  stop: () => server.stop(),
})

async function createOrganisation(folder: string): Promise<OrganisationId> {
  const id = mintId<OrganisationId>(randomFillSync)
  const database = openDatabase(folder, [syncMigrations])
  const store = new SqliteStore(database)
  await store.createOrganisation({ organisationId: id, name: 'Gemeente' })
  await store.close()
  database.close()
  return id
}

/** From a pushed frame's arrival at the core to the acknowledgement handed to the socket; one push at a time in that bench. */
function watchAcknowledgements(watched: SyncServer): void {
  const accept = watched.accept.bind(watched)
  watched.accept = (socket, identity) => {
    let arrivedMs = 0
    const session = accept(
      {
        close: (code, reason) => socket.close(code, reason),
        queuedBytes: () => socket.queuedBytes(),
        send: (bytes) => {
          socket.send(bytes)
          const sentMs = performance.now()
          if (arrivedMs > 0 && bytes.length < 64 && decodeServerMessage(bytes).type === 'acknowledged') {
            acknowledgeMs.push(sentMs - arrivedMs)
            arrivedMs = 0
          }
        },
      },
      identity,
    )
    return {
      closed: () => session.closed(),
      receive: (frame) => {
        const nowMs = performance.now()
        session.receive(frame)
        if (frame instanceof Uint8Array && frame.length < 4096 && decodeClientMessage(frame).type === 'push')
          arrivedMs = nowMs
      },
    }
  }
}
