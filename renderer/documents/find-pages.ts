import type { PageId } from '../../model/ids.ts'
import type { ListedPage } from './use-pages.ts'
import { findPageRow, subscribeToRows } from './use-page-rows.ts'
import { pagesOf } from './page-tree.ts'
import type { Live, PageSummary, Plein } from './plein.ts'

/** Something of the row of one page, wherever it is; undefined where this laptop lists no such page. */
export function pageRowLive<T>(plein: Plein, id: PageId, read: (row: PageSummary | undefined) => T): Live<T> {
  return {
    snapshot: () => read(findPageRow(plein, id)),
    subscribe: (onChange) => subscribeToRows(plein, onChange),
  }
}

/** Pages whose titles hold every word of the query: those that begin with it first, then the most recently changed. */
export function pagesByTitle(plein: Plein, query: string): readonly ListedPage[] {
  const wanted = folded(query).split(/\s+/).filter(Boolean)
  const first = wanted.join(' ')
  const found: { readonly listed: ListedPage; readonly rank: number }[] = []
  for (const { id } of plein.spaces.snapshot()) {
    const space = plein.space(id).snapshot()
    if (space === null) continue
    for (const page of [...pagesOf(space.tree), ...space.notes]) {
      const title = foldedTitle(page)
      if (page.title === '' || !wanted.every((word) => title.includes(word))) continue
      found.push({ listed: { page, spaceName: space.space.name }, rank: title.startsWith(first) ? 0 : 1 })
    }
  }
  const sorted = found.toSorted(
    (one, other) => one.rank - other.rank || other.listed.page.changedAtMs - one.listed.page.changedAtMs,
  )
  return sorted.map(({ listed }) => listed)
}

/** Each title is folded once: the list is walked for every letter of a query. */
const foldedTitles = new WeakMap<PageSummary, string>()

function foldedTitle(page: PageSummary): string {
  const known = foldedTitles.get(page) ?? folded(page.title)
  foldedTitles.set(page, known)
  return known
}

function folded(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{Diacritic}/gu, '')
    .toLowerCase()
}
