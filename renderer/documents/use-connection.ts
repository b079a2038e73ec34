import { useMemo } from 'react'
import type { ConnectionSnapshot } from './plein.ts'
import { bound, useLive } from './use-live.ts'
import { usePlein } from './use-plein.tsx'

export function useConnection(): ConnectionSnapshot {
  const plein = usePlein()
  return useLive(useMemo(() => bound(plein.connection), [plein]))
}
