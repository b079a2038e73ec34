import type { Hello } from '../../model/protocol/messages.ts'
import { protocolVersion } from '../../model/protocol/version.ts'
import type { SyncEngineOptions } from './engine-options.ts'
import { knownGeneration } from './welcome.ts'

/** What this laptop says of itself first: how far it is with everything. */
export async function makeHello({
  storage,
  schema,
  appVersion,
  deviceId,
}: Pick<SyncEngineOptions, 'storage' | 'schema' | 'appVersion' | 'deviceId'>): Promise<Hello> {
  const { logId, lastRow } = await storage.logState()
  const spaces = (await storage.spaces()).map(({ id, cursor, keep }) => ({ spaceId: id, cursor, keep }))
  return {
    type: 'hello',
    protocol: protocolVersion,
    schema,
    appVersion,
    organisationId: storage.organisationId,
    deviceId,
    generation: await knownGeneration(storage),
    people: await storage.people.number(),
    control: await storage.requests.number(),
    logId,
    lastRow,
    spaces,
  }
}
