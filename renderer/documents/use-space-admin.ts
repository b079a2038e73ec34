import { useMemo } from 'react'
import type { SpaceId } from '../../model/ids.ts'
import type { JoinableSpace, SpaceDetails } from './space-admin.ts'
import { bound, useLive } from './use-live.ts'
import { usePlein } from './use-plein.tsx'

/** All of a space but its pages; null where one is not a member. */
export function useSpaceDetails(id: SpaceId): SpaceDetails | null {
  const { spaceAdmin } = usePlein()
  return useLive(useMemo(() => bound(spaceAdmin.details(id)), [spaceAdmin, id]))
}

/** The closed sections in the tree of a space. */
export function useSections(parent: SpaceId): readonly SpaceDetails[] {
  const { spaceAdmin } = usePlein()
  return useLive(useMemo(() => bound(spaceAdmin.sections(parent)), [spaceAdmin, parent]))
}

export function useArchivedSpaces(): readonly SpaceDetails[] {
  const { spaceAdmin } = usePlein()
  return useLive(useMemo(() => bound(spaceAdmin.archived), [spaceAdmin]))
}

/** Spaces that one could join or ask to join. */
export function useJoinableSpaces(): readonly JoinableSpace[] {
  const { spaceAdmin } = usePlein()
  return useLive(useMemo(() => bound(spaceAdmin.joinable), [spaceAdmin]))
}

/** Whether an invitation can be sent by e-mail. */
export function useCanMail(): boolean {
  const { spaceAdmin } = usePlein()
  return useLive(useMemo(() => bound(spaceAdmin.canMail), [spaceAdmin]))
}
