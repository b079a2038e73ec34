import { useEffect } from 'react'
import type { AnchorBoard } from '../../documents/anchor-board.ts'

/**
 * Ctrl+Alt+M begins a comment on what is selected, also where one may not write, and on the page where nothing is; Ctrl+Alt+J and K go to the next and the previous
 * thread from anywhere on the page.
 */
export function useCommentKeys(board: AnchorBoard): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (!(event.ctrlKey || event.metaKey) || !event.altKey) return
      const key = event.code
      if (key === 'KeyM') beginComment(board)
      else if (key === 'KeyJ') goToThread(board, 1)
      else if (key === 'KeyK') goToThread(board, -1)
      else return
      event.preventDefault()
    }
    document.addEventListener('keydown', onKeyDown)
    return () => {
      document.removeEventListener('keydown', onKeyDown)
    }
  }, [board])
}

function beginComment(board: AnchorBoard): void {
  if (!board.begin()) document.querySelector<HTMLElement>('[data-page-composer] textarea')?.focus()
}

/** From the one that is looked at, else from the first. */
function goToThread(board: AnchorBoard, step: 1 | -1): void {
  const cards = [...document.querySelectorAll<HTMLElement>('[data-threads] [data-thread]')]
  const current = cards.findIndex((card) => card.contains(document.activeElement))
  const active = cards.findIndex((card) => card.dataset['thread'] === board.active.snapshot())
  const index = current === -1 ? (active === -1 ? (step === 1 ? 0 : cards.length - 1) : active) : current + step
  cards[index]?.focus()
}
