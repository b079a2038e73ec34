import { useEffect } from 'react'
import type { PageId } from '../../../model/ids.ts'
import type { AnchorBoard } from '../../documents/anchor-board.ts'
import { useDraft } from '../../documents/use-drafts.ts'

/** The name under which a new thread on a selection of a page is kept. */
export function newThreadName(page: PageId): string {
  return `new ${page}`
}

/** A thread that was begun on words of this page, and not sent, stands beside them again. */
export function useKeptDraft(page: PageId, board: AnchorBoard): void {
  const anchor = useDraft(newThreadName(page))?.anchor ?? null
  useEffect(() => {
    if (anchor !== null && board.draft.snapshot() === null) board.draft.set(anchor)
  }, [anchor, board])
}
