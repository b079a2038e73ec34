import { useMemo } from 'react'
import { type Actor, may, type OrganisationVerb, type SpaceVerb } from '../../model/permission.ts'
import type { SpaceSummary } from './plein.ts'
import { useOpenSession } from './use-session.ts'

function useActor(): Actor {
  const { me } = useOpenSession()
  return useMemo(() => ({ personId: me.id, organisationRole: me.role, suspended: false }), [me.id, me.role])
}

/** Whether this person may do something in a space; the server decides again when it arrives there. */
export function useMayInSpace(): (verb: SpaceVerb, space: SpaceSummary) => boolean {
  const actor = useActor()
  return useMemo(
    () => (verb, space) => may(actor, verb, { type: 'space', kind: space.kind, role: space.role, archived: false }),
    [actor],
  )
}

/** Whether this person may do something in the whole organisation. */
export function useMay(verb: OrganisationVerb): boolean {
  return may(useActor(), verb, { type: 'organisation' })
}
