import { useMemo } from 'react'
import type { SpaceId } from '../../model/ids.ts'
import type { SpaceSnapshot, SpaceSummary } from './plein.ts'
import { bound, combineLives, useLive } from './use-live.ts'
import { useStableIds } from './use-stable-ids.ts'
import { usePlein } from './use-plein.tsx'

export function useSpaces(): readonly SpaceSummary[] {
  const plein = usePlein()
  return useLive(useMemo(() => bound(plein.spaces), [plein]))
}

/** One space with its tree; null where it is unknown here or not for this person. */
export function useSpace(id: SpaceId): SpaceSnapshot | null {
  const plein = usePlein()
  return useLive(useMemo(() => bound(plein.space(id)), [plein, id]))
}

/** Several spaces at once, in the order asked; the array stays the same until one of them changes. */
export function useManySpaces(ids: readonly SpaceId[]): readonly (SpaceSnapshot | null)[] {
  const plein = usePlein()
  const stable = useStableIds(ids)
  return useLive(useMemo(() => combineLives(stable.map((id) => bound(plein.space(id)))), [plein, stable]))
}
