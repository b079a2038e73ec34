import type { ServerMessage, SpaceGrant } from '../model/protocol/messages.ts'
import { protocolVersion } from '../model/protocol/version.ts'
import type { Person } from './reachers.ts'
import type { LogProgress } from './row-source.ts'
import type { SessionHouse } from './session.ts'
import type { SpaceRecord } from './store/store.ts'
import type { Identity } from './sync-options.ts'

/** The space as its member sees it. Call only for somebody who has a role there. */
export function grantOf(space: SpaceRecord, head: number, person: Person): SpaceGrant {
  const { spaceId, kind, name, archived, description, icon, parent, joining } = space
  const role = person.roles.get(spaceId) ?? 'reader'
  return { spaceId, kind, name, role, archived, description, icon, parent, joining, head }
}

export function welcomeOf(
  { core, serverVersion }: Pick<SessionHouse, 'core' | 'serverVersion'>,
  identity: Identity,
  { progress, grants }: { readonly progress: LogProgress; readonly grants: readonly SpaceGrant[] },
): ServerMessage {
  const { organisation } = core
  if (organisation === null) throw new Error('There is no organisation to welcome anybody to')
  return {
    type: 'welcome',
    protocol: protocolVersion,
    schema: core.schema,
    serverVersion,
    generation: core.generation,
    organisationId: organisation.organisationId,
    organisationName: organisation.name,
    personId: identity.personId,
    personName: identity.name,
    email: identity.email,
    role: identity.role,
    acknowledgedRow: progress.row,
    // A log of somebody else has no checksum here; no row of this device has this one, so it mints a new log (LO4).
    acknowledgedChecksum: Math.max(progress.checksum, 0),
    spaces: grants,
    serverTimeMs: core.clock.nowMs(),
  }
}
