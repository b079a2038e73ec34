import { useEffect, useState } from 'react'
import type { SearchHit } from '../../model/search/search-index.ts'
import type { Search, SearchQuestion } from './search.ts'
import { useConnection } from './use-connection.ts'
import { usePlein } from './use-plein.tsx'

/** What the server has to say to a question about pages that are not on this laptop. */
export type FoundElsewhere =
  /** Everything that was asked about is on this laptop. */
  | { readonly stage: 'none' }
  | { readonly stage: 'searching'; readonly pages: number }
  /** `complete` false: the server's own index is still being made. */
  | { readonly stage: 'found'; readonly pages: number; readonly hits: readonly SearchHit[]; readonly complete: boolean }
  | { readonly stage: 'offline'; readonly pages: number }

/** Typing goes on while the laptop answers; the server is asked when it pauses. */
const pauseMs = 250
const busyMs = 1000
const none: FoundElsewhere = { stage: 'none' }

/** Asks the server whenever the question is another one, and again when the line is back; keep it the same object while it is the same. */
export function useFoundOnServer(question: SearchQuestion): FoundElsewhere {
  const { search } = usePlein()
  const { state } = useConnection()
  const [found, setFound] = useState<{ readonly question: SearchQuestion; readonly value: FoundElsewhere }>()
  useEffect(() => {
    const asking = new AbortController()
    void ask(search, question, { signal: asking.signal, tell: (value) => setFound({ question, value }) })
    return () => asking.abort()
  }, [search, question, state])
  return found?.question === question ? found.value : none
}

interface Asking {
  readonly signal: AbortSignal
  readonly tell: (found: FoundElsewhere) => void
}

async function ask(search: Search, question: SearchQuestion, { signal, tell }: Asking): Promise<void> {
  const pages = question.text.trim() === '' ? 0 : search.pagesElsewhere(question.filter.spaceIds)
  if (pages === 0) return tell(none)
  tell({ stage: 'searching', pages })
  for (let ms = pauseMs; ; ms = busyMs) {
    await pause(ms, signal)
    if (signal.aborted) return
    const answer = await search.findOnServer(question, signal)
    // The cleanup of the effect may have run while the answer was under way.
    if (isOver(signal)) return
    if (answer.ok) return tell({ stage: 'found', pages, ...answer.value })
    if (answer.error === 'offline') return tell({ stage: 'offline', pages })
  }
}

const isOver = (signal: AbortSignal) => signal.aborted

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms)
    signal.addEventListener('abort', () => {
      clearTimeout(timer)
      resolve()
    })
  })
}
