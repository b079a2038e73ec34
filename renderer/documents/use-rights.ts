import { useMemo } from 'react'
import type { SpaceId } from '../../model/ids.ts'
import type { SpaceRole } from '../../model/permission.ts'
import type { PersonCard } from './people.ts'
import type { RequestState } from './requests.ts'
import { useMembers } from './use-people.ts'
import { usePlein } from './use-plein.tsx'
import { useRequests } from './use-requests.ts'
import { useSpace } from './use-spaces.ts'

export interface Rights {
  readonly role: SpaceRole | null
  /** Who can give more: the owners, without oneself. */
  readonly owners: readonly PersonCard[]
  /** What became of the last question for another role; null where there was none, or where it was granted. */
  readonly asked: Exclude<RequestState, 'accepted'> | null
  ask(role: SpaceRole): void
}

/** What one may do in a space, and how to come to more. */
export function useRights(spaceId: SpaceId): Rights {
  const { spaceAdmin } = usePlein()
  const role = useSpace(spaceId)?.space.role ?? null
  const members = useMembers(spaceId)
  const requests = useRequests()
  return useMemo(() => {
    const last = requests.find(({ ask }) => ask.type === 'ask-role' && ask.spaceId === spaceId)
    const isOpen = last !== undefined && last.state !== 'accepted'
    return {
      role,
      owners: members.filter((member) => member.role === 'owner' && !member.person.isMe).map(({ person }) => person),
      asked: isOpen ? last.state : null,
      ask: (wanted) => void spaceAdmin.askRole(spaceId, wanted),
    }
  }, [requests, members, role, spaceAdmin, spaceId])
}
