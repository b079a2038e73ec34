import { useMemo } from 'react'
import type { PrivateMarks } from '../../model/private.ts'
import { bound, useLive } from './use-live.ts'
import { usePlein } from './use-plein.tsx'

/** Favourites, follows and what was read last, of this person alone. */
export function useMarks(): PrivateMarks {
  const { marks } = usePlein()
  return useLive(useMemo(() => bound(marks.all), [marks]))
}
