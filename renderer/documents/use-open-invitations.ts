import { useCallback, useEffect, useState } from 'react'
import type { SpaceId } from '../../model/ids.ts'
import type { OpenInvitation } from './space-admin.ts'
import { useConnection } from './use-connection.ts'
import { usePlein } from './use-plein.tsx'

interface OpenInvitations {
  /** Undefined while they are asked for, null where the server cannot be asked. */
  readonly invitations: readonly OpenInvitation[] | null | undefined
  revoke(id: string): Promise<void>
}

/** Invitations to one space, asked of the server anew with each connection. */
export function useOpenInvitations(spaceId: SpaceId): OpenInvitations {
  const { spaceAdmin } = usePlein()
  const { state } = useConnection()
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
  }, [load, state])
  const revoke = async (id: string) => {
    await spaceAdmin.revokeInvitation(id)
    setInvitations(await load())
  }
  return { invitations, revoke }
}
