import { useMemo } from 'react'
import type { LastMove } from './trees.ts'
import { bound, useLive } from './use-live.ts'
import { usePlein } from './use-plein.tsx'

/** The move within a space that can be taken back now. */
export function useLastMove(): LastMove | null {
  const { trees } = usePlein()
  return useLive(useMemo(() => bound(trees.lastMove), [trees]))
}
