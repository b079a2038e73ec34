import type { ReactNode } from 'react'
import type { AnchorBoard } from './anchor-board.ts'
import type { PageSnapshot } from './plein.ts'

export interface PageCommentsProps {
  readonly page: PageSnapshot
  readonly board: AnchorBoard
}

/** What comments add to the screen of a page; handed to it with its address, since no feature knows another. */
export interface PageCommentsParts {
  /** In the bar: how many there are, and all of them in a panel. */
  readonly Button: (props: PageCommentsProps) => ReactNode
  /** Beside the text. */
  readonly Margin: (props: PageCommentsProps) => ReactNode
  /** Below the text. */
  readonly End: (props: PageCommentsProps) => ReactNode
}
