import { useRouterState } from '@tanstack/react-router'
import { useEffect, useRef } from 'react'
import { parseActRef, type ActRef } from '../../../model/act-ref.ts'
import type { AnchorBoard } from '../../documents/anchor-board.ts'
import { useBoard } from '../../documents/use-comments.ts'
import type { SortedThreads } from './use-threads.ts'

/** Goes to the thread that the address asks for, once it is there: from the inbox one comes to what was said. */
export function useAskedThread(board: AnchorBoard, threads: SortedThreads | null): void {
  const asked = useRouterState({ select: ({ location }) => parseActRef(location.state.thread) })
  const places = useBoard(board.places)
  const shown = useRef<ActRef | null>(null)
  useEffect(() => {
    if (asked === undefined || threads === null || shown.current === asked) return
    const isOnPage = threads.ofPage.some(({ ref }) => ref === asked)
    if (!isOnPage && typeof places.get(asked) !== 'number') return
    shown.current = asked
    board.open(asked)
    board.reveal(asked)
    if (isOnPage) document.querySelector(`[data-thread="${asked}"]`)?.scrollIntoView({ block: 'center' })
  }, [asked, board, places, threads])
}
