import { useEffect, useMemo, useState } from 'react'
import type { SearchAnswer, SearchQuestion, SearchState } from './search.ts'
import { bound, useLive } from './use-live.ts'
import { usePlein } from './use-plein.tsx'

/** What was found for the question, which is the last one that was answered: null before the first answer. */
export interface Found {
  readonly question: SearchQuestion
  readonly answer: SearchAnswer
}

/**
 * Asks whenever the question is another one, and again when more can be found than before; keep it the same object while it is
 * the same. The answer before stays until the next.
 */
export function useFound(question: SearchQuestion): Found | null {
  const { search } = usePlein()
  const { stage } = useSearchState()
  const [found, setFound] = useState<Found | null>(null)
  useEffect(() => {
    const asking = new AbortController()
    search.find(question, asking.signal).then(
      (answer) => {
        if (!asking.signal.aborted) setFound({ question, answer })
      },
      () => undefined, // Nobody waits for it any more.
    )
    return () => asking.abort()
  }, [search, question, stage])
  return found
}

export function useSearchState(): SearchState {
  const { search } = usePlein()
  return useLive(useMemo(() => bound(search.state), [search]))
}
