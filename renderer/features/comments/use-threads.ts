import { useEffect, useMemo } from 'react'
import type { AnchorBoard, AnchoredThread, AnchorPlaces } from '../../documents/anchor-board.ts'
import type { PageComments, ThreadView } from '../../documents/comments.ts'
import type { PageSnapshot } from '../../documents/plein.ts'
import { useBoard, usePageComments } from '../../documents/use-comments.ts'

export interface SortedThreads {
  /** Open threads whose words stand in the text, in the order of the text. */
  readonly anchored: readonly ThreadView[]
  /** Open threads on words that are gone. */
  readonly orphaned: readonly ThreadView[]
  /** Open threads on the page as a whole. */
  readonly ofPage: readonly ThreadView[]
  readonly resolved: readonly ThreadView[]
}

/** The threads of a page by where they are shown; null while they are read. Tells the editor which words to draw. */
export function useThreads(page: PageSnapshot, board: AnchorBoard): SortedThreads | null {
  const comments = usePageComments(page.id)
  const places = useBoard(board.places)
  return useMemo(() => (comments === null ? null : sortThreads(comments, places)), [comments, places])
}

/** Keeps the board in step with what is said. Once per page. */
export function useToldBoard(page: PageSnapshot, board: AnchorBoard): void {
  const comments = usePageComments(page.id)
  useEffect(() => {
    board.threads.set(comments === null ? [] : anchoredIn(comments))
    board.mayComment.set(comments?.mayComment ?? false)
  }, [board, comments])
}

function anchoredIn({ threads }: PageComments): readonly AnchoredThread[] {
  return threads.flatMap(({ ref, anchor, resolved }) =>
    anchor === null || resolved !== null ? [] : [{ key: ref, anchor }],
  )
}

function sortThreads({ threads }: PageComments, places: AnchorPlaces): SortedThreads {
  const open = threads.filter(({ resolved }) => resolved === null)
  const placeOf = ({ ref }: ThreadView) => places.get(ref) ?? null
  const isAnchored = (thread: ThreadView) => thread.anchor !== null && placeOf(thread) !== null
  return {
    anchored: open.filter(isAnchored).toSorted((a, b) => (placeOf(a) ?? 0) - (placeOf(b) ?? 0)),
    // Where the editor has not said anything yet, nothing is called gone.
    orphaned: open.filter((thread) => thread.anchor !== null && places.has(thread.ref) && !isAnchored(thread)),
    ofPage: open.filter(({ anchor }) => anchor === null),
    resolved: threads.filter(({ resolved }) => resolved !== null),
  }
}
