import { randomFillSync } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { mintId, type OrganisationId, type PersonId } from '../../model/ids.ts'
import { compactInThread } from '../../sync-server/compaction-thread.ts'
import { openDatabase } from '../../sync-server/store/open-database.ts'
import { SqliteStore } from '../../sync-server/store/sqlite-store.ts'
import { syncMigrations } from '../../sync-server/store/sync-migrations.ts'
import type { Identity } from '../../sync-server/sync-options.ts'
import { SyncServer } from '../../sync-server/sync-server.ts'
import { systemSchedule } from '../../sync-server/system-schedule.ts'
import { attachWebSockets, ticketOf } from '../../sync-server/websockets.ts'

export interface RealServer {
  readonly port: number
  readonly syncServer: SyncServer
  /** Ends all sockets and closes the store, as on SIGTERM. */
  stop(): Promise<void>
  /** Cuts every line without a word, as a network does. */
  cut(): void
}

/** The ticket of these tests is the person's id itself: who comes in is not what they ask. */
export function identityOf(personId: PersonId): Identity {
  return {
    personId,
    name: `Person ${personId.slice(0, 4)}`,
    email: `${personId}@example.org`,
    role: 'member',
    sessionId: personId,
  }
}

/** The real core on a real disk and real sockets, without the HTTP side and its accounts. */
export async function startRealServer(dataDir: string, port = 0): Promise<RealServer> {
  const database = openDatabase(dataDir, [syncMigrations])
  const store = new SqliteStore(database)
  if ((await store.organisation()) === null) {
    await store.createOrganisation({ organisationId: mintId<OrganisationId>(randomFillSync), name: 'Gemeente' })
  }
  const syncServer = new SyncServer({
    store,
    clock: { nowMs: () => Date.now() },
    random: randomFillSync,
    schedule: systemSchedule,
    compactor: compactInThread(),
    log: (level, message, details) => {
      if (level === 'error') console.error(message, details)
    },
  })
  await syncServer.start()
  const server = createServer()
  const lines = new Set<{ destroy(): void }>()
  server.on('connection', (line) => {
    lines.add(line)
    line.on('close', () => lines.delete(line))
  })
  const endSockets = attachWebSockets({
    server,
    syncServer,
    authenticate: async (request) => {
      const ticket = ticketOf(request)
      return ticket === undefined ? 'sign-in-needed' : identityOf(ticket as PersonId)
    },
    isAllowedOrigin: (origin) => origin === 'http://127.0.0.1',
  })
  await new Promise<void>((resolve) => {
    server.listen(port, '127.0.0.1', resolve)
  })
  return {
    port: (server.address() as AddressInfo).port,
    syncServer,
    cut() {
      for (const line of lines) line.destroy()
    },
    async stop() {
      await syncServer.drain()
      await endSockets()
      server.close()
      for (const line of lines) line.destroy()
      await store.close()
      database.close()
    },
  }
}
