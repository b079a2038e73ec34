import { startRealServer } from '../stock/real-server.ts'

/** A server in a process of its own, for being killed. Prints its port, and the spaces it is asked to make. */
const [dataDir, ownerId] = process.argv.slice(2)
if (dataDir === undefined || ownerId === undefined) throw new Error('killed-server.ts DATA-DIR OWNER-ID')
const server = await startRealServer(dataDir)
const known = server.syncServer.spaces()[0]
const spaceId =
  known?.spaceId ?? (await server.syncServer.createSpace({ kind: 'team', name: 'Bouw', ownerId: ownerId as never }))
console.log(JSON.stringify({ port: server.port, spaceId }))
