import { createContext, type ReactNode, useContext } from 'react'
import type { PageId } from '../../model/ids.ts'
import type { AnchorBoard } from './anchor-board.ts'

export interface PageBodyProps {
  readonly pageId: PageId
  readonly language: string
  readonly onOpenLink: (href: string) => void
  readonly comments: AnchorBoard
}

export type DrawPageBody = (props: PageBodyProps) => ReactNode

/** Draws the editor of a page; handed down so that it loads with the first page and not with the frame. */
export const PageBodyContext = createContext<DrawPageBody>(() => null)

export function usePageBody(): DrawPageBody {
  return useContext(PageBodyContext)
}
