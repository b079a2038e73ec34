import { useCallback, useEffect, useMemo, useState } from 'react'
import type { SpaceId } from '../../model/ids.ts'
import type { OpenInvitation } from './space-admin.ts'
import { useConnection } from './use-connection.ts'
import { bound, useLive } from './use-live.ts'
import { useMembers } from './use-people.ts'
import { usePlein } from './use-plein.tsx'

interface OpenInvitations {
  /** Undefined while they are asked for, null where the server cannot be asked. */
  readonly invitations: readonly OpenInvitation[] | null | undefined
  revoke(id: string): Promise<void>
}

/** Invitations to one space, asked of the server anew with each connection, when one is made or revoked, and when somebody comes in. */
export function useOpenInvitations(spaceId: SpaceId): OpenInvitations {
  const { spaceAdmin } = usePlein()
  const { state } = useConnection()
  const version = useLive(useMemo(() => bound(spaceAdmin.invitationsVersion), [spaceAdmin]))
  const members = useMembers(spaceId).length
  const [invitations, setInvitations] = useState<readonly OpenInvitation[] | null | undefined>(undefined)
  const load = useCallback(async () => {
    const answer = await spaceAdmin.openInvitations()
    return answer.ok ? answer.value.filter(({ space }) => space?.id === spaceId) : null
  }, [spaceAdmin, spaceId])
  useEffect(() => {
    let isCurrent = true
    void load().then((found) => {
      if (isCurrent) setInvitations(found)
    })
    return () => {
      isCurrent = false
    }
  }, [load, state, version, members])
  const revoke = async (id: string) => {
    await spaceAdmin.revokeInvitation(id)
  }
  return { invitations, revoke }
}
