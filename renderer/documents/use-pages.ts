import { useMemo } from 'react'
import { pagesOf } from './page-tree.ts'
import type { PageSummary } from './plein.ts'
import { useManySpaces, useSpaces } from './use-spaces.ts'

/** A page together with the name of its space: what lists across spaces show. */
export interface ListedPage {
  readonly page: PageSummary
  readonly spaceName: string
}

/** Every page and note of every space on this laptop, archived ones left out; recently changed first. */
export function usePages(): readonly ListedPage[] {
  const summaries = useSpaces()
  const ids = useMemo(() => summaries.map((space) => space.id), [summaries])
  const spaces = useManySpaces(ids)
  return useMemo(() => {
    const listed: ListedPage[] = []
    for (const space of spaces) {
      if (space === null) continue
      const spaceName = space.space.name
      for (const page of [...pagesOf(space.tree), ...space.notes]) listed.push({ page, spaceName })
    }
    return listed.sort((one, other) => other.page.changedAtMs - one.page.changedAtMs)
  }, [spaces])
}
