import type { ListedPage } from '../../documents/use-pages.ts'

/** A title as one types it in haste: without capitals and accents. */
export function folded(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{Diacritic}/gu, '')
    .toLowerCase()
}

/** Pages whose titles hold every word of the query; those that begin with it come first, else the order stays. */
export function matchTitles(pages: readonly ListedPage[], query: string): readonly ListedPage[] {
  const wanted = folded(query).split(/\s+/).filter(Boolean)
  if (wanted.length === 0) return pages
  const first = wanted.join(' ')
  const begins: ListedPage[] = []
  const holds: ListedPage[] = []
  for (const listed of pages) {
    const title = folded(listed.page.title)
    if (!wanted.every((word) => title.includes(word))) continue
    ;(title.startsWith(first) ? begins : holds).push(listed)
  }
  return [...begins, ...holds]
}
