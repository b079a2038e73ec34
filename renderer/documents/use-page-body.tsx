import { type ComponentType, createContext, useContext } from 'react'
import type { PageId } from '../../model/ids.ts'

export type PageBodyComponent = ComponentType<{ readonly pageId: PageId }>

/** The editor of a page, handed down so that it loads with the first page and not with the frame. */
export const PageBodyContext = createContext<PageBodyComponent>(() => null)

export function usePageBody(): PageBodyComponent {
  return useContext(PageBodyContext)
}
