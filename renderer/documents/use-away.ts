import { useMemo } from 'react'
import type { Away, AwaySnapshot } from './away.ts'
import { bound, useLive } from './use-live.ts'
import { usePlein } from './use-plein.tsx'

/** What is to be reviewed on this laptop. */
export function useAway(): AwaySnapshot {
  const { away } = usePlein()
  return useLive(useMemo(() => bound(away.reviews), [away]))
}

/** The question that was answered by putting words back, while that can be taken back. */
export function useRescued(): ReturnType<Away['rescued']['snapshot']> {
  const { away } = usePlein()
  return useLive(useMemo(() => bound(away.rescued), [away]))
}
